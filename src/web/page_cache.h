// Finished pages, each kept for the session that asked for it until the data changes.
#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/message.h"

namespace assay {

// Safe from many threads. The pages asked for least recently give way when `capacity` bytes are exceeded.
class PageCache {
 public:
  using Clock = std::chrono::steady_clock;

  explicit PageCache(std::size_t capacity = 32U << 20U) : capacity_(capacity) {}

  // `revision` is the workspace's, read before the page was written or is looked for. Pages speak of "five minutes
  // ago", so none is older than a minute.
  std::optional<Response> find(const std::string& key, std::int64_t revision, Clock::time_point now);
  // Takes over the body of a page worth keeping (200, no cookies, of moderate size); `response` shares it afterwards.
  void keep(const std::string& key, std::int64_t revision, Response& response, Clock::time_point now);

 private:
  struct Entry {
    std::string key;
    std::int64_t revision;
    Clock::time_point until;
    Response page;
    std::size_t size() const { return key.size() + page.shared_body->size(); }
  };
  using Entries = std::list<Entry>;
  void remove(Entries::iterator entry);

  std::size_t capacity_;
  std::mutex mutex_;
  Entries recent_;                                                 // most recently asked for first
  std::unordered_map<std::string_view, Entries::iterator> index_;  // keys live in the list
  std::size_t bytes_ = 0;
};

}  // namespace assay
