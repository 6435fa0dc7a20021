#include "isms/review/review_decision.h"

#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/review/management_review.h"

namespace assay {
namespace {

bool decision_is_done_by_today(const StepContext& context) {
  const auto done = checks::day_of(context.after, "done_on");
  return done && *done <= context.today;
}

constexpr Guard decision_done_guards[] = {
    {.reason = "The day it was done is missing or lies in the future.",
     .rule = "C9.3.3-02",
     .holds = decision_is_done_by_today},
};

constexpr Step decision_steps[] = {
    {.name = "complete",
     .from = "open",
     .to = "done",
     .label = "Done",
     .help = "Say what came out of it; the next review hears of it.",
     .who = {.roles = {Role::isms_owner, Role::top_management}, .holder = "owner", .or_superior = true},
     .guards = decision_done_guards,
     .asks = "done_on",
     .sets = "done_on=today",
     .reason_needed = true},
    {.name = "cancel",
     .from = "open",
     .to = "cancelled",
     .label = "Cancel the decision",
     .help = "What top management decided, only top management takes back.",
     .who = {.roles = {Role::top_management}},
     .reason_needed = true},
    {.name = "reopen",
     .from = "done cancelled",
     .to = "open",
     .label = "Open again",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .sets = "done_on=null",
     .reason_needed = true},
};

constexpr Lifecycle decision_lifecycle{.field = "status", .steps = decision_steps};

}  // namespace

const EntityDef& ReviewDecision::def() {
  static constexpr FieldDef fields[] = {
      field<&ReviewDecision::review>({.label = "Management review"}),
      field<&ReviewDecision::text>({.label = "Decision",
                                    .example = "Hire a second security engineer by September",
                                    .multiline = true,
                                    .title = true,
                                    .in_list = true}),
      field<&ReviewDecision::kind>({.label = "About", .in_list = true}),
      field<&ReviewDecision::owner>({.label = "Responsible", .in_list = true}),
      field<&ReviewDecision::due_on>({.label = "Due on", .in_list = true}),
      field<&ReviewDecision::status>({.label = "Status", .in_list = true}),
      field<&ReviewDecision::done_on>({.label = "Done on"}),
  };
  static constexpr EntityDef def = entity<ReviewDecision>(
      {
          .name = "review_decision",
          .label = "Decision of a review",
          .plural = "Decisions of reviews",
          .help = "What top management decided in a review: improvements, changes, resources. Clause 9.3.3 asks for "
                  "decisions; the next review looks at their state.",
          .clause = "9.3.3",
          .example = "Hire a second security engineer by September; head of IT.",
          .phase = Phase::review,
          .access = AccessClass::governance,
          .prefix = "RD",
          .parent = "review",
          .holder = "owner",
          .default_sort = "due_on",
      },
      fields, &decision_lifecycle);
  return def;
}

Problems ReviewDecision::validate() const {
  Problems problems;
  if (status == ReviewDecisionStatus::done && !checks::given(done_on)) {
    problems.push_back({"done_on", "must be given for a decision that is done", ""});
  }
  return problems;
}

}  // namespace assay
