#include "isms/measurement/objective_course.h"

#include <algorithm>
#include <cmath>

#include "isms/record_checks.h"

namespace assay {
namespace {

constexpr std::size_t trend_least = 3, trend_most = 6;
constexpr std::int64_t trend_days_ahead = 90;

std::optional<ObjectiveTrend> trend_of(const std::vector<Measurement>& values, const Metric& metric,
                                       std::optional<double> target, Date on) {
  if (values.size() < trend_least) return std::nullopt;
  std::size_t count = std::min(values.size(), trend_most);
  auto first = values.end() - static_cast<std::ptrdiff_t>(count);
  double days = 0, level = 0;
  for (auto it = first; it != values.end(); ++it) {
    days += static_cast<double>(days_between(first->period_end, it->period_end));
    level += it->value;
  }
  days /= static_cast<double>(count);
  level /= static_cast<double>(count);
  double across = 0, along = 0;
  for (auto it = first; it != values.end(); ++it) {
    double day = static_cast<double>(days_between(first->period_end, it->period_end)) - days;
    across += day * (it->value - level);
    along += day * day;
  }
  if (along <= 0) return std::nullopt;
  ObjectiveTrend out{count, across / along, on, 0, false};
  out.value = level + out.per_day * (static_cast<double>(days_between(first->period_end, on)) - days);
  out.meets = target && metric.meets(out.value, *target);
  return out;
}

}  // namespace

ObjectiveCourse course_of(const SecurityObjective& objective, const Metric* metric,
                          std::vector<Measurement> measurements, Date today) {
  ObjectiveCourse out;
  const bool open = objective.status == SecurityObjectiveStatus::active;
  out.evaluation_late = open && objective.due_on && *objective.due_on < today && !checks::given(objective.evaluated_on);
  if (!metric) return out;
  out.target = objective.target_value ? objective.target_value : metric->target;
  std::erase_if(measurements, [&](const Measurement& value) { return value.period_end > today; });
  std::ranges::stable_sort(measurements, {}, &Measurement::period_end);
  out.values = std::move(measurements);
  if (metric->active && metric->measure_every_days) {
    Date from = out.values.empty() ? metric->active_since : out.values.back().period_end;
    out.measure_due = from.plus_days(*metric->measure_every_days);
    out.measurement_late = *out.measure_due < today;
  }
  if (out.values.empty()) {
    out.stand = ObjectiveCourse::Stand::no_value;
    return out;
  }
  using enum ObjectiveCourse::Stand;
  out.stand = !out.target ? no_target : metric->meets(out.values.back().value, *out.target) ? on_target : off_target;
  Date ahead = objective.due_on && *objective.due_on > out.values.back().period_end
                   ? *objective.due_on
                   : out.values.back().period_end.plus_days(trend_days_ahead);
  out.trend = trend_of(out.values, *metric, out.target, ahead);
  return out;
}

}  // namespace assay
