#include "isms/operations/incident.h"

#include "isms/audit/nonconformity.h"
#include "isms/operations/asset.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"

namespace assay {

std::span<const FieldDef> IncidentNotification::parts() {
  static constexpr FieldDef parts[] = {
      field<&IncidentNotification::obligation>({.label = "Duty to notify"}),
      field<&IncidentNotification::sent_at>({.label = "Sent at"}),
      field<&IncidentNotification::not_required_rationale>(
          {.label = "Why it was not required", .help = "Where nothing was sent.", .multiline = true}),
  };
  static_assert(embedded_complete<IncidentNotification>(parts));
  return parts;
}

const EntityDef& Incident::def() {
  static constexpr FieldDef fields[] = {
      field<&Incident::title>({.label = "Title",
                               .help = "What happened, in a few words.",
                               .example = "Phishing mail with a stolen password in sales",
                               .title = true,
                               .in_list = true}),
      field<&Incident::stage>(
          {.label = "Assessment", .help = "An event stays an event until somebody decided about it.", .in_list = true}),
      field<&Incident::severity>({.label = "Severity", .in_list = true}),
      field<&Incident::reported_at>({.label = "Reported at", .in_list = true}),
      field<&Incident::classified_at>({.label = "Assessed at", .help = "Notification periods count from here."}),
      field<&Incident::contained_at>({.label = "Contained at"}),
      field<&Incident::resolved_at>({.label = "Resolved at", .in_list = true}),
      field<&Incident::closed_at>({.label = "Closed at"}),
      field<&Incident::owner>({.label = "Handled by", .in_list = true}),
      field<&Incident::personal_data_breach>({.label = "Personal data involved"}),
      field<&Incident::applicable_obligations>(
          {.label = "Duties to notify", .help = "Laws and contracts that may ask for a notification in this case."}),
      field<&Incident::notifications>(
          {.label = "Notifications", .help = "For each duty: when it was done, or why it was not required."}),
      field<&Incident::response_log>(
          {.label = "Response log kept", .help = "The steps of the response are written down."}),
      field<&Incident::evidence_preserved>(
          {.label = "Evidence preserved",
           .help = "Logs, images and the like are kept, with a record of who held them."}),
      field<&Incident::root_cause>({.label = "Cause",
                                    .help = "What made it possible; name the control that failed, if one did.",
                                    .example = "No second factor on the web mail of external staff (A.8.5).",
                                    .multiline = true}),
      field<&Incident::lessons_learned_on>({.label = "Lessons reviewed on"}),
      field<&Incident::linked_risks>({.label = "Risks made real", .help = "They are assessed again afterwards."}),
      field<&Incident::nonconformity>({.label = "Nonconformity", .help = "Opened where a control failed."}),
      field<&Incident::assets>({.label = "Assets hit", .help = "Risks that name them are proposed for a new look."}),
  };
  static constexpr EntityDef def = entity<Incident>(
      {
          .name = "incident",
          .label = "Incident",
          .plural = "Incidents",
          .help = "Security events that people or systems reported, and what became of them. Controls A.5.24 to A.5.28 "
                  "ask for assessment, response, learning and preserved evidence.",
          .clause = "A.5.25",
          .example = "A laptop was left on a train: reported within the hour, disk encrypted, assessed as low, closed.",
          .phase = Phase::operations,
          .access = AccessClass::incident,
          .prefix = "INC",
          .holder = "owner",
          .default_sort = "-reported_at",
          .frozen_in = "closed",
      },
      fields, &incident_lifecycle);
  return def;
}

Problems Incident::validate() const {
  Problems problems;
  checks::refuse_before(problems, reported_at, "classified_at", classified_at, "must not be before it was reported");
  checks::refuse_before(problems, reported_at, "contained_at", contained_at, "must not be before it was reported");
  checks::refuse_before(problems, contained_at, "resolved_at", resolved_at, "must not be before it was contained");
  checks::refuse_before(problems, reported_at, "resolved_at", resolved_at, "must not be before it was reported");
  checks::refuse_before(problems, resolved_at, "closed_at", closed_at, "must not be before it was resolved");
  for (const IncidentNotification& notification : notifications) {
    checks::refuse_before(problems, reported_at, "notifications", notification.sent_at,
                          "must not have been sent before the incident was reported");
  }
  return problems;
}

}  // namespace assay
