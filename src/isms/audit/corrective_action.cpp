#include "isms/audit/corrective_action.h"

#include "isms/audit/nonconformity.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "kernel/model/effects.h"

namespace assay {
namespace {

constexpr State action_states[] = {
    {"open", "Open"}, {"done", "Done"}, {"verified", "Verified"}, {"not_effective", "Not effective"}};

std::string_view action_state(const Record& record) {
  std::string_view effectiveness = record.text("effectiveness");
  if (effectiveness == "effective") return "verified";
  if (effectiveness == "not_effective") return "not_effective";
  return is_unset(record.at("completed_on")) ? "open" : "done";
}

bool action_completion_is_past(const StepContext& step) { return !checks::lies_ahead(step, "completed_on"); }

bool effect_checked_after_completion(const StepContext& step) {
  auto action = decode<CorrectiveAction>(step.after);
  return action.completed_on && action.effectiveness_checked_on &&
         *action.effectiveness_checked_on >= *action.completed_on && *action.effectiveness_checked_on <= step.today;
}

bool actor_does_not_own_the_nonconformity(const StepContext& step) {
  auto nc = step.lookup.find<Nonconformity>(step.after.text("nonconformity"));
  return !nc || step.actor.person.empty() || checks::id_of(nc->owner) != step.actor.person;
}

// An action without effect sends its nonconformity back to the cause: the plan built on it has failed.
Result<void> send_nonconformity_back(StepEffects& effects) {
  auto nc = effects.lookup().find(Nonconformity::def(), effects.record().text("nonconformity"));
  if (!nc || (nc->text("status") != "implemented" && nc->text("status") != "action_plan")) return {};
  nc->at("status") = std::string("root_cause");
  nc->at("plan_accepted_by_cb_on") = Value();
  return effects.change(std::move(*nc), "Corrective action " + effects.record().id + " was not effective.");
}

constexpr Guard completion_guards[] = {
    {.reason = "The action needs an owner and a deadline.", .rule = "C10.2-04", .filled = "owner due_on"},
    {.reason = "Attach the evidence that shows the action was done.", .rule = "C10.2-08", .filled = "evidence"},
    {.reason = "The day of completion lies ahead.", .rule = "C10.2-08", .holds = action_completion_is_past},
};

constexpr Guard action_judge_guards[] = {
    {.reason = "Say by which criterion the effect is judged.", .rule = "C10.2-06", .filled = "effectiveness_criterion"},
    {.reason = "The effect is checked after the action was completed, and not later than today.",
     .rule = "C10.2-08",
     .holds = effect_checked_after_completion},
    {.reason = "Judging the effect needs a person: this account belongs to none.",
     .rule = "C10.2-07",
     .holds = checks::acts_in_person},
    {.reason = "Whoever did the action cannot judge its effect.", .rule = "C10.2-07", .four_eyes = "owner"},
    {.reason = "Whoever is responsible for the nonconformity cannot judge the effect.",
     .rule = "C10.2-07",
     .holds = actor_does_not_own_the_nonconformity},
};

constexpr Who action_judges{.roles = {Role::internal_auditor, Role::isms_owner}};

constexpr Step action_steps[] = {
    {.name = "complete",
     .from = "open",
     .to = "done",
     .label = "Mark as done",
     .who = {.roles = checks::isms_staff, .holder = "owner", .or_superior = true},
     .guards = completion_guards,
     .asks = "completed_on evidence",
     .sets = "completed_on=today"},
    {.name = "replan",
     .from = "open",
     .to = "open",
     .label = "Move the deadline",
     .help = "The old deadline stays in the history, with the reason.",
     .who = {.roles = {Role::isms_owner}, .holder = "owner", .or_superior = true},
     .asks = "due_on owner",
     .reason_needed = true},
    {.name = "reopen",
     .from = "done",
     .to = "open",
     .label = "Reopen",
     .help = "It turned out not to be done, or the evidence does not show it.",
     .who = action_judges,
     .sets = "completed_on=null",
     .reason_needed = true},
    {.name = "confirm_effect",
     .from = "done",
     .to = "verified",
     .label = "Confirm that it worked",
     .who = action_judges,
     .guards = action_judge_guards,
     .asks = "effectiveness_checked_on",
     .sets = "effectiveness_checked_on=today effectiveness_checked_by=actor effectiveness=effective"},
    {.name = "deny_effect",
     .from = "done",
     .to = "not_effective",
     .label = "Record that it did not work",
     .help = "The nonconformity goes back to the analysis of its cause and needs another action.",
     .who = action_judges,
     .guards = action_judge_guards,
     .asks = "effectiveness_checked_on",
     .sets = "effectiveness_checked_on=today effectiveness_checked_by=actor effectiveness=not_effective",
     .reason_needed = true,
     .effect = send_nonconformity_back},
};

constexpr Lifecycle action_lifecycle = {.states = action_states, .state_of = action_state, .steps = action_steps};

}  // namespace

const EntityDef& CorrectiveAction::def() {
  static constexpr FieldDef fields[] = {
      field<&CorrectiveAction::nonconformity>({.label = "Nonconformity", .in_list = true}),
      field<&CorrectiveAction::description>(
          {.label = "Action",
           .help = "What removes the cause, not only the symptom.",
           .example = "Name an owner for restore tests in the backup procedure and put them into the yearly plan.",
           .multiline = true,
           .title = true,
           .in_list = true}),
      field<&CorrectiveAction::owner>({.label = "Owner", .help = "Who carries it out.", .in_list = true}),
      field<&CorrectiveAction::due_on>({.label = "Due on", .in_list = true}),
      field<&CorrectiveAction::completed_on>({.label = "Completed on", .in_list = true}),
      field<&CorrectiveAction::evidence>({.label = "Evidence", .help = "Records that show it was done."}),
      field<&CorrectiveAction::effectiveness_criterion>(
          {.label = "Criterion of effect",
           .help = "How, and after how long, one will see that the cause is gone.",
           .example = "Two consecutive quarterly restore tests were held on time.",
           .multiline = true}),
      field<&CorrectiveAction::effectiveness_checked_on>({.label = "Effect checked on"}),
      field<&CorrectiveAction::effectiveness_checked_by>(
          {.label = "Effect checked by", .help = "Neither the owner of the action nor of the nonconformity."}),
      field<&CorrectiveAction::effectiveness>({.label = "Effect", .in_list = true}),
  };
  static constexpr EntityDef def = entity<CorrectiveAction>(
      {
          .name = "corrective_action",
          .label = "Corrective action",
          .plural = "Corrective actions",
          .help = "Actions that remove the cause of a nonconformity so that it does not happen again. Clause 10.2 asks "
                  "that they are carried out and that their effect is reviewed.",
          .clause = "10.2",
          .example =
              "Access reviews are put into the quarterly plan of each system owner; effective if the next two are "
              "held on time.",
          .phase = Phase::audit,
          .access = AccessClass::improvement,
          .prefix = "CA",
          .parent = "nonconformity",
          .holder = "owner",
          .default_sort = "due_on",
          .frozen_in = "verified not_effective",
      },
      fields, &action_lifecycle);
  return def;
}

Problems CorrectiveAction::validate() const {
  Problems problems;
  checks::refuse_before(problems, completed_on, "effectiveness_checked_on", effectiveness_checked_on,
                        "must not be before the action was completed");
  if (effectiveness && !checks::given(effectiveness_checked_on)) {
    problems.push_back({"effectiveness_checked_on", "is needed where the effect is judged", ""});
  }
  return problems;
}

}  // namespace assay
