#include "isms/audit/auditor.h"

#include "isms/organisation/person.h"
#include "isms/people/competence_record.h"

namespace assay {

const EntityDef& Auditor::def() {
  static constexpr FieldDef fields[] = {
      field<&Auditor::name>({.label = "Name", .title = true, .in_list = true}),
      field<&Auditor::person>({.label = "Person", .help = "Internal person.", .in_list = true}),
      field<&Auditor::employer>({.label = "Employer", .help = "Organisation, firm or certification body.", .in_list = true}),
      field<&Auditor::responsible_for>({.label = "Responsible for", .help = "Processes, controls, units they own, run or built."}),
      field<&Auditor::consulted_until>({.label = "Consulted until", .help = "Latest day of consultancy for this ISMS.", .in_list = true}),
      field<&Auditor::competence>({.label = "Competence", .help = "Audit and ISMS competence."}),
  };
  static constexpr EntityDef def = entity<Auditor>(
      {.name = "auditor",
       .label = "Auditor",
       .plural = "Auditors",
       .help = "An internal or external auditor as a person with competence and ties.",
       .phase = Phase::audit,
       .access = AccessClass::audit,
       .prefix = "AUR",
       .holder = "person",
      },
      fields);
  return def;
}

}  // namespace assay
