#include "isms/people/competence_record.h"

#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& CompetenceRecord::def() {
  static constexpr FieldDef fields[] = {
      field<&CompetenceRecord::person>({.label = "Person", .help = "Who.", .title = true, .in_list = true}),
      field<&CompetenceRecord::role>({.label = "Role", .help = "Role or competence area (e.g. internal_auditor).", .in_list = true}),
      field<&CompetenceRecord::requirement>({.label = "Requirement", .help = "Competence needed.", .multiline = true}),
      field<&CompetenceRecord::basis>({.label = "Basis", .help = "How it was gained.", .in_list = true}),
      field<&CompetenceRecord::evidence>({.label = "Evidence", .help = "Record.", .in_list = true}),
      field<&CompetenceRecord::valid_to>({.label = "Valid to", .help = "Expiry."}),
      field<&CompetenceRecord::gap_action>({.label = "Gap action", .help = "Action where lacking.", .multiline = true}),
      field<&CompetenceRecord::gap_action_completed_on>({.label = "Gap action completed on", .help = "Action done."}),
      field<&CompetenceRecord::effectiveness_evaluated_on>({.label = "Effectiveness evaluated on", .help = "Action judged."}),
  };
  static constexpr EntityDef def = entity<CompetenceRecord>(
      {.name = "competence_record",
       .label = "Competence record",
       .plural = "Competence records",
       .help = "Evidence that a role holder is competent (7.2).",
       .phase = Phase::people,
       .access = AccessClass::personal,
       .prefix = "CR",
       .holder = "person",
      },
      fields);
  return def;
}

}  // namespace assay
