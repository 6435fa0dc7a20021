// Work that is done on a schedule while the server runs.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace assay {

struct Job {
  std::string name;
  std::chrono::seconds every;
  std::chrono::seconds first_after;          // from the start of the scheduler
  std::function<Result<std::string>()> run;  // gives a sentence for the log
};

// One thread runs the jobs one after another. A job that fails or throws is logged and tried again at its next time.
class Scheduler {
 public:
  explicit Scheduler(std::vector<Job> jobs);
  ~Scheduler();  // waits for the running job
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

 private:
  void loop();
  std::vector<Job> jobs_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace assay
