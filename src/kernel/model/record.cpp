#include "kernel/model/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <regex>
#include <unordered_map>

#include "base/text.h"
#include "kernel/model/json.h"

namespace assay {

bool Lookup::any(const EntityDef& def, std::string_view field, std::string_view value, const Wanted& wanted) const {
  return std::ranges::any_of(where(def, field, value), wanted);
}

std::string_view Record::title() const {
  const FieldDef& field = def->title_field();
  std::string_view text = text_of(at(field.name));
  if (field.kind == Kind::choice) text = field.choice_label(text);
  return text.empty() ? std::string_view(id) : text;
}

Value Record::value(const FieldDef& field) const {
  if (!field.custom) return at(field.name);
  boost::json::object object = custom_object(custom);
  const boost::json::value* stored = object.if_contains(field.custom_key());
  return stored ? read_json(field, *stored).value_or(Value()) : Value();
}

void Record::set(const FieldDef& field, Value value) {
  if (!field.custom) {
    at(field.name) = std::move(value);
    return;
  }
  boost::json::object object = custom_object(custom);
  if (is_empty(value)) {
    object.erase(field.custom_key());
  } else {
    std::string text;
    append_json(text, field, value);
    object[field.custom_key()] = boost::json::parse(text);
  }
  custom = custom_text(object);
}

std::string_view Record::state() const {
  if (!def->lifecycle) return {};
  if (!def->lifecycle->field.empty()) return text(def->lifecycle->field);
  return def->lifecycle->state_of(*this);
}

bool Record::is_frozen() const { return has_word(def->text.frozen_in, state()); }

std::string_view Record::state_label() const {
  std::string_view name = state();
  if (!def->lifecycle) return {};
  if (!def->lifecycle->field.empty()) return def->find(def->lifecycle->field)->choice_label(name);
  for (const State& candidate : def->lifecycle->states) {
    if (candidate.name == name) return candidate.label;
  }
  return name;
}

void decode(const Record& record, void* typed) {
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    if (!is_unset(record.values[i])) record.def->fields[i].set(typed, record.values[i]);
  }
}

Record encode(const EntityDef& def, const void* typed, Record base) {
  base.def = &def;
  base.values.resize(def.fields.size());
  for (std::size_t i = 0; i < def.fields.size(); ++i) base.values[i] = def.fields[i].get(typed);
  return base;
}

namespace {

std::string number_text(double number) {
  if (std::floor(number) == number && std::abs(number) < 1e15)
    return fmt::format("{}", static_cast<std::int64_t>(number));
  return fmt::format("{}", number);
}

std::string range_words(const FieldDef& field) {
  const auto& [least, most] = std::pair(field.text.least, field.text.most);
  if (least && most) return "between " + number_text(*least) + " and " + number_text(*most);
  if (least) return "at least " + number_text(*least);
  return "at most " + number_text(*most);
}

bool fits_pattern(std::string_view text, std::string_view pattern) {
  thread_local std::unordered_map<std::string_view, std::regex> compiled;
  auto [entry, fresh] = compiled.try_emplace(pattern);
  if (fresh) entry->second = std::regex(std::string(pattern), std::regex::ECMAScript | std::regex::optimize);
  // A pattern describes short codes; the bound keeps the recursive matcher of the library from long inputs.
  return text.size() <= 400 && std::regex_match(text.begin(), text.end(), entry->second);
}

void check_text(const FieldDef& field, std::string_view text, Strictness strictness, Problems& problems) {
  auto report = [&](std::string message) {
    problems.push_back({std::string(field.name), std::move(message), shorten(text, 60)});
  };
  if (!is_utf8(text)) return report("must be valid UTF-8 text");
  if (text.find('\0') != std::string_view::npos) return report("must not contain a NUL character");
  if (utf8_length(text) > field.max_length()) {
    return report(fmt::format("must have at most {} characters", field.max_length()));
  }
  if (strictness == Strictness::strict && !field.text.pattern.empty() && !text.empty() &&
      !fits_pattern(text, field.text.pattern)) {
    report("must be " + std::string(field.text.pattern_text));
  }
}

}  // namespace

void check_value(const FieldDef& field, const Value& value, Strictness strictness, Problems& problems) {
  switch (field.kind) {
    case Kind::text:
    case Kind::json: check_text(field, text_of(value), strictness, problems); break;
    case Kind::texts:
    case Kind::references:
      for (const std::string& item : list_of(value)) check_text(field, item, strictness, problems);
      break;
    case Kind::integer:
    case Kind::real: {
      double number = number_of(value).value_or(0);
      bool below = field.text.least && number < *field.text.least;
      bool above = field.text.most && number > *field.text.most;
      if (strictness == Strictness::strict && (below || above)) {
        problems.push_back({std::string(field.name), "must be " + range_words(field), number_text(number)});
      }
      break;
    }
    case Kind::records:
      for (const EmbeddedRow& row : rows_of(value)) {
        for (std::size_t i = 0; i < row.values.size(); ++i) {
          const FieldDef& part = field.parts()[i];
          if (is_unset(row.values[i])) {
            if (part.required && strictness == Strictness::strict && !part.is_list()) {
              problems.push_back({fmt::format("{}.{}", field.name, part.name), "is required", ""});
            }
          } else {
            check_value(part, row.values[i], strictness, problems);
          }
        }
      }
      break;
    default: break;
  }
}

Problems validate(const Record& record, Strictness strictness) {
  Problems problems;
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const FieldDef& field = record.def->fields[i];
    const Value& value = record.values[i];
    if (is_unset(value) || (field.kind == Kind::text && is_empty(value))) {
      if (strictness == Strictness::strict && field.required && !field.is_list() && !field.text.derived) {
        problems.push_back({std::string(field.name), "is required", ""});
      }
      continue;
    }
    check_value(field, value, strictness, problems);
  }
  if (strictness == Strictness::strict) {
    std::shared_ptr<void> typed = record.def->create();
    record.def->id(typed.get()) = record.id;
    decode(record, typed.get());
    for (Problem& problem : record.def->validate(typed.get())) problems.push_back(std::move(problem));
  }
  return problems;
}

std::string display(const FieldDef& field, const Value& value) {
  if (is_unset(value)) return {};
  switch (field.kind) {
    case Kind::boolean: return truth_of(value) ? "Yes" : "No";
    case Kind::integer:
    case Kind::real: return number_text(number_of(value).value_or(0));
    case Kind::choice: return std::string(field.choice_label(text_of(value)));
    case Kind::choices: {
      std::vector<std::string> labels;
      for (const std::string& name : list_of(value)) labels.emplace_back(field.choice_label(name));
      return join(labels, ", ");
    }
    case Kind::instant: {
      std::string text(text_of(value));
      return text.size() == 20 ? text.substr(0, 10) + " " + text.substr(11, 5) + " UTC" : text;
    }
    case Kind::texts:
    case Kind::references: return join(list_of(value), ", ");
    case Kind::records: {
      std::size_t count = rows_of(value).size();
      return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
    }
    default: return std::string(text_of(value));
  }
}

namespace {

// Texts that "a; b" would not bring back as they are: they stand as a JSON array then, which parse_text() reads too.
bool needs_array(const std::vector<std::string>& items) {
  return std::any_of(items.begin(), items.end(), [&](const std::string& item) {
    return item.find_first_of(";\n\r") != std::string::npos || trim(item) != item || item.empty() ||
           (item.starts_with('[') && &item == &items.front());
  });
}

}  // namespace

std::string to_text(const FieldDef& field, const Value& value) {
  if (is_unset(value)) return {};
  switch (field.kind) {
    case Kind::boolean: return truth_of(value) ? "true" : "false";
    case Kind::integer:
    case Kind::real: return number_text(number_of(value).value_or(0));
    case Kind::texts:
      if (needs_array(list_of(value))) {
        std::string out;
        append_json(out, field, value);
        return out;
      }
      return join(list_of(value), "; ");
    case Kind::choices:
    case Kind::references: return join(list_of(value), "; ");
    case Kind::records: {
      std::string out;
      append_json(out, field, value);
      return rows_of(value).empty() ? "" : out;
    }
    default: return std::string(text_of(value));
  }
}

std::vector<FieldChange> changes(const Record& before, const Record& after) {
  std::vector<FieldChange> out;
  for (std::size_t i = 0; i < after.values.size(); ++i) {
    bool both_empty = is_empty(before.values[i]) && is_empty(after.values[i]);
    if (both_empty || before.values[i] == after.values[i]) continue;
    // 20 and 20.0 are one number.
    auto a = number_of(before.values[i]);
    auto b = number_of(after.values[i]);
    if (a && b && *a == *b) continue;
    out.push_back({&after.def->fields[i], before.values[i], after.values[i]});
  }
  return out;
}

}  // namespace assay
