// A PDF that is made beside the request: the page that waits for it, and the file.
#include <fmt/format.h>

#include "web/assets.h"
#include "web/paper/paper.h"

namespace assay {
namespace {

constexpr std::string_view progress_id = "pdf-progress";

// What replaces itself until the file is there.
void write_progress(HtmlWriter& h, const std::string& url, const PdfWork& work) {
  const Result<PdfDesk::Progress>& progress = work.progress;
  bool ready = progress && progress->state == PdfDesk::Progress::State::ready;
  bool working = progress && !ready;
  h.el("div",
       {cls("card"), at("id", progress_id), at("role", "status"), at_if(working, "hx-get", url),
        at_if(working, "hx-trigger", "load delay:1s"), at_if(working, "hx-swap", "outerHTML"),
        at_if(working, "hx-target", "this")},
       [&] {
         h.el("div", {cls("card-body")}, [&] {
           if (!progress) {
             h.el("p", progress.error().kind == ErrorKind::internal
                           ? std::string_view("The renderer failed; the log of the server says why.")
                           : std::string_view(progress.error().message));
             return h.el("a", {cls("btn"), at("href", work.back_url)}, work.back_label);
           }
           if (ready) {
             h.el("p", "The PDF is ready.");
             return h.el("a", {cls("btn btn-primary"), at("href", url)}, [&] {
               h.add(icon("download"));
               h.text("Download");
             });
           }
           std::string_view words = progress->state == PdfDesk::Progress::State::making ? "The PDF is being made."
                                                                                        : "The PDF waits for its turn.";
           h.el("p", progress->ahead > 0 ? fmt::format("{} {} {} before it.", words, progress->ahead,
                                                       progress->ahead == 1 ? "document is" : "documents are")
                                         : std::string(words));
           h.el("progress", {at("aria-label", "The PDF is being made")}, [] {});
           h.el("p", {cls("text-secondary mb-0 mt-2")}, [&] {
             h.text(fmt::format("{} {} so far. ", progress->since.count(),
                                progress->since.count() == 1 ? "second" : "seconds"));
             h.el("a", {at("href", url)}, "Look again");
           });
         });
       });
}

Response answer_with(Visit& visit, PdfWork work) {
  const Result<PdfDesk::Progress>& progress = work.progress;
  const std::string& url = visit.request.target;
  if (visit.request.is_htmx() && visit.request.header("HX-Target") == progress_id)
    return fragment([&](HtmlWriter& h) { write_progress(h, url, work); });
  if (progress && progress->state == PdfDesk::Progress::State::ready) {
    return Response::download(visit.tenant.blobs.path_of(progress->hash), work.file_name, "application/pdf");
  }
  work.frame.narrow = true;
  work.frame.status = progress                                        ? 202
                      : progress.error().kind == ErrorKind::not_found ? 503
                                                                      : status_of(progress.error().kind);
  return page(visit, work.frame, [&](HtmlWriter& h) { write_progress(h, url, work); });
}

}  // namespace

PageHandler pdf_of(Result<PdfWork> (*work)(Visit& visit)) {
  return [work](Visit& visit) {
    auto asked = work(visit);
    return asked ? answer_with(visit, *std::move(asked)) : error_page(visit, asked.error());
  };
}

}  // namespace assay
