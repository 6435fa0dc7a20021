// A controlled document as a PDF: the text of a version with its approval, in the house style of all documents.
#include <fmt/format.h>

#include "base/text.h"
#include "web/document_parts.h"
#include "web/paper/paper.h"

namespace assay {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

Facts facts_of(const DocumentVisit& document, const TitleBook& titles, const Letterhead& letterhead) {
  Facts out;
  auto add = [&](const Record& record, std::string_view name) {
    const FieldDef& field = *record.def->find(name);
    if (is_empty(record.at(name))) return;
    out.emplace_back(field.text.label, field.kind == Kind::date ? letterhead.day(record.text(name))
                                                                : titles.words(field, record.at(name)));
  };
  add(document.document, "code");
  for (std::string_view name :
       {"version", "status", "author", "reviewed_by", "approved_by", "approved_on", "effective_on", "next_review_on"}) {
    add(document.version, name);
  }
  add(document.document, "owner");
  return out;
}

std::string approval(const DocumentVisit& document, const TitleBook& titles, const Letterhead& letterhead) {
  const Record& version = document.version;
  if (is_empty(version.at("approved_on"))) return fmt::format("{}, not approved for use", version.state_label());
  return fmt::format("Approved {} by {}", letterhead.day(version.text("approved_on")),
                     titles.words(*version.def->find("approved_by"), version.at("approved_by")));
}

Result<std::string> print_html(Visit& visit, const DocumentVisit& document) {
  TRY(const Letterhead letterhead, letterhead_of(visit));
  TitleBook titles(visit);
  titles.want(document.version);
  titles.want(document.document);
  titles.read();
  const Paper paper{
      .title = std::string(document.document.title()),
      .edition = fmt::format("Version {}", document.version.text("version")),
      .state = approval(document, titles, letterhead),
      .draft = is_empty(document.version.at("approved_on")),
      .classification = display(*document.document.def->find("classification"), document.document.at("classification")),
      .facts = facts_of(document, titles, letterhead)};
  return paper_html(letterhead, paper, [&](HtmlWriter& h) { h.add(markdown(document.markdown)); });
}

}  // namespace

Result<PdfWork> version_pdf(Visit& visit) {
  TRY(DocumentVisit document, document_visit(visit));
  if (document.markdown.empty()) return fail(ErrorKind::not_found, "The text of this version is not kept here.");
  TRY(std::string html, print_html(visit, document));
  const std::string title = document_title(document), url = read_url(document.version.id);
  const std::string name = fmt::format("{} {}.pdf", document.document.text("code"), title);
  return PdfWork{{.title = "PDF of " + title, .active = "documents", .crumbs = {{title, url}}},
                 url,
                 "Back to the text",
                 replace_all(trim(name), "/", "-"),
                 visit.tenant.pdfs.ask(html)};
}

}  // namespace assay
