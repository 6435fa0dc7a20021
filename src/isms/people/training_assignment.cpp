#include "isms/people/training_assignment.h"

#include "isms/organisation/person.h"
#include "isms/people/training_course.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& TrainingAssignment::def() {
  static constexpr FieldDef fields[] = {
      field<&TrainingAssignment::person>({.label = "Person", .title = true, .in_list = true}),
      field<&TrainingAssignment::course>({.label = "Course", .in_list = true}),
      field<&TrainingAssignment::assigned_on>({.label = "Assigned on", .in_list = true}),
      field<&TrainingAssignment::due_on>({.label = "Due on", .in_list = true}),
      field<&TrainingAssignment::completed_on>({.label = "Completed on", .in_list = true}),
      field<&TrainingAssignment::score>(
          {.label = "Score (%)", .help = "Result of the test, if there was one.", .least = 0, .most = 100}),
  };
  static constexpr EntityDef def = entity<TrainingAssignment>(
      {
          .name = "training_assignment",
          .label = "Training assignment",
          .plural = "Training assignments",
          .help =
              "Which course somebody has to take, by when, and when they did. Clause 7.3 and control A.6.3 ask that "
              "everybody is aware, and trained as their role needs.",
          .clause = "A.6.3",
          .example = "Jana Weber, secure coding, due on 31 March, completed on 12 March with 92 %.",
          .phase = Phase::people,
          .access = AccessClass::personal,
          .prefix = "TRA",
          .holder = "person",
          .default_sort = "due_on",
      },
      fields);
  return def;
}

Problems TrainingAssignment::validate() const {
  Problems problems;
  checks::refuse_before(problems, assigned_on, "due_on", due_on, "must not be before the day it was assigned");
  checks::refuse_before(problems, assigned_on, "completed_on", completed_on,
                        "must not be before the day it was assigned");
  return problems;
}

}  // namespace assay
