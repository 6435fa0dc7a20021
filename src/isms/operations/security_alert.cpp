#include "isms/operations/security_alert.h"

#include "isms/operations/detection_rule.h"
#include "isms/operations/incident.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& SecurityAlert::def() {
  static constexpr FieldDef fields[] = {
      field<&SecurityAlert::rule>({.label = "Rule", .help = "The detection rule that raised it.", .in_list = true}),
      field<&SecurityAlert::queue>({.label = "Queue", .in_list = true}),
      field<&SecurityAlert::severity>({.label = "Severity", .in_list = true}),
      field<&SecurityAlert::raised_at>({.label = "Raised at", .title = true, .in_list = true}),
      field<&SecurityAlert::triaged_at>({.label = "First looked at", .in_list = true}),
      field<&SecurityAlert::disposition>({.label = "Outcome", .in_list = true}),
      field<&SecurityAlert::incident>({.label = "Incident", .help = "Opened where the alert was one."}),
  };
  static constexpr EntityDef def = entity<SecurityAlert>(
      {
          .name = "security_alert",
          .label = "Security alert",
          .plural = "Security alerts",
          .help =
              "Alerts raised by monitoring and by the protection of devices, and what came of them. Controls A.8.16 "
              "and A.5.25 ask that unusual events are looked at.",
          .clause = "A.8.16",
          .example = "Failed logins on the VPN, high, looked at after 20 minutes, harmless: a forgotten password.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "AL",
          .default_sort = "-raised_at",
      },
      fields);
  return def;
}

Problems SecurityAlert::validate() const {
  Problems problems;
  checks::refuse_before(problems, raised_at, "triaged_at", triaged_at, "must not be before the alert was raised");
  if (checks::refers(incident) && disposition != SecurityAlertDisposition::incident) {
    problems.push_back({"incident", "goes only with the outcome \"Incident\"", incident->id});
  }
  return problems;
}

}  // namespace assay
