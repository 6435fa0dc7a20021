#include "isms/operations/incident.h"

#include "isms/audit/nonconformity.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/person.h"
#include "isms/risk/risk.h"

namespace assay {

std::span<const FieldDef> IncidentNotification::parts() {
  static constexpr FieldDef parts[] = {
      field<&IncidentNotification::obligation>({.label = "Obligation"}),
      field<&IncidentNotification::sent_at>({.label = "Sent at"}),
      field<&IncidentNotification::not_required_rationale>({.label = "Not required rationale", .multiline = true}),
  };
  static_assert(embedded_complete<IncidentNotification>(parts));
  return parts;
}

const EntityDef& Incident::def() {
  static constexpr FieldDef fields[] = {
      field<&Incident::title>({.label = "Title", .title = true, .in_list = true}),
      field<&Incident::stage>({.label = "Stage", .help = "Classification.", .in_list = true}),
      field<&Incident::severity>({.label = "Severity", .in_list = true}),
      field<&Incident::reported_at>({.label = "Reported at", .help = "Reported.", .in_list = true}),
      field<&Incident::classified_at>({.label = "Classified at", .help = "Decision."}),
      field<&Incident::contained_at>({.label = "Contained at", .help = "Contained."}),
      field<&Incident::resolved_at>({.label = "Resolved at", .help = "Resolved."}),
      field<&Incident::closed_at>({.label = "Closed at", .help = "Closed."}),
      field<&Incident::owner>({.label = "Owner", .help = "Handler.", .in_list = true}),
      field<&Incident::personal_data_breach>({.label = "Personal data breach", .help = "Personal data involved."}),
      field<&Incident::applicable_obligations>({.label = "Applicable obligations", .help = "Duties to notify."}),
      field<&Incident::notifications>({.label = "Notifications"}),
      field<&Incident::response_log>({.label = "Response log", .help = "Response documented."}),
      field<&Incident::evidence_preserved>({.label = "Evidence preserved", .help = "Digital evidence kept with custody."}),
      field<&Incident::root_cause>({.label = "Root cause", .help = "Cause.", .multiline = true}),
      field<&Incident::lessons_learned_on>({.label = "Lessons learned on", .help = "Review held."}),
      field<&Incident::linked_risks>({.label = "Linked risks", .help = "Risks it realised."}),
      field<&Incident::nonconformity>({.label = "Nonconformity", .help = "Nonconformity opened."}),
  };
  static constexpr EntityDef def = entity<Incident>(
      {.name = "incident",
       .label = "Incident",
       .plural = "Incidents",
       .help = "An event assessed as an incident, or an event awaiting assessment.",
       .phase = Phase::operations,
       .access = AccessClass::incident,
       .prefix = "INC",
       .holder = "owner",
       .default_sort = "-reported_at",
      },
      fields);
  return def;
}

}  // namespace assay
