#include "isms/audit/improvement_item.h"

#include "isms/organisation/context_issue.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

bool not_implemented_yet(const StepContext& step) { return is_unset(step.before.at("implemented_on")); }

bool improvement_day_is_past(const StepContext& step) { return !checks::lies_ahead(step, "implemented_on"); }

constexpr Guard improvement_done_guards[] = {
    {.reason = "It is already marked as implemented.", .rule = "C10.1-01", .holds = not_implemented_yet},
    {.reason = "The day lies ahead.", .rule = "C10.1-01", .holds = improvement_day_is_past},
};

constexpr Guard improvement_open_guards[] = {
    {.reason = "It is implemented; there is nothing left to decide.", .rule = "C10.1-01", .holds = not_implemented_yet},
};

constexpr Roles improvement_deciders{Role::isms_owner, Role::top_management};

constexpr Step improvement_steps[] = {
    {.name = "adopt",
     .from = "pending",
     .to = "adopt",
     .label = "Adopt",
     .who = {.roles = improvement_deciders},
     .asks = "decided_on",
     .sets = "decided_on=today"},
    {.name = "reject",
     .from = "pending",
     .to = "reject",
     .label = "Reject",
     .who = {.roles = improvement_deciders},
     .asks = "decided_on",
     .sets = "decided_on=today",
     .reason_needed = true},
    {.name = "implement",
     .from = "adopt",
     .to = "adopt",
     .label = "Mark as implemented",
     .who = {.roles = {Role::isms_owner, Role::consultant, Role::control_owner, Role::action_owner}},
     .guards = improvement_done_guards,
     .asks = "implemented_on",
     .sets = "implemented_on=today"},
    {.name = "reconsider",
     .from = "adopt reject",
     .to = "pending",
     .label = "Decide again",
     .who = {.roles = improvement_deciders},
     .guards = improvement_open_guards,
     .sets = "decided_on=null",
     .reason_needed = true},
};

constexpr Lifecycle improvement_lifecycle = {.field = "decision", .steps = improvement_steps};

}  // namespace

const EntityDef& ImprovementItem::def() {
  static constexpr FieldDef fields[] = {
      field<&ImprovementItem::source>({.label = "Source", .help = "Where the idea came from.", .in_list = true}),
      field<&ImprovementItem::text>({.label = "Idea",
                                     .help = "What could be better, and what for.",
                                     .example = "Collect the access lists of all cloud services automatically.",
                                     .multiline = true,
                                     .title = true,
                                     .in_list = true}),
      field<&ImprovementItem::decision>({.label = "Decision", .in_list = true}),
      field<&ImprovementItem::decided_on>({.label = "Decided on", .in_list = true}),
      field<&ImprovementItem::implemented_on>({.label = "Implemented on", .in_list = true}),
      field<&ImprovementItem::context_issue>(
          {.label = "Comes from issue",
           .help = "The internal or external issue that opens the opportunity (4.1, 6.1.1)."}),
      field<&ImprovementItem::benefit>(
          {.label = "Benefit", .help = "What it would bring: 1 is little, 5 is a lot.", .least = 1, .most = 5}),
      field<&ImprovementItem::effort>(
          {.label = "Effort", .help = "What it would take: 1 is days, 5 is more than a year.", .least = 1, .most = 5}),
      field<&ImprovementItem::owner>({.label = "Owner", .help = "Who makes it happen."}),
      field<&ImprovementItem::due_on>({.label = "Due on"}),
      field<&ImprovementItem::evaluation>(
          {.label = "What it brought",
           .help = "Whether the action had the effect it was meant to have (6.1.1 e).",
           .example = "Supplier reviews are no longer late: two of fourteen before, none since.",
           .multiline = true}),
      field<&ImprovementItem::evaluated_on>({.label = "Evaluated on"}),
  };
  static constexpr EntityDef def = entity<ImprovementItem>(
      {
          .name = "improvement_item",
          .label = "Improvement idea",
          .plural = "Improvement ideas",
          .help = "Opportunities to make the ISMS better, whether anything was wrong or not. Clause 10.1 asks for "
                  "continual improvement; adopted and implemented ideas show it.",
          .clause = "10.1",
          .example = "From the internal audit: send reminders of supplier reviews 30 days ahead; adopted.",
          .phase = Phase::audit,
          .access = AccessClass::improvement,
          .prefix = "IMP",
      },
      fields, &improvement_lifecycle);
  return def;
}

Problems ImprovementItem::validate() const {
  Problems problems;
  checks::refuse_before(problems, decided_on, "implemented_on", implemented_on, "must not be before the decision");
  checks::refuse_before(problems, implemented_on, "evaluated_on", evaluated_on,
                        "must not be before it was implemented");
  if (decision == ImprovementItemDecision::reject && checks::given(implemented_on)) {
    problems.push_back({"implemented_on", "must be empty for a rejected idea", implemented_on->iso()});
  }
  return problems;
}

}  // namespace assay
