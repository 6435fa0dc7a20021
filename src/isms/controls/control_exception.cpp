#include "isms/controls/control_exception.h"

#include "isms/controls/control.h"
#include "isms/organisation/person.h"
#include "isms/risk/risk.h"

namespace assay {

const EntityDef& ControlException::def() {
  static constexpr FieldDef fields[] = {
      field<&ControlException::subject>({.label = "Subject", .help = "Id of the asset, account, endpoint, finding, system, person or control.", .title = true, .in_list = true}),
      field<&ControlException::control>({.label = "Control", .help = "Control departed from.", .in_list = true}),
      field<&ControlException::reason>({.label = "Reason", .help = "Why.", .multiline = true}),
      field<&ControlException::compensating_control>({.label = "Compensating control", .help = "What stands in.", .multiline = true}),
      field<&ControlException::risk>({.label = "Risk", .help = "Risk that carries it.", .in_list = true}),
      field<&ControlException::requested_by>({.label = "Requested by", .help = "Requester."}),
      field<&ControlException::approved_by>({.label = "Approved by", .help = "Approver (never the requester)."}),
      field<&ControlException::approved_on>({.label = "Approved on", .help = "Approval.", .in_list = true}),
      field<&ControlException::expires_on>({.label = "Expires on", .help = "End.", .in_list = true}),
      field<&ControlException::status>({.label = "Status", .help = "State.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ControlException>(
      {.name = "control_exception",
       .label = "Control exception",
       .plural = "Control exceptions",
       .help = "An approved, time-limited departure from a control or policy.",
       .phase = Phase::applicability,
       .access = AccessClass::control,
       .prefix = "EX",
       .holder = "requested_by",
      },
      fields);
  return def;
}

}  // namespace assay
