// Makes PDFs beside the requests that want them: whoever asks is told how far it is and asks again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "kernel/service/rendered_pages.h"

namespace assay {

// Safe from many threads. One document is made at a time; the others wait in the order in which they were asked for.
class PdfDesk {
 public:
  PdfDesk(Workspace& workspace, const BlobStore& blobs) : workspace_(workspace), blobs_(blobs) {}
  ~PdfDesk();  // waits for the document that is being made; what waits behind it is dropped
  PdfDesk(const PdfDesk&) = delete;
  PdfDesk& operator=(const PdfDesk&) = delete;

  struct Progress {
    enum class State { waiting, making, ready };
    State state = State::waiting;
    Hash hash{};                    // ready: the blob with the PDF
    std::size_t ahead = 0;          // waiting: documents before this one
    std::chrono::seconds since{0};  // how long ago it was first asked for
  };
  // Begins with a document that is not known yet. Errors: those of render_pdf(), told once; asking again begins anew.
  // Limit when too many wait.
  Result<Progress> ask(const std::string& html);

 private:
  struct Wanted {
    std::string html;
    std::chrono::steady_clock::time_point asked;
    bool making = false;
    std::optional<Error> failure;
  };
  void work();

  Workspace& workspace_;
  const BlobStore& blobs_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::map<Hash, Wanted> wanted_;
  std::deque<Hash> queue_;
  bool stopping_ = false;
  std::thread worker_;  // started by the first document
};

}  // namespace assay
