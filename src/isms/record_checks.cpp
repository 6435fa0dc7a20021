#include "isms/record_checks.h"

#include "base/text.h"
#include "isms/organisation/person.h"

namespace assay::checks {

bool given(const std::optional<std::string>& text) { return text && !is_blank(*text); }

std::optional<Date> day_of(const Record& record, std::string_view field) { return Date::parse(record.text(field)); }

bool actor_is_top_management(const StepContext& context) {
  if (context.actor.person.empty()) return false;
  const auto person = context.lookup.find<Person>(context.actor.person);
  return person && person->is_top_management;
}

bool is_or_stands_above(const Lookup& lookup, std::string_view superior, std::string_view person) {
  if (superior.empty()) return false;
  // Imported data may hold a circle in the chain of managers; no organisation is this deep.
  constexpr int most_levels = 30;
  std::string current(person);
  for (int level = 0; level < most_levels && !current.empty(); ++level) {
    if (current == superior) return true;
    const auto record = lookup.find<Person>(current);
    current = record ? id_of(record->manager) : std::string();
  }
  return false;
}

std::vector<Record> others_in_force(const Lookup& lookup, const Record& record, std::string_view parent_field) {
  std::vector<Record> out;
  for (Record& other : lookup.where(*record.def, "status", "effective")) {
    if (other.id == record.id) continue;
    if (!parent_field.empty() && other.text(parent_field) != record.text(parent_field)) continue;
    out.push_back(std::move(other));
  }
  return out;
}

bool later_version_is_in_force(const StepContext& context) {
  const double own = number_of(context.after.at("version")).value_or(0);
  for (const Record& other : others_in_force(context.lookup, context.after, {})) {
    if (number_of(other.at("version")).value_or(0) > own) return true;
  }
  return false;
}

Result<void> supersede_earlier(StepEffects& effects) {
  const Record& record = effects.record();
  const std::string reason =
      "Superseded by version " + display(*record.def->find("version"), record.at("version")) + ".";
  for (Record& other : others_in_force(effects.lookup(), record, {})) {
    other.at("status") = std::string("superseded");
    CHECK(effects.change(std::move(other), reason));
  }
  return {};
}

bool in_force_after_approval(const StepContext& context) {
  const auto approved = day_of(context.after, "approved_on");
  const auto effective = day_of(context.after, "effective_on");
  return approved && effective && *effective >= *approved;
}

bool in_force_by_today(const StepContext& context) {
  const auto effective = day_of(context.after, "effective_on");
  return effective && *effective <= context.today;
}

}  // namespace assay::checks
