#include "isms/operations/physical_inspection.h"

#include "isms/controls/evidence.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& PhysicalInspection::def() {
  static constexpr FieldDef fields[] = {
      field<&PhysicalInspection::site>({.label = "Site", .in_list = true}),
      field<&PhysicalInspection::kind>({.label = "Subject", .title = true, .in_list = true}),
      field<&PhysicalInspection::performed_on>({.label = "Performed on", .in_list = true}),
      field<&PhysicalInspection::issues_open>(
          {.label = "Open issues", .help = "Found and not settled yet.", .in_list = true, .least = 0}),
      field<&PhysicalInspection::next_due_on>({.label = "Next due on", .in_list = true}),
      field<&PhysicalInspection::evidence>({.label = "Evidence"}),
  };
  static constexpr EntityDef def = entity<PhysicalInspection>(
      {
          .name = "physical_inspection",
          .label = "Physical inspection",
          .plural = "Physical inspections",
          .help = "Walk-throughs and maintenance: clear desks, fire and water protection, power, equipment. Controls "
                  "A.7.5 to A.7.13 ask for protection that is kept in working order.",
          .clause = "A.7.7",
          .example = "Clear desk round at the head office on 4 April: two issues, both settled, next in October.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "PI",
          .default_sort = "-performed_on",
      },
      fields);
  return def;
}

Problems PhysicalInspection::validate() const {
  Problems problems;
  checks::refuse_before(problems, performed_on, "next_due_on", next_due_on, "must not be before this inspection");
  return problems;
}

}  // namespace assay
