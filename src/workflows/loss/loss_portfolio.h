// The risks with their loss estimates, as one person may see them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "isms/loss/loss_estimate.h"
#include "isms/loss/loss_tolerance.h"
#include "isms/risk/risk.h"
#include "kernel/service/register_service.h"

namespace assay {

struct EstimatedRisk {
  Risk risk;
  std::optional<LossEstimate> now, planned;

  // The scenarios to simulate. With the plan: its estimate, else that of today. Nothing without a usable estimate of
  // today.
  std::optional<LossScenario> scenario() const;
  std::optional<LossScenario> scenario_planned() const;
  bool has_plan() const;       // both estimates can be used
  double yearly_cost() const;  // of the plan's controls; 0 where none is given
};

struct LossPortfolio {
  std::vector<EstimatedRisk> risks;  // every risk that is not closed, in id order
  std::optional<LossTolerance> tolerance;

  std::vector<const EstimatedRisk*> estimated() const;    // what is simulated
  std::vector<const EstimatedRisk*> unestimated() const;  // the rest, the highest residual score first
  std::string currency() const { return tolerance ? tolerance->currency : std::string(); }
};

// Errors: forbidden.
Result<LossPortfolio> loss_portfolio(const RegisterService& registers, const Principal& principal);
// One risk, closed or not. Errors: forbidden, not_found.
Result<LossPortfolio> loss_portfolio_of(const RegisterService& registers, const Principal& principal,
                                        std::string_view risk);

// Return on the controls of the plan: what the expected loss in a year falls by, and what that costs.
struct ReturnOnControl {
  double before = 0, after = 0, cost = 0;  // a year
  double reduction() const { return before - after; }
  // (reduction - cost) / cost; nothing when the controls cost nothing.
  std::optional<double> rate() const;
};
std::optional<ReturnOnControl> return_on_control(const EstimatedRisk& risk);
// Over all risks that have a plan.
std::optional<ReturnOnControl> return_on_control(const LossPortfolio& portfolio);

// Creates or changes the estimate that `typed` is (by its risk and situation). Figures that the chosen ways of
// estimating do not use are left out; without an estimator it is the principal's own; without a day it is today's.
// `version`: the one that was shown, 0 for a new estimate. Errors: forbidden, invalid with the fields as places,
// conflict when somebody else was faster.
Result<Record> keep_loss_estimate(const RegisterService& registers, const Principal& principal, Record typed,
                                  std::int64_t version, std::string_view reason);
// `typed` without the figures that its ways of estimating do not use.
Record without_unused_figures(Record typed);

}  // namespace assay
