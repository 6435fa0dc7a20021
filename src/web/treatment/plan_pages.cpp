// The treatment plan on paper: read, taken along as PDF and XLSX, approved with a signature, issued for good.
#include <fmt/format.h>

#include "base/text.h"
#include "isms/documents/document_version.h"
#include "web/assets.h"
#include "web/paper/signature.h"
#include "web/treatment/plan_document.h"
#include "workflows/treatment/approve_plan.h"

namespace assay {
namespace {

struct PlanPage {
  TreatmentView view;
  Letterhead letterhead;
  std::optional<TreatmentNames> names;
};

Result<PlanPage> plan_of(Visit& visit) {
  PlanPage out;
  TRY(out.view, treatment_view(visit.tenant.registers, visit.principal, visit.request.param("id")));
  TRY(out.letterhead, letterhead_of(visit));
  out.names.emplace(visit, out.view);
  return out;
}

bool is_draft(const TreatmentView& view) { return view.plan->status == PlanStatus::draft; }

Paper paper_of(const PlanPage& plan) {
  const bool draft = is_draft(plan.view);
  return plan_paper(plan.view, plan.letterhead,
                    draft ? std::string_view("Draft, not approved for use") : plan_state(plan.view.plan.value()),
                    draft);
}

Frame plan_frame(const PlanPage& plan, std::string title) {
  return {.title = std::move(title),
          .active = "risk/treatment",
          .crumbs = {{"Risk treatment plan", treatment_url(plan.view.plan->id)}},
          .kicker = "Clause 6.1.3 e"};
}

NewIssue issue_of(const PlanPage& plan, std::string approver, std::string_view state) {
  const Paper paper = plan_paper(plan.view, plan.letterhead, state, false);
  return {"treatment_plan",
          "Risk treatment plan",
          std::to_string(plan.view.plan->version),
          std::move(approver),
          plan_content(plan.view),
          paper_html(plan.letterhead, paper, plan_body(plan.view, *plan.names, plan.letterhead))};
}

Html document_actions(Visit& visit, const PlanPage& plan) {
  HtmlWriter h(1024);
  const std::string& id = plan.view.plan->id;
  auto link = [&](std::string_view what, std::string_view icon_name, std::string_view label) {
    h.el("a", {cls("btn"), at("href", plan_url(id, what))}, [&] {
      h.add(icon(icon_name));
      h.text(label);
    });
  };
  link("pdf", "file-download", "PDF");
  link("xlsx", "file-type-xls", "XLSX");
  if (!visit.may(Action::step, RiskTreatmentPlan::def())) return h.take();
  if (is_draft(plan.view)) {
    link("approve", "signature", "Approve and issue");
  } else if (plan.view.plan->status != PlanStatus::superseded) {
    h.el("form", {at("method", "post"), at("action", plan_url(id, "issue"))}, [&] {
      hidden_csrf(h, visit);
      h.el("button",
           {cls("btn"), at("type", "submit"),
            at("title", "Keeps the plan as it is now for good, with its hash in the ledger")},
           "Issue");
    });
  }
  return h.take();
}

Response show_approval(Visit& visit, const PlanPage& plan, const Error* error) {
  auto stored = visit.tenant.registers.read(visit.principal, RiskTreatmentPlan::def(), plan.view.plan->id);
  auto reader = visit.tenant.workspace->read();
  if (!stored || !reader) return error_page(visit, stored ? reader.error() : stored.error());
  Frame frame = plan_frame(plan, "Approve and issue the plan");
  frame.narrow = true;
  frame.status = error ? status_of(error->kind) : 200;
  const FormState state{error ? &error->problems : nullptr};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    for (const StepOffer& offer : visit.tenant.registers.steps(visit.principal, *stored, **reader)) {
      if (offer.step->name != "approve" || offer.allowed || error) continue;
      h.el("div", {cls("alert alert-warning"), at("role", "alert")}, [&] {
        h.el("div", {cls("fw-bold")}, "The plan cannot be approved now.");
        h.el("ul", {cls("mb-0 ps-3")}, [&] {
          for (const Error& missing : offer.missing)
            h.el("li", missing.message +
                           (missing.who_may.empty() ? std::string() : fmt::format(" Who may: {}.", missing.who_may)));
          for (const TreatmentCase& item : plan.view.cases) {
            if (item.approval.state != ApprovalState::wanting && item.approval.state != ApprovalState::fallen) continue;
            h.el("li", [&] {
              h.el("a", {at("href", treatment_case_url(item.risk.id, plan.view.plan->id))},
                   fmt::format("{} {}: {}", item.risk.id, item.risk.title, lower(approval_words(item.approval.state))));
            });
          }
        });
      });
    }
    h.el("form",
         {cls("card"), at("method", "post"), at("action", plan_url(plan.view.plan->id, "approve")), flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", plan.view.plan_version)});
           h.el("div", {cls("card-body")}, [&] {
             h.el("p", fmt::format("{} with {} risks and {} actions is approved and issued as it is now: the document "
                                   "never changes again, and its hash stands in the ledger.",
                                   plan_words(*plan.view.plan), plan.view.cases.size(), plan.view.actions().size()));
             h.el("p", [&] { h.el("a", {at("href", plan_url(plan.view.plan->id, "document"))}, "Read the document"); });
             signature_inputs(h, visit, state);
           });
           h.el("div", {cls("card-footer form-foot")}, [&] {
             h.el("a", {cls("btn"), at("href", treatment_url(plan.view.plan->id))}, "Cancel");
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Sign and issue");
           });
         });
  });
}

}  // namespace

Response plan_document_page(Visit& visit) {
  auto plan = plan_of(visit);
  if (!plan) return error_page(visit, plan.error());
  auto issues = visit.tenant.issues.list(visit.principal, "treatment_plan", "risk_treatment_plan", plan->view.plan->id);
  Frame frame = plan_frame(*plan, "Document of the treatment plan");
  frame.actions = document_actions(visit, *plan);
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("card mb-3")}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        paper_on_screen(h, plan->letterhead, paper_of(*plan), plan_body(plan->view, *plan->names, plan->letterhead));
      });
    });
    if (!issues || issues->empty()) return;
    section(h, "issued", "Issued", {}, [&] { issue_list(h, *issues, plan->letterhead); });
  });
}

Result<PdfWork> plan_pdf(Visit& visit) {
  TRY(PlanPage plan, plan_of(visit));
  return PdfWork{plan_frame(plan, "PDF of the treatment plan"), plan_url(plan.view.plan->id, "document"),
                 "Back to the document", fmt::format("Risk treatment plan {}.pdf", plan.view.plan->version),
                 visit.tenant.pdfs.ask(
                     paper_html(plan.letterhead, paper_of(plan), plan_body(plan.view, *plan.names, plan.letterhead)))};
}

Response plan_xlsx(Visit& visit) {
  auto plan = plan_of(visit);
  if (!plan) return error_page(visit, plan.error());
  return workbook_answer(visit, fmt::format("Risk treatment plan {}.xlsx", plan->view.plan->version),
                         [&](XlsxWriter& writer) { return write_plan_sheets(writer, plan->view, *plan->names); });
}

Response approve_plan_page(Visit& visit) {
  auto plan = plan_of(visit);
  if (!plan) return error_page(visit, plan.error());
  if (!is_draft(plan->view)) return Response::redirect(plan_url(plan->view.plan->id, "document"));
  return show_approval(visit, *plan, nullptr);
}

Response approve_plan(Visit& visit) {
  auto plan = plan_of(visit);
  auto form = visit.request.form();
  if (!plan || !form) return error_page(visit, plan ? form.error() : plan.error());
  auto signer = signed_by(visit, *form);
  if (!signer) return show_approval(visit, *plan, &signer.error());
  const std::string state =
      fmt::format("Approved on {} by {}", plan->letterhead.day(plan->view.today.iso()), signer->name);
  auto number = approve_and_issue(visit.tenant.registers, visit.tenant.issues, *signer, plan->view.plan->id,
                                  version_in(*form, RiskTreatmentPlan::def()), issue_of(*plan, signer->name, state));
  if (!number) return show_approval(visit, *plan, &number.error());
  return done(visit, issue_url(*number), "The plan is approved and issued. Put it into force on the page of the plan.");
}

Response issue_plan(Visit& visit) {
  auto plan = plan_of(visit);
  if (!plan) return error_page(visit, plan.error());
  if (is_draft(plan->view))
    return error_page(visit, {ErrorKind::conflict, "A draft is issued when it is approved.", {}, {}, {}});
  auto about = visit.tenant.registers.read(visit.principal, RiskTreatmentPlan::def(), plan->view.plan->id);
  if (!about) return error_page(visit, about.error());
  auto number = visit.tenant.issues.issue(visit.principal, *about,
                                          issue_of(*plan, {},
                                                   fmt::format("{}, as of {}", plan_state(*plan->view.plan),
                                                               plan->letterhead.day(plan->view.today.iso()))));
  if (!number) return error_page(visit, number.error());
  return done(visit, issue_url(*number), "Issued: this document never changes.");
}

}  // namespace assay
