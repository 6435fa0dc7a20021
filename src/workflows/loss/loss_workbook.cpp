#include "workflows/loss/loss_workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "kernel/exchange/xlsx_writer.h"

namespace assay {
namespace {

XlsxColumn words(std::string title, double width = 28) { return {std::move(title), width, ColumnKind::text}; }
XlsxColumn figure(std::string title) { return {std::move(title), 18, ColumnKind::number}; }

XlsxCell figure_or_nothing(const std::optional<double>& value) { return value ? XlsxCell(*value) : XlsxCell(); }

const EstimatedRisk& risk_in(const LossPortfolio& portfolio, std::string_view id) {
  return *std::ranges::find(portfolio.risks, id,
                            [](const EstimatedRisk& each) -> std::string_view { return each.risk.id; });
}

Result<void> summary_sheet(XlsxWriter& writer, const LossPortfolio& portfolio, const LossAnalysis& analysis) {
  CHECK(writer.sheet("Summary", {words("Figure", 44), figure("Today"), figure("With the plan")}));
  const auto& now = analysis.now;
  const auto& planned = analysis.planned;
  auto row = [&](std::string_view label, double today, std::optional<double> with_plan) -> Result<void> {
    return writer.row(std::vector<XlsxCell>{label, today, figure_or_nothing(with_plan)});
  };
  CHECK(row("Expected loss in a year, exact", now.exact_mean,
            planned ? std::optional(planned->exact_mean) : std::nullopt));
  CHECK(row("Mean loss in a year, simulated", now.mean, planned ? std::optional(planned->mean) : std::nullopt));
  CHECK(row("Standard error of the mean", now.error, planned ? std::optional(planned->error) : std::nullopt));
  CHECK(row("Standard deviation", now.deviation, planned ? std::optional(planned->deviation) : std::nullopt));
  CHECK(row("Share of the years with a loss", now.any, planned ? std::optional(planned->any) : std::nullopt));
  CHECK(row("Simulated years", static_cast<double>(analysis.question.years), {}));
  CHECK(row("Seed", static_cast<double>(analysis.question.seed), {}));
  CHECK(row("Correlation (%)", analysis.question.correlation, {}));
  if (auto all = return_on_control(portfolio)) {
    CHECK(row("Yearly cost of the plans' controls", 0, all->cost));
    if (auto rate = all->rate()) CHECK(row("Return on control", 0, *rate));
  }
  const std::string currency = portfolio.currency();
  return writer.row(std::vector<XlsxCell>{std::string_view("Currency"), std::string_view(currency)});
}

Result<void> level_sheets(XlsxWriter& writer, const LossAnalysis& analysis) {
  CHECK(writer.sheet(
      "Bad years", {figure("Not surpassed in"), figure("Value at risk"), figure("Least (95 %)"), figure("Most (95 %)"),
                    figure("Expected shortfall"), figure("Value at risk, plan"), figure("Expected shortfall, plan")}));
  for (std::size_t i = 0; i < analysis.now.levels.size(); ++i) {
    const LossLevel& level = analysis.now.levels[i];
    std::vector<XlsxCell> cells{level.p, level.loss, level.least, level.most, level.shortfall};
    if (analysis.planned) {
      cells.emplace_back(analysis.planned->levels[i].loss);
      cells.emplace_back(analysis.planned->levels[i].shortfall);
    }
    CHECK(writer.row(cells));
  }
  CHECK(writer.sheet("Exceedance curve",
                     {words("Situation", 18), figure("Loss in a year"), figure("Probability of more")}));
  auto curve = [&](std::string_view label, const LossFigures& figures) -> Result<void> {
    for (const auto& [loss, share] : figures.curve) CHECK(writer.row(std::vector<XlsxCell>{label, loss, share}));
    return {};
  };
  CHECK(curve("Today", analysis.now));
  if (analysis.planned) CHECK(curve("With the plan", *analysis.planned));
  if (analysis.tolerance.empty()) return {};
  CHECK(writer.sheet("Tolerance", {figure("Loss in a year above"), figure("Tolerated"), figure("Today"),
                                   figure("Standard error"), figure("With the plan")}));
  for (const ToleranceCheck& check : analysis.tolerance) {
    CHECK(writer.row(
        std::vector<XlsxCell>{check.loss, check.tolerated, check.now, check.error, figure_or_nothing(check.planned)}));
  }
  return {};
}

Result<void> risk_sheets(XlsxWriter& writer, const LossPortfolio& portfolio, const LossAnalysis& analysis) {
  CHECK(writer.sheet("Risks", {words("Risk", 12), words("Title", 48), figure("Expected loss"),
                               figure("Year with an event"), figure("Events a year"), figure("Loss of one event"),
                               figure("Expected, with the plan"), figure("Yearly cost"), figure("Return on control")}));
  for (std::size_t i = 0; i < analysis.risks.size(); ++i) {
    const EstimatedRisk& each = risk_in(portfolio, analysis.risks[i]);
    const LossScenario scenario = *each.scenario();
    std::vector<XlsxCell> cells{
        std::string_view(each.risk.id), std::string_view(each.risk.title), scenario.mean(),
        analysis.shares[i].any,         scenario.frequency.mean(),         scenario.loss.mean()};
    if (auto value = return_on_control(each)) {
      cells.emplace_back(value->after);
      cells.emplace_back(value->cost);
      cells.push_back(figure_or_nothing(value->rate()));
    }
    CHECK(writer.row(cells));
  }
  CHECK(writer.sheet("Sensitivity",
                     {words("Risk", 12), words("Input", 20), figure("Low"), figure("High"), figure("Expected at low"),
                      figure("Expected at high"), figure("95 % year at low"), figure("95 % year at high")}));
  for (const LossSwing& swing : analysis.swings) {
    CHECK(writer.row(std::vector<XlsxCell>{std::string_view(analysis.risks[swing.scenario]),
                                           std::string_view(swing.frequency ? "How often" : "Loss of one event"),
                                           swing.low, swing.high, swing.mean_low, swing.mean_high, swing.bad_year_low,
                                           swing.bad_year_high}));
  }
  CHECK(writer.sheet("Convergence", {figure("Years"), figure("Mean"), figure("Standard error"), figure("95 % year")}));
  for (const LossCheckpoint& step : analysis.convergence) {
    CHECK(writer.row(std::vector<XlsxCell>{static_cast<double>(step.trials), step.mean, step.error, step.bad_year}));
  }
  return {};
}

boost::json::object facts_of(const LossFigures& figures) {
  boost::json::object levels;
  for (const LossLevel& level : figures.levels)
    levels[fmt::format("{}", level.p)] = {{"value_at_risk", level.loss}, {"expected_shortfall", level.shortfall}};
  return {{"expected", figures.exact_mean},
          {"mean", figures.mean},
          {"error", figures.error},
          {"any", figures.any},
          {"levels", std::move(levels)}};
}

}  // namespace

Result<void> write_loss_workbook(const LossPortfolio& portfolio, const LossAnalysis& analysis, XlsxWriter& writer) {
  CHECK(summary_sheet(writer, portfolio, analysis));
  CHECK(level_sheets(writer, analysis));
  return risk_sheets(writer, portfolio, analysis);
}

std::string loss_facts(const LossPortfolio& portfolio, const LossAnalysis& analysis) {
  boost::json::object risks;
  for (const std::string& id : analysis.risks) risks[id] = risk_in(portfolio, id).scenario()->mean();
  boost::json::object facts{{"seed", analysis.question.seed},
                            {"years", analysis.question.years},
                            {"correlation", analysis.question.correlation},
                            {"currency", portfolio.currency()},
                            {"now", facts_of(analysis.now)},
                            {"risks", std::move(risks)}};
  if (analysis.planned) facts["planned"] = facts_of(*analysis.planned);
  return boost::json::serialize(facts);
}

}  // namespace assay
