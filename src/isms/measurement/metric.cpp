#include "isms/measurement/metric.h"

#include "isms/controls/control.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Metric::def() {
  static constexpr FieldDef fields[] = {
      field<&Metric::name>({.label = "Name", .title = true, .in_list = true}),
      field<&Metric::what>({.label = "What", .help = "Attribute measured.", .multiline = true}),
      field<&Metric::method>({.label = "Method", .help = "Formula and data source.", .multiline = true}),
      field<&Metric::measure_every_days>({.label = "Measure every days", .help = "When measured.", .in_list = true}),
      field<&Metric::measured_by>({.label = "Measured by", .help = "Who measures (null allowed if automated)."}),
      field<&Metric::automated>({.label = "Automated", .help = "By collector."}),
      field<&Metric::analyse_every_days>({.label = "Analyse every days", .help = "When evaluated."}),
      field<&Metric::analysed_by>({.label = "Analysed by", .help = "Who evaluates."}),
      field<&Metric::target>({.label = "Target"}),
      field<&Metric::direction>({.label = "Direction", .help = "Better direction."}),
      field<&Metric::kind>({.label = "Kind", .help = "ISO/IEC 27004 kind.", .in_list = true}),
      field<&Metric::control>({.label = "Control", .help = "Control measured.", .in_list = true}),
      field<&Metric::active>({.label = "Active", .help = "In use."}),
      field<&Metric::active_since>({.label = "Active since", .help = "Start."}),
  };
  static constexpr EntityDef def = entity<Metric>(
      {.name = "metric",
       .label = "Metric",
       .plural = "Metrics",
       .help = "What is monitored and measured (9.1).",
       .phase = Phase::measurement,
       .access = AccessClass::governance,
       .prefix = "M",
      },
      fields);
  return def;
}

}  // namespace assay
