#include "isms/risk/risk_treatment_plan.h"

#include <algorithm>

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/treatment_action.h"
#include "isms/risk/treatment_approval.h"

namespace assay {
namespace {

bool plan_action_counts(const TreatmentAction& action) { return action.status != TreatmentActionStatus::cancelled; }

bool plan_action_open(const TreatmentAction& action) {
  return plan_action_counts(action) && action.status != TreatmentActionStatus::done;
}

bool plan_has_actions(const StepContext& context) {
  return std::ranges::any_of(context.lookup.where<TreatmentAction>("plan", context.after.id), plan_action_counts);
}

bool plan_actions_are_complete(const StepContext& context) {
  return std::ranges::all_of(
      context.lookup.where<TreatmentAction>("plan", context.after.id), [](const TreatmentAction& action) {
        return !plan_action_counts(action) || (!checks::id_of(action.owner).empty() && checks::given(action.due_on) &&
                                               checks::given(action.resources));
      });
}

bool plan_is_approved_by_the_owners(const StepContext& context) {
  const auto plan = decode<RiskTreatmentPlan>(context.after);
  std::vector<Id> risks;
  for (const TreatmentAction& action : context.lookup.where<TreatmentAction>("plan", plan.id)) {
    if (plan_action_counts(action)) risks.push_back(action.risk.id);
  }
  std::ranges::sort(risks);
  risks.erase(std::unique(risks.begin(), risks.end()), risks.end());
  return std::ranges::all_of(risks, [&](const Id& id) {
    const auto risk = context.lookup.find<Risk>(id);
    return risk && treatment_is_approved(context.after, *risk, context.lookup.where(TreatmentAction::def(), "risk", id),
                                         context.lookup);
  });
}

// What the former plan left open goes on under the new one, with the approvals its owners gave.
Result<void> plan_takes_over(StepEffects& effects, const Record& former) {
  const std::string reason = "Taken over by treatment plan " + effects.record().id + ".";
  const auto old_plan = decode<RiskTreatmentPlan>(former);
  auto stored = effects.lookup().find(RiskTreatmentPlan::def(), effects.record().id);
  if (!stored) return {};
  auto plan = decode<RiskTreatmentPlan>(*stored);
  for (Record& record : effects.lookup().where(TreatmentAction::def(), "plan", former.id)) {
    const auto action = decode<TreatmentAction>(record);
    if (!plan_action_open(action)) continue;
    record.at("plan") = plan.id;
    CHECK(effects.change(std::move(record), reason));
    for (const TreatmentApproval& approval : old_plan.approvals) {
      const bool known = std::ranges::any_of(plan.approvals, [&](const TreatmentApproval& own) {
        return own.risk == approval.risk && own.person == approval.person;
      });
      if (approval.risk == action.risk && !known) plan.approvals.push_back(approval);
    }
  }
  Value approvals = RiskTreatmentPlan::def().find("approvals")->get(&plan);
  if (approvals == stored->at("approvals")) return {};
  stored->at("approvals") = std::move(approvals);
  return effects.change(std::move(*stored), "Approvals of the open actions taken over from " + former.id + ".");
}

Result<void> plan_replaces_the_former(StepEffects& effects) {
  for (const Record& former : checks::others_in_force(effects.lookup(), effects.record(), {})) {
    CHECK(plan_takes_over(effects, former));
  }
  return checks::supersede_earlier(effects);
}

constexpr Guard plan_approve_guards[] = {
    {.reason = "The plan has no actions.", .rule = "C6.1.3-e-01", .holds = plan_has_actions},
    {.reason = "Every action needs an owner, a date and resources.",
     .rule = "C6.1.3-e-02",
     .holds = plan_actions_are_complete},
    {.reason = "The owner of every risk in the plan must approve its treatment as it is now, above the level of "
               "escalation the "
               "superior as well: each does so on the risk itself.",
     .rule = "C6.1.3-f-01",
     .holds = plan_is_approved_by_the_owners},
};

constexpr Guard plan_superseded_guards[] = {
    {.reason = "No later version is in force.", .rule = "C6.1.3-e-01", .holds = checks::later_version_is_in_force},
};

constexpr Step plan_steps[] = {
    {.name = "approve",
     .from = "draft",
     .to = "approved",
     .label = "Approve the plan",
     .who = {.roles = {Role::top_management, Role::isms_owner}},
     .guards = plan_approve_guards,
     .signature = true},
    {.name = "rework",
     .from = "approved",
     .to = "draft",
     .label = "Take back to draft",
     .who = {.roles = {Role::top_management, Role::isms_owner}},
     .reason_needed = true},
    {.name = "put_into_force",
     .from = "approved",
     .to = "effective",
     .label = "Put into force",
     .help = "The former plan is superseded; what it left open goes on under this one.",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .guards = plan_approve_guards,
     .asks = "document_version",
     .effect = plan_replaces_the_former},
    {.name = "review_progress",
     .from = "effective",
     .to = "effective",
     .label = "Record a progress review",
     .help = "Say with whom progress was reviewed and what came out of it.",
     .who = {.roles = {Role::isms_owner, Role::top_management, Role::consultant}},
     .sets = "last_progress_review_on=today",
     .reason_needed = true},
    {.name = "supersede",
     .from = "effective",
     .to = "superseded",
     .label = "Supersede",
     .help = "Taken by the product when a later version is in force.",
     .guards = plan_superseded_guards,
     .automatic = true},
};

constexpr Lifecycle plan_lifecycle{.field = "status", .steps = plan_steps};

}  // namespace

std::span<const FieldDef> TreatmentApproval::parts() {
  static constexpr FieldDef parts[] = {
      field<&TreatmentApproval::risk>({.label = "Risk"}),
      field<&TreatmentApproval::person>({.label = "Approved by"}),
      field<&TreatmentApproval::approved_on>({.label = "Approved on"}),
      field<&TreatmentApproval::seen>(
          {.label = "What was approved",
           .help = "Scores and actions as the owner saw them, one a line. Kept by the product.",
           .multiline = true}),
  };
  static_assert(embedded_complete<TreatmentApproval>(parts));
  return parts;
}

const EntityDef& RiskTreatmentPlan::def() {
  static constexpr FieldDef fields[] = {
      field<&RiskTreatmentPlan::version>(
          {.label = "Version", .help = "Running number, 1 for the first.", .title = true, .in_list = true, .least = 1}),
      field<&RiskTreatmentPlan::status>({.label = "Status", .in_list = true}),
      field<&RiskTreatmentPlan::document_version>(
          {.label = "Document",
           .help = "The controlled document that carries the plan, if it is also issued as one.",
           .in_list = true}),
      field<&RiskTreatmentPlan::approvals>(
          {.label = "Approvals of the risk owners",
           .help = "Entered when an owner approves the treatment on the risk itself."}),
      field<&RiskTreatmentPlan::last_progress_review_on>({.label = "Progress reviewed on", .in_list = true}),
      field<&RiskTreatmentPlan::escalation_score>(
          {.label = "Escalation above score",
           .help =
               "Above this residual score the owner's superior approves and accepts as well. Empty: the owner alone.",
           .least = 0}),
  };
  static constexpr EntityDef def = entity<RiskTreatmentPlan>(
      {
          .name = "risk_treatment_plan",
          .label = "Risk treatment plan",
          .plural = "Risk treatment plans",
          .help = "All actions that bring the risks down to what the organisation accepts. Clause 6.1.3 e asks for the "
                  "plan, 6.1.3 f for the approval of the risk owners, 8.3 for carrying it out.",
          .clause = "6.1.3 e",
          .example = "Version 2 of October: fourteen actions, approved by four risk owners, reviewed every quarter.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "RTP",
          .unique_together = "version",
          .default_sort = "-version",
      },
      fields, &plan_lifecycle);
  return def;
}

}  // namespace assay
