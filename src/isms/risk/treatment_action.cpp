#include "isms/risk/treatment_action.h"

#include <algorithm>

#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_acceptance.h"
#include "isms/risk/risk_treatment_plan.h"
#include "isms/risk/treatment_approval.h"

namespace assay {
namespace {

bool action_is_of_their_risk(const StepContext& context) {
  const auto risk = context.lookup.find<Risk>(context.after.text("risk"));
  return risk && checks::is_or_stands_above(context.lookup, context.actor.person, checks::id_of(risk->owner));
}

bool action_plan_is_approved(const StepContext& context) {
  const auto action = decode<TreatmentAction>(context.after);
  const auto plan = context.lookup.find(RiskTreatmentPlan::def(), action.plan.id);
  const auto risk = context.lookup.find<Risk>(action.risk.id);
  if (!plan || !risk) return false;
  return std::ranges::any_of(decode<RiskTreatmentPlan>(*plan).approvals, [&](const TreatmentApproval& approval) {
    return approval.risk.id == risk->id &&
           approval_covers(approval, action, plan->created_at, context.before.created_at) &&
           checks::is_or_stands_above(context.lookup, approval.person.id, checks::id_of(risk->owner));
  });
}

bool action_is_rescheduled(const StepContext& context) {
  const auto due = checks::day_of(context.after, "due_on");
  return due && *due >= context.today && due != checks::day_of(context.before, "due_on");
}

bool action_is_completed_by_today(const StepContext& context) {
  const auto completed = checks::day_of(context.after, "completed_on");
  return completed && *completed <= context.today;
}

// Proof that the owner of the action judged alone is no proof; what the product accepted by rule has no reviewer.
bool action_is_proven(const StepContext& context) {
  const auto action = decode<TreatmentAction>(context.after);
  return std::ranges::any_of(action.evidence, [&](const Ref<Evidence>& ref) {
    const auto evidence = context.lookup.find<Evidence>(ref.id);
    return evidence && evidence->review_status == EvidenceReviewStatus::accepted &&
           (checks::id_of(evidence->reviewed_by).empty() ||
            checks::id_of(evidence->reviewed_by) != checks::id_of(action.owner));
  });
}

bool action_can_be_spared(const StepContext& context) {
  const auto action = decode<TreatmentAction>(context.after);
  const auto risk = context.lookup.find<Risk>(action.risk.id);
  if (!risk || risk->treatment != RiskTreatment::modify) return true;
  const bool another =
      std::ranges::any_of(context.lookup.where<TreatmentAction>("risk", risk->id), [&](const TreatmentAction& other) {
        return other.id != action.id && other.status != TreatmentActionStatus::cancelled;
      });
  return another || std::ranges::any_of(context.lookup.where<RiskAcceptance>("risk", risk->id),
                                        [&](const RiskAcceptance& acceptance) {
                                          return acceptance.status == RiskAcceptanceStatus::valid &&
                                                 (!acceptance.expires_on || *acceptance.expires_on >= context.today);
                                        });
}

constexpr Guard action_start_guards[] = {
    {.reason = "An action needs an owner, a date and resources.",
     .rule = "C6.1.3-e-02",
     .filled = "owner due_on resources"},
    {.reason = "The risk owner has not approved this action as it is now in the plan.",
     .rule = "C6.1.3-f-01",
     .holds = action_plan_is_approved},
};

constexpr Guard action_reschedule_guards[] = {
    {.reason = "Only the owner of the risk, or somebody above the owner, moves the deadline.",
     .rule = "C6.1.3-e-03",
     .holds = action_is_of_their_risk},
    {.reason = "Give the new deadline; it must not lie in the past.",
     .rule = "C6.1.3-e-03",
     .holds = action_is_rescheduled},
};

constexpr Guard action_complete_guards[] = {
    {.reason = "The day of completion is missing or lies in the future.",
     .rule = "C6.1.3-e-04",
     .holds = action_is_completed_by_today},
    {.reason = "At least one piece of evidence must be attached and accepted by somebody other than the action owner.",
     .rule = "C6.1.3-e-04",
     .holds = action_is_proven},
};

constexpr Guard action_cancel_guards[] = {
    {.reason = "Only the owner of the risk, or somebody above the owner, cancels an action.",
     .rule = "C6.1.3-b-01",
     .holds = action_is_of_their_risk},
    {.reason = "The risk would be left without an action: add another one, or accept the risk first.",
     .rule = "C6.1.3-b-01",
     .holds = action_can_be_spared},
};

constexpr Who action_risk_owners{.roles = {Role::risk_owner, Role::top_management}};

constexpr Step action_steps[] = {
    {.name = "start",
     .from = "planned",
     .to = "in_progress",
     .label = "Start work",
     .who = {.roles = {Role::isms_owner}, .holder = "owner", .or_superior = true},
     .guards = action_start_guards,
     .asks = "start_on",
     .sets = "start_on=today"},
    {.name = "replan",
     .from = "planned",
     .to = "planned",
     .label = "Move the deadline",
     .who = action_risk_owners,
     .guards = action_reschedule_guards,
     .asks = "due_on",
     .reason_needed = true},
    {.name = "reschedule",
     .from = "in_progress",
     .to = "in_progress",
     .label = "Move the deadline",
     .who = action_risk_owners,
     .guards = action_reschedule_guards,
     .asks = "due_on",
     .reason_needed = true},
    {.name = "complete",
     .from = "in_progress",
     .to = "done",
     .label = "Report done",
     .who = {.roles = {}, .holder = "owner", .or_superior = true},
     .guards = action_complete_guards,
     .asks = "completed_on evidence",
     .sets = "completed_on=today"},
    {.name = "cancel",
     .from = "planned in_progress",
     .to = "cancelled",
     .label = "Cancel the action",
     .who = action_risk_owners,
     .guards = action_cancel_guards,
     .reason_needed = true},
};

constexpr Lifecycle action_lifecycle{.field = "status", .steps = action_steps};

}  // namespace

const EntityDef& TreatmentAction::def() {
  static constexpr FieldDef fields[] = {
      field<&TreatmentAction::plan>({.label = "Treatment plan"}),
      field<&TreatmentAction::risk>({.label = "Risk", .in_list = true}),
      field<&TreatmentAction::control>(
          {.label = "Control", .help = "The control this action puts in place or improves.", .in_list = true}),
      field<&TreatmentAction::description>(
          {.label = "Action",
           .help = "What will be done, so that somebody else could tell when it is finished.",
           .example = "Enforce a second factor for all administrator accounts",
           .multiline = true,
           .title = true,
           .in_list = true}),
      field<&TreatmentAction::owner>({.label = "Responsible", .in_list = true}),
      field<&TreatmentAction::resources>({.label = "Resources",
                                          .help = "People, money and tools it takes.",
                                          .example = "5 person-days of IT operations, 2,000 EUR for tokens",
                                          .multiline = true}),
      field<&TreatmentAction::start_on>({.label = "Starts on"}),
      field<&TreatmentAction::due_on>({.label = "Due on", .in_list = true}),
      field<&TreatmentAction::original_due_on>(
          {.label = "First deadline", .help = "Kept when the deadline moves.", .derived = true}),
      field<&TreatmentAction::reschedules>(
          {.label = "Times moved", .help = "How often the deadline was moved.", .derived = true, .least = 0}),
      field<&TreatmentAction::status>({.label = "Status", .in_list = true}),
      field<&TreatmentAction::completed_on>({.label = "Completed on"}),
      field<&TreatmentAction::evidence>({.label = "Evidence", .help = "What shows that it was done."}),
      field<&TreatmentAction::cost>(
          {.label = "Cost", .help = "Estimate in your own currency, work of your own people included.", .least = 0}),
      field<&TreatmentAction::depends_on>(
          {.label = "Waits for", .help = "Actions that must end before this one can begin.", .chain = true}),
  };
  static constexpr EntityDef def = entity<TreatmentAction>(
      {
          .name = "treatment_action",
          .label = "Treatment action",
          .plural = "Treatment actions",
          .help = "One step of the risk treatment plan: what is done, by whom, until when, with what. Clause 8.3 asks "
                  "that the plan is carried out and that the results are kept.",
          .clause = "6.1.3 e",
          .example =
              "Enforce a second factor for all administrator accounts; head of IT, due 31 March, five person-days.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "TA",
          .parent = "plan",
          .holder = "owner",
          .default_sort = "due_on",
      },
      fields, &action_lifecycle);
  return def;
}

Problems TreatmentAction::validate() const {
  Problems problems;
  checks::refuse_before(problems, start_on, "due_on", due_on, "must not be before the start");
  checks::refuse_before(problems, start_on, "completed_on", completed_on, "must not be before the start");
  return problems;
}

void TreatmentAction::derive(const Lookup& lookup) {
  const auto stored = id.empty() ? std::nullopt : lookup.find<TreatmentAction>(id);
  if (!stored) {
    original_due_on = due_on;
    return;
  }
  original_due_on = stored->original_due_on ? stored->original_due_on : stored->due_on;
  if (!original_due_on) original_due_on = due_on;
  const bool moved = stored->due_on && due_on && *stored->due_on != *due_on;
  reschedules = stored->reschedules + (moved ? 1 : 0);
}

}  // namespace assay
