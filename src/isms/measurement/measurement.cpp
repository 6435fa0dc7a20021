#include "isms/measurement/measurement.h"

#include "isms/measurement/metric.h"

namespace assay {

const EntityDef& Measurement::def() {
  static constexpr FieldDef fields[] = {
      field<&Measurement::metric>({.label = "Metric", .in_list = true}),
      field<&Measurement::period_end>({.label = "Period end", .help = "Period.", .title = true, .in_list = true}),
      field<&Measurement::value>({.label = "Value", .in_list = true}),
      field<&Measurement::measured_on>({.label = "Measured on", .help = "Day.", .in_list = true}),
      field<&Measurement::analysed_on>({.label = "Analysed on", .help = "Evaluation day."}),
      field<&Measurement::conclusion>({.label = "Conclusion", .help = "Evaluation.", .multiline = true}),
  };
  static constexpr EntityDef def = entity<Measurement>(
      {.name = "measurement",
       .label = "Measurement",
       .plural = "Measurements",
       .help = "A value of a metric.",
       .phase = Phase::measurement,
       .access = AccessClass::governance,
       .prefix = "MS",
       .parent = "metric",
       .unique_together = "metric period_end",
       .default_sort = "-period_end",
      },
      fields);
  return def;
}

}  // namespace assay
