#include "isms/operations/detection_rule.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& DetectionRule::def() {
  static constexpr FieldDef fields[] = {
      field<&DetectionRule::name>({.label = "Name", .title = true, .in_list = true}),
      field<&DetectionRule::category>({.label = "Category", .help = "Class.", .in_list = true}),
      field<&DetectionRule::enabled>({.label = "Enabled", .help = "Active."}),
      field<&DetectionRule::last_tuned_on>({.label = "Last tuned on", .help = "Latest tuning.", .in_list = true}),
      field<&DetectionRule::last_test_fired_on>({.label = "Last test fired on", .help = "Latest test in which it fired."}),
      field<&DetectionRule::owner>({.label = "Owner", .help = "Who answers for it.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<DetectionRule>(
      {.name = "detection_rule",
       .label = "Detection rule",
       .plural = "Detection rules",
       .help = "An alerting rule.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "DR",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
