// One performance of the assessment process (8.2).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Evidence;
struct IsmsChange;
struct Person;
struct RiskMethodology;
struct ScopeStatement;

enum class RiskAssessmentRunKind { initial, planned, triggered };
template <>
inline constexpr auto choices_of<RiskAssessmentRunKind> = choices<RiskAssessmentRunKind>({
    choice<RiskAssessmentRunKind::initial>("First"),
    choice<RiskAssessmentRunKind::planned>("Planned"),
    choice<RiskAssessmentRunKind::triggered>("Triggered by a change"),
});

struct RiskAssessmentRun {
  Id id;
  Ref<RiskMethodology> methodology;
  Ref<ScopeStatement> scope;
  RiskAssessmentRunKind kind{};
  std::optional<Ref<IsmsChange>> trigger;
  Date performed_on;
  std::vector<Ref<Person>> participants;
  std::optional<Ref<Person>> approved_by;
  std::optional<Ref<Evidence>> report;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
