// An alerting rule.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

enum class DetectionRuleCategory {
  auth_failure,
  privilege_escalation,
  data_exfiltration,
  config_change,
  malware,
  availability,
  other
};
template <>
inline constexpr auto choices_of<DetectionRuleCategory> = choices<DetectionRuleCategory>({
    choice<DetectionRuleCategory::auth_failure>("Failed logins"),
    choice<DetectionRuleCategory::privilege_escalation>("Gain of privileges"),
    choice<DetectionRuleCategory::data_exfiltration>("Data leaving"),
    choice<DetectionRuleCategory::config_change>("Change of configuration"),
    choice<DetectionRuleCategory::malware>("Malware"),
    choice<DetectionRuleCategory::availability>("Availability"),
    choice<DetectionRuleCategory::other>("Other"),
});

struct DetectionRule {
  Id id;
  std::string name;
  DetectionRuleCategory category{};
  bool enabled = false;
  std::optional<Date> last_tuned_on;
  std::optional<Date> last_test_fired_on;
  std::optional<Ref<Person>> owner;

  static const EntityDef& def();
};

}  // namespace assay
