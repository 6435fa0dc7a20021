#include "isms/organisation/role_assignment.h"

#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& RoleAssignment::def() {
  static constexpr FieldDef fields[] = {
      field<&RoleAssignment::role>({.label = "Role", .title = true, .in_list = true}),
      field<&RoleAssignment::person>({.label = "Held by", .in_list = true}),
      field<&RoleAssignment::authority_granted_by>({.label = "Authority granted by",
                                                    .help = "For the leading roles a member of top management.",
                                                    .in_list = true}),
      field<&RoleAssignment::assigned_on>({.label = "Since", .in_list = true}),
      field<&RoleAssignment::ended_on>({.label = "Until", .in_list = true}),
      field<&RoleAssignment::communicated_on>(
          {.label = "Made known on", .help = "Clause 5.3 asks that assignments are communicated.", .in_list = true}),
      field<&RoleAssignment::required_competence>(
          {.label = "Competence needed",
           .help = "What the holder must know and be able to do (7.2 a).",
           .example = "Five years in IT security, training on ISO/IEC 27001, experience with audits",
           .multiline = true}),
  };
  static constexpr EntityDef def = entity<RoleAssignment>(
      {
          .name = "role_assignment",
          .label = "Role assignment",
          .plural = "Role assignments",
          .help = "Who holds which role in the ISMS, with whose authority. Clause 5.3 asks that responsibilities are "
                  "assigned and made known, above all who makes the ISMS conform and who reports to top management.",
          .clause = "5.3",
          .example = "ISMS owner: Maria Weber since 1 February, authority from the managing director, made known to "
                     "all staff.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "RA",
          .holder = "person",
          .default_sort = "role",
      },
      fields);
  return def;
}

Problems RoleAssignment::validate() const {
  Problems problems;
  checks::refuse_before(problems, assigned_on, "ended_on", ended_on, "must not be before the assignment");
  return problems;
}

}  // namespace assay
