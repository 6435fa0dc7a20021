#include "isms/audit/auditor.h"

#include "isms/organisation/person.h"
#include "isms/people/competence_record.h"

namespace assay {

const EntityDef& Auditor::def() {
  static constexpr FieldDef fields[] = {
      field<&Auditor::name>({.label = "Name", .example = "Mara Lind", .title = true, .in_list = true}),
      field<&Auditor::person>({.label = "Person", .help = "For auditors of our own staff.", .in_list = true}),
      field<&Auditor::employer>(
          {.label = "Employer", .help = "Our organisation, a firm or a certification body.", .in_list = true}),
      field<&Auditor::responsible_for>(
          {.label = "Own area",
           .help = "Clauses and controls whose processes they own, run or built; they never audit these.",
           .example = "A.8.13; A.8.14"}),
      field<&Auditor::consulted_until>({.label = "Advised us until",
                                        .help = "Last day of consultancy for this ISMS; bars from certification "
                                                "audits for two years.",
                                        .in_list = true}),
      field<&Auditor::competence>({.label = "Competence", .help = "Records of audit and ISMS competence."}),
  };
  static constexpr EntityDef def = entity<Auditor>(
      {
          .name = "auditor",
          .label = "Auditor",
          .plural = "Auditors",
          .help = "Internal and external auditors with their competence and their ties. Clause 9.2.2 asks for auditors "
                  "who are objective and impartial.",
          .clause = "9.2.2",
          .example = "Mara Lind of our quality department; owns no control of theme 8; lead auditor course of 2023.",
          .phase = Phase::audit,
          .access = AccessClass::audit,
          .prefix = "AUR",
          .holder = "person",
          .default_sort = "name",
      },
      fields);
  return def;
}

}  // namespace assay
