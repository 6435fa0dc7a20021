#include "isms/organisation/security_objective.h"

#include <algorithm>

#include "isms/documents/document.h"
#include "isms/measurement/measurement.h"
#include "isms/measurement/metric.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

bool objective_is_measurable_or_says_why(const StepContext& context) {
  const auto objective = decode<SecurityObjective>(context.after);
  return objective.measurable ? !checks::id_of(objective.metric).empty() && objective.target_value.has_value()
                              : checks::given(objective.measurability_rationale);
}

bool objective_follows_risk_results(const StepContext& context) {
  return truth_of(context.after.at("considers_risk_results"));
}

// Without metric and target the people judge; with them the latest measurement does.
bool objective_target_is_met(const StepContext& context) {
  const auto objective = decode<SecurityObjective>(context.after);
  const auto metric = context.lookup.find<Metric>(checks::id_of(objective.metric));
  if (!objective.measurable || !metric || !objective.target_value) return true;
  const auto values = context.lookup.where<Measurement>("metric", metric->id);
  if (values.empty()) return false;
  const double latest = std::ranges::max_element(values, {}, &Measurement::period_end)->value;
  return metric->meets(latest, *objective.target_value);
}

bool objective_is_evaluated_by_today(const StepContext& context) {
  const auto evaluated = checks::day_of(context.after, "evaluated_on");
  return evaluated && *evaluated <= context.today;
}

constexpr Guard objective_activate_guards[] = {
    {.reason = "A measurable objective needs a metric and a target; otherwise say why it cannot be measured.",
     .rule = "C6.2-02",
     .holds = objective_is_measurable_or_says_why},
    {.reason = "Name the policy that the objective serves.", .rule = "C6.2-02", .filled = "policy_link"},
    {.reason = "Confirm that it was derived from requirements and risk results.",
     .rule = "C6.2-02",
     .holds = objective_follows_risk_results},
    {.reason = "The plan needs actions, resources, a responsible person, a date and a way to judge the result.",
     .rule = "C6.2-03",
     .filled = "actions resources owner due_on evaluation_method"},
};

constexpr Guard objective_evaluated_guard = {.reason = "The day of the evaluation is missing or lies in the future.",
                                             .rule = "C6.2-04",
                                             .holds = objective_is_evaluated_by_today};

constexpr Guard objective_achieve_guards[] = {
    objective_evaluated_guard,
    {.reason = "The latest measurement of its metric does not meet the target, or there is none.",
     .rule = "C6.2-04",
     .holds = objective_target_is_met},
};

constexpr Guard objective_miss_guards[] = {objective_evaluated_guard};

constexpr Who objective_owners{
    .roles = {Role::isms_owner, Role::top_management}, .holder = "owner", .or_superior = true};

constexpr Step objective_steps[] = {
    {.name = "activate",
     .from = "draft",
     .to = "active",
     .label = "Set the objective",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .guards = objective_activate_guards,
     .asks = "communicated_on",
     .sets = "communicated_on=today"},
    {.name = "monitor",
     .from = "active",
     .to = "active",
     .label = "Record monitoring",
     .help = "Say where the objective stands.",
     .who = objective_owners,
     .sets = "last_monitored_on=today",
     .reason_needed = true},
    {.name = "achieve",
     .from = "active",
     .to = "achieved",
     .label = "Achieved",
     .who = objective_owners,
     .guards = objective_achieve_guards,
     .asks = "evaluated_on",
     .sets = "evaluated_on=today last_monitored_on=today",
     .reason_needed = true},
    {.name = "miss",
     .from = "active",
     .to = "missed",
     .label = "Missed",
     .help = "Say what stood in the way and what follows.",
     .who = objective_owners,
     .guards = objective_miss_guards,
     .asks = "evaluated_on",
     .sets = "evaluated_on=today last_monitored_on=today",
     .reason_needed = true},
    {.name = "cancel",
     .from = "draft active",
     .to = "cancelled",
     .label = "Cancel the objective",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .reason_needed = true},
};

constexpr Lifecycle objective_lifecycle{.field = "status", .steps = objective_steps};

}  // namespace

const EntityDef& SecurityObjective::def() {
  static constexpr FieldDef fields[] = {
      field<&SecurityObjective::title>({.label = "Objective",
                                        .example = "Nine of ten critical vulnerabilities are fixed within a week",
                                        .multiline = true,
                                        .title = true,
                                        .in_list = true,
                                        .max_length = 500}),
      field<&SecurityObjective::metric>({.label = "Metric", .help = "What is measured to follow it.", .in_list = true}),
      field<&SecurityObjective::measurable>({.label = "Can be measured"}),
      field<&SecurityObjective::measurability_rationale>(
          {.label = "Why it cannot be measured",
           .help = "Clause 6.2 asks for measurable objectives where practicable.",
           .multiline = true}),
      field<&SecurityObjective::target_value>(
          {.label = "Target", .help = "In the unit of the metric.", .example = "90", .in_list = true}),
      field<&SecurityObjective::policy_link>({.label = "Policy", .help = "The policy that the objective serves."}),
      field<&SecurityObjective::considers_risk_results>({.label = "Derived from requirements and risk results"}),
      field<&SecurityObjective::actions>({.label = "What will be done", .multiline = true}),
      field<&SecurityObjective::resources>(
          {.label = "Resources", .example = "Half a day a week of platform engineering", .multiline = true}),
      field<&SecurityObjective::owner>({.label = "Responsible", .in_list = true}),
      field<&SecurityObjective::due_on>({.label = "Due on", .in_list = true}),
      field<&SecurityObjective::evaluation_method>(
          {.label = "How the result is judged",
           .example = "Share of the last quarter, reviewed with the head of operations",
           .multiline = true}),
      field<&SecurityObjective::communicated_on>({.label = "Made known on"}),
      field<&SecurityObjective::last_monitored_on>({.label = "Last monitored on"}),
      field<&SecurityObjective::status>({.label = "Status", .in_list = true}),
      field<&SecurityObjective::evaluated_on>({.label = "Evaluated on"}),
  };
  static constexpr EntityDef def = entity<SecurityObjective>(
      {
          .name = "security_objective",
          .label = "Security objective",
          .plural = "Security objectives",
          .help = "What the organisation wants to reach in information security and the plan to get there. Clause 6.2 "
                  "asks for what, with what, who, by when and how it is judged.",
          .clause = "6.2",
          .example = "Nine of ten critical vulnerabilities are fixed within a week by the end of the year; head of "
                     "operations.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "OBJ",
          .holder = "owner",
          .default_sort = "due_on",
      },
      fields, &objective_lifecycle);
  return def;
}

Problems SecurityObjective::validate() const {
  Problems problems;
  checks::refuse_before(problems, communicated_on, "evaluated_on", evaluated_on,
                        "must not be before the objective was made known");
  checks::refuse_before(problems, communicated_on, "due_on", due_on, "must not be before the objective was made known");
  return problems;
}

}  // namespace assay
