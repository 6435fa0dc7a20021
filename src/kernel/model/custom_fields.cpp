#include "kernel/model/custom_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "kernel/model/json.h"

namespace assay {
namespace {

Kind kind_of(CustomKind kind) {
  switch (kind) {
    case CustomKind::text:
    case CustomKind::long_text: return Kind::text;
    case CustomKind::number: return Kind::real;
    case CustomKind::date: return Kind::date;
    case CustomKind::yes_no: return Kind::boolean;
    case CustomKind::choice: return Kind::choice;
    case CustomKind::reference: return Kind::reference;
  }
  return Kind::text;
}

constexpr std::size_t longest_custom = 100'000;  // bytes of all custom values of a record

std::string_view key_text(const boost::json::key_value_pair& item) { return {item.key().data(), item.key().size()}; }

Problem no_such_field(const EntityDef& def, std::string_view key) {
  return {std::string(custom_prefix) + shorten(key, 60), fmt::format("is not a custom field of {}", def.text.plural),
          ""};
}

void check_given(const FieldDef& field, const boost::json::value& json, Strictness strictness, Problems& problems) {
  if (field.retired && strictness == Strictness::strict) {
    problems.push_back({std::string(field.name), "is retired and takes no new values", shorten(serialize(json), 60)});
    return;
  }
  auto value = read_json(field, json);
  if (!value) {
    std::ranges::move(value.error().problems, std::back_inserter(problems));
  } else if (!is_unset(*value)) {
    check_value(field, *value, strictness, problems);
  }
}

}  // namespace

bool is_custom_key(std::string_view name) {
  if (name.empty() || name.size() > 30 || name[0] < 'a' || name[0] > 'z') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

CustomFields::CustomFields(const Registry& registry, const std::vector<CustomField>& definitions) {
  std::vector<const CustomField*> ordered;
  for (const CustomField& definition : definitions) ordered.push_back(&definition);
  std::ranges::sort(ordered, [](const CustomField* a, const CustomField* b) {
    return std::tie(a->retired, a->position, a->name) < std::tie(b->retired, b->position, b->name);
  });
  for (const CustomField* definition : ordered) {
    const EntityDef* def = registry.find(definition->register_name);
    const EntityDef* target = definition->kind == CustomKind::reference ? registry.find(definition->target) : nullptr;
    if (!def || (definition->kind == CustomKind::reference && !target)) continue;
    Kept& kept = kept_.emplace_back();
    kept.definition = *definition;
    kept.name = std::string(custom_prefix) + definition->name;
    for (const CustomChoice& choice : kept.definition.choices) kept.choices.push_back({choice.name, choice.label});
    FieldDef& field = kept.field;
    field.name = kept.name;
    field.kind = kind_of(definition->kind);
    field.required = definition->required;
    field.text.label = kept.definition.label;
    field.text.help = kept.definition.help;
    field.text.multiline = definition->kind == CustomKind::long_text;
    field.text.in_list = definition->in_list;
    field.choices = kept.choices;
    if (target) field.target = ReferenceTarget(*target);
    field.custom = true;
    field.retired = definition->retired;
    Lists& lists = by_register_[def];
    lists.all.push_back(&field);
    if (!field.retired) lists.in_use.push_back(&field);
  }
}

const std::vector<const FieldDef*>& CustomFields::of(const EntityDef& def) const {
  static const std::vector<const FieldDef*> nothing;
  auto found = by_register_.find(&def);
  return found == by_register_.end() ? nothing : found->second.in_use;
}

const std::vector<const FieldDef*>& CustomFields::all_of(const EntityDef& def) const {
  static const std::vector<const FieldDef*> nothing;
  auto found = by_register_.find(&def);
  return found == by_register_.end() ? nothing : found->second.all;
}

const FieldDef* CustomFields::find(const EntityDef& def, std::string_view name) const {
  for (const FieldDef* field : all_of(def)) {
    if (field->name == name) return field;
  }
  return nullptr;
}

const FieldDef* CustomFields::find_any(const EntityDef& def, std::string_view name) const {
  return name.starts_with(custom_prefix) ? find(def, name) : def.find(name);
}

std::vector<Registry::Referrer> CustomFields::referrers(const EntityDef& target) const {
  std::vector<Registry::Referrer> out;
  for (const auto& [def, lists] : by_register_) {
    for (const FieldDef* field : lists.in_use) {
      if (field->refers() && &field->target() == &target) out.push_back({def, field});
    }
  }
  return out;
}

const CustomFields& CustomFields::none() {
  static const CustomFields nothing;
  return nothing;
}

std::vector<const FieldDef*> fields_of(const EntityDef& def, const CustomFields& custom) {
  std::vector<const FieldDef*> out;
  for (const FieldDef& field : def.fields) out.push_back(&field);
  out.insert(out.end(), custom.of(def).begin(), custom.of(def).end());
  return out;
}

std::vector<FieldChange> custom_changes(const CustomFields& custom, const Record& before, const Record& after) {
  std::vector<FieldChange> out;
  if (before.custom == after.custom) return out;
  for (const FieldDef* field : custom.all_of(*after.def)) {
    FieldChange change{field, before.value(*field), after.value(*field)};
    if (change.before != change.after) out.push_back(std::move(change));
  }
  return out;
}

Problems check_custom(const CustomFields& custom, const Record& after, const Record* before, Strictness strictness) {
  Problems problems;
  const EntityDef& def = *after.def;
  bool strict = strictness == Strictness::strict;
  if (!before || before->custom != after.custom) {
    if (after.custom.size() > longest_custom)
      problems.push_back({"custom", "must not hold more than 100,000 bytes", ""});
    boost::json::object given = custom_object(after.custom);
    boost::json::object known = before ? custom_object(before->custom) : boost::json::object();
    for (const auto& item : given) {
      const boost::json::value* old = known.if_contains(item.key());
      if (old && *old == item.value()) continue;
      const FieldDef* field = custom.find(def, std::string(custom_prefix) + std::string(key_text(item)));
      if (field) check_given(*field, item.value(), strictness, problems);
      else if (strict) problems.push_back(no_such_field(def, key_text(item)));
      else if (serialize(item.value()).find("\\u0000") != std::string::npos) {
        problems.push_back(
            {std::string(custom_prefix) + shorten(key_text(item), 60), "must not contain a NUL character", ""});
      }
    }
  }
  if (!strict) return problems;
  for (const FieldDef* field : custom.of(def)) {
    if (!field->required || !is_empty(after.value(*field))) continue;
    bool misfit = std::ranges::any_of(problems, [&](const Problem& problem) { return problem.place == field->name; });
    if (misfit) continue;
    // A record from before the field was asked is not refused for it.
    if (before && is_empty(before->value(*field))) continue;
    problems.push_back({std::string(field->name), "is required", ""});
  }
  return problems;
}

}  // namespace assay
