// The report of quantitative risk: on the screen, as PDF, as a workbook, and issued for good.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/loss/loss_view.h"
#include "workflows/loss/loss_workbook.h"

namespace assay {
namespace {

// All that the report is made of.
struct LossReport {
  LossPortfolio portfolio;
  std::shared_ptr<const LossAnalysis> analysis;
  Letterhead letterhead;
  std::string query;
};

Result<LossReport> report_asked(Visit& visit, const Result<LossQuestion>& asked) {
  LossReport out;
  TRY(LossQuestion question, asked);
  TRY(out.portfolio, loss_portfolio(visit.tenant.registers, visit.principal));
  if (out.portfolio.estimated().empty())
    return fail(ErrorKind::not_found, "No risk has an estimate in figures yet, so there is nothing to report.");
  TRY(out.analysis, loss_desk().analysis(out.portfolio, question));
  TRY(out.letterhead, letterhead_of(visit));
  out.query = loss_query(question);
  return out;
}

Paper paper_of(const Visit& visit, const LossReport& report, bool issued) {
  std::string today = report.letterhead.day(visit.tenant.workspace->clock().today().iso());
  Paper paper;
  paper.title = "Quantitative risk report";
  paper.draft = !issued;
  paper.state = issued ? fmt::format("Issued {} by {}", today, visit.principal.name)
                       : fmt::format("Draft of {}, not issued", today);
  const LossQuestion& question = report.analysis->question;
  paper.facts = {{"State of", today},
                 {"Risks", fmt::format("{} estimated, {} not", report.portfolio.estimated().size(),
                                       report.portfolio.unestimated().size())},
                 {"Simulation",
                  fmt::format("{} years, seed {}, correlation {} %", grouped(static_cast<std::int64_t>(question.years)),
                              question.seed, question.correlation)}};
  if (const auto& tolerance = report.portfolio.tolerance) {
    paper.facts.emplace_back("Loss tolerance", tolerance->approved_on
                                                   ? fmt::format("{}, approved {}", tolerance->id,
                                                                 report.letterhead.day(tolerance->approved_on->iso()))
                                                   : fmt::format("{}, not approved", tolerance->id));
  }
  return paper;
}

PaperBody body_of(const LossReport& report) {
  return [&report](HtmlWriter& h) {
    LossView view{report.portfolio, *report.analysis, true};
    write_loss_summary(h, view);
    write_loss_curve(h, view);
    write_loss_tolerance(h, view);
    write_loss_levels(h, view);
    write_loss_shares(h, view);
    write_loss_returns(h, view);
    write_loss_swings(h, view);
    write_loss_convergence(h, view);
    write_loss_method(h, view);
    h.el("h2", "The estimates");
    std::vector<std::vector<LossCell>> rows;
    for (const EstimatedRisk* each : report.portfolio.estimated()) {
      auto row = [&](const LossEstimate& estimate, std::string_view situation) {
        const LossScenario scenario = *estimate.scenario();
        rows.push_back({{fmt::format("{}, {}", each->risk.id, situation)},
                        {range_words(scenario.frequency, [](double value) { return decimal(value, 3); })},
                        {range_words(scenario.loss, [](double value) { return loss_money(value); })},
                        {estimate.rationale}});
      };
      row(*each->now, "today");
      if (each->has_plan()) row(*each->planned, "with the plan");
    }
    loss_table(h, true, "Estimates and where they come from",
               {{"Risk", false}, {"Events a year", false}, {"Loss of one event", false}, {"Source", false}}, rows);
  };
}

bool may_issue(const Visit& visit, const LossReport& report) {
  return report.portfolio.tolerance &&
         (visit.may(Action::change, LossTolerance::def()) || visit.may(Action::step, LossTolerance::def()));
}

}  // namespace

Response loss_report_page(Visit& visit) {
  auto report = report_asked(visit, asked_loss_question(visit.request.query));
  if (!report) return error_page(visit, report.error());
  auto issues = visit.tenant.issues.list(visit.principal, "loss_report");
  Frame frame = loss_frame("Quantitative risk report");
  HtmlWriter actions(2048);
  actions.el("a", {cls("btn"), at("href", "/risks/loss/report/pdf" + report->query)}, [&] {
    actions.add(icon("file-download"));
    actions.text("PDF");
  });
  actions.el("a", {cls("btn"), at("href", "/risks/loss/report.xlsx" + report->query)}, "XLSX");
  if (may_issue(visit, *report)) {
    actions.el("form", {at("method", "post"), at("action", "/risks/loss/report/issue")}, [&] {
      hidden_csrf(actions, visit);
      const LossQuestion& question = report->analysis->question;
      actions.leaf("input",
                   {at("type", "hidden"), at("name", "years"), at("value", static_cast<std::int64_t>(question.years))});
      actions.leaf("input",
                   {at("type", "hidden"), at("name", "seed"), at("value", static_cast<std::int64_t>(question.seed))});
      actions.leaf("input", {at("type", "hidden"), at("name", "correlation"), at("value", question.correlation)});
      actions.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Issue");
    });
  }
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (!report->portfolio.tolerance)
      h.el("div", {cls("alert alert-info")}, "The report can be issued once the loss tolerance is set.");
    paper_on_screen(h, report->letterhead, paper_of(visit, *report, false), body_of(*report));
    if (issues && !issues->empty())
      section(h, "issued", "Issued reports", {}, [&] { issue_list(h, *issues, report->letterhead); });
  });
}

Result<PdfWork> loss_report_pdf(Visit& visit) {
  TRY(LossReport report, report_asked(visit, asked_loss_question(visit.request.query)));
  return PdfWork{loss_frame("PDF of the report"), "/risks/loss/report" + report.query, "Back to the report",
                 "Quantitative risk report.pdf",
                 visit.tenant.pdfs.ask(paper_html(report.letterhead, paper_of(visit, report, false), body_of(report)))};
}

Response loss_report_xlsx(Visit& visit) {
  auto report = report_asked(visit, asked_loss_question(visit.request.query));
  if (!report) return error_page(visit, report.error());
  const std::string name =
      fmt::format("Quantitative risk report {}.xlsx", visit.tenant.workspace->clock().today().iso());
  return workbook_answer(visit, name, [&](XlsxWriter& writer) {
    return write_loss_workbook(report->portfolio, *report->analysis, writer);
  });
}

Response issue_loss_report(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto report = report_asked(visit, asked_loss_question(form->fields));
  if (!report) return error_page(visit, report.error());
  if (!report->portfolio.tolerance)
    return error_page(visit,
                      {ErrorKind::invalid, "The report can be issued once the loss tolerance is set.", {}, {}, {}});
  auto about = visit.tenant.registers.read(visit.principal, LossTolerance::def(), report->portfolio.tolerance->id);
  if (!about) return error_page(visit, about.error());
  NewIssue issue{.kind = "loss_report",
                 .title = "Quantitative risk report",
                 .edition = visit.tenant.workspace->clock().today().iso(),
                 .approver = {},
                 .content = loss_facts(report->portfolio, *report->analysis),
                 .html = paper_html(report->letterhead, paper_of(visit, *report, true), body_of(*report))};
  auto number = visit.tenant.issues.issue(visit.principal, *about, issue);
  if (!number) return error_page(visit, number.error());
  return done(visit, issue_url(*number), "The report is issued. It never changes from now on.");
}

}  // namespace assay
