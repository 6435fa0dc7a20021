#include "isms/risk/risk_guards.h"

#include <algorithm>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/operations/asset.h"
#include "isms/operations/incident.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_acceptance.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/treatment_action.h"
#include "isms/risk/treatment_approval.h"

namespace assay {

bool risk_action_is_open(const TreatmentAction& action) {
  return action.status == TreatmentActionStatus::planned || action.status == TreatmentActionStatus::in_progress;
}

namespace {

// The risk as it will be stored, with its scores worked out.
Risk risk_after(const StepContext& context) {
  Risk risk = decode<Risk>(context.after);
  risk.derive(context.lookup);
  return risk;
}

bool risk_has_open_action(const StepContext& context) {
  for (const TreatmentAction& action : context.lookup.where<TreatmentAction>("risk", context.after.id)) {
    if (risk_action_is_open(action)) return true;
  }
  return false;
}

// Nothing when the question cannot be answered: no residual score, or no threshold in the method.
std::optional<bool> risk_is_above_threshold(const Risk& risk, const Lookup& lookup) {
  const auto method = risk.method(lookup);
  if (!risk.residual_score || !method || !method->acceptance_threshold) return std::nullopt;
  return *risk.residual_score > *method->acceptance_threshold;
}

// An acceptance carries the risk as it is now: valid today, reasoned, with an end, and given for no lower a score.
bool risk_is_covered_by(const RiskAcceptance& acceptance, const Risk& risk, Date today) {
  return acceptance.status == RiskAcceptanceStatus::valid && !is_blank(acceptance.rationale) &&
         checks::given(acceptance.expires_on) && *acceptance.expires_on >= today &&
         acceptance.score_at_acceptance >= risk.residual_score.value_or(0);
}

std::vector<RiskAcceptance> risk_covering_acceptances(const Risk& risk, const StepContext& context) {
  auto acceptances = context.lookup.where<RiskAcceptance>("risk", risk.id);
  std::erase_if(acceptances, [&](const RiskAcceptance& a) { return !risk_is_covered_by(a, risk, context.today); });
  return acceptances;
}

bool risk_assets_are_gone(const Risk& risk, const Lookup& lookup) {
  return !risk.assets.empty() && std::ranges::all_of(risk.assets, [&](const Ref<Asset>& ref) {
    const auto asset = lookup.find<Asset>(ref.id);
    return asset && (!asset->in_scope || asset->lifecycle == AssetLifecycle::retired ||
                     asset->lifecycle == AssetLifecycle::disposed);
  });
}

// An acceptance existed and carries the risk no longer: expired, revoked, or given for a lower score. Where there never
// was one, the record stays as it was brought in and rule C6.1.3-f-02 speaks.
bool risk_acceptance_has_lapsed(const Risk& risk, const StepContext& context) {
  return risk_is_above_threshold(risk, context.lookup).value_or(false) &&
         !context.lookup.where<RiskAcceptance>("risk", risk.id).empty() &&
         risk_covering_acceptances(risk, context).empty();
}

bool risk_has_come_true(const Risk& risk, const Lookup& lookup) {
  return std::ranges::any_of(lookup.where<Incident>("linked_risks", risk.id), [&](const Incident& incident) {
    return incident.stage == IncidentStage::incident && checks::given(risk.assessed_on) &&
           incident.reported_at.day() > *risk.assessed_on;
  });
}

}  // namespace

bool risk_scenario_is_told(const StepContext& context) {
  const auto least = static_cast<std::size_t>(context.lookup.parameter("min_scenario_chars"));
  return utf8_length(trim(context.after.text("scenario"))) >= least;
}

bool risk_is_on_the_scale(const StepContext& context) {
  const Risk risk = decode<Risk>(context.after);
  const auto method = risk.method(context.lookup);
  if (!method) return false;
  const bool likelihoods = method->likelihood_on_scale(risk.inherent_likelihood.value_or(method->likelihood_min)) &&
                           method->likelihood_on_scale(risk.residual_likelihood.value_or(method->likelihood_min));
  const bool impacts = method->impact_on_scale(risk.inherent_impact.value_or(method->impact_min)) &&
                       method->impact_on_scale(risk.residual_impact.value_or(method->impact_min));
  return likelihoods && impacts;
}

bool risk_has_its_score(const StepContext& context) { return risk_after(context).inherent_score.has_value(); }

bool risk_threshold_is_known(const StepContext& context) {
  return risk_is_above_threshold(risk_after(context), context.lookup).has_value();
}

bool risk_above_threshold_is_ranked(const StepContext& context) {
  const Risk risk = risk_after(context);
  return risk.priority || !risk_is_above_threshold(risk, context.lookup).value_or(false);
}

bool risk_is_not_retained(const StepContext& context) { return context.after.text("treatment") != "retain"; }

bool risk_modification_has_actions(const StepContext& context) {
  if (context.after.text("treatment") != "modify") return true;
  std::size_t ready = 0;
  for (const TreatmentAction& action : context.lookup.where<TreatmentAction>("risk", context.after.id)) {
    if (action.status == TreatmentActionStatus::cancelled) continue;
    if (checks::id_of(action.owner).empty() || !checks::given(action.due_on) || !checks::given(action.resources))
      return false;
    ++ready;
  }
  return ready > 0;
}

bool risk_share_has_an_instrument(const StepContext& context) {
  if (context.after.text("treatment") != "share") return true;
  const auto ends = checks::day_of(context.after, "share_valid_to");
  return !is_empty(context.after.at("share_instrument")) && (!ends || *ends >= context.today);
}

bool risk_avoidance_has_a_day(const StepContext& context) {
  return context.after.text("treatment") != "avoid" || !is_empty(context.after.at("avoided_activity_ceased_on"));
}

bool risk_activity_has_ceased(const StepContext& context) {
  if (context.after.text("treatment") != "avoid") return true;
  const auto ceased = checks::day_of(context.after, "avoided_activity_ceased_on");
  return ceased && *ceased <= context.today;
}

bool risk_has_no_open_action(const StepContext& context) { return !risk_has_open_action(context); }

bool risk_done_actions_are_proven(const StepContext& context) {
  std::size_t done = 0;
  for (const TreatmentAction& action : context.lookup.where<TreatmentAction>("risk", context.after.id)) {
    if (action.status != TreatmentActionStatus::done) continue;
    ++done;
    const bool proven = std::ranges::any_of(action.evidence, [&](const Ref<Evidence>& ref) {
      const auto evidence = context.lookup.find<Evidence>(ref.id);
      return evidence && evidence->review_status == EvidenceReviewStatus::accepted;
    });
    if (!proven) return false;
  }
  return done > 0 || context.after.text("treatment") != "modify";
}

bool risk_reduction_has_a_control(const StepContext& context) {
  const Risk risk = risk_after(context);
  if (!risk.residual_score || !risk.inherent_score || *risk.residual_score >= *risk.inherent_score) return true;
  if (risk.treatment == RiskTreatment::share || risk.treatment == RiskTreatment::avoid) return true;
  return std::ranges::any_of(risk.controls, [&](const Ref<Control>& ref) {
    const auto control = context.lookup.find<Control>(ref.id);
    return control && control->status == ControlStatus::implemented &&
           control->effectiveness != ControlEffectiveness::ineffective;
  });
}

bool risk_is_low_or_accepted(const StepContext& context) {
  const Risk risk = risk_after(context);
  return !risk_is_above_threshold(risk, context.lookup).value_or(true) ||
         !risk_covering_acceptances(risk, context).empty();
}

bool risk_is_accepted_by_its_owner(const StepContext& context) {
  const Risk risk = risk_after(context);
  if (!risk_is_above_threshold(risk, context.lookup).value_or(true)) return true;
  return std::ranges::any_of(risk_covering_acceptances(risk, context), [&](const RiskAcceptance& acceptance) {
    return checks::is_or_stands_above(context.lookup, acceptance.accepted_by.id, checks::id_of(risk.owner));
  });
}

bool risk_is_accepted_high_enough(const StepContext& context) {
  const Risk risk = risk_after(context);
  const auto signers = approvers_of(risk, escalation_level(context.lookup), context.lookup, context.today);
  if (!signers.superior) return true;
  return std::ranges::any_of(risk_covering_acceptances(risk, context), [&](const RiskAcceptance& acceptance) {
    return acceptance.accepted_by.id != signers.owner &&
           checks::is_or_stands_above(context.lookup, acceptance.accepted_by.id, signers.owner);
  });
}

bool risk_retention_has_no_actions(const StepContext& context) {
  return context.after.text("treatment") != "retain" || !risk_has_open_action(context);
}

bool risk_concerns_something(const StepContext& context) {
  return !risk_assets_are_gone(decode<Risk>(context.after), context.lookup);
}

bool risk_must_be_looked_at_again(const StepContext& context) {
  const Risk risk = risk_after(context);
  return risk_acceptance_has_lapsed(risk, context) || risk_has_come_true(risk, context.lookup) ||
         risk_assets_are_gone(risk, context.lookup);
}

}  // namespace assay
