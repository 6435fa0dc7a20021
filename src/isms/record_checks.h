// What registers share for what they check themselves: validate(), the guards and effects of lifecycles.
// decode() leaves a member at its default where the data has no value, so the first day of 1970 and the empty text mean
// "not given", and a check stays silent about them.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/model/effects.h"

namespace assay::checks {

// Who keeps the records of the ISMS; a consultant acts as ISMS staff of the client.
inline constexpr Roles isms_staff{Role::isms_owner, Role::consultant};

// ---- Values --------------------------------------------------------------------------------------------------------

template <class Time>  // Date or Instant
bool given(const Time& time) {
  return time != Time{};
}
template <class Time>
bool given(const std::optional<Time>& time) {
  return time && *time != Time{};
}
bool given(const std::optional<std::string>& text);

template <class T>
bool refers(const std::optional<Ref<T>>& ref) {
  return ref && !ref->empty();
}

// The id a reference holds; empty when it refers to nothing.
template <class T>
const Id& id_of(const std::optional<Ref<T>>& ref) {
  static const Id none;
  return ref ? ref->id : none;
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

std::optional<Date> day_of(const Record& record, std::string_view field);

// ---- Problems ------------------------------------------------------------------------------------------------------

// Refuses `later` when it lies before `earlier`; silent while one of the two is not given.
template <class Earlier, class Later>
void refuse_before(Problems& problems, const Earlier& earlier, std::string_view field, const Later& later,
                   std::string_view message) {
  if (!given(earlier) || !given(later) || !(value_of(later) < value_of(earlier))) return;
  problems.push_back({std::string(field), std::string(message), value_of(later).iso()});
}

// Refuses a count above the one it is part of.
inline void refuse_above(Problems& problems, std::int64_t limit, std::string_view field, std::int64_t count,
                         std::string_view message) {
  if (count > limit) problems.push_back({std::string(field), std::string(message), std::to_string(count)});
}

// ---- Who and when --------------------------------------------------------------------------------------------------

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

// The actor is recorded as a member of top management. The role alone is not enough: an auditor looks at the person.
bool actor_is_top_management(const StepContext& context);

// `superior` is `person` or stands above that person in the manager chain.
bool is_or_stands_above(const Lookup& lookup, std::string_view superior, std::string_view person);

// ---- Other records -------------------------------------------------------------------------------------------------

// Every record of a register, by way of a required choice field: Lookup knows no "all".
template <class T>
std::vector<T> all_by_choice(const Lookup& lookup, std::string_view choice_field) {
  std::vector<T> out;
  const FieldDef* field = T::def().find(choice_field);
  for (const Choice& choice : field->choices) {
    for (T& record : lookup.where<T>(choice_field, choice.name)) out.push_back(std::move(record));
  }
  return out;
}

// ---- Versioned registers with a `status` of draft … effective, superseded -----------------------------------------

// The version in force of the same register other than the record itself; with a parent field, of the same parent.
std::vector<Record> others_in_force(const Lookup& lookup, const Record& record, std::string_view parent_field);

// Guard of the automatic step to "superseded": a version with a higher running number is in force.
bool later_version_is_in_force(const StepContext& context);

// Effect of coming into force: what was in force before is superseded.
Result<void> supersede_earlier(StepEffects& effects);

// Guards of coming into force: not before the approval, not ahead of time (the step is taken on the day).
bool in_force_after_approval(const StepContext& context);
bool in_force_by_today(const StepContext& context);

}  // namespace assay::checks
