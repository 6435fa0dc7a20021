#include "http/event_hub.h"

#include <utility>

namespace assay {
namespace {

// What a page that is not reading may have waiting for it.
constexpr std::size_t most_pending = 16 * 1024;

}  // namespace

std::string EventSubscription::take() {
  std::lock_guard lock(mutex_);
  return std::exchange(pending_, {});
}

bool EventSubscription::is_over() const {
  std::lock_guard lock(mutex_);
  return over_;
}

void EventSubscription::on_news(std::function<void()> wake) {
  std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

void EventSubscription::put(std::string_view text) {
  std::lock_guard lock(mutex_);
  if (pending_.size() + text.size() > most_pending) pending_.clear();
  pending_ += text;
  if (wake_) wake_();
}

void EventSubscription::end() {
  std::lock_guard lock(mutex_);
  over_ = true;
  if (wake_) wake_();
}

void EventHub::publish(std::string_view topic, std::string_view event, std::string_view data) {
  std::string text = "event: ";
  text.append(event).append("\ndata: ").append(data).append("\n\n");
  std::lock_guard lock(mutex_);
  auto found = topics_.find(topic);
  if (found == topics_.end()) return;
  std::erase_if(found->second, [&](const std::weak_ptr<EventSubscription>& listener) {
    auto there = listener.lock();
    if (there) there->put(text);
    return !there;
  });
}

std::shared_ptr<EventSubscription> EventHub::subscribe(const std::string& topic) {
  auto subscription = std::make_shared<EventSubscription>();
  std::lock_guard lock(mutex_);
  auto& listeners = topics_[topic];
  std::erase_if(listeners, [](const auto& listener) { return listener.expired(); });
  listeners.push_back(subscription);
  if (closed_) subscription->end();
  return subscription;
}

void EventHub::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  for (auto& [topic, listeners] : topics_) {
    for (auto& listener : listeners) {
      if (auto there = listener.lock()) there->end();
    }
  }
}

std::size_t EventHub::listeners() const {
  std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [topic, listeners] : topics_) {
    for (const auto& listener : listeners) count += !listener.expired();
  }
  return count;
}

}  // namespace assay
