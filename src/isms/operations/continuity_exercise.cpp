#include "isms/operations/continuity_exercise.h"

#include "isms/audit/corrective_action.h"
#include "isms/controls/evidence.h"
#include "isms/operations/continuity_plan.h"

namespace assay {

const EntityDef& ContinuityExercise::def() {
  static constexpr FieldDef fields[] = {
      field<&ContinuityExercise::plan>({.label = "Plan", .title = true, .in_list = true}),
      field<&ContinuityExercise::kind>({.label = "Kind", .in_list = true}),
      field<&ContinuityExercise::performed_on>({.label = "Performed on", .in_list = true}),
      field<&ContinuityExercise::achieved_rto_hours>(
          {.label = "Recovered within (hours)", .help = "Empty for a tabletop exercise.", .in_list = true, .least = 0}),
      field<&ContinuityExercise::lessons>({.label = "Lessons",
                                           .help = "What worked, what did not.",
                                           .example = "Nobody had the emergency numbers of the provider at hand.",
                                           .multiline = true}),
      field<&ContinuityExercise::actions>({.label = "Actions"}),
      field<&ContinuityExercise::evidence>({.label = "Evidence", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ContinuityExercise>(
      {
          .name = "continuity_exercise",
          .label = "Continuity exercise",
          .plural = "Continuity exercises",
          .help = "Exercises of continuity and recovery plans, with what was reached and learned. Control A.5.30 asks "
                  "that readiness is tested.",
          .clause = "A.5.30",
          .example = "Failover of the ERP to the second site: 6 hours, phone list out of date, action opened.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "CX",
          .parent = "plan",
          .default_sort = "-performed_on",
      },
      fields);
  return def;
}

}  // namespace assay
