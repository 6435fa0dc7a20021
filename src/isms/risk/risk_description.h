// Telling a risk so that controls can be chosen from it (6.1.2 c): composed from its parts, and checked for vagueness.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay {

// What people name; the rest is composed.
struct RiskParts {
  std::string threat;               // actor or event: "Criminal group phishing administrators"
  std::string weakness;             // what it would use: "Administrators sign in without a second factor"
  std::string consequence;          // for the business: "Orders stop for three days"
  std::vector<std::string> assets;  // what they are called
};

// "Criminal group phishing administrators: Order database"; empty without a threat.
std::string composed_risk_title(const RiskParts& parts);
// Source, assets, weakness and consequence in two or three sentences; parts that are missing are left out.
std::string composed_risk_scenario(const RiskParts& parts);

// Why nobody could choose a control from this: a problem a point, with the field as place and what to tell instead.
// `scenario` may be empty: then it is the composed one that counts. `least_scenario`: characters, the parameter
// min_scenario_chars.
Problems vague_points(const RiskParts& parts, std::string_view title, std::string_view scenario,
                      std::size_t least_scenario);

// How alike two texts are: shared words of all their words, 0 to 1; words that say nothing are left out.
double likeness(std::string_view a, std::string_view b);

}  // namespace assay
