// What a calibration exercise shows: how far apart the assessors were on each scenario, and how well they agree.
#pragma once

#include <array>

#include "isms/risk/agreement.h"
#include "isms/risk/calibration_exercise.h"
#include "isms/risk/risk_methodology.h"

namespace assay {

enum class CalibrationMeasure { likelihood, impact, level };
inline constexpr std::array<std::string_view, 3> calibration_measures = {"Likelihood", "Impact", "Level of risk"};

struct CalibrationRow {
  std::string scenario, description;
  std::vector<const CalibrationScore*> scores;  // in the order of the exercise's assessors; null where one gave none
  std::int64_t likelihood_spread = 0, impact_spread = 0;  // in levels
  bool beyond_tolerance = false;
  const CalibrationReconciliation* settled = nullptr;
};

struct CalibrationPair {
  std::size_t first = 0, second = 0;           // positions among the assessors
  std::array<Agreement, 3> linear, quadratic;  // by CalibrationMeasure
};

// Points into the exercise that it was made from.
struct CalibrationResult {
  std::vector<CalibrationRow> rows;
  std::vector<CalibrationPair> pairs;
  std::vector<std::string> warnings;  // what a reader of the figures must know
  std::size_t unsettled() const;      // scenarios beyond the tolerance that nobody settled
};

// Agreement of the level of risk is over the method's levels in their order, so kappa counts in steps of that order.
CalibrationResult evaluate(const CalibrationExercise& exercise, const RiskMethodology& method);

// Alpha of the three measures; without a method of likelihood and impact alone.
std::vector<CalibrationAgreement> agreement_of(const CalibrationExercise& exercise, const RiskMethodology* method);

}  // namespace assay
