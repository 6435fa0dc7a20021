#include "isms/operations/continuity_exercise.h"

#include "isms/audit/corrective_action.h"
#include "isms/controls/evidence.h"
#include "isms/operations/continuity_plan.h"

namespace assay {

const EntityDef& ContinuityExercise::def() {
  static constexpr FieldDef fields[] = {
      field<&ContinuityExercise::plan>({.label = "Plan", .title = true, .in_list = true}),
      field<&ContinuityExercise::kind>({.label = "Kind", .in_list = true}),
      field<&ContinuityExercise::performed_on>({.label = "Performed on", .help = "Day.", .in_list = true}),
      field<&ContinuityExercise::achieved_rto_hours>({.label = "Achieved RTO hours", .help = "Time achieved.", .in_list = true}),
      field<&ContinuityExercise::lessons>({.label = "Lessons", .multiline = true}),
      field<&ContinuityExercise::actions>({.label = "Actions", .help = "Follow-up."}),
      field<&ContinuityExercise::evidence>({.label = "Evidence", .help = "Record."}),
  };
  static constexpr EntityDef def = entity<ContinuityExercise>(
      {.name = "continuity_exercise",
       .label = "Continuity exercise",
       .plural = "Continuity exercises",
       .help = "An exercise of a continuity or recovery plan.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "CX",
       .parent = "plan",
      },
      fields);
  return def;
}

}  // namespace assay
