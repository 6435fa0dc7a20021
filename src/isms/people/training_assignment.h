// A course assigned to a person.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;
struct TrainingCourse;

struct TrainingAssignment {
  Id id;
  Ref<Person> person;
  Ref<TrainingCourse> course;
  Date assigned_on;
  Date due_on;
  std::optional<Date> completed_on;
  std::optional<double> score;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
