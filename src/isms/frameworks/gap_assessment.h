// A gap analysis against clauses 4–10 and Annex A.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

// Questions handed to somebody: one row of GapAssessment::assignments.
struct GapAssignment {
  Ref<Person> person;
  std::vector<std::string> questions;  // as gap_key() writes them: "6.1.2", "A.8.13"
  static std::span<const FieldDef> parts();
};

struct GapAssessment {
  Id id;
  Date performed_on;
  std::optional<Ref<Person>> assessor;
  std::string edition;
  std::optional<double> effort_person_days;
  std::optional<double> tooling_cost;
  std::optional<double> consultancy_cost;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;
  std::optional<std::string> assumptions;
  std::optional<Date> roadmap_from;
  std::optional<double> persons_available;
  std::optional<double> days_a_week;
  std::vector<GapAssignment> assignments;

  static const EntityDef& def();
  Problems validate() const;
};

extern const Lifecycle gap_assessment_lifecycle;

}  // namespace assay
