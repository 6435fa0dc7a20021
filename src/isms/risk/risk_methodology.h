// The defined assessment and treatment process (6.1.2, 6.1.3).
#pragma once

#include "isms/choices.h"

namespace assay {

struct DocumentVersion;
struct Person;

enum class RiskMethodologyApproach { asset_based, event_based, hybrid };
template <>
inline constexpr auto choices_of<RiskMethodologyApproach> = choices<RiskMethodologyApproach>({
    choice<RiskMethodologyApproach::asset_based>("Asset based"),
    choice<RiskMethodologyApproach::event_based>("Event based"),
    choice<RiskMethodologyApproach::hybrid>("Hybrid"),
});

enum class RiskMethodologyFormula { multiply, sum, matrix };
template <>
inline constexpr auto choices_of<RiskMethodologyFormula> = choices<RiskMethodologyFormula>({
    choice<RiskMethodologyFormula::multiply>("Multiply"),
    choice<RiskMethodologyFormula::sum>("Sum"),
    choice<RiskMethodologyFormula::matrix>("Matrix"),
});

struct RiskMethodology {
  Id id;
  std::int64_t version = 0;
  PlanStatus status{};
  RiskMethodologyApproach approach{};
  std::int64_t likelihood_min = 0;
  std::int64_t likelihood_max = 0;
  std::int64_t impact_min = 0;
  std::int64_t impact_max = 0;
  bool level_definitions = false;
  RiskMethodologyFormula formula{};
  std::optional<Json> matrix;
  std::optional<double> acceptance_threshold;
  std::optional<std::string> assessment_criteria;
  std::optional<std::int64_t> reassessment_interval_days;
  std::int64_t tolerance_levels = 0;
  std::optional<Ref<DocumentVersion>> document_version;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;
  std::optional<Date> effective_on;

  static const EntityDef& def();
};

}  // namespace assay
