// An information security objective and its plan (6.2).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Document;
struct Metric;
struct Person;

enum class SecurityObjectiveStatus { draft, active, achieved, missed, cancelled };
template <>
inline constexpr auto choices_of<SecurityObjectiveStatus> = choices<SecurityObjectiveStatus>({
    choice<SecurityObjectiveStatus::draft>("Draft"),
    choice<SecurityObjectiveStatus::active>("Active"),
    choice<SecurityObjectiveStatus::achieved>("Achieved"),
    choice<SecurityObjectiveStatus::missed>("Missed"),
    choice<SecurityObjectiveStatus::cancelled>("Cancelled"),
});

struct SecurityObjective {
  Id id;
  std::string title;
  std::optional<Ref<Metric>> metric;
  bool measurable = false;
  std::optional<std::string> measurability_rationale;
  std::optional<double> target_value;
  std::optional<Ref<Document>> policy_link;
  bool considers_risk_results = false;
  std::optional<std::string> actions;
  std::optional<std::string> resources;
  std::optional<Ref<Person>> owner;
  std::optional<Date> due_on;
  std::optional<std::string> evaluation_method;
  std::optional<Date> communicated_on;
  std::optional<Date> last_monitored_on;
  SecurityObjectiveStatus status{};
  std::optional<Date> evaluated_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
