#include "web/paper/paper.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "web/document_parts.h"

namespace assay {
namespace {

// {0}: page size. Running heads take their words from the page itself, so that nothing of them is typed into the
// styles.
constexpr std::string_view page_styles = R"css(
@page {{
  size: {0}; margin: 22mm 16mm 20mm;
  @top-left {{ content: element(head-left); }} @top-right {{ content: element(head-right); }}
  @bottom-left {{ content: element(foot-left); }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); font: 8pt "Noto Sans", "DejaVu Sans", sans-serif; color: #56616f; }}
}}
)css";
constexpr std::string_view styles = R"css(
body { font: 9.5pt/1.45 "Noto Sans", "DejaVu Sans", sans-serif; color: #16202c; overflow-wrap: break-word; }
.head-left { position: running(head-left); } .head-right { position: running(head-right); } .foot-left { position: running(foot-left); }
.running { font-size: 8pt; color: #56616f; } .head-right { text-align: right; font-weight: bold; text-transform: uppercase; color: #8a3d06; }
.running .draft { color: #9c1c1c; font-weight: bold; } .logo { max-height: 14mm; max-width: 50mm; margin: 0 0 5mm; }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 1.5mm; } .organisation { font-size: 12pt; color: #45505e; margin: 0 0 5mm; }
h2 { font-size: 13pt; margin: 8mm 0 2mm; padding-bottom: 1mm; border-bottom: 0.6pt solid #14202f; } h3 { font-size: 10.5pt; margin: 5mm 0 1.5mm; }
h2, h3, h4 { line-height: 1.3; break-after: avoid; } h2 + .note { break-after: avoid; } p, ul, ol { margin: 0 0 2.5mm; } li { margin-bottom: 0.8mm; }
table { border-collapse: collapse; width: 100%; margin: 0 0 4mm; font-size: 8.5pt; } caption { text-align: left; color: #56616f; margin-bottom: 1mm; }
th, td { border: 0.3pt solid #c4ccd6; padding: 1.2mm 1.8mm; text-align: left; vertical-align: top; }
thead { display: table-header-group; } thead th { background: #14202f; color: #fff; } tr { break-inside: avoid; }
tbody th { font-weight: normal; } tbody tr.group th { font-weight: bold; background: #e9edf2; break-after: avoid; }
.facts { margin: 0 0 6mm; } .facts th { width: 38mm; background: #f1f4f8; color: #56616f; }
.text-end { text-align: right; } .text-nowrap { white-space: nowrap; } .text-preline { white-space: pre-line; } .note { color: #56616f; }
.warn { color: #9c1c1c; font-weight: bold; } .break-before { break-before: page; } .keep { break-inside: avoid; }
.good { color: #14592b; } .fair { color: #8a3d06; } .bad { color: #9c1c1c; } svg { max-width: 100%; }
.cell-good { background: #e2f4e7; } .cell-fair { background: #fdf3d3; } .cell-warn { background: #fdeee0; } .cell-bad { background: #fce8e8; }
.soa-lines { table-layout: fixed; } .soa-lines th:nth-child(1) { width: 13%; } .soa-lines th:nth-child(2) { width: 7%; } .soa-lines th:nth-child(3) { width: 10%; }
.soa-lines th:nth-child(4) { width: 33%; } .soa-lines th:nth-child(5) { width: 11%; }
.register-lines { table-layout: fixed; } .register-lines th:nth-child(1) { width: 33%; } .register-lines th:nth-child(2) { width: 14%; }
.register-lines th:nth-child(n+3) { width: 6.5%; } .register-lines th:nth-child(6) { width: 16.5%; } .register-lines th:nth-child(n+7) { width: 8.5%; }
.visually-hidden { display: none; } a { color: #0b5cc4; text-decoration: none; }
pre, code { font-family: "DejaVu Sans Mono", monospace; font-size: 8pt; } pre { white-space: pre-wrap; background: #f6f8fb; padding: 2mm; }
blockquote { margin: 0 0 3mm; padding-left: 3mm; border-left: 1mm solid #c4ccd6; }
)css";

void write_facts(HtmlWriter& h, const Paper& paper) {
  if (paper.facts.empty()) return;
  h.el("table", {cls("facts")}, [&] {
    h.el("tbody", [&] {
      for (const auto& [label, value] : paper.facts) {
        h.el("tr", [&] {
          h.el("th", {at("scope", "row")}, label);
          h.el("td", {cls("text-preline")}, value);
        });
      }
    });
  });
}

void write_logo(HtmlWriter& h, const Letterhead& letterhead) {
  const HouseStyle& style = letterhead.style;
  if (style.logo.empty()) return;
  h.leaf("img", {cls("logo"), at("alt", letterhead.organisation),
                 at("src", fmt::format("data:{};base64,{}", style.logo_type, base64(style.logo)))});
}

std::string head_words(const Letterhead& letterhead, const Paper& paper) {
  std::string out = letterhead.organisation;
  for (const std::string* part : {&paper.title, &paper.edition}) {
    if (!part->empty()) out += (out.empty() ? "" : " · ") + *part;
  }
  return out;
}

std::string mark_of(const Letterhead& letterhead, const Paper& paper) {
  return paper.classification.empty() ? letterhead.style.classification : paper.classification;
}

}  // namespace

Result<Letterhead> letterhead_of(Visit& visit) {
  Letterhead out;
  TRY(out.style, read_house_style(*visit.tenant.workspace));
  out.organisation = placeholders_of(visit)["organisation.name"];
  return out;
}

std::string paper_html(const Letterhead& letterhead, const Paper& paper, const PaperBody& body) {
  HtmlWriter h(64 * 1024);
  h.doctype();
  h.el("html", {at("lang", "en")}, [&] {
    h.el("head", [&] {
      h.leaf("meta", {at("charset", "utf-8")});
      h.el("title", head_words(letterhead, paper));
      if (!letterhead.organisation.empty())
        h.leaf("meta", {at("name", "author"), at("content", letterhead.organisation)});
      h.raw("<style>");
      h.raw(fmt::format(fmt::runtime(page_styles), paper.landscape ? "A4 landscape" : "A4"));
      h.raw(styles);
      h.raw("</style>");
    });
    h.el("body", [&] {
      h.el("div", {cls("running head-left")}, head_words(letterhead, paper));
      h.el("div", {cls("running head-right")}, mark_of(letterhead, paper));
      h.el("div", {cls("running foot-left")}, [&] { h.el("span", {cls_if(paper.draft, "draft")}, paper.state); });
      write_logo(h, letterhead);
      h.el("h1", paper.title);
      h.el("p", {cls("organisation")}, letterhead.organisation);
      write_facts(h, paper);
      body(h);
    });
  });
  return h.take().take();
}

void paper_on_screen(HtmlWriter& h, const Letterhead& letterhead, const Paper& paper, const PaperBody& body) {
  h.el("article",
       {cls("card paper"), cls_if(paper.landscape, "paper-wide"), at("tabindex", 0), at("aria-label", paper.title)},
       [&] {
         h.el("div", {cls("card-body")}, [&] {
           h.el("div", {cls("paper-head")}, [&] {
             write_logo(h, letterhead);
             if (std::string mark = mark_of(letterhead, paper); !mark.empty()) h.el("span", {cls("paper-mark")}, mark);
           });
           h.el("p", {cls("organisation")}, letterhead.organisation);
           if (!paper.state.empty()) h.el("p", {cls("paper-state"), cls_if(paper.draft, "draft")}, paper.state);
           write_facts(h, paper);
           body(h);
         });
       });
}

}  // namespace assay
