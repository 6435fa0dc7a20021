// Objectives with the measurements that show where they stand (6.2, 9.1), and taking a measurement.
#pragma once

#include <vector>

#include "isms/measurement/objective_course.h"
#include "workflows/records.h"

namespace assay {

struct FollowedObjective {
  SecurityObjective objective;
  std::optional<Metric> metric;  // nothing where none is named or it is not shown
  ObjectiveCourse course;
};
// Active ones first, those that alarm before the others, then by due date.
Result<std::vector<FollowedObjective>> followed_objectives(const RegisterService& registers,
                                                           const Principal& principal);
Result<FollowedObjective> followed_objective(const RegisterService& registers, const Principal& principal,
                                             std::string_view id);

// Takes a value of the objective's metric and, where the person may, notes with it that the objective was monitored. A
// conclusion makes it evaluated today. Errors: invalid at "period_end", "value" or "conclusion"; conflict when the
// objective has no metric.
struct NewMeasurement {
  std::optional<Date> period_end;
  std::optional<double> value;
  std::string conclusion;
};
Result<void> take_measurement(const RegisterService& registers, const Principal& principal, std::string_view objective,
                              const NewMeasurement& measurement);

}  // namespace assay
