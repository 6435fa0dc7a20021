// The settings of a risk method in the order in which people decide on them, and what each part needs to be complete.
#pragma once

#include <array>

#include "isms/risk/risk_methodology.h"

namespace assay {

enum class MethodPart { approach, scales, formula, threshold, criteria };

struct MethodPartText {
  std::string_view name;  // in addresses
  std::string_view title;
  std::string_view fields;  // of the register, separated by spaces
};
inline constexpr std::array<MethodPartText, 5> method_parts = {{
    {"approach", "Approach", "approach"},
    {"scales", "Scales", "likelihood_min likelihood_max impact_min impact_max levels level_definitions"},
    {"formula", "Formula", "formula matrix"},
    {"threshold", "Acceptance", "acceptance_threshold bands"},
    {"criteria", "When and how", "assessment_criteria reassessment_interval_days tolerance_levels"},
}};

// What this part lacks before the method can be approved. Places are fields; of levels "levels.likelihood.3.name" and
// "levels.likelihood.3.meaning", of cells "matrix.2.4" (likelihood, impact), of classes "bands.high".
Problems missing_in(const RiskMethodology& method, MethodPart part);

// Replaces by proposals what no longer fits the scales and the formula: a threshold or classes out of reach, a matrix
// of another size. Gives whether anything was replaced.
bool refit(RiskMethodology& method);

// A first method to begin with: both approaches, five worded levels, likelihood times impact, assessed yearly.
RiskMethodology proposed_method();

}  // namespace assay
