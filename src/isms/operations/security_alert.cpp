#include "isms/operations/security_alert.h"

#include "isms/operations/detection_rule.h"
#include "isms/operations/incident.h"

namespace assay {

const EntityDef& SecurityAlert::def() {
  static constexpr FieldDef fields[] = {
      field<&SecurityAlert::rule>({.label = "Rule"}),
      field<&SecurityAlert::queue>({.label = "Queue", .in_list = true}),
      field<&SecurityAlert::severity>({.label = "Severity", .in_list = true}),
      field<&SecurityAlert::raised_at>({.label = "Raised at", .help = "Raised.", .title = true, .in_list = true}),
      field<&SecurityAlert::triaged_at>({.label = "Triaged at", .help = "First decision."}),
      field<&SecurityAlert::disposition>({.label = "Disposition", .help = "Result.", .in_list = true}),
      field<&SecurityAlert::incident>({.label = "Incident", .help = "Incident opened."}),
  };
  static constexpr EntityDef def = entity<SecurityAlert>(
      {.name = "security_alert",
       .label = "Security alert",
       .plural = "Security alerts",
       .help = "An alert raised by monitoring or EDR.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "AL",
       .default_sort = "-raised_at",
      },
      fields);
  return def;
}

}  // namespace assay
