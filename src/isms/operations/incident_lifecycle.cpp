// The life of an event (domain model 4.12): assessed as an incident or not, contained, resolved, closed. The state is
// worked out from the stage and the instants, so that it can never disagree with them.
#include <algorithm>

#include "base/text.h"
#include "isms/audit/nonconformity.h"
#include "isms/controls/control.h"
#include "isms/operations/incident.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "kernel/model/effects.h"

namespace assay {
namespace {

constexpr State incident_states[] = {{"event", "Event to be assessed"},
                                     {"incident", "Incident being handled"},
                                     {"contained", "Contained"},
                                     {"resolved", "Resolved"},
                                     {"closed", "Closed"},
                                     {"not_incident", "No incident"}};

std::string_view incident_state(const Record& record) {
  if (record.text("stage") != "incident") return record.text("stage") == "not_incident" ? "not_incident" : "event";
  if (!is_unset(record.at("closed_at"))) return "closed";
  if (!is_unset(record.at("resolved_at"))) return "resolved";
  return is_unset(record.at("contained_at")) ? "incident" : "contained";
}

bool is_serious(const Incident& incident) {
  return incident.severity == Severity::high || incident.severity == Severity::critical;
}

bool breach_names_its_duties(const StepContext& step) {
  auto incident = decode<Incident>(step.after);
  return !incident.personal_data_breach || !incident.applicable_obligations.empty() || checks::has_reason(step);
}

bool response_is_logged(const StepContext& step) { return truth_of(step.after.at("response_log")); }

bool serious_evidence_is_preserved(const StepContext& step) {
  auto incident = decode<Incident>(step.after);
  return !is_serious(incident) || incident.evidence_preserved;
}

bool incident_instants_are_past(const StepContext& step) {
  return !checks::lies_ahead(step, "classified_at") && !checks::lies_ahead(step, "contained_at") &&
         !checks::lies_ahead(step, "resolved_at") && !checks::lies_ahead(step, "lessons_learned_on");
}

bool serious_lessons_are_learned(const StepContext& step) {
  auto incident = decode<Incident>(step.after);
  return !is_serious(incident) || incident.lessons_learned_on.has_value();
}

bool serious_incident_names_its_risks(const StepContext& step) {
  auto incident = decode<Incident>(step.after);
  return !is_serious(incident) || !incident.linked_risks.empty();
}

bool realised_risks_are_reassessed(const StepContext& step) {
  auto incident = decode<Incident>(step.after);
  if (!incident.resolved_at) return false;
  return std::ranges::all_of(incident.linked_risks, [&](const Ref<Risk>& ref) {
    auto risk = step.lookup.find<Risk>(ref.id);
    return risk && risk->assessed_on && *risk->assessed_on >= incident.resolved_at->day();
  });
}

bool every_duty_to_notify_is_settled(const StepContext& step) {
  auto incident = decode<Incident>(step.after);
  return std::ranges::all_of(incident.applicable_obligations, [&](const Ref<Obligation>& duty) {
    return std::ranges::any_of(incident.notifications, [&](const IncidentNotification& notification) {
      bool settled = notification.sent_at || !is_blank(notification.not_required_rationale.value_or(""));
      return notification.obligation == duty && settled;
    });
  });
}

bool serious_incident_led_to_nonconformity(const StepContext& step) {
  auto incident = decode<Incident>(step.after);
  return !is_serious(incident) || checks::refers(incident.nonconformity) || checks::has_reason(step);
}

bool incident_has_no_nonconformity(const StepContext& step) { return is_unset(step.before.at("nonconformity")); }

// The control that should have prevented it, by way of the risk it realised; else operational planning and control.
std::string failed_requirement(const Lookup& lookup, const Incident& incident) {
  for (const Ref<Risk>& ref : incident.linked_risks) {
    auto risk = lookup.find<Risk>(ref.id);
    if (!risk || risk->controls.empty()) continue;
    if (auto control = lookup.find<Control>(risk->controls.front().id)) return control->code;
  }
  return "8.1";
}

Result<void> open_incident_nonconformity(StepEffects& effects) {
  auto incident = decode<Incident>(effects.record());
  Nonconformity nc;
  nc.source = NonconformitySource::incident;
  nc.ref = failed_requirement(effects.lookup(), incident);
  nc.grade = incident.severity == Severity::critical ? NonconformityGrade::major : NonconformityGrade::minor;
  nc.raised_on = effects.today();
  nc.statement = "Incident " + incident.id + ": " + incident.title;
  nc.owner = incident.owner;
  nc.set_deadlines(effects.lookup());
  TRY(Id id, effects.create(encode(nc), "Opened from incident " + incident.id + "."));
  auto stored = effects.lookup().find(Incident::def(), incident.id);
  if (!stored) return fail(ErrorKind::not_found, "The incident is no longer there.");
  stored->at("nonconformity") = id;
  return effects.change(std::move(*stored), "Nonconformity " + id + " was opened.");
}

constexpr Guard classify_guards[] = {
    {.reason = "Give the severity and name who handles it.", .rule = "A5.25-01", .filled = "severity owner"},
    {.reason = "Personal data is involved: list the duties to notify that apply, or say in the reason why none does.",
     .rule = "A5.31-02",
     .holds = breach_names_its_duties},
    {.reason = "The time of the decision lies ahead.", .rule = "A5.25-01", .holds = incident_instants_are_past},
};

constexpr Guard contain_guards[] = {
    {.reason = "Name who handles it.", .rule = "A5.25-01", .filled = "owner"},
    {.reason = "Keep a log of the response, and mark it as kept.", .rule = "A5.25-01", .holds = response_is_logged},
    {.reason = "The time lies ahead.", .rule = "A5.25-01", .holds = incident_instants_are_past},
};

constexpr Guard resolve_guards[] = {
    {.reason = "Write down the cause.", .rule = "A5.27-01", .filled = "root_cause"},
    {.reason = "Keep a log of the response, and mark it as kept.", .rule = "A5.25-01", .holds = response_is_logged},
    {.reason = "For a high or critical incident the digital evidence must be preserved.",
     .rule = "A5.27-01",
     .holds = serious_evidence_is_preserved},
    {.reason = "The time lies ahead.", .rule = "A5.25-01", .holds = incident_instants_are_past},
};

constexpr Guard incident_close_guards[] = {
    {.reason = "After a high or critical incident, hold a review of the lessons and enter its day.",
     .rule = "A5.27-01",
     .holds = serious_lessons_are_learned},
    {.reason = "Link the risks that a high or critical incident made real.",
     .rule = "CONSIST-07",
     .holds = serious_incident_names_its_risks},
    {.reason = "The linked risks have not been assessed again since the incident was resolved.",
     .rule = "CONSIST-07",
     .holds = realised_risks_are_reassessed},
    {.reason = "For each duty to notify, enter when it was done or why it was not required.",
     .rule = "A5.31-02",
     .holds = every_duty_to_notify_is_settled},
    {.reason = "A high or critical incident needs a nonconformity; otherwise say in the reason why there is none.",
     .rule = "C10.2-10",
     .holds = serious_incident_led_to_nonconformity},
};

constexpr Guard incident_nonconformity_guards[] = {
    {.reason = "There is a nonconformity already.", .rule = "C10.2-10", .holds = incident_has_no_nonconformity},
};

constexpr Roles incident_team{Role::isms_owner, Role::consultant, Role::control_owner};
constexpr Who incident_handlers{.roles = incident_team, .holder = "owner", .or_superior = true};

constexpr Step incident_steps[] = {
    {.name = "classify",
     .from = "event",
     .to = "incident",
     .label = "Classify as incident",
     .who = incident_handlers,
     .guards = classify_guards,
     .asks = "severity owner personal_data_breach applicable_obligations classified_at",
     .sets = "stage=incident classified_at=now"},
    {.name = "dismiss",
     .from = "event",
     .to = "not_incident",
     .label = "No incident",
     .help = "The event was assessed and is no incident; the reason is kept.",
     .who = incident_handlers,
     .sets = "stage=not_incident classified_at=now",
     .reason_needed = true},
    {.name = "reconsider",
     .from = "not_incident",
     .to = "event",
     .label = "Assess again",
     .who = incident_handlers,
     .sets = "stage=event classified_at=null",
     .reason_needed = true},
    {.name = "contain",
     .from = "incident",
     .to = "contained",
     .label = "Mark as contained",
     .who = incident_handlers,
     .guards = contain_guards,
     .asks = "contained_at response_log evidence_preserved",
     .sets = "contained_at=now"},
    {.name = "resolve",
     .from = "contained",
     .to = "resolved",
     .label = "Mark as resolved",
     .who = incident_handlers,
     .guards = resolve_guards,
     .asks = "resolved_at root_cause response_log evidence_preserved",
     .sets = "resolved_at=now"},
    {.name = "reopen",
     .from = "resolved",
     .to = "contained",
     .label = "Not resolved after all",
     .who = incident_handlers,
     .sets = "resolved_at=null",
     .reason_needed = true},
    {.name = "open_nonconformity",
     .from = "resolved",
     .to = "resolved",
     .label = "Open a nonconformity",
     .help = "A control failed: correction, cause and corrective action are followed up there.",
     .who = incident_handlers,
     .guards = incident_nonconformity_guards,
     .effect = open_incident_nonconformity},
    {.name = "close",
     .from = "resolved",
     .to = "closed",
     .label = "Close",
     .who = {.roles = {Role::isms_owner}},
     .guards = incident_close_guards,
     .asks = "lessons_learned_on linked_risks notifications nonconformity",
     .sets = "closed_at=now"},
};

}  // namespace

constinit const Lifecycle incident_lifecycle = {
    .states = incident_states, .state_of = incident_state, .steps = incident_steps};

}  // namespace assay
