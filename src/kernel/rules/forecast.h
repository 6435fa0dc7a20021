// What the coming days bring if nobody does anything: findings that open because something lapses, and those that end.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "kernel/rules/auditor.h"

namespace assay {

// How far pages look ahead at most; what the server keeps ready.
inline constexpr std::int64_t forecast_days = 183;

struct ForecastEvent {
  Date on;
  bool opens = true;  // false: the finding ends by itself
  RuleFinding finding;
};

struct Forecast {
  Date from, until;
  std::vector<ForecastEvent> events;  // by day, then as in a verdict; without synthetic findings
  // The next day on which the verdict turns by itself; nothing when none does before `until`.
  std::optional<Date> next_turn() const { return events.empty() ? std::nullopt : std::optional(events.front().on); }
};

// Every rule that asks for the day is asked for each week ahead; where two weeks differ, the days between are searched.
// A finding that opens and ends within the same week can be missed; the verdict of each day, asked on that day, misses
// none. Nothing is foretold of a rule that cannot be judged on one of the days. Safe from many threads; one forecast is
// worked out at a time and kept while the data and the day stay.
class Forecaster {
 public:
  explicit Forecaster(RuleAuditor& auditor) : auditor_(auditor) {}

  // `until` at most two years ahead. All stages.
  Result<std::shared_ptr<const Forecast>> until(Date end);

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
  Result<void> work_out(Kept& kept);
  Result<const OnDay*> on(Date day, Connection& connection);
  Result<std::vector<ForecastEvent>> of_rule(const Rule& rule, Date from, Date until, Connection& connection);

  RuleAuditor& auditor_;
  std::mutex mutex_;
  RuleConnection connection_{RuleConnection::Days::many};
  std::map<Date, OnDay> days_;  // for the forecast that is being worked out
  std::optional<Kept> kept_;
};

}  // namespace assay
