#include "isms/organisation/role_assignment.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& RoleAssignment::def() {
  static constexpr FieldDef fields[] = {
      field<&RoleAssignment::role>({.label = "Role", .help = "The role.", .title = true, .in_list = true}),
      field<&RoleAssignment::person>({.label = "Person", .help = "Holder.", .in_list = true}),
      field<&RoleAssignment::authority_granted_by>({.label = "Authority granted by", .help = "Who conferred the authority.", .in_list = true}),
      field<&RoleAssignment::assigned_on>({.label = "Assigned on", .help = "Start.", .in_list = true}),
      field<&RoleAssignment::ended_on>({.label = "Ended on", .help = "End."}),
      field<&RoleAssignment::communicated_on>({.label = "Communicated on", .help = "When the assignment was made known."}),
      field<&RoleAssignment::required_competence>({.label = "Required competence", .help = "Competence determined for the role.", .multiline = true}),
  };
  static constexpr EntityDef def = entity<RoleAssignment>(
      {.name = "role_assignment",
       .label = "Role assignment",
       .plural = "Role assignments",
       .help = "Who holds which ISMS role, with what authority.",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "RA",
       .holder = "person",
      },
      fields);
  return def;
}

}  // namespace assay
