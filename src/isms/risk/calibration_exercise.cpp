#include "isms/risk/calibration_exercise.h"

#include <algorithm>
#include <map>
#include <set>

#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/calibration_result.h"
#include "isms/risk/risk_methodology.h"

namespace assay {

std::span<const FieldDef> CalibrationScore::parts() {
  static constexpr FieldDef parts[] = {
      field<&CalibrationScore::scenario>({.label = "Scenario", .example = "Laptop with customer data is stolen"}),
      field<&CalibrationScore::assessor>({.label = "Assessor"}),
      field<&CalibrationScore::likelihood>({.label = "Likelihood", .least = 0, .most = 100}),
      field<&CalibrationScore::impact>({.label = "Impact", .least = 0, .most = 100}),
  };
  static_assert(embedded_complete<CalibrationScore>(parts));
  return parts;
}

std::span<const FieldDef> CalibrationScenario::parts() {
  static constexpr FieldDef parts[] = {
      field<&CalibrationScenario::name>({.label = "Scenario", .example = "Laptop with customer data is stolen"}),
      field<&CalibrationScenario::description>({.label = "What the assessors are told",
                                                .help = "Source, event, weakness and consequence, without any score.",
                                                .multiline = true}),
  };
  static_assert(embedded_complete<CalibrationScenario>(parts));
  return parts;
}

std::span<const FieldDef> CalibrationReconciliation::parts() {
  static constexpr FieldDef parts[] = {
      field<&CalibrationReconciliation::scenario>({.label = "Scenario"}),
      field<&CalibrationReconciliation::likelihood>({.label = "Agreed likelihood", .least = 0, .most = 100}),
      field<&CalibrationReconciliation::impact>({.label = "Agreed impact", .least = 0, .most = 100}),
      field<&CalibrationReconciliation::reason>({.label = "Why", .multiline = true}),
      field<&CalibrationReconciliation::settled_on>({.label = "Settled on"}),
  };
  static_assert(embedded_complete<CalibrationReconciliation>(parts));
  return parts;
}

std::span<const FieldDef> CalibrationAgreement::parts() {
  static constexpr FieldDef parts[] = {
      field<&CalibrationAgreement::measured>({.label = "Measured"}),
      field<&CalibrationAgreement::alpha>({.label = "Krippendorff's alpha"}),
      field<&CalibrationAgreement::low>({.label = "95 % interval from"}),
      field<&CalibrationAgreement::high>({.label = "to"}),
      field<&CalibrationAgreement::remark>({.label = "Remark"}),
  };
  static_assert(embedded_complete<CalibrationAgreement>(parts));
  return parts;
}

const EntityDef& CalibrationExercise::def() {
  static constexpr FieldDef fields[] = {
      field<&CalibrationExercise::methodology>(
          {.label = "Risk method", .help = "The version that was tried out.", .in_list = true}),
      field<&CalibrationExercise::held_on>({.label = "Held on", .title = true, .in_list = true}),
      field<&CalibrationExercise::assessors>(
          {.label = "Assessors", .help = "At least two, scoring without knowing each other's scores."}),
      field<&CalibrationExercise::scores>({.label = "Scores", .help = "One row for each assessor and scenario."}),
      field<&CalibrationExercise::max_spread>({.label = "Greatest difference",
                                               .help = "In levels, worked out from the scores.",
                                               .in_list = true,
                                               .derived = true,
                                               .least = 0}),
      field<&CalibrationExercise::reconciled_on>({.label = "Differences settled on", .in_list = true}),
      field<&CalibrationExercise::scenarios>(
          {.label = "Scenarios",
           .help = "What is scored. Ten or more, from all over the scales, give figures to rely on."}),
      field<&CalibrationExercise::reconciliations>(
          {.label = "Differences settled",
           .help = "What was agreed on a scenario after everybody's scores were known, and why."}),
      field<&CalibrationExercise::agreement>(
          {.label = "Agreement",
           .help = "Worked out from the scores: 1 is perfect, 0 is what chance would give.",
           .derived = true}),
  };
  static constexpr EntityDef def = entity<CalibrationExercise>(
      {
          .name = "calibration_exercise",
          .label = "Calibration exercise",
          .plural = "Calibration exercises",
          .help = "Several assessors score the same scenarios independently and compare. It shows that the method "
                  "gives comparable results, as clause 6.1.2 b asks.",
          .clause = "6.1.2 b",
          .example = "Three assessors score five scenarios; they differ by two levels on one of them and settle it a "
                     "week later.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "CAL",
          .default_sort = "-held_on",
      },
      fields);
  return def;
}

Problems CalibrationExercise::validate() const {
  Problems problems;
  if (!assessors.empty() && assessors.size() < 2) {
    problems.push_back({"assessors", "must name at least two persons", ""});
  }
  std::set<std::string_view> names;
  for (const CalibrationScenario& scenario : scenarios) {
    if (!names.insert(scenario.name).second)
      problems.push_back({"scenarios", "must each have a name of their own", scenario.name});
  }
  checks::refuse_before(problems, held_on, "reconciled_on", reconciled_on, "must not be before the exercise");
  return problems;
}

bool CalibrationExercise::names_assessor(std::string_view person) const {
  return !person.empty() && std::ranges::find(assessors, person, &Ref<Person>::id) != assessors.end();
}

void CalibrationExercise::derive(const Lookup& lookup) {
  agreement.clear();
  if (scores.empty()) return;
  const auto method = lookup.find<RiskMethodology>(methodology.id);
  agreement = agreement_of(*this, method ? &*method : nullptr);
  struct Range {
    std::int64_t least, most;
    void take(std::int64_t level) {
      least = std::min(least, level);
      most = std::max(most, level);
    }
  };
  std::map<std::string_view, std::pair<Range, Range>> by_scenario;
  max_spread = 0;
  for (const CalibrationScore& score : scores) {
    const std::pair first(Range{score.likelihood, score.likelihood}, Range{score.impact, score.impact});
    auto& [likelihood, impact] = by_scenario.try_emplace(score.scenario, first).first->second;
    likelihood.take(score.likelihood);
    impact.take(score.impact);
    max_spread = std::max({max_spread, likelihood.most - likelihood.least, impact.most - impact.least});
  }
}

}  // namespace assay
