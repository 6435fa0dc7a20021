#include "isms/organisation/org_unit.h"

#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& OrgUnit::def() {
  static constexpr FieldDef fields[] = {
      field<&OrgUnit::name>({.label = "Name", .example = "IT operations", .title = true, .in_list = true}),
      field<&OrgUnit::parent>({.label = "Part of", .help = "The unit above.", .in_list = true, .chain = true}),
      field<&OrgUnit::head>({.label = "Head", .help = "The accountable manager.", .in_list = true}),
      field<&OrgUnit::in_scope>({.label = "In scope", .help = "Inside the boundary of the ISMS.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<OrgUnit>(
      {
          .name = "org_unit",
          .label = "Organisational unit",
          .plural = "Organisational units",
          .help = "Departments and teams. They draw the organisational boundary of the scope (4.3) and show whose "
                  "people and processes belong to it.",
          .clause = "4.3",
          .example = "IT operations, part of Technology, headed by Jonas Brandt, in scope.",
          .phase = Phase::organisation,
          .access = AccessClass::documented,
          .prefix = "OU",
          .default_sort = "name",
      },
      fields);
  return def;
}

Problems OrgUnit::validate() const {
  Problems problems;
  if (!id.empty() && checks::id_of(parent) == id) problems.push_back({"parent", "must be another unit", id});
  return problems;
}

}  // namespace assay
