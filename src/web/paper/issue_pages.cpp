// Issued documents: the list of all, each as it was issued, and its PDF.
#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/paper/paper.h"
#include "web/record_parts.h"

namespace assay {
namespace {

Frame issue_frame(std::string title) {
  return {.title = std::move(title),
          .active = "issued",
          .crumbs = {{"Issued documents", "/issued"}},
          .kicker = "Clause 7.5"};
}

Result<KeptIssue> asked_issue(Visit& visit) {
  auto number = counting_number(visit.request.param("number"));
  if (!number) return fail(ErrorKind::not_found, "There is no such issued document.");
  return visit.tenant.issues.read(visit.principal, *number);
}

std::string title_of(const IssuedDocument& issue) {
  return issue.edition.empty() ? issue.title : fmt::format("{} {}", issue.title, issue.edition);
}

Response all_issues(Visit& visit) {
  auto letterhead = letterhead_of(visit);
  auto issues = visit.tenant.issues.list(visit.principal);
  if (!issues || !letterhead) return error_page(visit, issues ? letterhead.error() : issues.error());
  Frame frame = issue_frame("Issued documents");
  frame.crumbs.clear();
  if (may_set_house_style(visit.principal)) {
    HtmlWriter h(256);
    h.el("a", {cls("btn"), at("href", "/settings/documents")}, "Look of documents");
    frame.actions = h.take();
  }
  return page(visit, frame, [&](HtmlWriter& h) {
    if (issues->empty()) {
      return empty_state(h, "file-certificate", "Nothing has been issued yet",
                         "A document is issued from the page of what it is about: the Statement of Applicability, the "
                         "treatment plan, a gap analysis. From then on "
                         "it never changes: its hash stands in the ledger.",
                         {});
    }
    h.el("div", {cls("card")}, [&] { issue_list(h, *issues, *letterhead); });
  });
}

Response one_issue(Visit& visit) {
  auto kept = asked_issue(visit);
  if (!kept) return error_page(visit, kept.error());
  const IssuedDocument& issue = kept->issue;
  const EntityDef* def = visit.registry().find(issue.register_name);
  HtmlWriter actions(512);
  actions.el("a", {cls("btn btn-primary"), at("href", issue_url(issue.number) + "/pdf")}, [&] {
    actions.add(icon("file-download"));
    actions.text("PDF");
  });
  Frame frame = issue_frame(title_of(issue));
  frame.actions = actions.take();
  Response response = page(visit, frame, [&](HtmlWriter& h) {
    if (!kept->intact) {
      h.el("div", {cls("alert alert-danger"), at("role", "alert")},
           "This document is not what the ledger says was issued: it was altered behind the product's back.");
    }
    h.el("div", {cls("card mb-3")}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        h.el("dl", {cls("row mb-0")}, [&] {
          auto fact = [&](std::string_view label, const std::function<void()>& value) {
            h.el("dt", {cls("col-sm-3")}, label);
            h.el("dd", {cls("col-sm-9")}, [&] { value(); });
          };
          fact("Issued", [&] {
            moment(h, issue.issued_at, visit.tenant.workspace->clock().now());
            h.text(fmt::format(" by {}", issue.author));
          });
          if (!issue.approver.empty()) fact("Approved by", [&] { h.text(issue.approver); });
          if (def)
            fact("About", [&] {
              h.el("a", {at("href", record_url(*def, issue.record))},
                   fmt::format("{} {}", def->text.label, issue.record));
            });
          fact("Ledger", [&] {
            h.el("a", {at("href", fmt::format("/ledger/{}", kept->entry))}, fmt::format("Entry {}", kept->entry));
            if (kept->intact) h.text(": hash and document agree");
          });
          if (kept->pdf) fact("Hash of the PDF", [&] { h.el("code", {cls("text-break")}, hex(*kept->pdf)); });
        });
      });
    });
    // The document itself, in a frame of its own: it carries its own styles.
    h.el("iframe",
         {cls("issued-document"), at("src", issue_url(issue.number) + "/document"), at("title", title_of(issue)),
          at("sandbox", "")},
         [] {});
  });
  response.set_header("Content-Security-Policy", content_security_policy({.embeds_previews = true}));
  return response;
}

Response issue_document(Visit& visit) {
  auto kept = asked_issue(visit);
  if (!kept) return error_page(visit, kept.error());
  Response response = Response::html(kept->html);
  response.set_header("Content-Security-Policy", content_security_policy({.is_preview = true}));
  return response;
}

Result<PdfWork> issue_pdf(Visit& visit) {
  TRY(KeptIssue kept, asked_issue(visit));
  return issued_pdf(visit, kept.issue);
}

}  // namespace

PdfWork issued_pdf(Visit& visit, const IssuedDocument& issue) {
  std::string url = issue_url(issue.number);
  Frame frame = issue_frame("PDF of " + title_of(issue));
  frame.crumbs.push_back({title_of(issue), url});
  return {std::move(frame), url, "Back to the document", issue_file_name(issue, "pdf"),
          visit.tenant.issues.pdf(visit.principal, issue.number)};
}

std::string issue_url(std::int64_t number) { return fmt::format("/issued/{}", number); }

void issue_list(HtmlWriter& h, const std::vector<IssuedDocument>& issues, const Letterhead& letterhead) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
      h.el("caption", {cls("visually-hidden")}, "Issued documents, newest first");
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (std::string_view label : {"Document", "Issued", "By", "Approved by"})
            h.el("th", {at("scope", "col")}, label);
          h.el("th", {at("scope", "col")}, [&] { h.el("span", {cls("visually-hidden")}, "File"); });
        });
      });
      h.el("tbody", [&] {
        for (const IssuedDocument& issue : issues) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row"), cls("fw-normal")},
                 [&] { h.el("a", {at("href", issue_url(issue.number))}, title_of(issue)); });
            h.el("td", {at("data-label", "Issued"), cls("text-nowrap")}, letterhead.day(issue.issued_at));
            h.el("td", {at("data-label", "By")}, issue.author);
            h.el("td", {at("data-label", "Approved by")}, issue.approver);
            h.el("td", {cls("text-end")}, [&] {
              h.el("a",
                   {at("href", issue_url(issue.number) + "/pdf"),
                    at("aria-label", fmt::format("PDF of {}", title_of(issue)))},
                   "PDF");
            });
          });
        }
      });
    });
  });
}

std::vector<PageRoute> issue_pages() {
  return {
      {"GET", "/issued", all_issues},
      {"GET", "/issued/{number}", one_issue},
      {"GET", "/issued/{number}/document", issue_document},
      {"GET", "/issued/{number}/pdf", pdf_of(issue_pdf)},
  };
}

}  // namespace assay
