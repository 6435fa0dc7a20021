// The page that becomes a PDF. It loads nothing: styles stand inside, fonts are those of the server.
#include <fmt/format.h>

#include "base/text.h"
#include "web/document_parts.h"

namespace assay {
namespace {

constexpr std::string_view styles = R"css(
@page {
  size: A4; margin: 24mm 20mm 22mm;
  @top-left { content: element(head-left); } @top-right { content: element(head-right); }
  @bottom-left { content: element(foot-left); }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt "Noto Sans", "DejaVu Sans", sans-serif; color: #56616f; }
}
body { font: 10pt/1.5 "Noto Sans", "DejaVu Sans", sans-serif; color: #16202c; }
.head-left { position: running(head-left); } .head-right { position: running(head-right); } .foot-left { position: running(foot-left); }
.running { font-size: 8pt; color: #56616f; } .head-right { text-align: right; font-weight: bold; text-transform: uppercase; color: #8a3d06; }
h1 { font-size: 20pt; margin: 0 0 2mm; } h2 { font-size: 13pt; margin: 7mm 0 2mm; } h3 { font-size: 11pt; margin: 5mm 0 1mm; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; } p, ul, ol { margin: 0 0 2.5mm; } li { margin-bottom: 0.8mm; }
table { border-collapse: collapse; width: 100%; margin: 0 0 4mm; font-size: 9pt; }
th, td { border: 0.3pt solid #c4ccd6; padding: 1.4mm 2mm; text-align: left; vertical-align: top; }
thead { display: table-header-group; } thead th { background: #14202f; color: #fff; } tr { break-inside: avoid; }
.facts th { width: 32mm; background: #f1f4f8; font-weight: normal; color: #56616f; } .facts { margin: 4mm 0 8mm; }
pre, code { font-family: "DejaVu Sans Mono", monospace; font-size: 8.5pt; } pre { white-space: pre-wrap; background: #f6f8fb; padding: 2mm; }
blockquote { margin: 0 0 3mm; padding-left: 3mm; border-left: 1mm solid #c4ccd6; } a { color: #0b5cc4; text-decoration: none; }
)css";

struct Fact {
  std::string label, value;
};

std::vector<Fact> facts_of(const DocumentVisit& document, const TitleBook& titles) {
  std::vector<Fact> out;
  auto add = [&](const Record& record, std::string_view name) {
    const FieldDef& field = *record.def->find(name);
    if (!is_empty(record.at(name))) out.push_back({std::string(field.text.label), titles.words(field, record.at(name))});
  };
  add(document.document, "code");
  for (std::string_view name : {"version", "status", "author", "reviewed_by", "approved_by", "approved_on", "effective_on", "next_review_on"}) {
    add(document.version, name);
  }
  add(document.document, "owner");
  return out;
}

std::string approval(const DocumentVisit& document, const TitleBook& titles) {
  const Record& version = document.version;
  if (is_empty(version.at("approved_on"))) return fmt::format("{}: not approved for use", version.state_label());
  return fmt::format("Approved {} by {}", version.text("approved_on"), titles.words(*version.def->find("approved_by"), version.at("approved_by")));
}

void facts_table(HtmlWriter& h, const std::vector<Fact>& facts) {
  h.el("table", {cls("facts")}, [&] {
    h.el("tbody", [&] {
      for (const Fact& fact : facts) {
        h.el("tr", [&] {
          h.el("th", {at("scope", "row")}, fact.label);
          h.el("td", fact.value);
        });
      }
    });
  });
}

}  // namespace

std::string print_html(Visit& visit, const DocumentVisit& document) {
  TitleBook titles(visit);
  titles.want(document.version);
  titles.want(document.document);
  titles.read();
  Placeholders values = placeholders_of(visit);
  std::string title = fmt::format("{} {}", document.document.title(), document.version.text("version"));
  HtmlWriter h(document.markdown.size() * 2 + 8192);
  h.doctype();
  h.el("html", {at("lang", "en")}, [&] {
    h.el("head", [&] {
      h.leaf("meta", {at("charset", "utf-8")});
      h.el("title", title);
      h.raw("<style>");
      h.raw(styles);
      h.raw("</style>");
    });
    h.el("body", [&] {
      h.el("div", {cls("running head-left")}, fmt::format("{}{}{}", values["organisation.name"], values["organisation.name"].empty() ? "" : " — ", title));
      h.el("div", {cls("running head-right")}, display(*document.document.def->find("classification"), document.document.at("classification")));
      h.el("div", {cls("running foot-left")}, approval(document, titles));
      h.el("h1", document.document.title());
      facts_table(h, facts_of(document, titles));
      h.add(markdown(document.markdown));
    });
  });
  return h.take().take();
}

}  // namespace assay
