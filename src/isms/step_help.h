// What the lifecycles and checks of several chapters share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/model/effects.h"

namespace assay {

// decode() leaves a member at its default where the data has no value, so the first day of 1970 and the empty text mean
// "not given" in a check, and a check stays silent about them.
inline bool given(Date day) { return day != Date{}; }
inline bool given(const std::optional<Date>& day) { return day && given(*day); }
bool given(const std::optional<std::string>& text);

// Adds a problem when both days are given and `later` comes before `earlier`.
void expect_order(Problems& problems, std::optional<Date> earlier, std::optional<Date> later, std::string_view place,
                  std::string_view message);

// The id a reference holds; empty when it refers to nothing.
template <class T>
std::string_view id_of(const std::optional<Ref<T>>& ref) {
  return ref ? std::string_view(ref->id) : std::string_view();
}

std::optional<Date> day_of(const Record& record, std::string_view field);

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

// The actor is recorded as a member of top management. The role alone is not enough: an auditor looks at the person.
bool actor_is_top_management(const StepContext& context);
bool actor_is_a_person(const StepContext& context);

// `superior` is `person` or stands above that person in the manager chain.
bool is_or_stands_above(const Lookup& lookup, std::string_view superior, std::string_view person);

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

}  // namespace assay
