#include "isms/organisation/security_objective.h"

#include "isms/documents/document.h"
#include "isms/measurement/metric.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& SecurityObjective::def() {
  static constexpr FieldDef fields[] = {
      field<&SecurityObjective::title>({.label = "Title", .help = "Objective.", .multiline = true, .title = true, .in_list = true}),
      field<&SecurityObjective::metric>({.label = "Metric", .help = "How it is measured.", .in_list = true}),
      field<&SecurityObjective::measurable>({.label = "Measurable", .help = "Can be measured."}),
      field<&SecurityObjective::measurability_rationale>({.label = "Measurability rationale", .help = "Why not, if not practicable.", .multiline = true}),
      field<&SecurityObjective::target_value>({.label = "Target value", .help = "Target."}),
      field<&SecurityObjective::policy_link>({.label = "Policy link", .help = "Policy it serves."}),
      field<&SecurityObjective::considers_risk_results>({.label = "Considers risk results", .help = "Derived from requirements and risk results."}),
      field<&SecurityObjective::actions>({.label = "Actions", .help = "What will be done.", .multiline = true}),
      field<&SecurityObjective::resources>({.label = "Resources", .help = "What is needed.", .multiline = true}),
      field<&SecurityObjective::owner>({.label = "Owner", .help = "Responsible.", .in_list = true}),
      field<&SecurityObjective::due_on>({.label = "Due on", .help = "When complete.", .in_list = true}),
      field<&SecurityObjective::evaluation_method>({.label = "Evaluation method", .help = "How results will be judged.", .multiline = true}),
      field<&SecurityObjective::communicated_on>({.label = "Communicated on", .help = "Made known."}),
      field<&SecurityObjective::last_monitored_on>({.label = "Last monitored on", .help = "Latest monitoring."}),
      field<&SecurityObjective::status>({.label = "Status", .help = "State.", .in_list = true}),
      field<&SecurityObjective::evaluated_on>({.label = "Evaluated on", .help = "Final evaluation."}),
  };
  static constexpr EntityDef def = entity<SecurityObjective>(
      {.name = "security_objective",
       .label = "Security objective",
       .plural = "Security objectives",
       .help = "An information security objective and its plan (6.2).",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "OBJ",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
