// A decision or action of a review (9.3.3).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct ManagementReview;
struct Person;

enum class ReviewDecisionKind { improvement, isms_change, resource, risk, readiness, none_needed };
template <>
inline constexpr auto choices_of<ReviewDecisionKind> = choices<ReviewDecisionKind>({
    choice<ReviewDecisionKind::improvement>("Improvement"),
    choice<ReviewDecisionKind::isms_change>("ISMS change"),
    choice<ReviewDecisionKind::resource>("Resources"),
    choice<ReviewDecisionKind::risk>("Risk"),
    choice<ReviewDecisionKind::readiness>("Readiness for certification"),
    choice<ReviewDecisionKind::none_needed>("No decision needed"),
});

enum class ReviewDecisionStatus { open, done, cancelled };
template <>
inline constexpr auto choices_of<ReviewDecisionStatus> = choices<ReviewDecisionStatus>({
    choice<ReviewDecisionStatus::open>("Open"),
    choice<ReviewDecisionStatus::done>("Done"),
    choice<ReviewDecisionStatus::cancelled>("Cancelled"),
});

struct ReviewDecision {
  Id id;
  Ref<ManagementReview> review;
  ReviewDecisionKind kind{};
  std::string text;
  std::optional<Ref<Person>> owner;
  std::optional<Date> due_on;
  ReviewDecisionStatus status{};
  std::optional<Date> done_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
