// Several assessors score the same scenarios blind.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;
struct RiskMethodology;

// Results: one row of CalibrationExercise::scores.
struct CalibrationScore {
  std::string scenario;
  Ref<Person> assessor;
  std::int64_t likelihood = 0;
  std::int64_t impact = 0;
  static std::span<const FieldDef> parts();
};

// What is scored: one row of CalibrationExercise::scenarios.
struct CalibrationScenario {
  std::string name;
  std::optional<std::string> description;
  static std::span<const FieldDef> parts();
};

// What the assessors agreed on after they had talked: one row of CalibrationExercise::reconciliations.
struct CalibrationReconciliation {
  std::string scenario;
  std::int64_t likelihood = 0;
  std::int64_t impact = 0;
  std::string reason;
  std::optional<Date> settled_on;
  static std::span<const FieldDef> parts();
};

// How far they agreed, worked out from the scores: one row of CalibrationExercise::agreement.
struct CalibrationAgreement {
  std::string measured;         // "Likelihood", "Impact", "Level of risk"
  std::optional<double> alpha;  // Krippendorff's, ordinal; nothing where there is none
  std::optional<double> low;    // of the 95 % interval
  std::optional<double> high;
  std::optional<std::string> remark;
  static std::span<const FieldDef> parts();
};

struct CalibrationExercise {
  Id id;
  Ref<RiskMethodology> methodology;
  Date held_on;
  std::vector<Ref<Person>> assessors;
  std::vector<CalibrationScore> scores;
  std::int64_t max_spread = 0;
  std::optional<Date> reconciled_on;
  std::vector<CalibrationScenario> scenarios;
  std::vector<CalibrationReconciliation> reconciliations;
  std::vector<CalibrationAgreement> agreement;

  static const EntityDef& def();
  Problems validate() const;
  void derive(const Lookup& lookup);

  bool names_assessor(std::string_view person) const;
  // Scenarios are named and nobody's scores are known yet.
  bool is_open() const { return scores.empty() && !scenarios.empty(); }
};

}  // namespace assay
