#include "isms/operations/detection_rule.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& DetectionRule::def() {
  static constexpr FieldDef fields[] = {
      field<&DetectionRule::name>(
          {.label = "Name", .example = "Ten failed logins within a minute", .title = true, .in_list = true}),
      field<&DetectionRule::category>({.label = "Category", .in_list = true}),
      field<&DetectionRule::enabled>({.label = "Enabled", .in_list = true}),
      field<&DetectionRule::last_tuned_on>({.label = "Last tuned on", .in_list = true}),
      field<&DetectionRule::last_test_fired_on>(
          {.label = "Last fired in a test on", .help = "A rule that never fires may be blind.", .in_list = true}),
      field<&DetectionRule::owner>({.label = "Owner", .in_list = true}),
  };
  static constexpr EntityDef def = entity<DetectionRule>(
      {
          .name = "detection_rule",
          .label = "Detection rule",
          .plural = "Detection rules",
          .help =
              "Rules that raise an alert when something unusual happens. Control A.8.16 asks that networks, systems "
              "and applications are watched.",
          .clause = "A.8.16",
          .example = "Ten failed logins within a minute: enabled, tuned in March, fired in the test of April.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "DR",
          .holder = "owner",
          .default_sort = "name",
      },
      fields);
  return def;
}

}  // namespace assay
