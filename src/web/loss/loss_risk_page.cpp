// One risk in figures: today beside the plan, what the controls return, and the ranges it stands on.
#include <fmt/format.h>

#include "web/assets.h"
#include "web/loss/loss_view.h"

namespace assay {
namespace {

void write_ranges(HtmlWriter& h, const LossView& view, const EstimatedRisk& risk) {
  std::vector<std::vector<LossCell>> rows;
  auto row = [&](std::string_view label, const LossEstimate& estimate) {
    auto scenario = estimate.scenario();
    if (!scenario)
      return rows.push_back({{std::string(label)},
                             {"The figures do not make a range: edit them"},
                             {""},
                             {""},
                             {""},
                             {estimate.estimated_on.iso()}});
    rows.push_back({{std::string(label)},
                    {range_words(scenario->frequency, [](double value) { return decimal(value, 3); })},
                    {loss_rate_words(scenario->frequency.mean())},
                    {range_words(scenario->loss, [](double value) { return loss_money(value); })},
                    {view.money(scenario->mean())},
                    {estimate.estimated_on.iso()}});
  };
  if (risk.now) row("Today's controls", *risk.now);
  if (risk.planned) row("The plan carried out", *risk.planned);
  loss_part(h, false, "ranges", "The estimates", {}, [&] {
    loss_table(h, false, "Estimates of the risk",
               {{"With", false},
                {"Events a year", false},
                {"On average", false},
                {"Loss of one event", false},
                {"Expected loss in a year"},
                {"Estimated on", false}},
               rows);
    h.el("div", {cls("card-body border-top")}, [&] {
      auto source = [&](std::string_view label, const std::optional<LossEstimate>& estimate) {
        if (!estimate) return;
        h.el("p", {cls("text-preline mb-1")}, [&] {
          h.el("b", fmt::format("{}: ", label));
          h.text(estimate->rationale);
        });
      };
      source("Today", risk.now);
      source("Plan", risk.planned);
    });
  });
}

std::string_view verb_for(const std::optional<LossEstimate>& estimate) { return estimate ? "Edit" : "Estimate"; }

}  // namespace

Response loss_risk_page(Visit& visit) {
  auto portfolio = loss_portfolio_of(visit.tenant.registers, visit.principal, visit.request.param("risk"));
  if (!portfolio) return error_page(visit, portfolio.error());
  auto question = asked_loss_question(visit.request.query);
  if (!question) return error_page(visit, question.error());
  const EstimatedRisk& risk = portfolio->risks.front();
  HtmlWriter actions(1024);
  if (visit.may(Action::create, LossEstimate::def())) {
    actions.el(
        "a", {cls(risk.now ? "btn" : "btn btn-primary"), at("href", loss_entry_url(risk.risk.id, LossSituation::now))},
        fmt::format("{} today", verb_for(risk.now)));
    actions.el("a",
               {cls(risk.now && !risk.planned ? "btn btn-primary" : "btn"),
                at("href", loss_entry_url(risk.risk.id, LossSituation::planned))},
               fmt::format("{} with the plan", verb_for(risk.planned)));
  }
  actions.el("a", {cls("btn"), at("href", record_url(Risk::def(), risk.risk.id))}, "Risk");
  Frame frame = loss_frame(risk.risk.title);
  frame.kicker = fmt::format("{} in figures", risk.risk.id);
  frame.actions = actions.take();
  if (!risk.scenario()) {
    return page(visit, frame, [&](HtmlWriter& h) {
      if (risk.now || risk.planned) write_ranges(h, {*portfolio, {}}, risk);
      empty_state(h, "chart-line", "There is no usable estimate of today",
                  "How often may this risk happen in a year with today's controls, and what may one event cost? Two "
                  "ranges are enough. A second estimate, with the plan carried out, "
                  "shows what the controls return.",
                  {});
    });
  }
  auto analysis = loss_desk().analysis(*portfolio, *question);
  if (!analysis) return error_page(visit, analysis.error());
  return page(visit, frame, [&](HtmlWriter& h) {
    LossAnalysis shown = **analysis;
    shown.tolerance.clear();  // it is the tolerance for all risks together
    LossView view{*portfolio, shown};
    write_loss_summary(h, view);
    write_ranges(h, view, risk);
    write_loss_curve(h, view);
    write_loss_returns(h, view);
    write_loss_levels(h, view);
    write_loss_swings(h, view);
  });
}

}  // namespace assay
