#include "workflows/loss/loss_portfolio.h"

#include <algorithm>
#include <map>

#include "workflows/records.h"

namespace assay {
namespace {

Result<std::optional<LossTolerance>> tolerance_in_use(const RegisterService& registers, const Principal& principal) {
  TRY(auto all, all_of<LossTolerance>(registers, principal));
  return all.empty() ? std::optional<LossTolerance>() : std::optional(std::move(all.front()));
}

void take(EstimatedRisk& risk, LossEstimate estimate) {
  (estimate.situation == LossSituation::now ? risk.now : risk.planned) = std::move(estimate);
}

}  // namespace

std::optional<LossScenario> EstimatedRisk::scenario() const { return now ? now->scenario() : std::nullopt; }

std::optional<LossScenario> EstimatedRisk::scenario_planned() const {
  auto today = scenario();
  if (!today || !planned) return today;
  auto with_plan = planned->scenario();
  return with_plan ? with_plan : today;
}

bool EstimatedRisk::has_plan() const { return scenario() && planned && planned->scenario(); }
double EstimatedRisk::yearly_cost() const { return planned ? planned->yearly_cost.value_or(0) : 0; }

std::vector<const EstimatedRisk*> LossPortfolio::estimated() const {
  std::vector<const EstimatedRisk*> out;
  for (const EstimatedRisk& each : risks) {
    if (each.scenario()) out.push_back(&each);
  }
  return out;
}

std::vector<const EstimatedRisk*> LossPortfolio::unestimated() const {
  std::vector<const EstimatedRisk*> out;
  for (const EstimatedRisk& each : risks) {
    if (!each.scenario()) out.push_back(&each);
  }
  std::ranges::stable_sort(out, std::greater(),
                           [](const EstimatedRisk* each) { return each->risk.residual_score.value_or(-1); });
  return out;
}

Result<LossPortfolio> loss_portfolio(const RegisterService& registers, const Principal& principal) {
  LossPortfolio out;
  TRY(auto risks, all_of<Risk>(registers, principal));
  TRY(auto estimates, all_of<LossEstimate>(registers, principal));
  TRY(out.tolerance, tolerance_in_use(registers, principal));
  for (Risk& risk : risks) {
    if (risk.status != RiskStatus::closed) out.risks.push_back({std::move(risk), {}, {}});
  }
  std::map<std::string_view, EstimatedRisk*> by_id;
  for (EstimatedRisk& each : out.risks) by_id[each.risk.id] = &each;
  for (LossEstimate& estimate : estimates) {
    if (auto found = by_id.find(estimate.risk.id); found != by_id.end()) take(*found->second, std::move(estimate));
  }
  return out;
}

Result<LossPortfolio> loss_portfolio_of(const RegisterService& registers, const Principal& principal,
                                        std::string_view risk) {
  TRY(Record record, registers.read(principal, Risk::def(), risk));
  LossPortfolio out;
  TRY(auto estimates, all_of<LossEstimate>(registers, principal, "risk", risk));
  TRY(out.tolerance, tolerance_in_use(registers, principal));
  EstimatedRisk& one = out.risks.emplace_back(EstimatedRisk{decode<Risk>(record), {}, {}});
  for (LossEstimate& estimate : estimates) take(one, std::move(estimate));
  return out;
}

std::optional<double> ReturnOnControl::rate() const {
  if (cost <= 0) return std::nullopt;
  return (reduction() - cost) / cost;
}

std::optional<ReturnOnControl> return_on_control(const EstimatedRisk& risk) {
  if (!risk.has_plan()) return std::nullopt;
  return ReturnOnControl{risk.scenario()->mean(), risk.scenario_planned()->mean(), risk.yearly_cost()};
}

std::optional<ReturnOnControl> return_on_control(const LossPortfolio& portfolio) {
  std::optional<ReturnOnControl> out;
  for (const EstimatedRisk& each : portfolio.risks) {
    auto one = return_on_control(each);
    if (!one) continue;
    if (!out) out.emplace();
    out->before += one->before;
    out->after += one->after;
    out->cost += one->cost;
  }
  return out;
}

Record without_unused_figures(Record typed) {
  const std::string_view frequency = typed.text("frequency_model"), loss = typed.text("loss_model");
  if (frequency == "poisson") typed.at("frequency_low") = typed.at("frequency_high") = {};
  if (frequency == "range_90") typed.at("frequency_likely") = {};
  if (loss == "range_90") typed.at("loss_likely") = {};
  if (typed.text("situation") == "now") typed.at("yearly_cost") = {};
  return typed;
}

Result<Record> keep_loss_estimate(const RegisterService& registers, const Principal& principal, Record typed,
                                  std::int64_t version, std::string_view reason) {
  typed = without_unused_figures(std::move(typed));
  if (is_empty(typed.at("estimated_by")) && !principal.person.empty()) typed.at("estimated_by") = principal.person;
  if (is_empty(typed.at("estimated_on"))) typed.at("estimated_on") = registers.workspace().clock().today().iso();
  if (version == 0) {
    typed.id.clear();
    return registers.create(principal, std::move(typed), reason);
  }
  TRY(auto known, records_of(registers, principal, LossEstimate::def(), "risk", typed.text("risk")));
  auto same =
      std::ranges::find(known, typed.text("situation"), [](const Record& record) { return record.text("situation"); });
  if (same == known.end()) return fail(ErrorKind::conflict, "Somebody removed this estimate meanwhile.");
  Patch patch;
  for (const FieldDef& field : LossEstimate::def().fields) patch.emplace_back(&field, typed.value(field));
  return registers.change(principal, LossEstimate::def(), same->id, version, patch, reason);
}

}  // namespace assay
