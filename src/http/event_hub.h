// Server-sent events: whoever has news publishes them under a topic, and every open page that listens gets them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// What one open page listens to. The server takes news out of it; see Response::events.
class EventSubscription {
 public:
  // The events that came since the last call, in the format of text/event-stream; empty when there are none.
  std::string take();
  bool is_over() const;
  // `wake` is called on any thread when there is something to take or the subscription is over. It must not block.
  void on_news(std::function<void()> wake);

 private:
  friend class EventHub;
  void put(std::string_view text);
  void end();

  mutable std::mutex mutex_;
  std::string pending_;
  std::function<void()> wake_;
  bool over_ = false;
};

// Safe from many threads.
class EventHub {
 public:
  // `data` on one line. Pages that do not read get the newest events only.
  void publish(std::string_view topic, std::string_view event, std::string_view data);
  std::shared_ptr<EventSubscription> subscribe(const std::string& topic);
  // Ends every subscription, now and later; before the server stops.
  void close();
  std::size_t listeners() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<std::weak_ptr<EventSubscription>>, std::less<>> topics_;
  bool closed_ = false;
};

}  // namespace assay
