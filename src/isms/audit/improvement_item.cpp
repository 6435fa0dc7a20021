#include "isms/audit/improvement_item.h"

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
  };
  static constexpr EntityDef def = entity<ImprovementItem>(
      {.name = "improvement_item",
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
  if (decision == ImprovementItemDecision::reject && checks::given(implemented_on)) {
    problems.push_back({"implemented_on", "must be empty for a rejected idea", implemented_on->iso()});
  }
  return problems;
}

}  // namespace assay
