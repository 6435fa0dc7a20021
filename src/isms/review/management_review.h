// A review by top management (9.3).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Evidence;
struct Person;

enum class ManagementReviewReadinessDecision { ready, not_ready, none };
template <>
inline constexpr auto choices_of<ManagementReviewReadinessDecision> = choices<ManagementReviewReadinessDecision>({
    choice<ManagementReviewReadinessDecision::ready>("Ready for certification"),
    choice<ManagementReviewReadinessDecision::not_ready>("Not ready"),
    choice<ManagementReviewReadinessDecision::none>("No decision"),
});

struct ManagementReview {
  Id id;
  std::optional<Date> held_on;
  Date planned_on;
  std::optional<Ref<Person>> chair;
  std::vector<Ref<Person>> attendees;
  std::optional<Ref<Evidence>> minutes;
  std::optional<Date> minutes_approved_on;
  std::optional<double> minutes_similarity_pct;
  std::optional<ManagementReviewReadinessDecision> readiness_decision;
  std::optional<std::string> conclusion_suitability;

  static const EntityDef& def();
  Problems validate() const;
};

extern const Lifecycle management_review_lifecycle;

}  // namespace assay
