// The life of a nonconformity (domain model 4.18): no step may be skipped, and whoever did the work does not judge it.
#include <array>

#include "base/text.h"
#include "isms/audit/corrective_action.h"
#include "isms/audit/finding.h"
#include "isms/audit/nonconformity.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"
#include "kernel/model/effects.h"

namespace assay {
namespace {

bool is_external(const Nonconformity& nc) { return nc.source == NonconformitySource::external_audit; }

// Actions of the plan in force: one that was tried and did not work belongs to an earlier plan.
std::vector<CorrectiveAction> actions_in_force(const StepContext& step) {
  auto actions = step.lookup.where<CorrectiveAction>("nonconformity", step.after.id);
  std::erase_if(actions, [](const CorrectiveAction& action) {
    return action.effectiveness == CorrectiveActionEffectiveness::not_effective;
  });
  return actions;
}

// Letters and digits in lower case, words parted by one space: "Human error." equals "human  error".
std::string plain_words(std::string_view text) { return replace_all(slug(text), "_", " "); }

bool cause_is_no_symptom(const StepContext& step) {
  auto nc = decode<Nonconformity>(step.after);
  std::string cause = plain_words(nc.root_cause.value_or(""));
  constexpr std::array<std::string_view, 6> stock = {"human error", "oversight",  "forgot",
                                                     "forgotten",   "negligence", "lack of attention"};
  return cause != plain_words(nc.statement) && std::find(stock.begin(), stock.end(), cause) == stock.end();
}

bool extent_checked_or_scheduled(const StepContext& step) {
  return !is_empty(step.after.at("extent_checked_on")) || checks::has_reason(step);
}

bool nc_dates_are_past_and_in_order(const StepContext& step) {
  auto nc = decode<Nonconformity>(step.after);
  return nc.root_cause_on.value_or(nc.raised_on) >= nc.raised_on && !checks::lies_ahead(step, "root_cause_on") &&
         !checks::lies_ahead(step, "correction_done_on") && !checks::lies_ahead(step, "extent_checked_on");
}

bool actions_are_planned(const StepContext& step) {
  auto actions = actions_in_force(step);
  return !actions.empty() && std::ranges::all_of(actions, [](const CorrectiveAction& action) {
    return checks::refers(action.owner) && action.due_on && !is_blank(action.effectiveness_criterion.value_or(""));
  });
}

bool body_accepted_the_plan(const StepContext& step) {
  auto nc = decode<Nonconformity>(step.after);
  return !is_external(nc) || checks::given(nc.plan_accepted_by_cb_on);
}

bool actions_are_done_with_proof(const StepContext& step) {
  auto actions = actions_in_force(step);
  return !actions.empty() && std::ranges::all_of(actions, [](const CorrectiveAction& action) {
    return action.completed_on && !action.evidence.empty();
  });
}

bool actor_did_none_of_the_actions(const StepContext& step) {
  return std::ranges::none_of(actions_in_force(step), [&](const CorrectiveAction& action) {
    return !step.actor.person.empty() && checks::id_of(action.owner) == step.actor.person;
  });
}

bool actions_are_effective(const StepContext& step) {
  auto actions = actions_in_force(step);
  return !actions.empty() && std::ranges::all_of(actions, [](const CorrectiveAction& action) {
    return action.effectiveness == CorrectiveActionEffectiveness::effective && action.effectiveness_checked_on;
  });
}

bool external_major_is_verified(const StepContext& step) {
  auto nc = decode<Nonconformity>(step.after);
  return !is_external(nc) || nc.grade != NonconformityGrade::major || checks::given(nc.verified_by_cb_on);
}

bool whole_history_is_in_order(const StepContext& step) {
  auto nc = decode<Nonconformity>(step.after);
  if (!nc.root_cause_on || *nc.root_cause_on < nc.raised_on) return false;
  return std::ranges::all_of(actions_in_force(step), [&](const CorrectiveAction& action) {
    return action.completed_on && action.effectiveness_checked_on && *nc.root_cause_on <= *action.completed_on &&
           *action.completed_on <= *action.effectiveness_checked_on && *action.effectiveness_checked_on <= step.today;
  });
}

// What the certification body withdraws is recorded by the ISMS owner.
bool auditor_withdraws_own_finding(const StepContext& step) {
  auto nc = decode<Nonconformity>(step.after);
  return nc.source != NonconformitySource::internal_audit || checks::acts_as(step, Role::internal_auditor);
}

// The finding behind it is dealt with once the nonconformity is closed.
Result<void> settle_the_finding(StepEffects& effects) {
  auto nc = decode<Nonconformity>(effects.record());
  if (!checks::refers(nc.finding)) return {};
  auto finding = effects.lookup().find(Finding::def(), nc.finding->id);
  if (!finding || !is_unset(finding->at("addressed_on"))) return {};
  finding->at("addressed_on") = effects.today().iso();
  return effects.change(std::move(*finding), "Nonconformity " + nc.id + " is closed.");
}

// A closed record is never opened again: a recurrence is a nonconformity of its own, and a major one, since the
// corrective action did not hold.
Result<void> record_recurrence(StepEffects& effects) {
  auto earlier = decode<Nonconformity>(effects.record());
  Nonconformity again;
  again.source = NonconformitySource::monitoring;
  again.ref = earlier.ref;
  again.grade = NonconformityGrade::major;
  again.site = earlier.site;
  again.raised_on = effects.today();
  again.statement = "Recurrence of " + earlier.id + ": " + earlier.statement;
  again.owner = earlier.owner;
  again.set_deadlines(effects.lookup());
  CHECK(effects.create(encode(again), "Recurrence of " + earlier.id + "."));
  return {};
}

constexpr Roles nc_judges{Role::internal_auditor, Role::isms_owner};
constexpr Who nc_responsible{.roles = checks::isms_staff, .holder = "owner", .or_superior = true};

constexpr Guard cause_guards[] = {
    {.reason = "Name the manager who is responsible.", .rule = "C10.2-01", .filled = "owner"},
    {.reason = "Say how the symptom was removed and on which day.",
     .rule = "C10.2-01",
     .filled = "correction correction_done_on"},
    {.reason = "Write the cause, the method that found it and the day.",
     .rule = "C10.2-02",
     .filled = "root_cause root_cause_method root_cause_on"},
    {.reason = "The cause only repeats the symptom, or is a stock phrase such as \"human error\": say what in the way "
               "of working let it happen.",
     .rule = "C10.2-02",
     .holds = cause_is_no_symptom},
    {.reason = "Enter the day similar cases were looked for, or say in the reason when that will be done.",
     .rule = "C10.2-03",
     .holds = extent_checked_or_scheduled},
    {.reason = "The cause must be dated between the day it was raised and today; no day may lie ahead.",
     .rule = "C10.2-08",
     .holds = nc_dates_are_past_and_in_order},
};

constexpr Guard nc_plan_guards[] = {
    {.reason = "The cause is missing.", .rule = "C10.2-02", .filled = "root_cause root_cause_on"},
    {.reason = "The cause only repeats the symptom, or is a stock phrase.",
     .rule = "C10.2-02",
     .holds = cause_is_no_symptom},
    {.reason = "At least one corrective action is needed, and each needs an owner, a deadline and a criterion for its "
               "effect.",
     .rule = "C10.2-04",
     .holds = actions_are_planned},
    {.reason = "The certification body has not accepted the plan yet: enter the day it did.",
     .rule = "CERT-12",
     .holds = body_accepted_the_plan},
};

constexpr Guard nc_implement_guards[] = {
    {.reason = "Every corrective action must be completed, with evidence.",
     .rule = "C10.2-08",
     .holds = actions_are_done_with_proof},
    {.reason = "Look for similar cases elsewhere, at other sites too, and enter the day.",
     .rule = "C10.2-03",
     .filled = "extent_checked_on"},
    {.reason = "The day similar cases were looked for lies ahead.",
     .rule = "C10.2-08",
     .holds = nc_dates_are_past_and_in_order},
};

constexpr Guard nc_verify_guards[] = {
    {.reason = "Verifying needs a person: this account belongs to none.",
     .rule = "C10.2-07",
     .holds = checks::acts_in_person},
    {.reason = "The effect of every corrective action must be checked and found effective.",
     .rule = "C10.2-06",
     .holds = actions_are_effective},
    {.reason = "Whoever is responsible for the nonconformity cannot verify it.",
     .rule = "C10.2-07",
     .four_eyes = "owner"},
    {.reason = "Whoever carried out a corrective action cannot verify it.",
     .rule = "C10.2-07",
     .holds = actor_did_none_of_the_actions},
};

constexpr Guard nc_rework_guards[] = {
    {.reason = "Judging the effect needs a person: this account belongs to none.",
     .rule = "C10.2-07",
     .holds = checks::acts_in_person},
    {.reason = "Whoever is responsible for the nonconformity cannot judge it.",
     .rule = "C10.2-07",
     .four_eyes = "owner"},
};

constexpr Guard nc_close_guards[] = {
    {.reason = "The order must be: raised, cause found, action completed, effect checked, closed.",
     .rule = "C10.2-08",
     .holds = whole_history_is_in_order},
    {.reason = "The certification body has not verified this major nonconformity yet: enter the day it did.",
     .rule = "CERT-11",
     .holds = external_major_is_verified},
    {.reason = "The certification body has not accepted the plan.", .rule = "CERT-12", .holds = body_accepted_the_plan},
};

constexpr Guard nc_cancel_guards[] = {
    {.reason = "A nonconformity of the internal audit is withdrawn by an internal auditor.",
     .rule = "AUD-11",
     .holds = auditor_withdraws_own_finding},
};

constexpr Step nc_steps[] = {
    {.name = "find_cause",
     .from = "open",
     .to = "root_cause",
     .label = "Record correction and cause",
     .help = "The symptom is removed, the cause is known, and similar cases were looked for.",
     .who = nc_responsible,
     .guards = cause_guards,
     .asks = "owner correction correction_done_on root_cause_method root_cause root_cause_on extent_checked_on",
     .sets = "root_cause_on=today"},
    {.name = "plan",
     .from = "root_cause",
     .to = "action_plan",
     .label = "Adopt the action plan",
     .help = "Corrective actions that remove the cause are planned; for an external finding the body has accepted "
             "them.",
     .who = nc_responsible,
     .guards = nc_plan_guards,
     .asks = "plan_accepted_by_cb_on"},
    {.name = "implement",
     .from = "action_plan",
     .to = "implemented",
     .label = "Report the actions as implemented",
     .who = {.roles = {Role::isms_owner, Role::consultant, Role::action_owner}, .holder = "owner", .or_superior = true},
     .guards = nc_implement_guards,
     .asks = "extent_checked_on"},
    {.name = "verify",
     .from = "implemented",
     .to = "verified",
     .label = "Verify the effect",
     .help = "Somebody who neither owns the nonconformity nor did an action confirms that the cause is gone.",
     .who = {.roles = nc_judges},
     .guards = nc_verify_guards,
     .asks = "verified_by_cb_on"},
    {.name = "rework",
     .from = "implemented",
     .to = "root_cause",
     .label = "Send back: it did not work",
     .help = "The effect did not show: cause and plan are examined again.",
     .who = {.roles = nc_judges},
     .guards = nc_rework_guards,
     .sets = "plan_accepted_by_cb_on=null verified_by_cb_on=null",
     .reason_needed = true},
    {.name = "close",
     .from = "verified",
     .to = "closed",
     .label = "Close",
     .who = {.roles = {Role::isms_owner}},
     .guards = nc_close_guards,
     .asks = "verified_by_cb_on closed_on",
     .sets = "closed_on=today",
     .effect = settle_the_finding},
    {.name = "recur",
     .from = "closed",
     .to = "closed",
     .label = "Record that it happened again",
     .help = "Opens a new major nonconformity on the same requirement; this one stays closed.",
     .who = {.roles = {Role::isms_owner, Role::consultant, Role::internal_auditor}},
     .reason_needed = true,
     .effect = record_recurrence},
    {.name = "cancel",
     .from = "open root_cause action_plan implemented verified",
     .to = "cancelled",
     .label = "Withdraw",
     .help = "It turned out not to be a nonconformity.",
     .who = {.roles = nc_judges},
     .guards = nc_cancel_guards,
     .reason_needed = true},
};

}  // namespace

constinit const Lifecycle nonconformity_lifecycle = {.field = "status", .steps = nc_steps};

}  // namespace assay
