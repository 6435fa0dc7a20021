// Small helpers for what registers check themselves: validate() and the guards of lifecycles.
// decode() leaves a member at its default when the data lacks the value; an epoch day therefore means "not given".
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/model/record.h"

namespace assay::checks {

// Who keeps the records of the ISMS; a consultant acts as ISMS staff of the client.
inline constexpr Roles isms_staff{Role::isms_owner, Role::consultant};

template <class Time>  // Date or Instant
bool is_given(const Time& time) {
  return time != Time{};
}
template <class Time>
bool is_given(const std::optional<Time>& time) {
  return time && *time != Time{};
}

template <class T>
bool refers(const std::optional<Ref<T>>& ref) {
  return ref && !ref->empty();
}

// The id of an optional reference; empty when it is unset.
template <class T>
Id id_of(const std::optional<Ref<T>>& ref) {
  return ref ? ref->id : Id();
}

template <class T>
bool same_record(const std::optional<Ref<T>>& a, const std::optional<Ref<T>>& b) {
  return refers(a) && refers(b) && a->id == b->id;
}

template <class Time>
const Time& value_of(const Time& time) {
  return time;
}
template <class Time>
const Time& value_of(const std::optional<Time>& time) {
  return *time;
}

// Refuses `later` when it lies before `earlier`; silent while one of the two is not given.
template <class Earlier, class Later>
void refuse_before(Problems& problems, const Earlier& earlier, std::string_view field, const Later& later,
                   std::string_view message) {
  if (!is_given(earlier) || !is_given(later) || !(value_of(later) < value_of(earlier))) return;
  problems.push_back({std::string(field), std::string(message), value_of(later).iso()});
}

// Refuses a count above the one it is part of.
inline void refuse_above(Problems& problems, std::int64_t limit, std::string_view field, std::int64_t count,
                         std::string_view message) {
  if (count > limit) problems.push_back({std::string(field), std::string(message), std::to_string(count)});
}

// Whether the day or instant in a field lies after the day of the question.
inline bool lies_ahead(const StepContext& step, std::string_view field) {
  std::string_view text = step.after.text(field);
  return text.size() >= 10 && text.substr(0, 10) > std::string_view(step.today.iso());
}

inline bool has_reason(const StepContext& step) {
  return step.reason.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

// Four eyes can be told apart only where the account belongs to a person.
inline bool acts_in_person(const StepContext& step) { return step.actor.system || !step.actor.person.empty(); }

// The product's own work and anybody with the role.
inline bool acts_as(const StepContext& step, Role role) { return step.actor.system || step.actor.roles.has(role); }

}  // namespace assay::checks
