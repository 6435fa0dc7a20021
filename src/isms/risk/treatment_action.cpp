#include "isms/risk/treatment_action.h"

#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_treatment_plan.h"

namespace assay {

const EntityDef& TreatmentAction::def() {
  static constexpr FieldDef fields[] = {
      field<&TreatmentAction::plan>({.label = "Plan"}),
      field<&TreatmentAction::risk>({.label = "Risk", .help = "Risk treated."}),
      field<&TreatmentAction::control>({.label = "Control", .help = "Control it puts in place.", .in_list = true}),
      field<&TreatmentAction::description>({.label = "Description", .help = "What.", .multiline = true, .title = true, .in_list = true}),
      field<&TreatmentAction::owner>({.label = "Owner", .help = "Responsible.", .in_list = true}),
      field<&TreatmentAction::resources>({.label = "Resources", .multiline = true}),
      field<&TreatmentAction::start_on>({.label = "Start on", .help = "Begin."}),
      field<&TreatmentAction::due_on>({.label = "Due on", .help = "Deadline in force.", .in_list = true}),
      field<&TreatmentAction::original_due_on>({.label = "Original due on", .help = "First deadline."}),
      field<&TreatmentAction::reschedules>({.label = "Reschedules", .help = "How often moved."}),
      field<&TreatmentAction::status>({.label = "Status", .help = "State.", .in_list = true}),
      field<&TreatmentAction::completed_on>({.label = "Completed on", .help = "Done.", .in_list = true}),
      field<&TreatmentAction::evidence>({.label = "Evidence", .help = "Proof."}),
  };
  static constexpr EntityDef def = entity<TreatmentAction>(
      {.name = "treatment_action",
       .label = "Treatment action",
       .plural = "Treatment actions",
       .help = "One action of the plan.",
       .phase = Phase::risk,
       .access = AccessClass::risk,
       .prefix = "TA",
       .parent = "plan",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
