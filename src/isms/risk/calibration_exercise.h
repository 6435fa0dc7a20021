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

struct CalibrationExercise {
  Id id;
  Ref<RiskMethodology> methodology;
  Date held_on;
  std::vector<Ref<Person>> assessors;
  std::vector<CalibrationScore> scores;
  std::int64_t max_spread = 0;
  std::optional<Date> reconciled_on;

  static const EntityDef& def();
  Problems validate() const;
  void derive(const Lookup& lookup);
};

}  // namespace assay
