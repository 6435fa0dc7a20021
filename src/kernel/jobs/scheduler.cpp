#include "kernel/jobs/scheduler.h"

#include <algorithm>
#include <exception>

#include "base/log.h"

namespace assay {
namespace {

void run_once(const Job& job) {
  try {
    auto done = job.run();
    if (done)
      log(LogLevel::info, "job done", {{"job", std::string_view(job.name)}, {"result", std::string_view(*done)}});
    else
      log(LogLevel::error, "job failed",
          {{"job", std::string_view(job.name)}, {"error", std::string_view(done.error().message)}});
  } catch (const std::exception& error) {
    log(LogLevel::error, "job failed",
        {{"job", std::string_view(job.name)}, {"error", std::string_view(error.what())}});
  }
}

}  // namespace

Scheduler::Scheduler(std::vector<Job> jobs) : jobs_(std::move(jobs)), thread_([this] { loop(); }) {}

Scheduler::~Scheduler() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Scheduler::loop() {
  using Clock = std::chrono::steady_clock;
  std::vector<Clock::time_point> due;
  for (const Job& job : jobs_) due.push_back(Clock::now() + job.first_after);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (due.empty()) {
      wake_.wait(lock, [&] { return stopping_; });
      return;
    }
    auto next = std::min_element(due.begin(), due.end());
    if (wake_.wait_until(lock, *next, [&] { return stopping_; })) return;
    const Job& job = jobs_[static_cast<std::size_t>(next - due.begin())];
    *next = Clock::now() + job.every;
    lock.unlock();
    run_once(job);
    lock.lock();
  }
}

}  // namespace assay
