#include "isms/measurement/measurement.h"

#include "isms/measurement/metric.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& Measurement::def() {
  static constexpr FieldDef fields[] = {
      field<&Measurement::period_end>({.label = "Period until",
                                       .help = "Last day of the period that the value speaks about.",
                                       .title = true,
                                       .in_list = true}),
      field<&Measurement::metric>({.label = "Metric", .in_list = true}),
      field<&Measurement::value>({.label = "Value", .in_list = true}),
      field<&Measurement::measured_on>({.label = "Measured on", .in_list = true}),
      field<&Measurement::analysed_on>({.label = "Evaluated on", .in_list = true}),
      field<&Measurement::conclusion>({.label = "Conclusion",
                                       .help = "What the value means and what follows from it.",
                                       .example = "Below target since two engineers were ill; no action needed.",
                                       .multiline = true}),
  };
  static constexpr EntityDef def = entity<Measurement>(
      {
          .name = "measurement",
          .label = "Measurement",
          .plural = "Measurements",
          .help = "One value of a metric and what it was found to mean. Clause 9.1 asks to keep results and to "
                  "evaluate them, not only to collect them.",
          .clause = "9.1",
          .example = "March: 87 %, evaluated on 9 April, below target because two engineers were ill.",
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

Problems Measurement::validate() const {
  Problems problems;
  const std::optional<Date> measured = measured_on;
  checks::refuse_before(problems, measured, "analysed_on", analysed_on,
                        "must not be before the day of the measurement");
  if (checks::given(analysed_on) && !checks::given(conclusion)) {
    problems.push_back({"conclusion", "must be given with the day of the evaluation", ""});
  }
  return problems;
}

}  // namespace assay
