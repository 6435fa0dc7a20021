#include "isms/organisation/org_unit.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& OrgUnit::def() {
  static constexpr FieldDef fields[] = {
      field<&OrgUnit::name>({.label = "Name", .help = "Unit name.", .title = true, .in_list = true}),
      field<&OrgUnit::parent>({.label = "Parent", .help = "Superior unit.", .in_list = true}),
      field<&OrgUnit::head>({.label = "Head", .help = "Accountable manager.", .in_list = true}),
      field<&OrgUnit::in_scope>({.label = "In scope", .help = "Inside the boundary.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<OrgUnit>(
      {.name = "org_unit",
       .label = "Organisational unit",
       .plural = "Organisational units",
       .help = "A department or team; the organisational boundary of the scope.",
       .phase = Phase::organisation,
       .access = AccessClass::documented,
       .prefix = "OU",
      },
      fields);
  return def;
}

}  // namespace assay
