#include "isms/audit/audit_programme.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& AuditProgramme::def() {
  static constexpr FieldDef fields[] = {
      field<&AuditProgramme::period_start>({.label = "Period start", .help = "Start.", .title = true, .in_list = true}),
      field<&AuditProgramme::period_end>({.label = "Period end", .help = "End.", .in_list = true}),
      field<&AuditProgramme::frequency_days>({.label = "Frequency days", .help = "Planned interval.", .in_list = true}),
      field<&AuditProgramme::methods>({.label = "Methods", .help = "Methods, remote included.", .multiline = true}),
      field<&AuditProgramme::responsibilities>({.label = "Responsibilities", .help = "Who.", .multiline = true}),
      field<&AuditProgramme::considers_importance>({.label = "Considers importance", .help = "Weighs importance of processes."}),
      field<&AuditProgramme::considers_previous_results>({.label = "Considers previous results", .help = "Weighs earlier results."}),
      field<&AuditProgramme::approved_by>({.label = "Approved by", .help = "Approver."}),
      field<&AuditProgramme::approved_on>({.label = "Approved on", .help = "Approval.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<AuditProgramme>(
      {.name = "audit_programme",
       .label = "Audit programme",
       .plural = "Audit programmes",
       .help = "The internal audit programme (9.2.2).",
       .phase = Phase::audit,
       .access = AccessClass::audit,
       .prefix = "AP",
      },
      fields);
  return def;
}

}  // namespace assay
