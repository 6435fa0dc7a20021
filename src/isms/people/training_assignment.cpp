#include "isms/people/training_assignment.h"

#include "isms/organisation/person.h"
#include "isms/people/training_course.h"

namespace assay {

const EntityDef& TrainingAssignment::def() {
  static constexpr FieldDef fields[] = {
      field<&TrainingAssignment::person>({.label = "Person", .help = "Who.", .title = true, .in_list = true}),
      field<&TrainingAssignment::course>({.label = "Course", .help = "What."}),
      field<&TrainingAssignment::assigned_on>({.label = "Assigned on", .help = "Assigned.", .in_list = true}),
      field<&TrainingAssignment::due_on>({.label = "Due on", .help = "Deadline.", .in_list = true}),
      field<&TrainingAssignment::completed_on>({.label = "Completed on", .help = "Done.", .in_list = true}),
      field<&TrainingAssignment::score>({.label = "Score", .help = "Result."}),
  };
  static constexpr EntityDef def = entity<TrainingAssignment>(
      {.name = "training_assignment",
       .label = "Training assignment",
       .plural = "Training assignments",
       .help = "A course assigned to a person.",
       .phase = Phase::people,
       .access = AccessClass::personal,
       .prefix = "TRA",
       .holder = "person",
      },
      fields);
  return def;
}

}  // namespace assay
