// The risk register as a document: on the screen, as PDF, as a workbook, and issued for good.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "isms/organisation/person.h"
#include "isms/risk/risk_assessment_run.h"
#include "web/assets.h"
#include "web/risk/register_paper.h"

namespace assay {
namespace {

constexpr std::string_view issue_kind = "risk_register";

std::string with_query(const Visit& visit, std::string url) {
  return visit.request.query.empty() ? url : url + "?" + join_pairs(visit.request.query);
}

// Issued are results of an assessment (8.2); without one there is nothing to issue.
bool may_issue(const Visit& visit, const RegisterPaper& made) {
  if (!made.run || made.choice.narrowed() || made.risks.empty()) return false;
  return visit.may(Action::change, RiskAssessmentRun::def(), &*made.run) ||
         visit.may(Action::step, RiskAssessmentRun::def(), &*made.run);
}

std::string content_of(const RegisterPaper& made) {
  boost::json::array rows;
  for (const Risk& risk : made.risks) {
    boost::json::object row{
        {"id", risk.id},
        {"title", risk.title},
        {"status", std::string(choices_of<RiskStatus>[static_cast<std::size_t>(risk.status)].name)}};
    for (RiskView view : risk_views) {
      if (auto score = score_of(risk, view)) row[std::string(view_prefix(view)) + "_score"] = *score;
    }
    if (!checks::id_of(risk.owner).empty()) row["owner"] = checks::id_of(risk.owner);
    if (risk.treatment)
      row["treatment"] = std::string(choices_of<RiskTreatment>[static_cast<std::size_t>(*risk.treatment)].name);
    rows.push_back(std::move(row));
  }
  return boost::json::serialize(boost::json::object{{"as_of", made.today.iso()}, {"risks", std::move(rows)}});
}

Html document_actions(const Visit& visit, const RegisterPaper& made) {
  HtmlWriter h(1024);
  auto link = [&](std::string_view url, std::string_view icon_name, std::string_view label) {
    h.el("a", {cls("btn"), at("href", with_query(visit, std::string(url)))}, [&] {
      h.add(icon(icon_name));
      h.text(label);
    });
  };
  link("/risks/document/pdf", "file-type-pdf", "PDF");
  if (visit.may(Action::export_, Risk::def())) link("/risks/document/xlsx", "file-type-xls", "XLSX");
  if (may_issue(visit, made)) {
    h.el("form", {at("method", "post"), at("action", "/risks/document/issue")}, [&] {
      hidden_csrf(h, visit);
      h.el("button",
           {cls("btn btn-primary"), at("type", "submit"),
            at("title", "Keeps the register as it is now for good, as a result of the latest assessment")},
           [&] {
             h.add(icon("file-certificate"));
             h.text("Issue");
           });
    });
  }
  return h.take();
}

}  // namespace

Response risk_document_page(Visit& visit) {
  auto made = register_paper(visit);
  if (!made) return error_page(visit, made.error());
  Frame frame = risk_frame(std::string(register_title) + " as a document", "Clauses 6.1.2 and 8.2");
  if (!made->risks.empty()) frame.actions = document_actions(visit, *made);
  return page(visit, frame, [&](HtmlWriter& h) {
    risk_tabs(h, visit, "/risks/document");
    if (made->risks.empty()) {
      HtmlWriter actions(256);
      actions.el("a", {cls("btn"), at("href", "/risks")}, "Risk register");
      return empty_state(h, "file-text", "There is no risk to print",
                         "Once risks are in the register, they stand here as on paper, to be printed, sent as a "
                         "workbook or issued for good (7.5, 8.2).",
                         actions.take());
    }
    if (auto issues = visit.tenant.issues.list(visit.principal, issue_kind); issues && !issues->empty()) {
      section(h, "issues", "Issued", {}, [&] { issue_list(h, *issues, made->letterhead); });
    }
    if (!made->run)
      h.el("p", {cls("text-secondary")},
           "To issue the register for good, record an assessment first: what is issued is its result.");
    paper_on_screen(h, made->letterhead, register_head(*made, false), register_body(*made));
  });
}

Result<PdfWork> risk_document_pdf(Visit& visit) {
  TRY(RegisterPaper made, register_paper(visit));
  Frame frame = risk_frame("PDF of the risk register", "Clause 8.2");
  std::string back = with_query(visit, "/risks/document");
  frame.crumbs.push_back({"As a document", back});
  return PdfWork{std::move(frame), back, "Back to the document", "Risk register.pdf",
                 visit.tenant.pdfs.ask(paper_html(made.letterhead, register_head(made, false), register_body(made)))};
}

Response risk_document_xlsx(Visit& visit) {
  auto made = register_paper(visit);
  if (!made) return error_page(visit, made.error());
  if (auto allowed = demand(may(visit.principal, Action::export_, Risk::def())); !allowed)
    return error_page(visit, allowed.error());
  return workbook_answer(visit, fmt::format("Risk register {}.xlsx", made->today.iso()),
                         [&](XlsxWriter& writer) { return write_register_workbook(writer, *made); });
}

Response issue_risk_document(Visit& visit) {
  auto made = register_paper(visit);
  if (!made) return error_page(visit, made.error());
  if (!made->run)
    return error_page(
        visit, {ErrorKind::invalid, "There is no assessment of which this register would be the result.", {}, {}, {}});
  if (made->choice.narrowed())
    return error_page(visit, {ErrorKind::invalid, "Only the whole register is issued, not a part of it.", {}, {}, {}});
  NewIssue issue{.kind = std::string(issue_kind),
                 .title = std::string(register_title),
                 .edition = made->today.iso(),
                 .approver = made->name(Person::def(), std::string(made->run->text("approved_by"))),
                 .content = content_of(*made),
                 .html = paper_html(made->letterhead, register_head(*made, true), register_body(*made))};
  auto number = visit.tenant.issues.issue(visit.principal, *made->run, issue);
  if (!number) return error_page(visit, number.error());
  return done(visit, issue_url(*number), "The register is issued; it stands as it is for good.");
}

}  // namespace assay
