// The defined assessment and treatment process (6.1.2, 6.1.3).
#pragma once

#include "isms/choices.h"

namespace assay {

struct DocumentVersion;
struct Person;

enum class RiskMethodologyApproach { asset_based, event_based, hybrid };
template <>
inline constexpr auto choices_of<RiskMethodologyApproach> = choices<RiskMethodologyApproach>({
    choice<RiskMethodologyApproach::asset_based>("From assets"),
    choice<RiskMethodologyApproach::event_based>("From events (scenarios)"),
    choice<RiskMethodologyApproach::hybrid>("Both"),
});

enum class RiskMethodologyFormula { multiply, sum, matrix };
template <>
inline constexpr auto choices_of<RiskMethodologyFormula> = choices<RiskMethodologyFormula>({
    choice<RiskMethodologyFormula::multiply>("Likelihood × impact"),
    choice<RiskMethodologyFormula::sum>("Likelihood + impact"),
    choice<RiskMethodologyFormula::matrix>("Matrix"),
});

enum class MethodScale { likelihood, impact };
template <>
inline constexpr auto choices_of<MethodScale> = choices<MethodScale>({
    choice<MethodScale::likelihood>("Likelihood"),
    choice<MethodScale::impact>("Impact"),
});

// What a level of a scale means: one row of RiskMethodology::levels.
struct MethodLevel {
  MethodScale scale{};
  std::int64_t level = 0;
  std::string name;
  std::string meaning;
  static std::span<const FieldDef> parts();
};

// Where a class of risk begins: one row of RiskMethodology::bands.
struct MethodBand {
  Severity name{};
  double from = 0;
  static std::span<const FieldDef> parts();
};

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
  std::vector<MethodLevel> levels;
  std::vector<MethodBand> bands;

  static const EntityDef& def();
  Problems validate() const;
  void derive(const Lookup& lookup);

  // The level of risk by the formula; nothing where the matrix has no cell for the pair.
  std::optional<double> level(std::int64_t likelihood, std::int64_t impact) const;
  bool likelihood_on_scale(std::int64_t likelihood) const;
  bool impact_on_scale(std::int64_t impact) const;
  // The highest version in force, else the highest approved one.
  static std::optional<RiskMethodology> current(const Lookup& lookup);
};

extern const Lifecycle risk_methodology_lifecycle;

}  // namespace assay
