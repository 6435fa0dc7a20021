// An opportunity for improvement (10.1).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct ContextIssue;
struct Person;

enum class ImprovementItemSource { audit, review, incident, suggestion, metric, rule };
template <>
inline constexpr auto choices_of<ImprovementItemSource> = choices<ImprovementItemSource>({
    choice<ImprovementItemSource::audit>("Audit"),
    choice<ImprovementItemSource::review>("Management review"),
    choice<ImprovementItemSource::incident>("Incident"),
    choice<ImprovementItemSource::suggestion>("Suggestion"),
    choice<ImprovementItemSource::metric>("Metric"),
    choice<ImprovementItemSource::rule>("Rule of the product"),
});

enum class ImprovementItemDecision { pending, adopt, reject };
template <>
inline constexpr auto choices_of<ImprovementItemDecision> = choices<ImprovementItemDecision>({
    choice<ImprovementItemDecision::pending>("To be decided"),
    choice<ImprovementItemDecision::adopt>("Adopted"),
    choice<ImprovementItemDecision::reject>("Rejected"),
});

struct ImprovementItem {
  Id id;
  ImprovementItemSource source{};
  std::string text;
  ImprovementItemDecision decision{};
  std::optional<Date> decided_on;
  std::optional<Date> implemented_on;
  std::optional<Ref<ContextIssue>> context_issue;
  std::optional<std::int64_t> benefit;
  std::optional<std::int64_t> effort;
  std::optional<Ref<Person>> owner;
  std::optional<Date> due_on;
  std::optional<std::string> evaluation;
  std::optional<Date> evaluated_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
