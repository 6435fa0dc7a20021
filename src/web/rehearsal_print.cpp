// The report of a rehearsal on paper: a title page, then the same parts as on the screen. It loads nothing: styles
// stand inside, fonts are those of the server.
#include <fmt/format.h>

#include "web/rehearsal_view.h"

namespace assay {
namespace {

constexpr std::string_view styles = R"css(
@page {
  size: A4; margin: 24mm 20mm 22mm;
  @top-left { content: string(organisation); font: 8pt "Noto Sans", "DejaVu Sans", sans-serif; color: #56616f; }
  @top-right { content: "Rehearsal, not a certification audit"; font: bold 8pt "Noto Sans", "DejaVu Sans", sans-serif; color: #8a3d06; }
  @bottom-left { content: string(report); font: 8pt "Noto Sans", "DejaVu Sans", sans-serif; color: #56616f; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt "Noto Sans", "DejaVu Sans", sans-serif; color: #56616f; }
}
@page :first { margin: 40mm 20mm 22mm; @top-left { content: none; } @top-right { content: none; } }
body { font: 9.5pt/1.45 "Noto Sans", "DejaVu Sans", sans-serif; color: #16202c; overflow-wrap: break-word; }
h1 { font-size: 26pt; line-height: 1.15; margin: 0 0 3mm; string-set: report content(); }
.title-kind { margin: 0 0 2mm; font-weight: bold; color: #8a3d06; }
.title-organisation { font-size: 13pt; margin: 0 0 14mm; color: #45505e; string-set: organisation content(); }
.title-page { break-after: page; }
h2 { font-size: 14pt; margin: 9mm 0 2.5mm; padding-bottom: 1mm; border-bottom: 0.6pt solid #14202f; }
h3 { font-size: 11pt; margin: 6mm 0 2mm; } h4 { font-size: 9.5pt; margin: 0; padding: 1.4mm 2mm; background: #f1f4f8; border-left: 1.2mm solid #56616f; }
h2, h3, h4 { line-height: 1.3; break-after: avoid; }
.report-section:first-child > h2 { margin-top: 0; }
p { margin: 0 0 2.5mm; } .report-note { color: #56616f; }
table { border-collapse: collapse; width: 100%; margin: 0 0 4mm; font-size: 8.5pt; }
th, td { border: 0.3pt solid #c4ccd6; padding: 1.2mm 2mm; text-align: left; vertical-align: top; }
thead { display: table-header-group; } thead th { background: #14202f; color: #fff; } tr { break-inside: avoid; }
tbody th { font-weight: normal; } .table-stack th, .table-stack td { padding: 0.8mm 2mm; }
.text-end { text-align: right; } .text-nowrap { white-space: nowrap; } .text-preline { white-space: pre-line; }
.report-facts { table-layout: fixed; } .report-facts th { width: 27mm; background: #f8fafc; color: #56616f; } .report-facts tr { break-inside: auto; }
.report-title { font-size: 9.5pt; } .report-counts { width: 90mm; }
.report-finding { margin: 0 0 4mm; break-inside: avoid; }
.report-finding.major h4 { border-left-color: #9c1c1c; background: #fce8e8; } .report-finding.minor h4 { border-left-color: #b45309; background: #fdeee0; }
.report-rule { font-weight: normal; color: #45505e; margin-left: 3mm; }
.report-evidence { margin: 0; padding-left: 4mm; } .report-evidence li { margin-bottom: 0.8mm; } .report-subject { font-weight: bold; }
.report-headline { font-size: 12pt; font-weight: bold; padding: 2.5mm 3mm; background: #f1f4f8; border-left: 1.2mm solid #56616f; break-after: avoid; }
.report-headline.recommended { border-left-color: #2b8a4b; background: #e2f4e7; } .report-headline.not_ready { border-left-color: #9c1c1c; background: #fce8e8; }
.report-headline.after_corrections, .report-headline.examine_rest { border-left-color: #b45309; background: #fdeee0; }
)css";

}  // namespace

std::string rehearsal_print_html(const KeptRehearsal& kept, const KeptRehearsal* before) {
  const Rehearsal& rehearsal = kept.rehearsal;
  ReportSource source{kept, before, nullptr};
  std::string title = fmt::format("{} report {}", stage_title(rehearsal.stage), rehearsal.number);
  HtmlWriter h(64 * 1024);
  h.doctype();
  h.el("html", {at("lang", "en")}, [&] {
    h.el("head", [&] {
      h.leaf("meta", {at("charset", "utf-8")});
      h.el("title", fmt::format("{}{}{} (rehearsal)", rehearsal.organisation,
                                rehearsal.organisation.empty() ? "" : ": ", title));
      h.leaf("meta", {at("name", "author"), at("content", rehearsal.made_by)});
      h.leaf("meta", {at("name", "dcterms.created"), at("content", rehearsal.made_at)});
      h.raw("<style>");
      h.raw(styles);
      h.raw("</style>");
    });
    h.el("body", [&] {
      h.el("section", {cls("title-page")}, [&] {
        h.el("p", {cls("title-kind")}, "Rehearsal, not a certification audit");
        h.el("h1", title);
        h.el("p", {cls("title-organisation")}, rehearsal.organisation);
        write_report_title(h, source);
      });
      h.el("div", [&] { write_report(h, source); });
    });
  });
  return h.take().take();
}

}  // namespace assay
