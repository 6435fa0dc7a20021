// The report of a rehearsal as a PDF: made beside the request, with a page that tells how far it is.
#include <fmt/format.h>

#include "web/assets.h"
#include "web/rehearsal_pages.h"
#include "web/rehearsal_view.h"

namespace assay {
namespace {

std::string pdf_url(std::int64_t number) { return rehearsal_url(number) + "/pdf"; }

Result<PdfDesk::Progress> pdf_progress(Visit& visit, std::int64_t number) {
  TRY(std::string html, visit.tenant.rehearsals.document(visit.principal, number));
  return visit.tenant.pdfs.ask(html);
}

// What replaces itself until the file is there.
void write_progress(HtmlWriter& h, std::int64_t number, const Result<PdfDesk::Progress>& progress) {
  bool ready = progress && progress->state == PdfDesk::Progress::State::ready;
  bool working = progress && !ready;
  std::string look_again = pdf_url(number) + "/progress";
  h.el("div", {cls("card"), at("id", "pdf-progress"), at("role", "status"), at_if(working, "hx-get", look_again), at_if(working, "hx-trigger", "load delay:1s"),
               at_if(working, "hx-swap", "outerHTML"), at_if(working, "hx-target", "this")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (!progress) {
        h.el("p", progress.error().kind == ErrorKind::internal ? std::string_view("The renderer failed; the log of the server says why.") : std::string_view(progress.error().message));
        return h.el("a", {cls("btn"), at("href", rehearsal_url(number))}, "Back to the report");
      }
      if (ready) {
        h.el("p", "The PDF is ready.");
        return h.el("a", {cls("btn btn-primary"), at("href", pdf_url(number))}, [&] {
          h.add(icon("download"));
          h.text("Download");
        });
      }
      std::string_view words = progress->state == PdfDesk::Progress::State::making ? "The PDF is being made." : "The PDF waits for its turn.";
      h.el("p", progress->ahead > 0 ? fmt::format("{} {} before it.", words, counted(progress->ahead, "document is", "documents are")) : std::string(words));
      h.el("progress", {at("aria-label", "The PDF is being made")}, [] {});
      h.el("p", {cls("text-secondary mb-0 mt-2")}, [&] {
        h.text(fmt::format("{} so far. ", counted(static_cast<std::size_t>(progress->since.count()), "second", "seconds")));
        h.el("a", {at("href", pdf_url(number))}, "Look again");
      });
    });
  });
}

}  // namespace

Response rehearsal_pdf(Visit& visit) {
  auto kept = read_asked_rehearsal(visit);
  if (!kept) return error_page(visit, kept.error());
  const Rehearsal& rehearsal = kept->rehearsal;
  auto progress = pdf_progress(visit, rehearsal.number);
  if (progress && progress->state == PdfDesk::Progress::State::ready) {
    return Response::download(visit.tenant.blobs.path_of(progress->hash), rehearsal_file_name(rehearsal), "application/pdf");
  }
  Frame frame = report_frame("PDF of " + report_title(rehearsal));
  frame.crumbs.push_back({report_title(rehearsal), rehearsal_url(rehearsal.number)});
  frame.narrow = true;
  frame.status = progress ? 202 : progress.error().kind == ErrorKind::not_found ? 503 : status_of(progress.error().kind);
  return page(visit, frame, [&](HtmlWriter& h) { write_progress(h, rehearsal.number, progress); });
}

Response rehearsal_pdf_progress(Visit& visit) {
  auto kept = read_asked_rehearsal(visit);
  if (!kept) return error_page(visit, kept.error());
  auto progress = pdf_progress(visit, kept->rehearsal.number);
  return fragment([&](HtmlWriter& h) { write_progress(h, kept->rehearsal.number, progress); });
}

}  // namespace assay
