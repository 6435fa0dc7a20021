// An opportunity for improvement (10.1).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

enum class ImprovementItemSource { audit, review, incident, suggestion, metric, rule };
template <>
inline constexpr auto choices_of<ImprovementItemSource> = choices<ImprovementItemSource>({
    choice<ImprovementItemSource::audit>("Audit"),
    choice<ImprovementItemSource::review>("Review"),
    choice<ImprovementItemSource::incident>("Incident"),
    choice<ImprovementItemSource::suggestion>("Suggestion"),
    choice<ImprovementItemSource::metric>("Metric"),
    choice<ImprovementItemSource::rule>("Rule"),
});

enum class ImprovementItemDecision { pending, adopt, reject };
template <>
inline constexpr auto choices_of<ImprovementItemDecision> = choices<ImprovementItemDecision>({
    choice<ImprovementItemDecision::pending>("Pending"),
    choice<ImprovementItemDecision::adopt>("Adopt"),
    choice<ImprovementItemDecision::reject>("Reject"),
});

struct ImprovementItem {
  Id id;
  ImprovementItemSource source{};
  std::string text;
  ImprovementItemDecision decision{};
  std::optional<Date> decided_on;
  std::optional<Date> implemented_on;

  static const EntityDef& def();
};

}  // namespace assay
