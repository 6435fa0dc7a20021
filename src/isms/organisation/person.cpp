#include "isms/organisation/person.h"

#include "isms/organisation/org_unit.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& Person::def() {
  static constexpr FieldDef fields[] = {
      field<&Person::name>({.label = "Name", .help = "Display name.", .title = true, .in_list = true}),
      field<&Person::employment>({.label = "Employment", .help = "Relationship.", .in_list = true}),
      field<&Person::org_unit>({.label = "Org unit", .help = "Unit.", .in_list = true}),
      field<&Person::site>({.label = "Site", .help = "Base site.", .in_list = true}),
      field<&Person::job_title>({.label = "Job title", .help = "Function."}),
      field<&Person::manager>({.label = "Manager", .help = "Line manager."}),
      field<&Person::start_date>({.label = "Start date", .help = "First day."}),
      field<&Person::end_date>({.label = "End date", .help = "Last day."}),
      field<&Person::status>({.label = "Status", .help = "Employment state.", .in_list = true}),
      field<&Person::leave_from>({.label = "Leave from", .help = "Start of a long leave."}),
      field<&Person::leave_to>({.label = "Leave to", .help = "End of it."}),
      field<&Person::is_top_management>({.label = "Is top management", .help = "Directs and controls the scope at the highest level."}),
      field<&Person::in_scope>({.label = "In scope", .help = "Works inside the boundary.", .in_list = true}),
      field<&Person::handles_sensitive>({.label = "Handles sensitive", .help = "Role needs enhanced screening and role training."}),
      field<&Person::works_remotely>({.label = "Works remotely", .help = "Regularly works off-site."}),
  };
  static constexpr EntityDef def = entity<Person>(
      {.name = "person",
       .label = "Person",
       .plural = "People",
       .help = "Someone doing work under the organisation's control.",
       .phase = Phase::people,
       .access = AccessClass::documented,
       .prefix = "P",
      },
      fields);
  return def;
}

}  // namespace assay
