// Old scores under a new version of the method: what each would be, by the place of its levels on the scales.
#pragma once

#include "isms/risk/risk.h"
#include "isms/risk/risk_methodology.h"

namespace assay {

// The level at the same place of another scale, half a level upwards: of 1…5, level 3 is 2 of 1…3. Unchanged on equal
// scales.
std::int64_t level_at_same_place(std::int64_t level, std::int64_t min, std::int64_t max, std::int64_t new_min,
                                 std::int64_t new_max);

struct MigratedPair {
  std::optional<std::int64_t> likelihood, impact;
};
// What a pair of levels becomes; unset where it was.
MigratedPair migrated(const MigratedPair& old, const RiskMethodology& from, const RiskMethodology& to);
// A level of risk at the same place between lowest and highest, taken up to the next that the new method can give.
std::optional<double> migrated_level(double level, const RiskMethodology& from, const RiskMethodology& to);

// What differs between two versions, in the words of their fields: "Formula", "Likelihood × impact", "Matrix".
struct MethodDifference {
  std::string setting, before, after;
};
std::vector<MethodDifference> differences(const RiskMethodology& before, const RiskMethodology& after);
// Whether scores under the one mean something else under the other: scale, formula or threshold.
bool scores_differ(const RiskMethodology& before, const RiskMethodology& after);

}  // namespace assay
