// A review campaign of access rights.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Evidence;
struct Person;
struct System;

enum class AccessReviewKind { user, privileged, physical };
template <>
inline constexpr auto choices_of<AccessReviewKind> = choices<AccessReviewKind>({
    choice<AccessReviewKind::user>("All users"),
    choice<AccessReviewKind::privileged>("Privileged access"),
    choice<AccessReviewKind::physical>("Physical access"),
});

struct AccessReview {
  Id id;
  Ref<System> system;
  AccessReviewKind kind{};
  Date period_end;
  std::optional<Date> completed_on;
  Ref<Person> reviewer;
  std::int64_t accounts_in_population = 0;
  std::int64_t accounts_reviewed = 0;
  std::int64_t self_reviewed = 0;
  std::int64_t revocations_required = 0;
  std::optional<Date> revocations_done_on;
  std::optional<Ref<Evidence>> evidence;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
