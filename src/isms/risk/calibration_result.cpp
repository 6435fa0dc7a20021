#include "isms/risk/calibration_result.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "isms/risk/method_levels.h"

namespace assay {
namespace {

constexpr std::size_t few_calibration_scenarios = 10;

std::vector<std::string> calibration_scenario_names(const CalibrationExercise& exercise) {
  std::vector<std::string> names;
  for (const CalibrationScenario& scenario : exercise.scenarios) names.push_back(scenario.name);
  for (const CalibrationScore& score : exercise.scores) {
    if (std::ranges::find(names, score.scenario) == names.end()) names.push_back(score.scenario);
  }
  return names;
}

const CalibrationScore* calibration_score_of(const CalibrationExercise& exercise, std::string_view scenario,
                                             std::string_view assessor) {
  auto found = std::ranges::find_if(exercise.scores, [&](const CalibrationScore& score) {
    return score.scenario == scenario && score.assessor.id == assessor;
  });
  return found == exercise.scores.end() ? nullptr : &*found;
}

std::optional<double> calibration_value(const CalibrationScore& score, CalibrationMeasure measure,
                                        const RiskMethodology* method) {
  if (measure == CalibrationMeasure::likelihood) return static_cast<double>(score.likelihood);
  if (measure == CalibrationMeasure::impact) return static_cast<double>(score.impact);
  return method ? method->level(score.likelihood, score.impact) : std::nullopt;
}

// Levels of risk by their place among all that the method can give, counted from the lowest.
void calibration_levels_in_steps(ScoreTable& table, const RiskMethodology& method) {
  const std::vector<double> reachable = reachable_levels(method);
  for (auto& row : table) {
    for (auto& value : row) {
      if (value) value = static_cast<double>(std::ranges::lower_bound(reachable, *value) - reachable.begin());
    }
  }
}

ScoreTable calibration_table(const CalibrationExercise& exercise, CalibrationMeasure measure,
                             const RiskMethodology* method) {
  const std::vector<std::string> names = calibration_scenario_names(exercise);
  ScoreTable table(exercise.assessors.size(), std::vector<std::optional<double>>(names.size()));
  for (std::size_t a = 0; a < table.size(); ++a) {
    for (std::size_t s = 0; s < names.size(); ++s) {
      if (const CalibrationScore* score = calibration_score_of(exercise, names[s], exercise.assessors[a].id))
        table[a][s] = calibration_value(*score, measure, method);
    }
  }
  return table;
}

CalibrationRow calibration_row(const CalibrationExercise& exercise, const std::string& name,
                               const RiskMethodology& method) {
  CalibrationRow row;
  row.scenario = name;
  for (const CalibrationScenario& scenario : exercise.scenarios) {
    if (scenario.name == name) row.description = scenario.description.value_or("");
  }
  for (const Ref<Person>& assessor : exercise.assessors)
    row.scores.push_back(calibration_score_of(exercise, name, assessor.id));
  auto spread = [&](std::int64_t CalibrationScore::*part) {
    std::optional<std::int64_t> least, most;
    for (const CalibrationScore* score : row.scores) {
      if (!score) continue;
      least = std::min(least.value_or(score->*part), score->*part);
      most = std::max(most.value_or(score->*part), score->*part);
    }
    return least ? *most - *least : 0;
  };
  row.likelihood_spread = spread(&CalibrationScore::likelihood);
  row.impact_spread = spread(&CalibrationScore::impact);
  row.beyond_tolerance = std::max(row.likelihood_spread, row.impact_spread) > method.tolerance_levels;
  for (const CalibrationReconciliation& settled : exercise.reconciliations) {
    if (settled.scenario == name) row.settled = &settled;
  }
  return row;
}

std::vector<std::string> calibration_warnings(const CalibrationExercise& exercise, const CalibrationResult& result) {
  std::vector<std::string> out;
  const std::size_t count = result.rows.size();
  if (count < few_calibration_scenarios) {
    out.push_back("With " + std::to_string(count) + (count == 1 ? " scenario" : " scenarios") +
                  " the figures are rough: one score more or less moves them. Read the interval, not the figure alone, "
                  "and take ten or more scenarios next time.");
  }
  if (exercise.assessors.size() == 2)
    out.emplace_back("Two assessors show whether these two agree, not whether others would.");
  bool missing = std::ranges::any_of(result.rows, [](const CalibrationRow& row) {
    return std::ranges::find(row.scores, nullptr) != row.scores.end();
  });
  if (missing)
    out.emplace_back(
        "Some scores are missing; alpha counts what was scored by at least two assessors, kappa what was scored by "
        "both.");
  std::set<std::int64_t> likelihoods, impacts;
  for (const CalibrationScore& score : exercise.scores) {
    likelihoods.insert(score.likelihood);
    impacts.insert(score.impact);
  }
  if (likelihoods.size() == 2 || impacts.size() == 2) {
    out.emplace_back(
        "Only two levels of a scale were used. The figures are low then even where people agree: choose scenarios from "
        "all over the scale.");
  }
  return out;
}

}  // namespace

std::size_t CalibrationResult::unsettled() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(rows, [](const CalibrationRow& row) { return row.beyond_tolerance && !row.settled; }));
}

CalibrationResult evaluate(const CalibrationExercise& exercise, const RiskMethodology& method) {
  CalibrationResult result;
  for (const std::string& name : calibration_scenario_names(exercise))
    result.rows.push_back(calibration_row(exercise, name, method));
  std::array<ScoreTable, 3> tables;
  for (std::size_t m = 0; m < tables.size(); ++m)
    tables[m] = calibration_table(exercise, static_cast<CalibrationMeasure>(m), &method);
  calibration_levels_in_steps(tables[static_cast<std::size_t>(CalibrationMeasure::level)], method);
  for (std::size_t first = 0; first < exercise.assessors.size(); ++first) {
    for (std::size_t second = first + 1; second < exercise.assessors.size(); ++second) {
      CalibrationPair pair{first, second, {}, {}};
      for (std::size_t m = 0; m < tables.size(); ++m) {
        pair.linear[m] = weighted_kappa(tables[m][first], tables[m][second], KappaWeights::linear);
        pair.quadratic[m] = weighted_kappa(tables[m][first], tables[m][second], KappaWeights::quadratic);
      }
      result.pairs.push_back(std::move(pair));
    }
  }
  result.warnings = calibration_warnings(exercise, result);
  return result;
}

std::vector<CalibrationAgreement> agreement_of(const CalibrationExercise& exercise, const RiskMethodology* method) {
  std::vector<CalibrationAgreement> out;
  // Four places: more would claim a precision that a handful of scenarios does not have.
  auto rounded = [](double value) { return std::round(value * 1e4) / 1e4; };
  for (std::size_t m = 0; m < calibration_measures.size(); ++m) {
    const auto measure = static_cast<CalibrationMeasure>(m);
    if (measure == CalibrationMeasure::level && !method) continue;
    const ScoreTable table = calibration_table(exercise, measure, method);
    CalibrationAgreement row;
    row.measured = calibration_measures[m];
    const Agreement alpha = krippendorff_alpha(table, AlphaMetric::ordinal);
    if (alpha) row.alpha = rounded(*alpha);
    else row.remark = std::string(words_of(alpha.error()));
    if (auto interval = alpha ? alpha_interval(table, AlphaMetric::ordinal) : std::nullopt) {
      row.low = rounded(interval->low);
      row.high = rounded(interval->high);
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace assay
