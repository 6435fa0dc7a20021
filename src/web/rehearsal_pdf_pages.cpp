// The report of a rehearsal as a PDF.
#include "web/paper/paper.h"
#include "web/rehearsal_pages.h"
#include "web/rehearsal_view.h"

namespace assay {

Result<PdfWork> rehearsal_pdf(Visit& visit) {
  TRY(auto kept, read_asked_rehearsal(visit));
  const Rehearsal& rehearsal = kept.rehearsal;
  const std::string url = rehearsal_url(rehearsal.number);
  TRY(std::string html, visit.tenant.rehearsals.document(visit.principal, rehearsal.number));
  Frame frame = report_frame("PDF of " + report_title(rehearsal));
  frame.crumbs.push_back({report_title(rehearsal), url});
  return PdfWork{std::move(frame), url, "Back to the report", rehearsal_file_name(rehearsal),
                 visit.tenant.pdfs.ask(html)};
}

}  // namespace assay
