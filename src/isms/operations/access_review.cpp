#include "isms/operations/access_review.h"

#include "isms/controls/evidence.h"
#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

constexpr State access_review_states[] = {
    {"planned", "Planned"}, {"in_progress", "In progress"}, {"decided", "Decided"}, {"completed", "Completed"}};

std::string_view access_review_state(const Record& record) {
  if (!is_unset(record.at("completed_on"))) return "completed";
  double reviewed = number_of(record.at("accounts_reviewed")).value_or(0);
  double population = number_of(record.at("accounts_in_population")).value_or(0);
  if (reviewed <= 0) return "planned";
  return reviewed < population ? "in_progress" : "decided";
}

bool review_has_begun(const StepContext& step) {
  auto review = decode<AccessReview>(step.after);
  return review.accounts_reviewed > 0 && review.accounts_reviewed < review.accounts_in_population;
}

bool every_account_is_decided(const StepContext& step) {
  auto review = decode<AccessReview>(step.after);
  return review.accounts_in_population > 0 && review.accounts_reviewed == review.accounts_in_population;
}

bool nobody_reviewed_themselves(const StepContext& step) {
  return number_of(step.after.at("self_reviewed")).value_or(0) <= 0;
}

bool revocations_are_done(const StepContext& step) {
  auto review = decode<AccessReview>(step.after);
  return review.revocations_required == 0 || checks::given(review.revocations_done_on);
}

bool access_review_days_are_past(const StepContext& step) {
  return !checks::lies_ahead(step, "revocations_done_on") && !checks::lies_ahead(step, "completed_on") &&
         !checks::lies_ahead(step, "period_end");
}

constexpr Guard review_begin_guards[] = {
    {.reason = "Enter how many accounts there are and how many are decided so far, at least one and not yet all.",
     .rule = "A5.18-02",
     .holds = review_has_begun},
};

constexpr Guard review_decide_guards[] = {
    {.reason = "Every account must be decided: kept, changed or removed.",
     .rule = "A5.18-02",
     .holds = every_account_is_decided},
    {.reason = "A reviewer decided on their own access: have somebody else decide.",
     .rule = "A5.18-02",
     .holds = nobody_reviewed_themselves},
    {.reason = "The state reviewed lies ahead.", .rule = "A5.18-02", .holds = access_review_days_are_past},
};

constexpr Guard review_complete_guards[] = {
    {.reason = "The access to be removed must be removed: enter the day.",
     .rule = "A5.18-02",
     .holds = revocations_are_done},
    {.reason = "A reviewer decided on their own access.", .rule = "A5.18-02", .holds = nobody_reviewed_themselves},
    {.reason = "Attach the record of the decisions.", .rule = "A5.18-02", .filled = "evidence"},
    {.reason = "The day lies ahead.", .rule = "A5.18-02", .holds = access_review_days_are_past},
};

constexpr Who access_reviewers{
    .roles = {Role::isms_owner, Role::consultant, Role::control_owner}, .holder = "reviewer", .or_superior = true};

constexpr Step access_review_steps[] = {
    {.name = "begin",
     .from = "planned",
     .to = "in_progress",
     .label = "Record first decisions",
     .who = access_reviewers,
     .guards = review_begin_guards,
     .asks = "accounts_in_population accounts_reviewed"},
    {.name = "decide",
     .from = "planned in_progress",
     .to = "decided",
     .label = "All accounts decided",
     .who = access_reviewers,
     .guards = review_decide_guards,
     .asks = "accounts_in_population accounts_reviewed self_reviewed revocations_required"},
    {.name = "complete",
     .from = "decided",
     .to = "completed",
     .label = "Complete",
     .who = access_reviewers,
     .guards = review_complete_guards,
     .asks = "revocations_done_on evidence",
     .sets = "completed_on=today"},
    {.name = "reopen",
     .from = "completed",
     .to = "decided",
     .label = "Reopen",
     .who = {.roles = {Role::isms_owner}},
     .sets = "completed_on=null",
     .reason_needed = true},
};

constexpr Lifecycle access_review_lifecycle = {
    .states = access_review_states, .state_of = access_review_state, .steps = access_review_steps};

}  // namespace

const EntityDef& AccessReview::def() {
  static constexpr FieldDef fields[] = {
      field<&AccessReview::system>({.label = "System", .title = true, .in_list = true}),
      field<&AccessReview::kind>({.label = "Kind", .help = "Whose access is reviewed.", .in_list = true}),
      field<&AccessReview::period_end>(
          {.label = "State reviewed", .help = "The access as of this day.", .in_list = true}),
      field<&AccessReview::completed_on>({.label = "Completed on", .in_list = true}),
      field<&AccessReview::reviewer>({.label = "Reviewer", .in_list = true}),
      field<&AccessReview::accounts_in_population>({.label = "Accounts in all", .in_list = true, .least = 0}),
      field<&AccessReview::accounts_reviewed>({.label = "Accounts decided", .in_list = true, .least = 0}),
      field<&AccessReview::self_reviewed>({.label = "Own access decided",
                                           .help = "Decisions that reviewers took on their own access: should be 0.",
                                           .least = 0}),
      field<&AccessReview::revocations_required>({.label = "Removals decided", .least = 0}),
      field<&AccessReview::revocations_done_on>({.label = "Removals done on", .help = "When the last one was done."}),
      field<&AccessReview::evidence>({.label = "Evidence", .help = "The record of the decisions."}),
  };
  static constexpr EntityDef def = entity<AccessReview>(
      {
          .name = "access_review",
          .label = "Access review",
          .plural = "Access reviews",
          .help = "Campaigns in which every account of a system is kept, changed or removed. Control A.5.18 asks that "
                  "access rights are reviewed, and privileged ones more often.",
          .clause = "A.5.18",
          .example = "ERP system, all users as of 31 March: 84 accounts decided, 5 removed within a week.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "AR",
          .holder = "reviewer",
          .default_sort = "-period_end",
          .frozen_in = "completed",
      },
      fields, &access_review_lifecycle);
  return def;
}

Problems AccessReview::validate() const {
  Problems problems;
  checks::refuse_above(problems, accounts_in_population, "accounts_reviewed", accounts_reviewed,
                       "must not be more than the accounts in all");
  checks::refuse_above(problems, accounts_reviewed, "self_reviewed", self_reviewed,
                       "must not be more than the accounts decided");
  checks::refuse_above(problems, accounts_reviewed, "revocations_required", revocations_required,
                       "must not be more than the accounts decided");
  checks::refuse_before(problems, period_end, "completed_on", completed_on,
                        "must not be before the day whose state was reviewed");
  checks::refuse_before(problems, period_end, "revocations_done_on", revocations_done_on,
                        "must not be before the day whose state was reviewed");
  return problems;
}

}  // namespace assay
