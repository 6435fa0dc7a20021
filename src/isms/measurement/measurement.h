// A value of a metric.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Metric;

struct Measurement {
  Id id;
  Ref<Metric> metric;
  Date period_end;
  double value = 0;
  Date measured_on;
  std::optional<Date> analysed_on;
  std::optional<std::string> conclusion;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
