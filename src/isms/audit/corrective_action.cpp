#include "isms/audit/corrective_action.h"

#include "isms/audit/nonconformity.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& CorrectiveAction::def() {
  static constexpr FieldDef fields[] = {
      field<&CorrectiveAction::nonconformity>({.label = "Nonconformity"}),
      field<&CorrectiveAction::description>({.label = "Description", .help = "What.", .multiline = true, .title = true, .in_list = true}),
      field<&CorrectiveAction::owner>({.label = "Owner", .help = "Responsible.", .in_list = true}),
      field<&CorrectiveAction::due_on>({.label = "Due on", .help = "Deadline.", .in_list = true}),
      field<&CorrectiveAction::completed_on>({.label = "Completed on", .help = "Done.", .in_list = true}),
      field<&CorrectiveAction::evidence>({.label = "Evidence", .help = "Proof."}),
      field<&CorrectiveAction::effectiveness_criterion>({.label = "Effectiveness criterion", .help = "How success is judged.", .multiline = true}),
      field<&CorrectiveAction::effectiveness_checked_on>({.label = "Effectiveness checked on", .help = "Check."}),
      field<&CorrectiveAction::effectiveness_checked_by>({.label = "Effectiveness checked by", .help = "Checker."}),
      field<&CorrectiveAction::effectiveness>({.label = "Effectiveness", .help = "Result.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<CorrectiveAction>(
      {.name = "corrective_action",
       .label = "Corrective action",
       .plural = "Corrective actions",
       .help = "An action that removes a cause.",
       .phase = Phase::audit,
       .access = AccessClass::improvement,
       .prefix = "CA",
       .parent = "nonconformity",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
