#include "kernel/store/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace assay {
namespace {

constexpr std::pair<std::string_view, Comparison> suffixes[] = {
    {"not", Comparison::is_not},        {"min", Comparison::at_least}, {"max", Comparison::at_most},
    {"contains", Comparison::contains}, {"empty", Comparison::empty},
};

void set_sort(ListQuery& query, const CustomFields& custom, std::string_view text, Problems& problems) {
  query.descending = text.starts_with('-');
  if (query.descending) text.remove_prefix(1);
  query.sort = nullptr;
  if (text == "id") return;
  const FieldDef* field = custom.find_any(*query.def, text);
  if (field && query.def->is_indexed(*field)) query.sort = field;
  else problems.push_back({"sort", "must be a column that can be sorted", std::string(text)});
}

void set_columns(ListQuery& query, const CustomFields& custom, std::string_view text, Problems& problems) {
  query.columns.clear();
  for (std::string_view name : split(text, ',')) {
    const FieldDef* field = custom.find_any(*query.def, name);
    if (field) query.columns.push_back(field);
    else problems.push_back({"columns", "must name fields of the register", std::string(name)});
  }
}

// Values of a filter are compared as the field's own kind, so that "yes" finds true and a label its choice.
std::optional<std::string> stored_form(const FieldDef& field, Comparison comparison, const std::string& text,
                                       Problems& problems) {
  if (comparison == Comparison::contains || comparison == Comparison::empty) return text;
  if (field.kind == Kind::references || field.kind == Kind::texts) return text;
  FieldDef one = field;
  if (field.kind == Kind::choices) one.kind = Kind::choice;
  auto value = parse_text(one, text);
  if (value) return to_text(one, *value);
  for (Problem& problem : value.error().problems) problems.push_back(std::move(problem));
  return std::nullopt;
}

void add_filter(ListQuery& query, const CustomFields& custom, std::string_view key, const std::string& text,
                Problems& problems) {
  std::size_t dot = key.find('.', key.starts_with(custom_prefix) ? custom_prefix.size() : 0);
  std::string_view name = key.substr(0, dot);
  Comparison comparison = Comparison::is;
  if (dot != std::string_view::npos) {
    const auto* suffix = std::find_if(std::begin(suffixes), std::end(suffixes),
                                      [&](const auto& entry) { return entry.first == key.substr(dot + 1); });
    if (suffix == std::end(suffixes)) {
      problems.push_back({std::string(key), "must end in .not, .min, .max, .contains or .empty", ""});
      return;
    }
    comparison = suffix->second;
  }
  const FieldDef* field = name == "id" ? nullptr : custom.find_any(*query.def, name);
  if (!field && name != "id") {
    problems.push_back({std::string(key), fmt::format("is not a field of {}", query.def->name()), text});
    return;
  }
  if (field && (field->kind == Kind::json || field->kind == Kind::records) && comparison != Comparison::empty) {
    problems.push_back({std::string(key), "can only be asked for .empty", text});
    return;
  }
  if (comparison == Comparison::empty && (text == "false" || text == "no" || text == "0"))
    comparison = Comparison::not_empty;
  std::string stored = text;
  if (field && comparison != Comparison::not_empty) {
    auto form = stored_form(*field, comparison, text, problems);
    if (!form) return;
    stored = *form;
  }
  for (Filter& filter : query.filters) {
    if (filter.field == field && filter.comparison == comparison) {
      filter.values.push_back(std::move(stored));
      return;
    }
  }
  query.filters.push_back({field, comparison, {std::move(stored)}});
}

}  // namespace

ListQuery default_query(const EntityDef& def, const CustomFields& custom) {
  ListQuery query;
  query.def = &def;
  Problems none;
  if (!def.text.default_sort.empty()) set_sort(query, custom, def.text.default_sort, none);
  for (const FieldDef& field : def.fields) {
    if (!field.text.in_list) continue;
    if (field.text.title) query.columns.insert(query.columns.begin(), &field);
    else query.columns.push_back(&field);
  }
  for (const FieldDef* field : custom.of(def)) {
    if (field->text.in_list) query.columns.push_back(field);
  }
  return query;
}

Result<ListQuery> parse_list_query(const EntityDef& def,
                                   const std::vector<std::pair<std::string, std::string>>& parameters,
                                   std::initializer_list<std::string_view> ignored, const CustomFields& custom) {
  ListQuery query = default_query(def, custom);
  Problems problems;
  for (const auto& [key, text] : parameters) {
    if (std::find(ignored.begin(), ignored.end(), key) != ignored.end()) continue;
    if (key == "q") query.search = text;
    else if (key == "after") query.after = text;
    else if (key == "sort") set_sort(query, custom, text, problems);
    else if (key == "columns") set_columns(query, custom, text, problems);
    else if (key == "limit") {
      auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), query.limit);
      if (error != std::errc() || end != text.data() + text.size() || query.limit < 1 || query.limit > 500) {
        problems.push_back({"limit", "must be a whole number from 1 to 500", text});
      }
    } else if (!text.empty()) {
      add_filter(query, custom, key, text, problems);
    }
  }
  if (!problems.empty()) return fail(std::move(problems), "The list cannot be shown as asked.");
  return query;
}

std::string parameter_name(const Filter& filter) {
  std::string name(filter.field ? filter.field->name : "id");
  Comparison comparison = filter.comparison == Comparison::not_empty ? Comparison::empty : filter.comparison;
  for (const auto& [suffix, value] : suffixes) {
    if (value == comparison) return name + "." + std::string(suffix);
  }
  return name;
}

}  // namespace assay
