#include "isms/organisation/isms_change.h"

#include "isms/organisation/person.h"
#include "isms/organisation/scope_item.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/soa/soa_entry.h"

namespace assay {
namespace {

constexpr State change_states[] = {{"proposed", "Proposed"}, {"approved", "Approved"}, {"implemented", "Implemented"}};

std::string_view isms_change_state(const Record& record) {
  if (!record.text("implemented_on").empty()) return "implemented";
  const bool planned = !record.text("planned_on").empty() && !record.text("approved_by").empty();
  return planned ? "approved" : "proposed";
}

bool isms_change_has_resources(const StepContext& context) { return truth_of(context.after.at("resources_confirmed")); }

bool isms_change_approver_may_touch_the_scope(const StepContext& context) {
  return !truth_of(context.after.at("affects_scope")) || checks::actor_is_top_management(context);
}

bool isms_change_is_done_by_today(const StepContext& context) {
  const auto done = checks::day_of(context.after, "implemented_on");
  return done && *done <= context.today;
}

bool isms_change_is_done_after_planning(const StepContext& context) {
  const auto planned = checks::day_of(context.after, "planned_on");
  const auto done = checks::day_of(context.after, "implemented_on");
  return planned && done && *planned <= *done;
}

bool isms_change_was_unintended(const StepContext& context) { return truth_of(context.after.at("unintended")); }

bool isms_change_affects_scope(const StepContext& context) { return truth_of(context.after.at("affects_scope")); }

constexpr Guard isms_change_done_guard = {.reason = "The day of implementation is missing or lies in the future.",
                                          .rule = "C6.3-01",
                                          .holds = isms_change_is_done_by_today};

constexpr Guard isms_change_approve_guards[] = {
    {.reason = "Say what the change is for and what may follow from it.", .rule = "C6.3-01", .filled = "purpose"},
    {.reason = "Resources and responsibilities must be settled.",
     .rule = "C6.3-01",
     .holds = isms_change_has_resources},
    {.reason = "An approval needs a person's name: this account is linked to nobody.",
     .rule = "C6.3-01",
     .filled = "approved_by"},
    {.reason = "A change that affects the scope is approved by a member of top management.",
     .rule = "C6.3-01",
     .holds = isms_change_approver_may_touch_the_scope},
};

constexpr Guard isms_change_implement_guards[] = {
    isms_change_done_guard,
    {.reason = "A planned change cannot be implemented before its plan was approved.",
     .rule = "C6.3-01",
     .holds = isms_change_is_done_after_planning},
};

constexpr Guard isms_change_unintended_guards[] = {
    isms_change_done_guard,
    {.reason = "Only a change that happened without planning is recorded this way: mark it as unintended, or approve "
               "it first.",
     .rule = "C8.1-02",
     .holds = isms_change_was_unintended},
};

constexpr Guard isms_change_assess_guards[] = {
    {.reason = "Name the risk assessment that took the change up.", .rule = "C8.2-02", .filled = "risk_reassessed_in"},
};

constexpr Guard isms_change_notify_guards[] = {
    {.reason = "Only changes that affect the scope are told to the certification body.",
     .rule = "CERT-18",
     .holds = isms_change_affects_scope},
};

constexpr Guard isms_change_review_guards[] = {
    {.reason = "Only the consequences of unintended changes are reviewed this way.",
     .rule = "C8.1-02",
     .holds = isms_change_was_unintended},
};

constexpr Who isms_change_keepers{.roles = {Role::isms_owner, Role::consultant}};

constexpr Step isms_change_steps[] = {
    {.name = "approve",
     .from = "proposed",
     .to = "approved",
     .label = "Approve the plan",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .guards = isms_change_approve_guards,
     .asks = "purpose resources_confirmed headcount_delta budget_delta",
     .sets = "planned_on=today approved_by=actor"},
    {.name = "withdraw",
     .from = "approved",
     .to = "proposed",
     .label = "Take back the approval",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .sets = "planned_on=null approved_by=null",
     .reason_needed = true},
    {.name = "implement",
     .from = "approved",
     .to = "implemented",
     .label = "Implemented",
     .who = isms_change_keepers,
     .guards = isms_change_implement_guards,
     .asks = "implemented_on",
     .sets = "implemented_on=today"},
    {.name = "record_unintended",
     .from = "proposed",
     .to = "implemented",
     .label = "It has already happened",
     .who = isms_change_keepers,
     .guards = isms_change_unintended_guards,
     .asks = "unintended implemented_on",
     .sets = "implemented_on=today"},
    {.name = "assess_risk",
     .from = "implemented",
     .to = "implemented",
     .label = "Link the risk assessment",
     .who = isms_change_keepers,
     .guards = isms_change_assess_guards,
     .asks = "risk_reassessed_in"},
    {.name = "notify_body",
     .from = "implemented",
     .to = "implemented",
     .label = "Certification body told",
     .who = isms_change_keepers,
     .guards = isms_change_notify_guards,
     .asks = "cb_notified_on",
     .sets = "cb_notified_on=today"},
    {.name = "review_consequences",
     .from = "implemented",
     .to = "implemented",
     .label = "Consequences reviewed",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .guards = isms_change_review_guards,
     .sets = "consequences_reviewed_on=today",
     .reason_needed = true},
};

constexpr Lifecycle isms_change_lifecycle{
    .states = change_states, .state_of = isms_change_state, .steps = isms_change_steps};

}  // namespace

const EntityDef& IsmsChange::def() {
  static constexpr FieldDef fields[] = {
      field<&IsmsChange::title>({.label = "Change",
                                 .example = "Second data centre in Porto goes live",
                                 .multiline = true,
                                 .title = true,
                                 .in_list = true,
                                 .max_length = 500}),
      field<&IsmsChange::trigger>({.label = "Cause", .in_list = true}),
      field<&IsmsChange::significant>({.label = "Significant",
                                       .help = "It could alter risks or conformity, so risks must be assessed again.",
                                       .in_list = true}),
      field<&IsmsChange::purpose>({.label = "Purpose and consequences",
                                   .help = "Why it is made and what may follow from it.",
                                   .multiline = true}),
      field<&IsmsChange::planned_on>({.label = "Plan approved on", .in_list = true}),
      field<&IsmsChange::resources_confirmed>({.label = "Resources and responsibilities settled"}),
      field<&IsmsChange::approved_by>({.label = "Approved by"}),
      field<&IsmsChange::implemented_on>({.label = "Implemented on", .in_list = true}),
      field<&IsmsChange::risk_reassessed_in>(
          {.label = "Risks assessed in", .help = "The risk assessment that took the change up."}),
      field<&IsmsChange::affects_scope>(
          {.label = "Affects the scope",
           .help = "Touches scope, sites, headcount or certified activities; the certification body must be told.",
           .in_list = true}),
      field<&IsmsChange::headcount_delta>(
          {.label = "People added", .help = "Negative when people leave.", .least = -1000000, .most = 1000000}),
      field<&IsmsChange::budget_delta>({.label = "Budget added", .help = "Negative when it is cut."}),
      field<&IsmsChange::cb_notified_on>({.label = "Certification body told on"}),
      field<&IsmsChange::unintended>({.label = "Unintended", .help = "Happened without planning."}),
      field<&IsmsChange::consequences_reviewed_on>(
          {.label = "Consequences reviewed on", .help = "Asked after an unintended change (8.1)."}),
      field<&IsmsChange::touched_scope_items>({.label = "Scope items it touches"}),
      field<&IsmsChange::touched_risks>({.label = "Risks it touches"}),
      field<&IsmsChange::touched_soa_entries>({.label = "Lines of the SoA it touches"}),
  };
  static constexpr EntityDef def = entity<IsmsChange>(
      {
          .name = "isms_change",
          .label = "ISMS change",
          .plural = "ISMS changes",
          .help = "Changes to the management system itself: scope, organisation, sites, rules. Clause 6.3 asks that "
                  "they are planned, 8.1 that unintended ones are reviewed, 8.2 that risks are assessed again.",
          .clause = "6.3",
          .example =
              "A second data centre in Porto goes live in May; affects the scope, approved by the managing director.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "IC",
          .default_sort = "-planned_on",
      },
      fields, &isms_change_lifecycle);
  return def;
}

Problems IsmsChange::validate() const {
  Problems problems;
  if (!unintended) {
    checks::refuse_before(problems, planned_on, "implemented_on", implemented_on,
                          "must not be before the plan was approved");
  }
  checks::refuse_before(problems, implemented_on, "consequences_reviewed_on", consequences_reviewed_on,
                        "must not be before the change happened");
  return problems;
}

}  // namespace assay
