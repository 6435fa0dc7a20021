// Where an objective stands: its measurements over time, the latest against the target, what is late, and where the
// trend leads (6.2, 9.1). Pure.
#pragma once

#include <optional>
#include <vector>

#include "isms/measurement/measurement.h"
#include "isms/measurement/metric.h"
#include "isms/organisation/security_objective.h"

namespace assay {

// The straight line through the latest values, by least squares.
struct ObjectiveTrend {
  std::size_t values = 0;  // that it rests on: 3 to 6
  double per_day = 0;
  Date on;           // the day it is read at: the due date, else 90 days ahead
  double value = 0;  // what it says for that day
  bool meets = false;
};

struct ObjectiveCourse {
  enum class Stand { no_metric, no_value, no_target, on_target, off_target };
  Stand stand = Stand::no_metric;
  std::vector<Measurement> values;  // by the end of their period
  std::optional<double> target;
  std::optional<Date> measure_due;      // the day by which the next value is planned
  bool measurement_late = false;        // that day has passed
  bool evaluation_late = false;         // the objective's own date has passed and it was not evaluated
  std::optional<ObjectiveTrend> trend;  // nothing with fewer than three values

  const Measurement* latest() const { return values.empty() ? nullptr : &values.back(); }
  // Somebody has to look: an active objective that is off target, late to be measured or late to be evaluated.
  bool alarming(const SecurityObjective& objective) const {
    return objective.status == SecurityObjectiveStatus::active &&
           (stand == Stand::off_target || measurement_late || evaluation_late);
  }
};

// `metric` may be null. `measurements`: those of the metric in any order; what lies after today is left out.
ObjectiveCourse course_of(const SecurityObjective& objective, const Metric* metric,
                          std::vector<Measurement> measurements, Date today);

}  // namespace assay
