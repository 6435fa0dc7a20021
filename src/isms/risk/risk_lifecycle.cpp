// The life of a risk (6.1.2, 6.1.3, 8.3): assessed, decided, treated, accepted by its owner, closed.
#include <algorithm>
#include <limits>

#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_acceptance.h"
#include "isms/risk/risk_guards.h"
#include "isms/risk/risk_treatment_plan.h"
#include "isms/risk/treatment_action.h"
#include "isms/risk/treatment_approval.h"

namespace assay {
namespace {

// ---- Effects -------------------------------------------------------------------------------------------------------

// Starting the treatment is the owner's approval of it: the plans that hold its actions record who approved and when.
Result<void> risk_record_approval(StepEffects& effects) {
  std::vector<Id> plans;
  for (const TreatmentAction& action : effects.lookup().where<TreatmentAction>("risk", effects.record().id)) {
    if (risk_action_is_open(action) && !action.plan.empty()) plans.push_back(action.plan.id);
  }
  std::ranges::sort(plans);
  plans.erase(std::unique(plans.begin(), plans.end()), plans.end());
  for (const Id& id : plans) {
    auto stored = effects.lookup().find(RiskTreatmentPlan::def(), id);
    if (!stored) continue;
    auto plan = decode<RiskTreatmentPlan>(*stored);
    if (effects.actor().person.empty()) continue;
    const auto risk = decode<Risk>(effects.record());
    TreatmentApproval own{{risk.id},
                          {effects.actor().person},
                          effects.today(),
                          approval_text(risk, effects.lookup().where<TreatmentAction>("risk", risk.id))};
    std::erase_if(plan.approvals, [&](const TreatmentApproval& approval) {
      return approval.risk == own.risk && approval.person == own.person;
    });
    plan.approvals.push_back(std::move(own));
    stored->at("approvals") = RiskTreatmentPlan::def().find("approvals")->get(&plan);
    CHECK(effects.change(std::move(*stored), "The treatment of risk " + effects.record().id + " was approved."));
  }
  return {};
}

Result<void> risk_revoke_acceptances(StepEffects& effects, double below, std::string_view reason) {
  const Lookup& lookup = effects.lookup();
  for (Record& acceptance : lookup.where(RiskAcceptance::def(), "risk", effects.record().id)) {
    if (acceptance.text("status") != "valid") continue;
    if (number_of(acceptance.at("score_at_acceptance")).value_or(0) >= below) continue;
    acceptance.at("status") = std::string("revoked");
    CHECK(effects.change(std::move(acceptance), reason));
  }
  return {};
}

// Who accepted a lower score accepted something else.
Result<void> risk_revoke_outgrown(StepEffects& effects) {
  const auto score = number_of(effects.record().at("residual_score"));
  if (!score) return {};
  return risk_revoke_acceptances(effects, *score, "The risk has grown since it was accepted.");
}

Result<void> risk_revoke_all(StepEffects& effects) {
  return risk_revoke_acceptances(effects, std::numeric_limits<double>::infinity(), "The risk was closed.");
}

// ---- Steps ---------------------------------------------------------------------------------------------------------

constexpr Who risk_assessors{.roles = {Role::isms_owner, Role::risk_owner, Role::consultant}, .holder = "owner"};
constexpr Who risk_owner_decides{.roles = {}, .holder = "owner", .or_superior = true};
constexpr Who risk_owner_only{.roles = {}, .holder = "owner", .or_superior = true, .holder_only = true};

constexpr Guard risk_on_scale_guard = {
    .reason = "Likelihood and impact must lie on the scale of the risk method; a method must be in force.",
    .rule = "C6.1.2-b-01",
    .holds = risk_is_on_the_scale};

constexpr Guard risk_residual_guard = {.reason = "The residual likelihood and impact have not been assessed.",
                                       .rule = "C6.1.2-d-01",
                                       .filled = "residual_likelihood residual_impact"};

constexpr Guard risk_assess_guards[] = {
    {.reason = "A risk needs its assets, the threat, the weakness and the consequence to be told.",
     .rule = "C6.1.2-c-03",
     .filled = "assets threat weakness consequence"},
    {.reason = "The scenario is missing or too short: tell source, event and consequence in a sentence.",
     .rule = "C6.1.2-c-03",
     .holds = risk_scenario_is_told},
    {.reason = "The threat category is missing.", .rule = "C6.1.2-c-04", .filled = "threat_category"},
    {.reason = "Say which of confidentiality, integrity and availability is endangered.",
     .rule = "C6.1.2-c-05",
     .filled = "cia"},
    {.reason = "A risk needs an owner.", .rule = "C6.1.2-c-01", .filled = "owner"},
    {.reason = "The inherent likelihood and impact are missing.",
     .rule = "C6.1.2-d-01",
     .filled = "inherent_likelihood inherent_impact"},
    risk_on_scale_guard,
    {.reason = "The score could not be worked out: the risk method has no formula or matrix cell for these levels.",
     .rule = "C6.1.2-b-02",
     .holds = risk_has_its_score},
};

constexpr Guard risk_decide_guards[] = {
    {.reason = "Choose a treatment: modify, retain, share or avoid.", .rule = "C6.1.3-a-01", .filled = "treatment"},
    risk_residual_guard,
    risk_on_scale_guard,
    {.reason = "A risk above the acceptance threshold needs a priority.",
     .rule = "C6.1.2-e-01",
     .holds = risk_above_threshold_is_ranked},
};

constexpr Guard risk_start_guards[] = {
    {.reason = "A retained risk is not treated: accept it instead.",
     .rule = "CONSIST-06",
     .holds = risk_is_not_retained},
    {.reason =
         "A risk to be modified needs at least one treatment action, and each needs an owner, a date and resources.",
     .rule = "C6.1.3-b-01",
     .holds = risk_modification_has_actions},
    {.reason = "A shared risk needs the contract or insurance that shares it, still running.",
     .rule = "C6.1.3-a-02",
     .holds = risk_share_has_an_instrument},
    {.reason = "An avoided risk needs the day on which the activity ends.",
     .rule = "C6.1.3-a-02",
     .holds = risk_avoidance_has_a_day},
};

constexpr Guard risk_complete_guards[] = {
    {.reason = "A treatment action of this risk is still open.",
     .rule = "C6.1.3-e-03",
     .holds = risk_has_no_open_action},
    {.reason = "Every action that is done needs accepted evidence, and at least one must be done.",
     .rule = "C6.1.3-e-04",
     .holds = risk_done_actions_are_proven},
    {.reason = "The contract or insurance that shares the risk is missing or has ended.",
     .rule = "C6.1.3-a-02",
     .holds = risk_share_has_an_instrument},
    {.reason = "The activity to be avoided has not ended yet.",
     .rule = "C6.1.3-a-02",
     .holds = risk_activity_has_ceased},
    risk_residual_guard,
    risk_on_scale_guard,
    {.reason = "A lower residual score needs a control behind it that is implemented and not ineffective.",
     .rule = "C6.1.2-d-03",
     .holds = risk_reduction_has_a_control},
};

constexpr Guard risk_accept_guards[] = {
    risk_residual_guard,
    {.reason = "The risk method has no acceptance threshold.", .rule = "C6.1.2-a-02", .holds = risk_threshold_is_known},
    {.reason = "The residual risk is above the threshold: a risk acceptance with reasons and an end date is missing, "
               "has ended, or was given for a lower score.",
     .rule = "C6.1.3-f-02",
     .holds = risk_is_low_or_accepted},
    {.reason = "The risk acceptance was not given by the risk owner or somebody above the owner.",
     .rule = "C6.1.3-f-03",
     .holds = risk_is_accepted_by_its_owner},
    {.reason = "The residual score lies above the level of escalation of the treatment plan: somebody above the owner "
               "accepts.",
     .rule = "C6.1.3-f-03",
     .holds = risk_is_accepted_high_enough},
    {.reason = "A risk to be retained still has an open treatment action: finish or cancel it, or decide to modify.",
     .rule = "CONSIST-06",
     .holds = risk_retention_has_no_actions},
    {.reason = "Every asset of this risk has left the scope or use: close the risk or name current assets.",
     .rule = "CONSIST-02",
     .holds = risk_concerns_something},
};

constexpr Guard risk_reopen_guards[] = {
    {.reason = "Nothing asks for a new look: the acceptance stands, no incident followed, the assets are in use.",
     .rule = "C6.1.3-f-04",
     .holds = risk_must_be_looked_at_again},
};

constexpr Guard risk_close_guards[] = {
    {.reason = "A treatment action of this risk is still open: finish or cancel it first.",
     .rule = "CONSIST-06",
     .holds = risk_has_no_open_action},
};

constexpr Step risk_steps[] = {
    {.name = "assess",
     .from = "draft",
     .to = "assessed",
     .label = "Record the assessment",
     .help = "Identification and analysis are complete; the score is worked out from the method.",
     .who = risk_assessors,
     .guards = risk_assess_guards,
     .asks = "inherent_likelihood inherent_impact residual_likelihood residual_impact assessed_on next_review_on run",
     .sets = "assessed_on=today"},
    {.name = "decide",
     .from = "assessed",
     .to = "treatment_decided",
     .label = "Decide the treatment",
     .who = risk_owner_decides,
     .guards = risk_decide_guards,
     .asks = "treatment priority target_likelihood target_impact target_score share_instrument share_valid_to "
             "avoided_activity_ceased_on controls"},
    {.name = "start_treatment",
     .from = "treatment_decided",
     .to = "in_treatment",
     .label = "Approve the plan and start",
     .help = "The owner approves the actions; the approval is entered in the treatment plan.",
     .who = risk_owner_decides,
     .guards = risk_start_guards,
     .signature = true,
     .effect = risk_record_approval},
    {.name = "approve_treatment",
     .from = "in_treatment",
     .to = "in_treatment",
     .label = "Approve the actions as they are now",
     .help = "For the superior above the level of escalation, and for the owner after score or actions moved.",
     .who = risk_owner_decides,
     .guards = risk_start_guards,
     .signature = true,
     .effect = risk_record_approval},
    {.name = "complete_treatment",
     .from = "in_treatment",
     .to = "assessed",
     .label = "Score again after treatment",
     .help = "All actions are done and proven: what is left of the risk?",
     .who = risk_owner_decides,
     .guards = risk_complete_guards,
     .asks = "residual_likelihood residual_impact target_likelihood target_impact target_score controls assessed_on "
             "next_review_on",
     .sets = "assessed_on=today",
     .effect = risk_revoke_outgrown},
    {.name = "revise",
     .from = "in_treatment",
     .to = "treatment_decided",
     .label = "Revise the decision",
     .help = "The way chosen does not lead there; decide anew without waiting for the open actions.",
     .who = risk_owner_decides,
     .guards = risk_decide_guards,
     .asks = "treatment priority target_likelihood target_impact target_score share_instrument share_valid_to "
             "avoided_activity_ceased_on controls",
     .reason_needed = true},
    {.name = "accept",
     .from = "assessed treatment_decided in_treatment",
     .to = "accepted",
     .label = "Accept the residual risk",
     .help = "Only the owner of the risk, or somebody above the owner, may carry it.",
     .who = risk_owner_only,
     .guards = risk_accept_guards,
     .asks = "next_review_on",
     .signature = true},
    {.name = "confirm",
     .from = "accepted",
     .to = "accepted",
     .label = "Confirm after review",
     .help = "The risk was looked at again and nothing has changed.",
     .who = risk_owner_only,
     .guards = risk_accept_guards,
     .asks = "next_review_on",
     .sets = "assessed_on=today"},
    {.name = "reopen",
     .from = "accepted",
     .to = "assessed",
     .label = "Look at the risk again",
     .help = "Taken by the product when the acceptance lapsed, an incident followed or the assets are gone.",
     .guards = risk_reopen_guards,
     .effect = risk_revoke_outgrown,
     .automatic = true},
    {.name = "reassess",
     .from = "treatment_decided accepted",
     .to = "assessed",
     .label = "Assess again",
     .help = "For a change of asset, supplier or scope that the product cannot see by itself.",
     .who = {.roles = {Role::isms_owner, Role::consultant}, .holder = "owner", .or_superior = true},
     .asks = "residual_likelihood residual_impact target_likelihood target_impact target_score assessed_on "
             "next_review_on run",
     .sets = "assessed_on=today",
     .reason_needed = true,
     .effect = risk_revoke_outgrown},
    {.name = "close",
     .from = "assessed treatment_decided in_treatment accepted",
     .to = "closed",
     .label = "Close the risk",
     .who = risk_owner_decides,
     .guards = risk_close_guards,
     .asks = "closed_on",
     .sets = "closed_on=today",
     .reason_needed = true,
     .effect = risk_revoke_all},
    {.name = "discard",
     .from = "draft",
     .to = "closed",
     .label = "Discard the draft",
     .who = risk_assessors,
     .guards = risk_close_guards,
     .sets = "closed_on=today",
     .reason_needed = true},
};

}  // namespace

constinit const Lifecycle risk_lifecycle{.field = "status", .steps = risk_steps};

}  // namespace assay
