// The parts that the pages and the report of quantitative risk are made of.
#include "web/loss/loss_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/charts/line_chart.h"
#include "web/charts/tornado.h"

namespace assay {
namespace {

ChartAxes loss_axes(const LossView& view) {
  const std::string currency = view.portfolio.currency();
  return {.x_label = currency.empty() ? "Loss in a year" : fmt::format("Loss in a year, {}", currency),
          .y_label = "Probability of more",
          .x_text = loss_money_short,
          .y_text = [](double share) { return loss_chance(share); },
          .log_x = true};
}

LossCell risk_cell(const LossView& view, std::string_view id) {
  return {fmt::format("{} {}", id, view.risk(id).risk.title),
          view.paper ? std::string() : loss_risk_url(id) + loss_query(view.analysis.question)};
}

std::string_view badge_of(std::string_view tone) {
  return tone == "good" ? "badge bg-green-lt" : tone == "bad" ? "badge bg-red-lt" : "badge bg-yellow-lt";
}

std::string_view tone_of_check(double share, double error, double tolerated) {
  if (share - 1.96 * error > tolerated) return "bad";
  return share + 1.96 * error < tolerated ? "good" : "fair";
}

LossCell verdict_cell(std::string_view tone) {
  return {tone == "bad" ? "Above the tolerance" : tone == "good" ? "Tolerated" : "Too close to tell", {}, tone};
}

}  // namespace

const EstimatedRisk& LossView::risk(std::string_view id) const {
  return *std::ranges::find(portfolio.risks, id,
                            [](const EstimatedRisk& each) -> std::string_view { return each.risk.id; });
}

void loss_part(HtmlWriter& h, bool paper, std::string_view id, std::string_view title, std::string_view lead,
               const std::function<void()>& body) {
  auto words = [&](std::string_view classes) {
    if (!lead.empty()) h.el("p", {cls(classes)}, lead);
  };
  if (paper) {
    h.el("h2", title);
    words("note");
    return body();
  }
  section(h, id, title, {}, [&] {
    if (!lead.empty()) h.el("div", {cls("card-body pb-0")}, [&] { words("text-secondary mb-2"); });
    body();
  });
}

void loss_picture(HtmlWriter& h, bool paper, std::string_view label, const std::function<void()>& picture) {
  if (paper) return h.el("div", {cls("keep")}, picture);
  h.el("div", {cls("card-body")}, [&] {
    // Wider than a phone: it scrolls, by keys as well.
    h.el("div",
         {cls("chart-scroll loss-chart"), at("tabindex", 0), at("role", "region"),
          at("aria-label", fmt::format("Picture: {}", label))},
         picture);
  });
}

void loss_table(HtmlWriter& h, bool paper, std::string_view caption, const std::vector<LossColumn>& columns,
                const std::vector<std::vector<LossCell>>& rows) {
  auto table = [&] {
    h.el("table", {cls_if(!paper, "table table-vcenter card-table table-stack")}, [&] {
      h.el("caption", {cls("visually-hidden")}, caption);
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (const LossColumn& column : columns)
            h.el("th", {at("scope", "col"), cls_if(column.figure, "text-end")}, column.label);
        });
      });
      h.el("tbody", [&] {
        for (const auto& cells : rows) {
          h.el("tr", [&] {
            for (std::size_t i = 0; i < cells.size(); ++i) {
              const LossCell& cell = cells[i];
              auto inside = [&] {
                if (!cell.url.empty()) return h.el("a", {at("href", cell.url)}, cell.text);
                if (cell.tone.empty()) return h.text(cell.text);
                h.el("span", {paper ? cls(cell.tone) : cls(badge_of(cell.tone))}, cell.text);
              };
              if (i == 0) {
                h.el("th",
                     {at("scope", "row"), cls_if(!paper, "fw-normal"), cls_if(columns[0].figure, "text-end numeric")},
                     inside);
                continue;
              }
              h.el("td", {at_if(!paper, "data-label", columns[i].label), cls_if(columns[i].figure, "text-end numeric")},
                   inside);
            }
          });
        }
      });
    });
  };
  if (paper) return table();
  h.el("div", {cls("table-responsive")}, table);
}

void write_loss_summary(HtmlWriter& h, const LossView& view) {
  const LossAnalysis& analysis = view.analysis;
  auto words = [&](const LossFigures& figures) {
    const LossLevel& bad = figures.levels[2];
    return fmt::format("{} of loss in an average year, and more than {} in one year out of twenty",
                       view.money(figures.exact_mean), view.money(bad.loss));
  };
  std::string text = fmt::format("With today's controls: {}.", words(analysis.now));
  if (analysis.planned) text += fmt::format(" With the plan carried out: {}.", words(*analysis.planned));
  h.el("p", {at_if(!view.paper, "role", "status"), cls_if(!view.paper, "mb-2")}, text);
}

void write_loss_curve(HtmlWriter& h, const LossView& view) {
  const LossAnalysis& analysis = view.analysis;
  std::vector<ChartSeries> series{{.label = "Today", .tone = "first", .points = analysis.now.curve}};
  if (analysis.planned)
    series.push_back({.label = "With the plan", .tone = "third", .points = analysis.planned->curve});
  ChartSeries limit{.label = "Tolerated", .tone = "limit", .points = {}, .dots = true};
  for (const ToleranceCheck& check : analysis.tolerance) limit.points.emplace_back(check.loss, check.tolerated);
  if (!limit.points.empty()) series.push_back(std::move(limit));
  loss_part(h, view.paper, "curve", "Loss exceedance curve",
            "How probable it is that a year costs more than a given amount.", [&] {
              if (analysis.now.curve.empty())
                return h.el("p", {cls_if(!view.paper, "card-body mb-0")}, "No simulated year brought a loss.");
              loss_picture(h, view.paper, "loss exceedance curve", [&] {
                line_chart(h, "Loss exceedance curve; the tables below give its figures", series, loss_axes(view));
              });
            });
}

void write_loss_tolerance(HtmlWriter& h, const LossView& view) {
  const LossAnalysis& analysis = view.analysis;
  if (analysis.tolerance.empty()) return;
  std::vector<LossColumn> columns{{"Loss in a year above", false}, {"Tolerated"}, {"Today"}};
  if (analysis.planned) columns.push_back({"With the plan"});
  columns.push_back({"Verdict today", false});
  if (analysis.planned) columns.push_back({"with the plan", false});
  std::vector<std::vector<LossCell>> rows;
  bool above = false, above_planned = false;
  for (const ToleranceCheck& check : analysis.tolerance) {
    std::string_view tone = tone_of_check(check.now, check.error, check.tolerated);
    above = above || check.now > check.tolerated;
    above_planned = above_planned || (check.planned && *check.planned > check.tolerated);
    std::vector<LossCell> row{{view.money(check.loss)}, {loss_chance(check.tolerated)}, {loss_chance(check.now)}};
    if (check.planned) row.push_back({loss_chance(*check.planned)});
    row.push_back(verdict_cell(tone));
    if (check.planned) row.push_back(verdict_cell(tone_of_check(*check.planned, check.error, check.tolerated)));
    rows.push_back(std::move(row));
  }
  auto crossings = [&](std::string_view whose, const std::vector<double>& losses, bool above) {
    std::string at;
    for (std::size_t i = 0; i < losses.size(); ++i)
      at += (i == 0 ? "" : i + 1 == losses.size() ? " and " : ", ") + view.money(losses[i]);
    if (at.empty())
      return fmt::format("{} {} the tolerance throughout. ", whose, above ? "lies above" : "stays within");
    return fmt::format("{} crosses the tolerance at {}. ", whose, at);
  };
  std::string lead = crossings("Today's curve", analysis.crossings, above);
  if (analysis.planned) lead += crossings("With the plan it", analysis.crossings_planned, above_planned);
  loss_part(h, view.paper, "tolerance", "Against the loss tolerance", lead,
            [&] { loss_table(h, view.paper, "Tolerated and simulated probabilities", columns, rows); });
}

void write_loss_levels(HtmlWriter& h, const LossView& view) {
  const LossAnalysis& analysis = view.analysis;
  std::vector<LossColumn> columns{
      {"Not surpassed in", false}, {"Value at risk"}, {"between (95 % sure)"}, {"Expected shortfall"}};
  if (analysis.planned) columns.insert(columns.end(), {{"Value at risk, plan"}, {"Expected shortfall, plan"}});
  std::vector<std::vector<LossCell>> rows;
  for (std::size_t i = 0; i < analysis.now.levels.size(); ++i) {
    const LossLevel& level = analysis.now.levels[i];
    std::vector<LossCell> row{{fmt::format("{} of the years", percentage(level.p, level.p > 0.99 ? 1 : 0))},
                              {view.money(level.loss)},
                              {fmt::format("{} – {}", loss_money(level.least), loss_money(level.most))},
                              {view.money(level.shortfall)}};
    if (analysis.planned) {
      row.push_back({view.money(analysis.planned->levels[i].loss)});
      row.push_back({view.money(analysis.planned->levels[i].shortfall)});
    }
    rows.push_back(std::move(row));
  }
  loss_part(h, view.paper, "levels", "Bad years",
            "The value at risk is surpassed in the rest of the years; the expected shortfall is the mean of those.",
            [&] { loss_table(h, view.paper, "Value at risk and expected shortfall", columns, rows); });
}

void write_loss_shares(HtmlWriter& h, const LossView& view) {
  const LossAnalysis& analysis = view.analysis;
  std::vector<std::size_t> order(analysis.risks.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  auto expected = [&](std::size_t i) { return view.risk(analysis.risks[i]).scenario()->mean(); };
  std::ranges::stable_sort(order, std::greater(), expected);
  std::vector<LossColumn> columns{{"Risk", false},          {"Expected loss"}, {"Share"},
                                  {"A year with an event"}, {"Events a year"}, {"Loss of one event"}};
  if (analysis.planned) columns.push_back({"Expected, with the plan"});
  std::vector<std::vector<LossCell>> rows;
  for (std::size_t i : order) {
    const EstimatedRisk& each = view.risk(analysis.risks[i]);
    const LossScenario scenario = *each.scenario();
    std::vector<LossCell> row{risk_cell(view, analysis.risks[i]),
                              {view.money(scenario.mean())},
                              {percentage(scenario.mean() / analysis.now.exact_mean)},
                              {loss_chance(analysis.shares[i].any)},
                              {decimal(scenario.frequency.mean(), 2)},
                              {view.money(scenario.loss.mean())}};
    if (analysis.planned) row.push_back({each.has_plan() ? view.money(each.scenario_planned()->mean()) : "no plan"});
    rows.push_back(std::move(row));
  }
  loss_part(h, view.paper, "risks", "Where the loss comes from",
            "Expected losses follow from the ranges and are exact for them.",
            [&] { loss_table(h, view.paper, "Risks by their share of the expected loss", columns, rows); });
}

void write_loss_swings(HtmlWriter& h, const LossView& view) {
  const LossAnalysis& analysis = view.analysis;
  if (analysis.swings.empty()) return;
  std::vector<TornadoBar> bars;
  std::vector<std::vector<LossCell>> rows;
  for (const LossSwing& swing : analysis.swings) {
    const std::string& id = analysis.risks[swing.scenario];
    std::string range = swing.frequency ? fmt::format("{} – {}", decimal(swing.low, 3), decimal(swing.high, 3))
                                        : fmt::format("{} – {}", loss_money(swing.low), loss_money(swing.high));
    std::string what = fmt::format("{}: {}", id, swing_words(swing));
    bars.push_back({what, swing.mean_low, swing.mean_high,
                    fmt::format("{} {}: expected loss {} to {}", what, range, view.money(swing.mean_low),
                                view.money(swing.mean_high))});
    rows.push_back({{fmt::format("{} {}: {}", id, shorten(view.risk(id).risk.title, 60), swing_words(swing))},
                    {range},
                    {fmt::format("{} – {}", loss_money(swing.mean_low), loss_money(swing.mean_high))},
                    {fmt::format("{} – {}", loss_money(swing.bad_year_low), loss_money(swing.bad_year_high))}});
  }
  loss_part(h, view.paper, "sensitivity", "What the result hangs on",
            "One input at a time at its low and at its high end, the others as estimated. The widest bar is where a "
            "better estimate is worth most.",
            [&] {
              loss_picture(h, view.paper, "sensitivity", [&] {
                tornado_chart(h, "Sensitivity of the expected loss; the table below gives its figures", bars,
                              analysis.now.exact_mean, loss_money_short);
              });
              loss_table(h, view.paper, "Sensitivity of the expected loss and of the 95 % year",
                         {{"Input", false}, {"from – to"}, {"Expected loss"}, {"95 % year"}}, rows);
            });
}

void write_loss_returns(HtmlWriter& h, const LossView& view) {
  auto all = return_on_control(view.portfolio);
  if (!all) return;
  std::vector<std::vector<LossCell>> rows;
  auto row = [&](LossCell head, const ReturnOnControl& value) {
    auto rate = value.rate();
    rows.push_back({std::move(head),
                    {view.money(value.before)},
                    {view.money(value.after)},
                    {view.money(value.reduction())},
                    {view.money(value.cost)},
                    {rate ? percentage(*rate) : std::string("no cost given"),
                     {},
                     !rate        ? ""
                     : *rate >= 0 ? "good"
                                  : "bad"}});
  };
  std::vector<const EstimatedRisk*> planned;
  for (const EstimatedRisk& each : view.portfolio.risks) {
    if (each.has_plan()) planned.push_back(&each);
  }
  std::ranges::stable_sort(planned, std::greater(),
                           [](const EstimatedRisk* each) { return return_on_control(*each)->rate().value_or(1e9); });
  for (const EstimatedRisk* each : planned) row(risk_cell(view, each->risk.id), *return_on_control(*each));
  if (planned.size() > 1) row({"All plans"}, *all);
  std::string lead =
      "The expected loss that the plan takes away, less its cost, over its cost: above 0 % the controls pay for "
      "themselves in an average year.";
  if (all->cost > 0) {
    lead += fmt::format(" In {} of the simulated years they save more than they cost{}.",
                        loss_chance(view.analysis.pays_off),
                        view.analysis.pays_off < 0.5 && all->rate().value_or(0) > 0
                            ? ": they pay in the rare bad years, as insurance does"
                            : "");
  }
  loss_part(h, view.paper, "return", "Return on control", lead, [&] {
    loss_table(h, view.paper, "Return on control by risk",
               {{"Risk", false}, {"Expected today"}, {"With the plan"}, {"Reduction"}, {"Cost a year"}, {"Return"}},
               rows);
  });
}

void write_loss_convergence(HtmlWriter& h, const LossView& view) {
  const LossAnalysis& analysis = view.analysis;
  std::vector<std::vector<LossCell>> rows;
  ChartSeries mean{.label = "Mean", .tone = "first", .points = {}, .dots = true};
  ChartSeries low{.label = "95 % interval, lower end", .tone = "limit", .points = {}},
      high{.label = "upper end", .tone = "limit", .points = {}};
  for (const LossCheckpoint& step : analysis.convergence) {
    const auto years = static_cast<double>(step.trials);
    mean.points.emplace_back(years, step.mean);
    low.points.emplace_back(years, std::max(0.0, step.mean - 1.96 * step.error));
    high.points.emplace_back(years, step.mean + 1.96 * step.error);
    rows.push_back({{grouped(static_cast<std::int64_t>(step.trials))},
                    {view.money(step.mean)},
                    {"± " + loss_money(1.96 * step.error)},
                    {view.money(step.bad_year)}});
  }
  const LossFigures& now = analysis.now;
  std::string lead = fmt::format("The simulated mean is {} ± {}; the exact one is {}.", view.money(now.mean),
                                 loss_money(1.96 * now.error), view.money(now.exact_mean));
  if (analysis.enough_years > 0) {
    lead += fmt::format(" {} years bring the mean to within 1 % of itself{}.",
                        grouped(static_cast<std::int64_t>(analysis.enough_years)),
                        analysis.enough_years <= analysis.question.years ? ", and this run has as many" : "");
  }
  loss_part(h, view.paper, "convergence", "Are there enough years?", lead, [&] {
    std::vector<ChartSeries> series{mean, high, low};
    loss_picture(h, view.paper, "convergence of the mean", [&] {
      line_chart(h, "Mean loss over the simulated years; the table below gives its figures", series,
                 {.x_label = "Simulated years",
                  .y_label = "Loss",
                  .x_text = loss_money_short,
                  .y_text = loss_money_short,
                  .log_x = true,
                  .y_from_zero = false});
    });
    loss_table(h, view.paper, "Mean and 95 % year as the years come in",
               {{"Years", false}, {"Mean"}, {"95 % interval"}, {"95 % year"}}, rows);
  });
}

void write_loss_method(HtmlWriter& h, const LossView& view) {
  const LossQuestion& question = view.analysis.question;
  loss_part(h, view.paper, "method", "How this was worked out", {}, [&] {
    auto text = [&] {
      h.el("p", fmt::format(
                    "{} years were simulated for {} {}. In each, every risk happens as often as a Poisson process with "
                    "a rate drawn from its range says, and each event costs an "
                    "amount drawn from its range. {} The seed {} and the estimates give the same figures again on any "
                    "machine.",
                    grouped(static_cast<std::int64_t>(question.years)), view.analysis.risks.size(),
                    view.analysis.risks.size() == 1 ? "risk" : "risks",
                    question.correlation > 0
                        ? fmt::format(
                              "Years are good or bad together: the counts of any two risks are correlated with {} %.",
                              question.correlation)
                        : std::string("The risks are independent of each other."),
                    question.seed));
      h.el("p", {cls("mb-0")},
           "A simulation knows what was estimated and no more: losses that nobody thought of are not in it.");
    };
    if (view.paper) return text();
    h.el("div", {cls("card-body")}, text);
  });
}

}  // namespace assay
