// What the coming days bring if nobody does anything: findings that open because something lapses, and those that end.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "kernel/rules/auditor.h"
#include "kernel/rules/forecast_search.h"

namespace assay {

// How far pages look ahead at most; what the server keeps ready.
inline constexpr std::int64_t forecast_days = 183;

struct Forecast {
  Date from, until;
  std::vector<ForecastEvent> events;  // by day, then as in a verdict; without synthetic findings
  // The next day on which the verdict turns by itself; nothing when none does before `until`.
  std::optional<Date> next_turn() const { return events.empty() ? std::nullopt : std::optional(events.front().on); }
};

// Every rule that asks for the day is asked for each week ahead; where two weeks differ, the days between are searched.
// A finding that opens and ends within the same week can be missed; the verdict of each day, asked on that day, misses
// none. Nothing is foretold of a rule that cannot be judged on one of the days. Safe from many threads; one forecast is
// worked out at a time and kept while the data and the day stay. `until` is at most two years ahead. All stages.
class Forecaster {
 public:
  explicit Forecaster(RuleAuditor& auditor) : auditor_(auditor) {}
  ~Forecaster();  // gives up what is being worked out
  Forecaster(const Forecaster&) = delete;
  Forecaster& operator=(const Forecaster&) = delete;

  // Waits for it.
  Result<std::shared_ptr<const Forecast>> until(Date end);
  // Waits no longer than `patience`; null: it is still being worked out, beside the caller.
  Result<std::shared_ptr<const Forecast>> within(Date end, std::chrono::milliseconds patience);
  // Begins to work it out beside the caller, unless it is known or something is being worked out already.
  Result<void> begin(Date end);
  // How much of the one that is being worked out is done, from 0 to 1.
  double progress() const { return progress_; }

 private:
  struct OnDay {
    std::map<std::string, double, std::less<>> parameters;
    Gates gates;
  };
  struct Kept {
    Date from, until;
    const RuleSet* rules = nullptr;  // that `by_rule` belongs to
    std::int64_t revision = -1;
    std::int64_t entries = 0;
    std::vector<std::vector<ForecastEvent>> by_rule;
    std::shared_ptr<const Forecast> forecast;
  };
  // What was worked out last.
  struct Known {
    std::int64_t revision = -1;
    std::shared_ptr<const Forecast> forecast;
  };
  Date latest(Date end) const;
  std::shared_ptr<const Forecast> at_hand(Date end, std::int64_t revision) const;  // null: not of this data
  void begin_locked(Date end);
  Result<void> work_out(Kept& kept);
  Result<const OnDay*> on(Date day, Connection& connection);
  Result<std::vector<ForecastEvent>> of_rule(const Rule& rule, Date from, Date until, Connection& connection);

  RuleAuditor& auditor_;
  std::mutex mutex_;  // held while one is worked out
  RuleConnection connection_{RuleConnection::Days::many};
  std::map<Date, OnDay> days_;  // for the forecast that is being worked out
  std::optional<Kept> kept_;

  std::atomic<double> progress_ = 0;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex state_mutex_;  // of what follows; never held for long
  std::condition_variable done_;
  Known known_;
  std::optional<Error> failure_;  // of the worker
  bool working_ = false;
  std::thread worker_;
};

}  // namespace assay
