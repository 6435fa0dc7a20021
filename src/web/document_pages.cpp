// Reading controlled documents: the text of a version, what changed since another one, confirming to have read it, PDF.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/document_parts.h"

namespace assay {
namespace {

void button_link(HtmlWriter& h, const std::string& url, std::string_view icon_name, std::string_view label) {
  h.el("a", {cls("btn"), at("href", url)}, [&] {
    h.add(icon(icon_name));
    h.text(label);
  });
}

std::vector<Crumb> crumbs_to(const DocumentVisit& document) {
  return {{std::string(document.document.def->text.plural), list_url(*document.document.def)},
          {std::string(document.document.title()), record_url(*document.document.def, document.document.id)}};
}

Frame frame_of(const DocumentVisit& document, std::string title) {
  std::string code(document.document.text("code"));
  return {.title = std::move(title),
          .active = "documents",
          .crumbs = crumbs_to(document),
          .kicker = fmt::format(
              "{} · {}", code.empty() ? "Document" : code,
              display(*document.document.def->find("classification"), document.document.at("classification")))};
}

Html text_actions(Visit& visit, const DocumentVisit& document) {
  HtmlWriter h(1024);
  if (may_write_text(visit, document.version))
    button_link(h, read_url(document.version.id) + "/edit", "pencil", "Edit text");
  if (auto before = version_before(visit, document.version)) {
    button_link(h, compare_url(before->id, document.version.id), "git-branch", "Changes");
  }
  if (!document.markdown.empty()) button_link(h, read_url(document.version.id) + "/pdf", "file-type-pdf", "PDF");
  h.el("button", {cls("btn"), at("type", "button"), flag("data-print")}, [&] {
    h.add(icon("printer"));
    h.text("Print");
  });
  return h.take();
}

// One's own request to confirm this version, when it is still open.
std::optional<Record> open_acknowledgement(Visit& visit, const Record& version) {
  const EntityDef* def = visit.registry().find("acknowledgement");
  if (!def || visit.principal.person.empty()) return std::nullopt;
  auto reader = visit.tenant.workspace->read();
  if (!reader) return std::nullopt;
  for (const Record& record : (*reader)->where(*def, "document_version", version.id)) {
    if (record.text("person") == visit.principal.person && record.text("acknowledged_on").empty()) return record;
  }
  return std::nullopt;
}

void acknowledgement_card(HtmlWriter& h, Visit& visit, const Record& version) {
  auto request = open_acknowledgement(visit, version);
  if (!request || version.state() != "effective") return;
  h.el("form",
       {cls("card mb-3 no-print"), at("method", "post"),
        at("action", record_url(*request->def, request->id) + "/step/acknowledge")},
       [&] {
         hidden_csrf(h, visit);
         h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", request->version)});
         h.el("div", {cls("card-body d-flex flex-wrap gap-3 align-items-center")}, [&] {
           h.el("div", {cls("flex-fill")},
                fmt::format("You were asked on {} to read this and to confirm it.", request->text("requested_on")));
           h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
             h.add(icon("check"));
             h.text("I have read and understood it");
           });
         });
       });
}

void facts_table(HtmlWriter& h, const Visit& visit, const DocumentVisit& document) {
  TitleBook titles(visit);
  titles.want(document.version);
  titles.want(document.document);
  titles.read();
  h.el("dl", {cls("datagrid mb-0")}, [&] {
    auto item = [&](const Record& record, std::string_view name) {
      const FieldDef& field = *record.def->find(name);
      if (is_empty(record.at(name))) return;
      h.el("div", {cls("datagrid-item")}, [&] {
        h.el("dt", {cls("datagrid-title")}, field.text.label);
        h.el("dd", {cls("datagrid-content mb-0")}, [&] {
          if (name == "status") state_badge(h, *record.def, record.state(), record.state_label());
          else full_value(h, titles, field, record.at(name));
        });
      });
    };
    for (std::string_view name : {"version", "status", "author", "reviewed_by", "approved_by", "approved_on",
                                  "effective_on", "next_review_on"}) {
      item(document.version, name);
    }
    item(document.document, "owner");
  });
}

Response read_page(Visit& visit) {
  auto document = document_visit(visit);
  if (!document) return error_page(visit, document.error());
  Frame frame = frame_of(*document, document_title(*document));
  frame.narrow = true;
  frame.actions = text_actions(visit, *document);
  return page(visit, frame, [&](HtmlWriter& h) {
    acknowledgement_card(h, visit, document->version);
    h.el("div", {cls("card mb-3")},
         [&] { h.el("div", {cls("card-body")}, [&] { facts_table(h, visit, *document); }); });
    if (document->markdown.empty()) {
      HtmlWriter actions(512);
      if (may_write_text(visit, document->version))
        button_link(actions, read_url(document->version.id) + "/edit", "pencil", "Write the text");
      button_link(actions, record_url(*document->version.def, document->version.id) + "#files", "files",
                  "Files of this version");
      return empty_state(h, "file-text", "The text of this version is not kept here",
                         "It came with an import, or its content is a file. The record of the version shows its "
                         "fingerprint and files.",
                         actions.take());
    }
    h.el("article", {cls("card")}, [&] { h.el("div", {cls("card-body markdown")}, markdown(document->markdown)); });
    h.el("p", {cls("mt-3 no-print")}, [&] {
      h.el("a", {at("href", record_url(*document->version.def, document->version.id))},
           "Record of this version: review, approval, history");
    });
  });
}

// ---- Comparison ----------------------------------------------------------------------------------------------------

void version_select(HtmlWriter& h, std::string_view name, std::string_view label, const std::vector<Record>& versions,
                    std::string_view chosen) {
  h.el("div", {cls("col-6 col-md-auto")}, [&] {
    h.el("label", {cls("form-label"), at("for", fmt::format("compare-{}", name))}, label);
    h.el("select",
         {cls("form-select"), at("id", fmt::format("compare-{}", name)), at("name", name), flag("data-autosubmit")},
         [&] {
           for (const Record& version : versions) {
             h.el("option", {at("value", version.id), flag("selected", version.id == chosen)},
                  fmt::format("{} ({})", version.text("version"), lower(version.state_label())));
           }
         });
  });
}

void comparison(HtmlWriter& h, const DocumentVisit& before, const DocumentVisit& after) {
  if (before.markdown.empty() || after.markdown.empty()) {
    std::string_view missing = before.markdown.empty() ? before.version.text("version") : after.version.text("version");
    return empty_state(h, "file-text", "Nothing to compare",
                       fmt::format("The text of version {} is not kept here.", missing), {});
  }
  auto rows = diff_texts(before.markdown, after.markdown);
  DiffCount count = count_of(rows);
  if (count.none()) return empty_state(h, "check", "The texts are the same", {}, {});
  h.el("p", {cls("text-secondary")},
       fmt::format("{} {} changed, {} added, {} removed.", count.changed, count.changed == 1 ? "line" : "lines",
                   count.added, count.removed));
  h.el("div", {cls("card")}, [&] { diff_table(h, rows); });
}

}  // namespace

Response compare_page(Visit& visit) {
  auto before = document_visit(visit, visit.request.query_value("before"));
  if (!before) return error_page(visit, before.error());
  auto after = document_visit(visit, visit.request.query_value("after"));
  if (!after) return error_page(visit, after.error());
  auto versions = versions_of(visit, after->document.id);
  if (!versions) return error_page(visit, versions.error());
  if (std::ranges::find(*versions, before->version.id, &Record::id) == versions->end())
    versions->push_back(before->version);
  Frame frame = frame_of(
      *after, fmt::format("Changes from {} to {}", before->version.text("version"), after->version.text("version")));
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("form",
         {cls("row g-2 align-items-end mb-3 no-print"), at("method", "get"), at("action", "/documents/compare")}, [&] {
           version_select(h, "before", "From", *versions, before->version.id);
           version_select(h, "after", "To", *versions, after->version.id);
           h.el("div", {cls("col-auto")}, [&] { h.el("button", {cls("btn"), at("type", "submit")}, "Compare"); });
         });
    comparison(h, *before, *after);
  });
}

// ---- On the record pages -------------------------------------------------------------------------------------------

namespace {

void version_card(HtmlWriter& h, Visit& visit, const DocumentVisit& document) {
  section(h, "text", "Text", text_actions(visit, document), [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (document.markdown.empty())
        return h.el("p", {cls("text-secondary mb-0")}, "The text of this version is not kept here.");
      h.el("p", {cls("mb-2")},
           [&] { h.el("a", {at("href", read_url(document.version.id))}, "Read it on a page of its own"); });
      h.el("details", [&] {
        h.el("summary", {cls("text-secondary")}, "Show the text here");
        h.el("div", {cls("markdown mt-2")}, markdown(document.markdown));
      });
    });
  });
}

void document_card(HtmlWriter& h, Visit& visit, const Record& record) {
  auto versions = versions_of(visit, record.id);
  const EntityDef* def = visit.registry().find("document_version");
  if (!versions || !def) return;
  HtmlWriter actions(512);
  if (visit.may(Action::create, *def))
    button_link(actions, fmt::format("/documents/{}/versions/new", encode_url(record.id)), "plus", "New version");
  if (versions->size() > 1)
    button_link(actions, compare_url((*versions)[1].id, (*versions)[0].id), "git-branch", "Changes");
  section(h, "text", "Text", actions.take(), [&] {
    h.el("div", {cls("card-body")}, [&] {
      auto in_force =
          std::ranges::find_if(*versions, [](const Record& version) { return version.state() == "effective"; });
      if (versions->empty())
        return h.el("p", {cls("text-secondary mb-0")},
                    "There is no version yet: write the first one, or begin with a template.");
      if (in_force == versions->end()) return h.el("p", {cls("text-secondary mb-0")}, "No version is in force yet.");
      h.el("a", {cls("btn btn-primary"), at("href", read_url(in_force->id))}, [&] {
        h.add(icon("book-2"));
        h.text(fmt::format("Read version {}, in force", in_force->text("version")));
      });
    });
  });
}

}  // namespace

void write_document_part(HtmlWriter& h, Visit& visit, const Record& record) {
  if (record.def->name() == "document") return document_card(h, visit, record);
  if (record.def->name() == "document_version") {
    if (auto document = document_visit(visit, record.id)) version_card(h, visit, *document);
  }
  if (record.def->name() == "acknowledgement") {
    h.el("p", [&] { button_link(h, read_url(record.text("document_version")), "book-2", "Read the document"); });
  }
}

std::vector<PageRoute> document_pages() {
  RouteOptions text{.max_body = 8 * 1024 * 1024};  // a megabyte of text, percent-encoded
  return {
      {"GET", "/documents/new", new_document_page},
      {"POST", "/documents/new", create_document},
      {"GET", "/documents/compare", compare_page},
      {"POST", "/documents/preview", preview_text, text},
      {"GET", "/documents/{document}/versions/new", new_version_page},
      {"POST", "/documents/{document}/versions/new", create_version},
      {"GET", "/documents/version/{version}", read_page},
      {"GET", "/documents/version/{version}/edit", edit_text_page},
      {"POST", "/documents/version/{version}/edit", save_text, text},
      {"GET", "/documents/version/{version}/pdf", pdf_of(version_pdf)},
  };
}

}  // namespace assay
