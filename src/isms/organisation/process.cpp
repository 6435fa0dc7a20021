#include "isms/organisation/process.h"

#include "isms/documents/document.h"
#include "isms/organisation/org_unit.h"
#include "isms/organisation/person.h"
#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& Process::def() {
  static constexpr FieldDef fields[] = {
      field<&Process::name>({.label = "Name", .help = "Process name.", .title = true, .in_list = true}),
      field<&Process::kind>({.label = "Kind", .help = "Isms = needed by clause 4.4.", .in_list = true}),
      field<&Process::isms_type>({.label = "ISMS type", .help = "Which clause-4.4 process it is."}),
      field<&Process::owner>({.label = "Owner", .help = "Process owner.", .in_list = true}),
      field<&Process::org_unit>({.label = "Org unit", .help = "Performing unit.", .in_list = true}),
      field<&Process::in_scope>({.label = "In scope", .help = "Inside the boundary.", .in_list = true}),
      field<&Process::interactions>({.label = "Interactions", .help = "Processes it feeds or depends on."}),
      field<&Process::criteria_document>({.label = "Criteria document", .help = "Where the operating criteria are written."}),
      field<&Process::externally_provided_by>({.label = "Externally provided by", .help = "Supplier, if outsourced."}),
      field<&Process::mtpd_hours>({.label = "MTPD hours", .help = "Maximum tolerable period of disruption from the business impact analysis."}),
      field<&Process::bia_approved_on>({.label = "BIA approved on", .help = "Day its business impact analysis was last approved."}),
  };
  static constexpr EntityDef def = entity<Process>(
      {.name = "process",
       .label = "Process",
       .plural = "Processes",
       .help = "A business, support or ISMS process with its criteria and interactions.",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "PR",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
