#include "kernel/service/pdf_desk.h"

#include <algorithm>

#include "base/log.h"

namespace assay {
namespace {

// Failures that nobody asked about again are among them.
constexpr std::size_t most_wanted = 64;

}  // namespace

PdfDesk::~PdfDesk() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (worker_.joinable()) worker_.join();
}

Result<PdfDesk::Progress> PdfDesk::ask(const std::string& html) {
  TRY(auto known, known_pdf(workspace_, blobs_, html));
  if (known) return Progress{Progress::State::ready, *known, 0, {}};
  Hash key = sha256(html);
  auto now = std::chrono::steady_clock::now();
  std::lock_guard lock(mutex_);
  auto found = wanted_.find(key);
  if (found != wanted_.end() && found->second.failure) {
    Error failure = *std::move(found->second.failure);
    wanted_.erase(found);
    return Failure(std::move(failure));
  }
  if (found == wanted_.end()) {
    if (wanted_.size() >= most_wanted)
      std::erase_if(wanted_, [](const auto& item) { return item.second.failure.has_value(); });
    if (wanted_.size() >= most_wanted)
      return fail(ErrorKind::limit, "Too many documents are waiting to be made. Try again in a minute.");
    found = wanted_.emplace(key, Wanted{html, now, false, {}}).first;
    queue_.push_back(key);
    if (!worker_.joinable()) worker_ = std::thread([this] { work(); });
    wake_.notify_one();
  }
  const Wanted& wanted = found->second;
  auto place = std::ranges::find(queue_, key) - queue_.begin();
  return Progress{wanted.making ? Progress::State::making : Progress::State::waiting,
                  {},
                  wanted.making ? 0 : static_cast<std::size_t>(place),
                  std::chrono::duration_cast<std::chrono::seconds>(now - wanted.asked)};
}

void PdfDesk::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    Hash key = queue_.front();
    queue_.pop_front();
    Wanted& wanted = wanted_.at(key);  // stays where it is: only what has failed is removed by others
    wanted.making = true;
    lock.unlock();
    auto made = pdf_of(workspace_, blobs_, wanted.html);
    lock.lock();
    if (made) {
      wanted_.erase(key);
      continue;
    }
    if (made.error().kind == ErrorKind::internal)
      log(LogLevel::error, "a PDF could not be made", {{"problem", std::string_view(made.error().message)}});
    wanted.html.clear();
    wanted.failure = std::move(made).error();
  }
}

}  // namespace assay
