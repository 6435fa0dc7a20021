// The report of a gap analysis: on the screen, as a PDF, and issued for good.
#include <fmt/format.h>

#include <algorithm>

#include "web/assets.h"
#include "web/gap/gap_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

constexpr std::string_view issue_kind = "gap_report";

// All that the report tells.
struct GapReport {
  GapDesk desk;
  std::vector<TypicalFinding> typical;
  GapEstimateView estimate;
  std::optional<GapDesk> before;
  Letterhead letterhead;
  Date today;
};

Result<GapReport> read_report(Visit& visit) {
  TRY(GapDesk desk, read_gap_desk(visit));
  TRY(TypicalCounts counts, typical_counts(visit.tenant.registers, visit.principal));
  TRY(GapEstimateFacts facts, gap_estimate_facts(visit.tenant.registers, visit.principal, desk.analysis));
  TRY(auto analyses, read_gap_analyses(visit.tenant.registers, visit.principal));
  TRY(Letterhead letterhead, letterhead_of(visit));
  GapReport out{std::move(desk),       typical_gap_findings(counts),           {facts, gap_estimate(facts.basis)}, {},
                std::move(letterhead), visit.tenant.workspace->clock().today()};
  for (GapAnalysis& other : analyses) {
    bool earlier =
        other.record.id != out.desk.id() && other.assessment.performed_on < out.desk.analysis.assessment.performed_on;
    if (!earlier) continue;
    TRY(GapDesk before, gap_desk_of(visit, std::move(other)));
    out.before = std::move(before);
    break;
  }
  return out;
}

Paper paper_of(const GapReport& report) {
  const GapAssessment& assessment = report.desk.analysis.assessment;
  GapTally tally = gap_tally(report.desk.analysis.items);
  bool approved = report.desk.analysis.approved();
  Paper paper;
  paper.title = "Gap analysis";
  paper.edition = report.letterhead.day(assessment.performed_on.iso());
  paper.draft = !approved;
  paper.landscape = true;
  paper.state =
      approved ? fmt::format("Approved{} by {}",
                             assessment.approved_on ? " " + report.letterhead.day(assessment.approved_on->iso()) : "",
                             report.desk.person(assessment.approved_by))
               : std::string("Draft, not approved by the sponsor");
  paper.facts = {{"Performed on", report.letterhead.day(assessment.performed_on.iso())},
                 {"Assessor", assessment.assessor ? report.desk.person(assessment.assessor) : std::string("–")},
                 {"Standard", "ISO/IEC " + assessment.edition},
                 {"Answered", fmt::format("{} of {} questions", tally.answered(), tally.asked)},
                 {"Conformity", fmt::format("{} of the applicable requirements are met; {} gaps",
                                            percentage(tally.conformity()), tally.gaps())}};
  auto figure = [](const std::optional<double>& value) { return value ? money(*value) : std::string("not estimated"); };
  paper.facts.emplace_back(
      "Adopted estimate", fmt::format("{} person-days; tools {}; consultancy {}", figure(assessment.effort_person_days),
                                      figure(assessment.tooling_cost), figure(assessment.consultancy_cost)));
  if (assessment.assumptions) paper.facts.emplace_back("Assumptions", *assessment.assumptions);
  return paper;
}

PaperBody body_of(const Visit& visit, const GapReport& report) {
  return [&](HtmlWriter& h) {
    const GapDesk& desk = report.desk;
    auto part = [&](std::string_view title) { h.el("h2", title); };
    part("Result by chapter and theme");
    write_gap_tally(h, desk, true);
    part("Typical gaps of new organisations");
    h.el("p", {cls("note")},
         fmt::format("Recognised from the registers as they were on {}.", report.letterhead.day(report.today.iso())));
    write_typical_gaps(h, visit, desk, report.typical, true);
    part("Roadmap");
    h.el("p", {cls("note")}, roadmap_rule);
    Roadmap roadmap = desk.analysis.roadmap();
    RoadmapCapacity capacity = desk.analysis.capacity();
    h.el("p", {cls("note")},
         fmt::format("Capacity: {} persons with {} days a week each, from {}.", decimal(capacity.persons, 1),
                     decimal(capacity.days_a_week, 1), report.letterhead.day(capacity.from.iso())));
    if (roadmap.steps.empty()) h.el("p", "There is no gap to close.");
    else write_gap_roadmap(h, desk, roadmap, report.today, true);
    part("Estimate");
    write_gap_estimate(h, desk, report.estimate, true);
    part("Gaps in the clauses");
    write_gap_register(h, desk, GapItemDimension::clause, true);
    part("Gaps in the controls");
    write_gap_register(h, desk, GapItemDimension::control, true);
    part("Conformance by clause");
    write_gap_matrix(h, desk, GapItemDimension::clause, true);
    part("Coverage of Annex A");
    write_gap_matrix(h, desk, GapItemDimension::control, true);
    if (report.before) {
      part("Since the analysis before");
      write_gap_changes(h, *report.before, desk, true);
    }
  };
}

std::string report_html(const Visit& visit, const GapReport& report) {
  return paper_html(report.letterhead, paper_of(report), body_of(visit, report));
}

// The facts of an issue, for comparisons: the result of each question.
std::string content_of(const GapReport& report) {
  std::string out = "{";
  for (const GapItem& item : report.desk.analysis.items) {
    out += fmt::format("{}\"{}\":\"{}\"", out.size() > 1 ? "," : "", gap_key(item),
                       choices_of<GapItemResult>[static_cast<std::size_t>(item.result)].name);
  }
  return out + "}";
}

Response show_report(Visit& visit, const GapReport& report, const Error* error) {
  const GapDesk& desk = report.desk;
  auto issues = visit.tenant.issues.list(visit.principal, issue_kind, "gap_assessment", desk.id());
  Frame frame = gap_frame(desk, "Report");
  if (error) frame.status = status_of(error->kind);
  bool may_issue = visit.may(Action::change, GapAssessment::def(), &desk.analysis.record) ||
                   visit.may(Action::step, GapAssessment::def(), &desk.analysis.record);
  HtmlWriter actions(1024);
  actions.el("a", {cls("btn"), at("href", gap_url(desk.id(), "workbook"))}, [&] {
    actions.add(icon("file-type-xls"));
    actions.text("XLSX");
  });
  actions.el("a", {cls("btn"), at("href", gap_url(desk.id(), "report/pdf"))}, [&] {
    actions.add(icon("file-download"));
    actions.text("PDF");
  });
  if (may_issue) {
    actions.el("form",
               {at("method", "post"), at("action", gap_url(desk.id(), "report/issue")),
                at("data-confirm", "Issue this report? It is kept for good as it stands now.")},
               [&] {
                 hidden_csrf(actions, visit);
                 actions.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
                   actions.add(icon("file-certificate"));
                   actions.text("Issue");
                 });
               });
  }
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    gap_tabs(h, desk, "report");
    if (issues && !issues->empty())
      section(h, "issued", "Issued", {}, [&] { issue_list(h, *issues, report.letterhead); });
    paper_on_screen(h, report.letterhead, paper_of(report), body_of(visit, report));
  });
}

}  // namespace

Response gap_report_page(Visit& visit) {
  auto report = read_report(visit);
  return report ? show_report(visit, *report, nullptr) : error_page(visit, report.error());
}

Result<PdfWork> gap_report_pdf(Visit& visit) {
  TRY(GapReport report, read_report(visit));
  return PdfWork{gap_frame(report.desk, "PDF of the report"), gap_url(report.desk.id(), "report"), "Back to the report",
                 fmt::format("Gap analysis {}.pdf", report.desk.analysis.assessment.performed_on.iso()),
                 visit.tenant.pdfs.ask(report_html(visit, report))};
}

Response gap_report_issue(Visit& visit) {
  auto report = read_report(visit);
  if (!report) return error_page(visit, report.error());
  const GapDesk& desk = report->desk;
  NewIssue issue{std::string(issue_kind),
                 "Gap analysis",
                 desk.analysis.assessment.performed_on.iso(),
                 desk.person(desk.analysis.assessment.approved_by),
                 content_of(*report),
                 report_html(visit, *report)};
  auto number = visit.tenant.issues.issue(visit.principal, desk.analysis.record, issue);
  if (!number) return show_report(visit, *report, &number.error());
  return done(visit, issue_url(*number), "The report was issued.");
}

}  // namespace assay
