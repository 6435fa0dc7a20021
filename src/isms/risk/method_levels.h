// What the levels of a risk method mean: what holds between its settings, and wording to begin with.
#pragma once

#include "isms/risk/risk_methodology.h"

namespace assay {

// ---- What the settings give ----------------------------------------------------------------------------------------

inline std::int64_t scale_min(const RiskMethodology& method, MethodScale scale) {
  return scale == MethodScale::likelihood ? method.likelihood_min : method.impact_min;
}
inline std::int64_t scale_max(const RiskMethodology& method, MethodScale scale) {
  return scale == MethodScale::likelihood ? method.likelihood_max : method.impact_max;
}

// Every level of risk that some pair of levels gives, ascending; empty where the scales are not usable or too long to
// list.
std::vector<double> reachable_levels(const RiskMethodology& method);
// Null where nothing is said about the level.
const MethodLevel* level_of(const RiskMethodology& method, MethodScale scale, std::int64_t level);
// "Likely", or the number where the level has no name.
std::string level_name(const RiskMethodology& method, MethodScale scale, std::int64_t level);
// The class that a level of risk falls into; nothing below the first class or without classes.
std::optional<Severity> band_of(const RiskMethodology& method, double level);
// Every level of both scales has a name and a meaning.
bool levels_are_described(const RiskMethodology& method);

// What cannot be meant: levels off their scale or twice, a threshold out of reach, a matrix that falls where likelihood
// or impact rises, classes that do not ascend. Says nothing about what is not filled in yet.
void check_method_levels(const RiskMethodology& method, Problems& problems);

// ---- Proposals -----------------------------------------------------------------------------------------------------

inline constexpr std::size_t fewest_worded_levels = 3, most_worded_levels = 5;

// Wording for a scale of 3, 4 or 5 levels from `lowest`; without words for other lengths.
std::vector<MethodLevel> proposed_levels(MethodScale scale, std::int64_t lowest, std::int64_t highest);
// Classes and a threshold spread over what the formula can give; nothing where it gives too little.
std::vector<MethodBand> proposed_bands(const RiskMethodology& method);
std::optional<double> proposed_threshold(const RiskMethodology& method);

}  // namespace assay
