#include "isms/measurement/metric.h"

#include <cmath>

#include "isms/controls/control.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& Metric::def() {
  static constexpr FieldDef fields[] = {
      field<&Metric::name>(
          {.label = "Name", .example = "Critical vulnerabilities fixed within a week", .title = true, .in_list = true}),
      field<&Metric::what>({.label = "What is measured",
                            .example = "Share of critical findings of the month that were fixed within seven days",
                            .multiline = true}),
      field<&Metric::method>({.label = "How",
                              .help = "Formula and source of the data, so that another person gets the same value.",
                              .example = "Fixed within seven days divided by found, from the vulnerability register",
                              .multiline = true}),
      field<&Metric::measure_every_days>(
          {.label = "Measured every (days)", .example = "30", .in_list = true, .least = 1, .most = 3660}),
      field<&Metric::measured_by>({.label = "Measured by", .help = "May stay empty when a machine measures."}),
      field<&Metric::automated>({.label = "Measured by a machine"}),
      field<&Metric::analyse_every_days>(
          {.label = "Evaluated every (days)", .example = "90", .least = 1, .most = 3660}),
      field<&Metric::analysed_by>({.label = "Evaluated by"}),
      field<&Metric::target>({.label = "Target", .in_list = true}),
      field<&Metric::direction>({.label = "Better", .help = "Which direction is the good one."}),
      field<&Metric::kind>(
          {.label = "Measures", .help = "Performance: is it done? Effectiveness: does it help?", .in_list = true}),
      field<&Metric::control>({.label = "Control", .help = "The control whose effect it shows.", .in_list = true}),
      field<&Metric::active>({.label = "In use", .in_list = true}),
      field<&Metric::active_since>({.label = "In use since"}),
  };
  static constexpr EntityDef def = entity<Metric>(
      {
          .name = "metric",
          .label = "Metric",
          .plural = "Metrics",
          .help = "What the organisation measures to know whether its information security works. Clause 9.1 asks what "
                  "is measured, how, when, by whom, and who evaluates the results.",
          .clause = "9.1",
          .example = "Critical vulnerabilities fixed within a week: monthly from the register, target 90 %, evaluated "
                     "every quarter.",
          .phase = Phase::measurement,
          .access = AccessClass::governance,
          .prefix = "M",
          .holder = "measured_by",
          .default_sort = "name",
      },
      fields);
  return def;
}

bool Metric::meets(double value, double wanted) const {
  if (direction == MetricDirection::up) return value >= wanted;
  if (direction == MetricDirection::down) return value <= wanted;
  return std::abs(value - wanted) < 1e-9;
}

Problems Metric::validate() const {
  Problems problems;
  if (active && !name.empty() && !automated && checks::id_of(measured_by).empty()) {
    problems.push_back({"measured_by", "must be named while the metric is in use, unless a machine measures", ""});
  }
  return problems;
}

}  // namespace assay
