// What the treatment of a risk still lacks, in words that name the remedy (6.1.3 a to f, 8.3).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "isms/risk/risk.h"
#include "isms/risk/treatment_action.h"

namespace assay {

struct TreatmentFacts {
  const Risk& risk;
  std::span<const TreatmentAction> actions;  // of the risk
  std::span<const Id> proven;                // those of them with accepted evidence
  std::optional<double> threshold;           // of the method
  bool is_accepted = false;                  // a valid acceptance carries the score
  Date today;
};

std::vector<std::string> gaps_in_treatment(const TreatmentFacts& facts);

// "treat", "tolerate", "transfer" or "terminate": the other names of the four options.
std::string_view other_name(RiskTreatment treatment);

}  // namespace assay
