// The report of a rehearsal as a PDF.
#include "web/paper/paper.h"
#include "web/rehearsal_pages.h"
#include "web/rehearsal_view.h"

namespace assay {
namespace {

Result<PdfDesk::Progress> pdf_progress(Visit& visit, std::int64_t number) {
  TRY(std::string html, visit.tenant.rehearsals.document(visit.principal, number));
  return visit.tenant.pdfs.ask(html);
}

PdfPage pdf_page_of(const Rehearsal& rehearsal) {
  std::string url = rehearsal_url(rehearsal.number);
  Frame frame = report_frame("PDF of " + report_title(rehearsal));
  frame.crumbs.push_back({report_title(rehearsal), url});
  return {std::move(frame), url + "/pdf", url, "Back to the report", rehearsal_file_name(rehearsal)};
}

}  // namespace

Response rehearsal_pdf(Visit& visit) {
  auto kept = read_asked_rehearsal(visit);
  if (!kept) return error_page(visit, kept.error());
  return pdf_answer(visit, pdf_page_of(kept->rehearsal), pdf_progress(visit, kept->rehearsal.number));
}

Response rehearsal_pdf_progress(Visit& visit) {
  auto kept = read_asked_rehearsal(visit);
  if (!kept) return error_page(visit, kept.error());
  return pdf_progress_answer(pdf_page_of(kept->rehearsal), pdf_progress(visit, kept->rehearsal.number));
}

}  // namespace assay
