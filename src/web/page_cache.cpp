#include "web/page_cache.h"

namespace assay {
namespace {

constexpr std::chrono::seconds longest{60};
constexpr std::size_t largest = 1U << 20U;

bool is_worth_keeping(const Response& response) {
  return response.status == 200 && !response.body.empty() && response.body.size() <= largest &&
         response.header("Set-Cookie").empty();
}

}  // namespace

std::optional<Response> PageCache::find(const std::string& key, std::int64_t revision, Clock::time_point now) {
  std::lock_guard lock(mutex_);
  auto found = index_.find(key);
  if (found == index_.end()) return std::nullopt;
  auto entry = found->second;
  if (entry->revision != revision || entry->until < now) {
    remove(entry);
    return std::nullopt;
  }
  recent_.splice(recent_.begin(), recent_, entry);
  return entry->page;
}

void PageCache::keep(const std::string& key, std::int64_t revision, Response& response, Clock::time_point now) {
  if (!is_worth_keeping(response)) return;
  response.shared_body = std::make_shared<const std::string>(std::exchange(response.body, {}));
  std::lock_guard lock(mutex_);
  if (auto old = index_.find(key); old != index_.end()) remove(old->second);
  recent_.push_front({key, revision, now + longest, response});
  index_.emplace(recent_.front().key, recent_.begin());
  bytes_ += recent_.front().size();
  while (bytes_ > capacity_) remove(std::prev(recent_.end()));
}

void PageCache::remove(Entries::iterator entry) {
  bytes_ -= entry->size();
  index_.erase(entry->key);
  recent_.erase(entry);
}

}  // namespace assay
