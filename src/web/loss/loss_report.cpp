// The report of quantitative risk: on the screen, as PDF, as a workbook, and issued for good.
#include <fmt/format.h>

#include "base/random.h"
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

  std::string url() const { return "/risks/loss/report" + query; }
  std::string pdf_url() const { return fmt::format("/risks/loss/report/{}-{}-{}/pdf", analysis->question.years, analysis->question.seed, analysis->question.correlation); }
};

// What the path of a file names: "100000-1-0", years, seed and correlation.
Result<LossQuestion> question_of_path(const Visit& visit) {
  auto parts = split(visit.request.param("question"), '-');
  if (parts.size() != 3) return fail(ErrorKind::not_found, "There is no page at this address.");
  return LossQuestion::parse(parts[1], parts[0], parts[2]);
}

Result<LossReport> report_asked(Visit& visit, const Result<LossQuestion>& asked) {
  LossReport out;
  TRY(LossQuestion question, asked);
  TRY(out.portfolio, loss_portfolio(visit.tenant.registers, visit.principal));
  if (out.portfolio.estimated().empty()) return fail(ErrorKind::not_found, "No risk has an estimate in figures yet, so there is nothing to report.");
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
  paper.state = issued ? fmt::format("Issued {} by {}", today, visit.principal.name) : fmt::format("Draft of {}, not issued", today);
  const LossQuestion& question = report.analysis->question;
  paper.facts = {{"State of", today},
                 {"Risks", fmt::format("{} estimated, {} not", report.portfolio.estimated().size(), report.portfolio.unestimated().size())},
                 {"Simulation", fmt::format("{} years, seed {}, correlation {} %", grouped(static_cast<std::int64_t>(question.years)), question.seed, question.correlation)}};
  if (const auto& tolerance = report.portfolio.tolerance) {
    paper.facts.emplace_back("Loss tolerance", tolerance->approved_on ? fmt::format("{}, approved {}", tolerance->id, report.letterhead.day(tolerance->approved_on->iso()))
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
    loss_table(h, true, "Estimates and where they come from", {{"Risk", false}, {"Events a year", false}, {"Loss of one event", false}, {"Source", false}}, rows);
  };
}

bool may_issue(const Visit& visit, const LossReport& report) {
  return report.portfolio.tolerance && (visit.may(Action::change, LossTolerance::def()) || visit.may(Action::step, LossTolerance::def()));
}

Result<PdfDesk::Progress> draft_progress(Visit& visit, const LossReport& report) {
  return visit.tenant.pdfs.ask(paper_html(report.letterhead, paper_of(visit, report, false), body_of(report)));
}

PdfPage pdf_page_of(const LossReport& report) {
  Frame frame = loss_frame("PDF of the report");
  return {std::move(frame), report.pdf_url(), report.url(), "Back to the report", "Quantitative risk report.pdf"};
}

}  // namespace

Response loss_report_page(Visit& visit) {
  auto report = report_asked(visit, asked_loss_question(visit.request.query));
  if (!report) return error_page(visit, report.error());
  auto issues = visit.tenant.issues.list(visit.principal, "loss_report");
  Frame frame = loss_frame("Quantitative risk report");
  HtmlWriter actions(2048);
  actions.el("a", {cls("btn"), at("href", report->pdf_url())}, [&] {
    actions.add(icon("file-download"));
    actions.text("PDF");
  });
  actions.el("a", {cls("btn"), at("href", "/risks/loss/report.xlsx" + report->query)}, "XLSX");
  if (may_issue(visit, *report)) {
    actions.el("form", {at("method", "post"), at("action", "/risks/loss/report/issue")}, [&] {
      hidden_csrf(actions, visit);
      const LossQuestion& question = report->analysis->question;
      actions.leaf("input", {at("type", "hidden"), at("name", "years"), at("value", static_cast<std::int64_t>(question.years))});
      actions.leaf("input", {at("type", "hidden"), at("name", "seed"), at("value", static_cast<std::int64_t>(question.seed))});
      actions.leaf("input", {at("type", "hidden"), at("name", "correlation"), at("value", question.correlation)});
      actions.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Issue");
    });
  }
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (!report->portfolio.tolerance) h.el("div", {cls("alert alert-info")}, "The report can be issued once the loss tolerance is set.");
    paper_on_screen(h, report->letterhead, paper_of(visit, *report, false), body_of(*report));
    if (issues && !issues->empty()) section(h, "issued", "Issued reports", {}, [&] { issue_list(h, *issues, report->letterhead); });
  });
}

Response loss_report_pdf(Visit& visit) {
  auto report = report_asked(visit, question_of_path(visit));
  if (!report) return error_page(visit, report.error());
  return pdf_answer(visit, pdf_page_of(*report), draft_progress(visit, *report));
}

Response loss_report_pdf_progress(Visit& visit) {
  auto report = report_asked(visit, question_of_path(visit));
  if (!report) return error_page(visit, report.error());
  return pdf_progress_answer(pdf_page_of(*report), draft_progress(visit, *report));
}

Response loss_report_xlsx(Visit& visit) {
  auto report = report_asked(visit, asked_loss_question(visit.request.query));
  if (!report) return error_page(visit, report.error());
  std::filesystem::path folder = visit.site.options.temp_folder;
  if (folder.empty()) folder = std::filesystem::temp_directory_path();
  auto file = std::make_shared<VanishingFile>(folder / ("loss-" + random_token(12) + ".xlsx"));
  if (auto written = write_loss_workbook(file->path(), folder, report->portfolio, *report->analysis); !written) return error_page(visit, written.error());
  std::string name = fmt::format("quantitative-risk-{}.xlsx", visit.tenant.workspace->clock().today().iso());
  Response response = Response::download(file->path(), name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  response.keep_alive = file;
  return response;
}

Response issue_loss_report(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto report = report_asked(visit, asked_loss_question(form->fields));
  if (!report) return error_page(visit, report.error());
  if (!report->portfolio.tolerance) return error_page(visit, {ErrorKind::invalid, "The report can be issued once the loss tolerance is set.", {}, {}, {}});
  auto about = visit.tenant.registers.read(visit.principal, LossTolerance::def(), report->portfolio.tolerance->id);
  if (!about) return error_page(visit, about.error());
  NewIssue issue{.kind = "loss_report", .title = "Quantitative risk report", .edition = visit.tenant.workspace->clock().today().iso(), .approver = {},
                 .content = loss_facts(report->portfolio, *report->analysis), .html = paper_html(report->letterhead, paper_of(visit, *report, true), body_of(*report))};
  auto number = visit.tenant.issues.issue(visit.principal, *about, issue);
  if (!number) return error_page(visit, number.error());
  return done(visit, issue_url(*number), "The report is issued. It never changes from now on.");
}

}  // namespace assay
