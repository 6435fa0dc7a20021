#include "kernel/model/json.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>

#include "base/text.h"

namespace assay {
namespace {

void append_key(std::string& out, std::string_view key, bool& first) {
  if (!first) out += ',';
  first = false;
  out += '"';
  out += key;
  out += "\":";
}

void append_number(std::string& out, double number) {
  if (std::floor(number) == number && std::abs(number) < 9e15) {
    fmt::format_to(std::back_inserter(out), "{}", static_cast<std::int64_t>(number));
  } else {
    fmt::format_to(std::back_inserter(out), "{}", number);
  }
}

void append_rows(std::string& out, const FieldDef& field, const std::vector<EmbeddedRow>& rows) {
  out += '[';
  for (std::size_t r = 0; r < rows.size(); ++r) {
    out += r ? ",{" : "{";
    bool first = true;
    for (std::size_t i = 0; i < rows[r].values.size(); ++i) {
      if (is_unset(rows[r].values[i])) continue;
      append_key(out, field.parts()[i].name, first);
      append_json(out, field.parts()[i], rows[r].values[i]);
    }
    out += '}';
  }
  out += ']';
}

}  // namespace

void append_json(std::string& out, const FieldDef& field, const Value& value) {
  if (is_unset(value)) {
    out += "null";
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    out += *truth ? "true" : "false";
  } else if (auto number = number_of(value)) {
    append_number(out, *number);
  } else if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    out += '[';
    for (std::size_t i = 0; i < list->size(); ++i) {
      out += i ? ",\"" : "\"";
      append_json_escaped(out, (*list)[i]);
      out += '"';
    }
    out += ']';
  } else if (field.kind == Kind::records) {
    append_rows(out, field, rows_of(value));
  } else if (field.kind == Kind::json) {
    out += text_of(value);
  } else {
    out += '"';
    append_json_escaped(out, text_of(value));
    out += '"';
  }
}

void append_json(std::string& out, const Record& record, JsonForm form) {
  out += "{\"id\":\"";
  append_json_escaped(out, record.id);
  out += '"';
  bool first = false;
  if (form.stamps) {
    append_key(out, "revision", first);
    append_number(out, static_cast<double>(record.version));
  }
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    bool empty_list = record.def->fields[i].is_list() && is_empty(record.values[i]);
    if (is_unset(record.values[i]) || empty_list) {
      if (!form.nulls) continue;
      append_key(out, record.def->fields[i].name, first);
      out += record.def->fields[i].is_list() ? "[]" : "null";
      continue;
    }
    append_key(out, record.def->fields[i].name, first);
    append_json(out, record.def->fields[i], record.values[i]);
  }
  if (!record.custom.empty()) {
    append_key(out, "custom", first);
    out += record.custom;
  }
  if (form.stamps) {
    const std::pair<std::string_view, const std::string*> stamps[] = {{"created_at", &record.created_at},
                                                                      {"created_by", &record.created_by},
                                                                      {"updated_at", &record.updated_at},
                                                                      {"updated_by", &record.updated_by}};
    for (const auto& [name, text] : stamps) {
      append_key(out, name, first);
      out += json_string(*text);
    }
  }
  out += '}';
}

namespace {

// Like boost::json::serialize, but numbers as people write them: 0.5 and not 5E-1.
void append_plain(std::string& out, const boost::json::value& json) {
  bool first = true;
  if (json.is_double()) return append_number(out, json.get_double());
  if (const auto* object = json.if_object()) {
    out += '{';
    for (const auto& [key, item] : *object) {
      if (!std::exchange(first, false)) out += ',';
      out += json_string(std::string_view(key.data(), key.size()));
      out += ':';
      append_plain(out, item);
    }
    out += '}';
  } else if (const auto* array = json.if_array()) {
    out += '[';
    for (const auto& item : *array) {
      if (!std::exchange(first, false)) out += ',';
      append_plain(out, item);
    }
    out += ']';
  } else {
    out += serialize(json);
  }
}

}  // namespace

boost::json::object custom_object(std::string_view text) {
  boost::system::error_code error;
  boost::json::value json = text.empty() ? boost::json::object() : boost::json::parse(text, error);
  return !error && json.is_object() ? std::move(json.get_object()) : boost::json::object();
}

std::string custom_text(const boost::json::object& object) {
  std::string out;
  if (!object.empty()) append_plain(out, object);
  return out;
}

std::string to_json(const Record& record, JsonForm form) {
  std::string out;
  out.reserve(512);
  append_json(out, record, form);
  return out;
}

std::string canonical_json(const Record& record) { return to_json(record, {}); }

namespace {

using boost::json::value;

Failure expected(const FieldDef& field, const value& json, std::string what) {
  return fail(Problems{{std::string(field.name), "must be " + std::move(what), shorten(serialize(json), 60)}});
}

std::string choice_words(const FieldDef& field) {
  std::vector<std::string> names;
  for (const Choice& choice : field.choices) names.emplace_back(choice.name);
  return "one of " + join(names, ", ");
}

Result<Value> read_number(const FieldDef& field, const value& json) {
  if (!json.is_number()) return expected(field, json, field.kind == Kind::integer ? "a whole number" : "a number");
  double number = json.to_number<double>();
  if (!std::isfinite(number)) return expected(field, json, "a finite number");
  if (field.kind == Kind::real) return Value(number);
  if (json.is_int64()) return Value(json.get_int64());
  if (std::floor(number) != number || std::abs(number) > 9e15) return expected(field, json, "a whole number");
  return Value(static_cast<std::int64_t>(number));
}

Result<Value> read_texts(const FieldDef& field, const value& json) {
  if (!json.is_array()) return expected(field, json, "a list");
  std::vector<std::string> out;
  for (const value& item : json.get_array()) {
    if (!item.is_string()) return expected(field, item, "a list of texts");
    std::string_view text(item.get_string().data(), item.get_string().size());
    if (field.kind == Kind::choices && !field.choice(text)) return expected(field, item, choice_words(field));
    out.emplace_back(text);
  }
  return Value(std::move(out));
}

Result<Value> read_rows(const FieldDef& field, const value& json) {
  if (!json.is_array()) return expected(field, json, "a list of objects");
  std::vector<EmbeddedRow> rows;
  for (const value& item : json.get_array()) {
    if (!item.is_object()) return expected(field, item, "a list of objects");
    EmbeddedRow& row = rows.emplace_back();
    row.values.resize(field.parts().size());
    for (const auto& [key, part_json] : item.get_object()) {
      std::size_t at = 0;
      while (at < field.parts().size() && field.parts()[at].name != std::string_view(key.data(), key.size())) ++at;
      if (at == field.parts().size()) {
        return fail(Problems{{fmt::format("{}.{}", field.name, std::string_view(key.data(), key.size())),
                              "is not a field of this list", ""}});
      }
      auto part = read_json(field.parts()[at], part_json);
      if (!part) {
        for (Problem& problem : part.error().problems) problem.place = fmt::format("{}.{}", field.name, problem.place);
        return std::unexpected(std::move(part).error());
      }
      row.values[at] = *std::move(part);
    }
  }
  return Value(std::move(rows));
}

Result<Value> read_string(const FieldDef& field, const value& json) {
  std::string_view what = field.kind == Kind::date      ? "a date YYYY-MM-DD"
                          : field.kind == Kind::instant ? "an instant YYYY-MM-DDTHH:MM:SSZ"
                                                        : "a text";
  if (!json.is_string())
    return expected(field, json, std::string(field.kind == Kind::choice ? choice_words(field) : what));
  std::string text(json.get_string().data(), json.get_string().size());
  if (field.kind == Kind::choice && !field.choice(text)) return expected(field, json, choice_words(field));
  if (field.kind == Kind::date && !Date::parse(text)) return expected(field, json, std::string(what));
  if (field.kind == Kind::instant && !Instant::parse(text)) return expected(field, json, std::string(what));
  // An empty reference or text is the absence of one.
  if (text.empty() && (field.kind == Kind::reference || field.kind == Kind::text)) return Value();
  return Value(std::move(text));
}

}  // namespace

Result<Value> read_json(const FieldDef& field, const value& json) {
  if (json.is_null()) return Value();
  switch (field.kind) {
    case Kind::boolean:
      if (!json.is_bool()) return expected(field, json, "true or false");
      return Value(json.get_bool());
    case Kind::integer:
    case Kind::real: return read_number(field, json);
    case Kind::texts:
    case Kind::choices:
    case Kind::references: return read_texts(field, json);
    case Kind::records: return read_rows(field, json);
    case Kind::json: return Value(serialize(json));
    default: return read_string(field, json);
  }
}

namespace {

void merge_custom(Record& record, const boost::json::object& given) {
  boost::json::object merged = custom_object(record.custom);
  for (const auto& [key, item] : given) {
    if (item.is_null()) merged.erase(key);
    else merged[key] = item;
  }
  record.custom = custom_text(merged);
}

}  // namespace

Problems read_json(Record& record, const boost::json::object& json) {
  Problems problems;
  for (const auto& [raw_key, item] : json) {
    std::string_view key(raw_key.data(), raw_key.size());
    if (key == "id") {
      if (item.is_string() && !item.get_string().empty() && item.get_string().size() <= 200) {
        record.id = std::string_view(item.get_string().data(), item.get_string().size());
      } else {
        problems.push_back({"id", "must be a text of 1 to 200 characters", shorten(serialize(item), 60)});
      }
      continue;
    }
    if (key == "created_at") {
      // Kept for questions asked of a bundle; storing a record stamps it anew.
      std::string_view text =
          item.is_string() ? std::string_view(item.get_string().data(), item.get_string().size()) : std::string_view();
      if (Instant::parse(text) || Date::parse(text)) record.created_at = text;
      continue;
    }
    if (key == "revision" || key == "created_by" || key == "updated_at" || key == "updated_by") continue;
    if (key == "custom") {
      if (item.is_object()) merge_custom(record, item.get_object());
      else if (item.is_null()) record.custom.clear();
      else problems.push_back({"custom", "must be an object", shorten(serialize(item), 60)});
      continue;
    }
    const FieldDef* field = record.def->find(key);
    if (!field) {
      problems.push_back({std::string(key), fmt::format("is not a field of {}", record.def->name()), ""});
      continue;
    }
    auto value = read_json(*field, item);
    if (value) {
      record.at(key) = *std::move(value);
    } else {
      for (Problem& problem : value.error().problems) problems.push_back(std::move(problem));
    }
  }
  return problems;
}

}  // namespace assay
