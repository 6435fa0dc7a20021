// Quantitative risk: the portfolio page, and the list of the routes.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/loss/loss_view.h"

namespace assay {
namespace {

constexpr std::size_t most_unestimated = 15;

bool may_estimate(const Visit& visit) { return visit.may(Action::create, LossEstimate::def()); }

void link_button(HtmlWriter& h, std::string_view classes, std::string_view icon_name, std::string_view url,
                 std::string_view label) {
  h.el("a", {cls(classes), at("href", url)}, [&] {
    h.add(icon(icon_name));
    h.text(label);
  });
}

// The inputs of a simulation; `problems` with their names as places.
void write_question(HtmlWriter& h, const Visit& visit, const LossQuestion& question, const Problems* problems) {
  FormState state{problems};
  section(h, "simulate", "Simulate again", {}, [&] {
    h.el("form", {at("method", "get"), at("action", "/risks/loss")}, [&] {
      h.el("div", {cls("card-body row")}, [&] {
        auto number = [&](std::string_view name, std::string_view label, std::string_view help, std::int64_t value,
                          std::int64_t least, std::int64_t most) {
          std::string id = fmt::format("f-{}", name), problem = state.problem_of(name);
          std::string typed(visit.request.query_value(name));
          h.el("div", {cls("col-md-4 mb-3")}, [&] {
            h.el("label", {cls("form-label"), at("for", id)}, label);
            h.leaf("input", {at("type", "number"), cls("form-control"), cls_if(!problem.empty(), "is-invalid"),
                             at("id", id), at("name", name), at("min", least), at("max", most), at("step", "any"),
                             at("value", problem.empty() ? std::to_string(value) : typed),
                             at_if(!problem.empty(), "aria-invalid", "true"),
                             at("aria-describedby", id + (problem.empty() ? "-help" : "-problem"))});
            if (!problem.empty())
              h.el("div", {cls("invalid-feedback d-block"), at("id", id + "-problem")},
                   fmt::format("{} {}", label, problem));
            h.el("small", {cls("form-hint"), at("id", id + "-help")}, help);
          });
        };
        number("years", "Simulated years",
               fmt::format("{} to {}; more give a steadier tail.", grouped(LossRun::least_trials),
                           grouped(LossRun::most_trials)),
               static_cast<std::int64_t>(question.years), LossRun::least_trials, LossRun::most_trials);
        number("seed", "Seed", "The same seed gives the same figures.", static_cast<std::int64_t>(question.seed), 0,
               LossQuestion::most_seed);
        number("correlation", "Correlation (%)", "0: risks strike independently. 20 to 40: one bad year brings others.",
               question.correlation, 0, LossQuestion::most_correlation);
      });
      h.el("div", {cls("card-footer d-flex justify-content-end")}, [&] {
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Simulate");
      });
    });
  });
}

void write_unestimated(HtmlWriter& h, const Visit& visit, const LossPortfolio& portfolio) {
  auto missing = portfolio.unestimated();
  if (missing.empty()) return;
  std::size_t shown = std::min(missing.size(), most_unestimated);
  std::string lead =
      missing.size() > shown
          ? fmt::format("{} risks are not in the figures above; those with the highest scores:", missing.size())
          : fmt::format("{} {} not in the figures above.", missing.size(),
                        missing.size() == 1 ? "risk is" : "risks are");
  loss_part(h, false, "unestimated", "Not estimated", lead, [&] {
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (std::size_t i = 0; i < shown; ++i) {
        const Risk& risk = missing[i]->risk;
        h.el("li", {cls("list-group-item d-flex flex-wrap gap-2 align-items-center")}, [&] {
          h.el("a", {cls("flex-fill"), at("href", record_url(Risk::def(), risk.id))},
               fmt::format("{} {}", risk.id, risk.title));
          if (risk.residual_score)
            h.el("span", {cls("text-secondary numeric")}, fmt::format("score {}", decimal(*risk.residual_score, 1)));
          if (may_estimate(visit)) {
            h.el("a",
                 {cls("btn btn-sm"), at("href", loss_entry_url(risk.id, LossSituation::now)),
                  at("aria-label", fmt::format("Estimate {}", risk.id))},
                 "Estimate");
          }
        });
      }
    });
  });
}

// What stands in the way of a verdict: no tolerance, or one that nobody approved.
void write_tolerance_hint(HtmlWriter& h, const Visit& visit, const LossPortfolio& portfolio) {
  const EntityDef& def = LossTolerance::def();
  if (!portfolio.tolerance) {
    h.el("div", {cls("alert alert-info")}, [&] {
      h.text("Nothing says yet which losses the organisation tolerates, or in which currency these figures are. ");
      if (visit.may(Action::create, def))
        h.el("a", {cls("alert-link"), at("href", new_url(def))}, "Set the loss tolerance");
    });
  } else if (portfolio.tolerance->status == LossToleranceStatus::draft) {
    h.el("div", {cls("alert alert-warning")}, [&] {
      h.text("The loss tolerance is a draft: top management has not approved it. ");
      h.el("a", {cls("alert-link"), at("href", record_url(def, portfolio.tolerance->id))}, "Open it");
    });
  }
}

void write_nothing_yet(HtmlWriter& h, const Visit& visit, const LossPortfolio& portfolio) {
  HtmlWriter actions(512);
  auto missing = portfolio.unestimated();
  if (!missing.empty() && may_estimate(visit)) {
    actions.el("a", {cls("btn btn-primary"), at("href", loss_entry_url(missing.front()->risk.id, LossSituation::now))},
               fmt::format("Estimate {}", missing.front()->risk.id));
  }
  if (portfolio.risks.empty()) actions.el("a", {cls("btn"), at("href", list_url(Risk::def()))}, "Risk register");
  empty_state(h, "chart-line", "No risk has an estimate in figures yet",
              "Levels rank risks; figures say what they may cost. Clause 6.1.2 d leaves the way open. Begin with the "
              "few risks that could hurt most: how often in a year, and what one event "
              "costs, each as a range, such as once in ten years to once in two, and 40 000 to 600 000.",
              actions.take());
  write_unestimated(h, visit, portfolio);
}

Response portfolio_page(Visit& visit) {
  auto portfolio = loss_portfolio(visit.tenant.registers, visit.principal);
  if (!portfolio) return error_page(visit, portfolio.error());
  auto question = asked_loss_question(visit.request.query);
  Frame frame = loss_frame("Quantitative risk", false);
  if (!question) {
    frame.status = status_of(question.error().kind);
    return page(visit, frame, [&](HtmlWriter& h) {
      problem_list(h, question.error());
      write_question(h, visit, {}, &question.error().problems);
    });
  }
  if (portfolio->estimated().empty())
    return page(visit, frame, [&](HtmlWriter& h) { write_nothing_yet(h, visit, *portfolio); });
  auto analysis = loss_desk().analysis(*portfolio, *question);
  if (!analysis) return error_page(visit, analysis.error());
  HtmlWriter actions(1024);
  link_button(actions, "btn", "file-text", "/risks/loss/report" + loss_query(*question), "Report");
  link_button(actions, "btn", "file-download", "/risks/loss/report.xlsx" + loss_query(*question), "XLSX");
  if (portfolio->tolerance)
    actions.el("a", {cls("btn"), at("href", record_url(LossTolerance::def(), portfolio->tolerance->id))},
               "Loss tolerance");
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    LossView view{*portfolio, **analysis};
    write_tolerance_hint(h, visit, *portfolio);
    write_loss_summary(h, view);
    h.el("p", {cls("text-secondary")}, [&] {
      h.text(fmt::format("{} simulated years, seed {}, correlation {} %. ",
                         grouped(static_cast<std::int64_t>(question->years)), question->seed, question->correlation));
      h.el("a", {at("href", "#simulate")}, "Simulate again");
    });
    write_loss_curve(h, view);
    write_loss_tolerance(h, view);
    write_loss_levels(h, view);
    write_loss_shares(h, view);
    write_loss_returns(h, view);
    write_loss_swings(h, view);
    write_loss_convergence(h, view);
    write_unestimated(h, visit, *portfolio);
    write_question(h, visit, *question, nullptr);
    write_loss_method(h, view);
  });
}

}  // namespace

std::vector<PageRoute> loss_pages() {
  return {
      kept({"GET", "/risks/loss", portfolio_page}),
      {"GET", "/risks/loss/report", loss_report_page},
      {"GET", "/risks/loss/report.xlsx", loss_report_xlsx},
      {"GET", "/risks/loss/report/pdf", pdf_of(loss_report_pdf)},
      {"POST", "/risks/loss/report/issue", issue_loss_report},
      kept({"GET", "/risks/loss/risk/{risk}", loss_risk_page}),
      {"GET", "/risks/loss/risk/{risk}/{situation}", loss_entry_page},
      {"POST", "/risks/loss/risk/{risk}/{situation}", save_loss_entry},
      {"POST", "/risks/loss/risk/{risk}/{situation}/picture", loss_entry_picture},
  };
}

}  // namespace assay
