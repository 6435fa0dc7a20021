// A gap analysis against clauses 4–10 and Annex A.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

struct GapAssessment {
  Id id;
  Date performed_on;
  std::optional<Ref<Person>> assessor;
  std::string edition;
  std::optional<double> effort_person_days;
  std::optional<double> tooling_cost;
  std::optional<double> consultancy_cost;
  std::optional<Ref<Person>> approved_by;

  static const EntityDef& def();
};

}  // namespace assay
