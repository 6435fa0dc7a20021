// A PDF that is made beside the request: the page that waits for it, and the file.
#include <fmt/format.h>

#include "web/assets.h"
#include "web/paper/paper.h"

namespace assay {
namespace {

// What replaces itself until the file is there.
void write_progress(HtmlWriter& h, const PdfPage& page, const Result<PdfDesk::Progress>& progress) {
  bool ready = progress && progress->state == PdfDesk::Progress::State::ready;
  bool working = progress && !ready;
  h.el("div", {cls("card"), at("id", "pdf-progress"), at("role", "status"), at_if(working, "hx-get", page.url + "/progress"), at_if(working, "hx-trigger", "load delay:1s"),
               at_if(working, "hx-swap", "outerHTML"), at_if(working, "hx-target", "this")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (!progress) {
        h.el("p", progress.error().kind == ErrorKind::internal ? std::string_view("The renderer failed; the log of the server says why.") : std::string_view(progress.error().message));
        return h.el("a", {cls("btn"), at("href", page.back_url)}, page.back_label);
      }
      if (ready) {
        h.el("p", "The PDF is ready.");
        return h.el("a", {cls("btn btn-primary"), at("href", page.url)}, [&] {
          h.add(icon("download"));
          h.text("Download");
        });
      }
      std::string_view words = progress->state == PdfDesk::Progress::State::making ? "The PDF is being made." : "The PDF waits for its turn.";
      h.el("p", progress->ahead > 0 ? fmt::format("{} {} {} before it.", words, progress->ahead, progress->ahead == 1 ? "document is" : "documents are") : std::string(words));
      h.el("progress", {at("aria-label", "The PDF is being made")}, [] {});
      h.el("p", {cls("text-secondary mb-0 mt-2")}, [&] {
        h.text(fmt::format("{} {} so far. ", progress->since.count(), progress->since.count() == 1 ? "second" : "seconds"));
        h.el("a", {at("href", page.url)}, "Look again");
      });
    });
  });
}

}  // namespace

Response pdf_answer(Visit& visit, PdfPage pdf, const Result<PdfDesk::Progress>& progress) {
  if (progress && progress->state == PdfDesk::Progress::State::ready) {
    return Response::download(visit.tenant.blobs.path_of(progress->hash), pdf.file_name, "application/pdf");
  }
  pdf.frame.narrow = true;
  pdf.frame.status = progress ? 202 : progress.error().kind == ErrorKind::not_found ? 503 : status_of(progress.error().kind);
  return page(visit, pdf.frame, [&](HtmlWriter& h) { write_progress(h, pdf, progress); });
}

Response pdf_progress_answer(const PdfPage& pdf, const Result<PdfDesk::Progress>& progress) {
  return fragment([&](HtmlWriter& h) { write_progress(h, pdf, progress); });
}

}  // namespace assay
