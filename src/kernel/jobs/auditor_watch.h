// Keeps the verdicts of all workspaces current while the server runs: after every change, whoever made it, and when the
// day ends. Findings that open and close are recorded and announced.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "kernel/service/tenant.h"

namespace assay {

struct WatchNews {
  std::string workspace;
  bool data = false;                   // records changed
  std::size_t opened = 0, closed = 0;  // findings
  std::shared_ptr<const Verdict> verdict;
};

class AuditorWatch {
 public:
  // `tell` is called on the watch's own thread.
  AuditorWatch(std::vector<Tenant*> tenants, std::function<void(const WatchNews&)> tell);
  ~AuditorWatch();  // waits for the look that is under way
  AuditorWatch(const AuditorWatch&) = delete;
  AuditorWatch& operator=(const AuditorWatch&) = delete;

 private:
  struct Watched {
    Tenant* tenant = nullptr;
    std::int64_t revision = -1;
    Date day = {};
    std::shared_ptr<const Verdict> recorded;
    bool failed = false;
    std::chrono::steady_clock::time_point quiet_since = {};
    bool foretold = false;
  };
  void loop();
  Result<WatchNews> look(Watched& watched);

  std::vector<Watched> watched_;
  std::function<void(const WatchNews&)> tell_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace assay
