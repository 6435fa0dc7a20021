#include "isms/operations/change.h"

#include "isms/operations/system.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Change::def() {
  static constexpr FieldDef fields[] = {
      field<&Change::title>({.label = "Title", .title = true, .in_list = true}),
      field<&Change::kind>({.label = "Kind", .in_list = true}),
      field<&Change::system>({.label = "System", .in_list = true}),
      field<&Change::requested_by>({.label = "Requested by", .help = "Requester.", .in_list = true}),
      field<&Change::approved_by>({.label = "Approved by", .help = "Approver."}),
      field<&Change::approved_on>({.label = "Approved on", .help = "Approval.", .in_list = true}),
      field<&Change::implemented_by>({.label = "Implemented by", .help = "Implementer."}),
      field<&Change::implemented_on>({.label = "Implemented on", .help = "Done."}),
      field<&Change::risk_assessed>({.label = "Risk assessed", .help = "Security risk considered."}),
      field<&Change::tested>({.label = "Tested", .help = "Tested before production."}),
      field<&Change::security_tested>({.label = "Security tested", .help = "Security acceptance test (releases)."}),
      field<&Change::rollback_plan>({.label = "Rollback plan", .help = "Fallback exists."}),
      field<&Change::retrospective_review_on>({.label = "Retrospective review on", .help = "Review after an emergency."}),
      field<&Change::affects_network>({.label = "Affects network", .help = "Alters the topology."}),
  };
  static constexpr EntityDef def = entity<Change>(
      {.name = "change",
       .label = "Change",
       .plural = "Changes",
       .help = "A change to information processing facilities or systems (A.8.32), a release or a project.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "CH",
       .holder = "requested_by",
      },
      fields);
  return def;
}

}  // namespace assay
