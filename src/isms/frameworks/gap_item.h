// One requirement or control in the gap analysis.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Evidence;
struct GapAssessment;
struct Person;

enum class GapItemDimension { clause, control };
template <>
inline constexpr auto choices_of<GapItemDimension> = choices<GapItemDimension>({
    choice<GapItemDimension::clause>("Clause 4 to 10"),
    choice<GapItemDimension::control>("Control of Annex A"),
});

enum class GapItemResult { conformant, partial, absent, not_applicable };
template <>
inline constexpr auto choices_of<GapItemResult> = choices<GapItemResult>({
    choice<GapItemResult::conformant>("Met"),
    choice<GapItemResult::partial>("Partly met"),
    choice<GapItemResult::absent>("Not met"),
    choice<GapItemResult::not_applicable>("Not applicable"),
});

enum class GapItemRiskSeverity { low, medium, high, critical };
template <>
inline constexpr auto choices_of<GapItemRiskSeverity> = choices<GapItemRiskSeverity>({
    choice<GapItemRiskSeverity::low>("Low"),
    choice<GapItemRiskSeverity::medium>("Medium"),
    choice<GapItemRiskSeverity::high>("High"),
    choice<GapItemRiskSeverity::critical>("Critical"),
});

enum class GapItemComplexity { low, medium, high };
template <>
inline constexpr auto choices_of<GapItemComplexity> = choices<GapItemComplexity>({
    choice<GapItemComplexity::low>("Low"),
    choice<GapItemComplexity::medium>("Medium"),
    choice<GapItemComplexity::high>("High"),
});

struct GapItem {
  Id id;
  Ref<GapAssessment> assessment;
  std::string ref;
  GapItemDimension dimension{};
  GapItemResult result{};
  std::optional<std::string> rationale;
  std::optional<GapItemRiskSeverity> risk_severity;
  std::optional<GapItemComplexity> complexity;
  std::optional<std::int64_t> priority;
  std::optional<std::string> action;
  std::optional<Ref<Person>> owner;
  std::optional<Date> target_on;
  std::optional<Ref<Person>> assessor;
  std::optional<Date> assessed_on;
  std::vector<Ref<Evidence>> evidence;
  std::optional<double> effort_days;
  std::optional<double> cost;
  std::vector<Ref<GapItem>> depends_on;
  std::optional<Date> roadmap_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
