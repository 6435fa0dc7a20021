// An action that removes a cause.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Evidence;
struct Nonconformity;
struct Person;

enum class CorrectiveActionEffectiveness { effective, not_effective };
template <>
inline constexpr auto choices_of<CorrectiveActionEffectiveness> = choices<CorrectiveActionEffectiveness>({
    choice<CorrectiveActionEffectiveness::effective>("Effective"),
    choice<CorrectiveActionEffectiveness::not_effective>("Not effective"),
});

struct CorrectiveAction {
  Id id;
  std::optional<Ref<Nonconformity>> nonconformity;
  std::string description;
  std::optional<Ref<Person>> owner;
  std::optional<Date> due_on;
  std::optional<Date> completed_on;
  std::vector<Ref<Evidence>> evidence;
  std::optional<std::string> effectiveness_criterion;
  std::optional<Date> effectiveness_checked_on;
  std::optional<Ref<Person>> effectiveness_checked_by;
  std::optional<CorrectiveActionEffectiveness> effectiveness;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
