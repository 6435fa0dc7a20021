#include "isms/operations/physical_inspection.h"

#include "isms/controls/evidence.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& PhysicalInspection::def() {
  static constexpr FieldDef fields[] = {
      field<&PhysicalInspection::site>({.label = "Site", .in_list = true}),
      field<&PhysicalInspection::kind>({.label = "Kind", .help = "Subject.", .title = true, .in_list = true}),
      field<&PhysicalInspection::performed_on>({.label = "Performed on", .help = "Day.", .in_list = true}),
      field<&PhysicalInspection::issues_open>({.label = "Issues open", .help = "Issues not closed.", .in_list = true}),
      field<&PhysicalInspection::next_due_on>({.label = "Next due on", .help = "Next."}),
      field<&PhysicalInspection::evidence>({.label = "Evidence", .help = "Record."}),
  };
  static constexpr EntityDef def = entity<PhysicalInspection>(
      {.name = "physical_inspection",
       .label = "Physical inspection",
       .plural = "Physical inspections",
       .help = "A walk-through or maintenance record.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "PI",
      },
      fields);
  return def;
}

}  // namespace assay
