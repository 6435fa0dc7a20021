#include "isms/risk/treatment_gaps.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_guards.h"
#include "isms/risk/risk_treatment_plan.h"
#include "isms/risk/treatment_schedule.h"

namespace assay {
namespace {

using Gaps = std::vector<std::string>;

void gaps_of_decision(const TreatmentFacts& facts, bool above, Gaps& gaps) {
  const Risk& risk = facts.risk;
  if (checks::id_of(risk.owner).empty()) gaps.push_back("Nobody owns the risk.");
  if (!risk.residual_score) gaps.push_back("The residual score has not been assessed.");
  if (!risk.treatment) return gaps.push_back("No treatment is decided: modify, retain, share or avoid.");
  if (above && !risk.priority) gaps.push_back("It has no priority, though the score lies above the threshold.");
  if (risk.treatment == RiskTreatment::share) {
    if (!checks::given(risk.share_instrument))
      gaps.push_back("It names no contract or insurance that shares the risk.");
    if (checks::given(risk.share_valid_to) && *risk.share_valid_to < facts.today)
      gaps.push_back(fmt::format("The sharing ended on {}.", risk.share_valid_to->iso()));
  }
  if (risk.treatment == RiskTreatment::avoid && !checks::given(risk.avoided_activity_ceased_on))
    gaps.push_back("The day is missing on which the activity ends.");
  if (risk.treatment == RiskTreatment::retain && above && !facts.is_accepted)
    gaps.push_back("It is retained above the threshold and nobody has accepted it.");
}

void gaps_of_target(const TreatmentFacts& facts, bool above, Gaps& gaps) {
  const Risk& risk = facts.risk;
  if (risk.treatment != RiskTreatment::modify) return;
  if (!risk.target_score) return gaps.push_back("No target score says what the actions shall bring.");
  if (risk.residual_score && *risk.target_score >= *risk.residual_score &&
      std::ranges::any_of(facts.actions, risk_action_is_open)) {
    gaps.push_back(fmt::format("The target score {} is not below the present one.", *risk.target_score));
  }
  if (above && facts.threshold && *risk.target_score > *facts.threshold) {
    gaps.push_back(
        fmt::format("The target score {} stays above the threshold of {}: what remains will have to be accepted.",
                    *risk.target_score, *facts.threshold));
  }
}

void gaps_of_action(const TreatmentFacts& facts, const TreatmentAction& action, Gaps& gaps) {
  std::vector<std::string> missing;
  if (checks::id_of(action.owner).empty()) missing.emplace_back("a responsible person");
  if (!checks::given(action.due_on)) missing.emplace_back("a deadline");
  if (!checks::given(action.resources)) missing.emplace_back("resources");
  if (checks::id_of(action.control).empty()) missing.emplace_back("the control it puts in place");
  if (!missing.empty()) gaps.push_back(fmt::format("{} lacks {}.", action.id, join(missing, ", ")));
  if (is_late(action, facts.today))
    gaps.push_back(fmt::format("{} is {} days late.", action.id, days_between(*action.due_on, facts.today)));
  const bool is_proven = std::ranges::find(facts.proven, action.id) != facts.proven.end();
  if (action.status == TreatmentActionStatus::done && !is_proven)
    gaps.push_back(fmt::format("{} is done without accepted evidence.", action.id));
}

}  // namespace

std::vector<std::string> gaps_in_treatment(const TreatmentFacts& facts) {
  Gaps gaps;
  const bool above = facts.threshold && facts.risk.residual_score && *facts.risk.residual_score > *facts.threshold;
  gaps_of_decision(facts, above, gaps);
  gaps_of_target(facts, above, gaps);
  std::size_t counted = 0;
  for (const TreatmentAction& action : facts.actions) {
    if (action.status == TreatmentActionStatus::cancelled) continue;
    ++counted;
    gaps_of_action(facts, action, gaps);
  }
  if (facts.risk.treatment == RiskTreatment::modify && counted == 0)
    gaps.push_back("It is to be modified and has no action.");
  return gaps;
}

std::string_view other_name(RiskTreatment treatment) {
  switch (treatment) {
    case RiskTreatment::modify: return "treat";
    case RiskTreatment::retain: return "tolerate";
    case RiskTreatment::share: return "transfer";
    case RiskTreatment::avoid: return "terminate";
  }
  return {};
}

}  // namespace assay
