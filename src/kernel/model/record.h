// A record in the form the generic layers pass around, and its typed form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/model/entity.h"

namespace assay {

struct Record {
  const EntityDef* def = nullptr;
  Id id;
  std::int64_t version = 0;                                    // 0: not stored yet; counts up with each change
  std::string created_at, created_by, updated_at, updated_by;  // instants and account names; empty: not stored yet
  std::vector<Value> values;                                   // in the order of def->fields
  std::string custom;  // the organisation's own fields as a JSON object; empty: none

  Record() = default;
  explicit Record(const EntityDef& entity) : def(&entity), values(entity.fields.size()) {}

  const Value& at(std::string_view field) const { return values[def->index(field)]; }
  Value& at(std::string_view field) { return values[def->index(field)]; }
  std::string_view text(std::string_view field) const { return text_of(at(field)); }
  // Of a declared or a custom field. What a custom key holds that is not of the field's kind reads as unset.
  Value value(const FieldDef& field) const;
  void set(const FieldDef& field, Value value);
  std::string_view title() const;  // the title field's text, else the id
  std::string_view state() const;  // name of the lifecycle state; empty without lifecycle
  std::string_view state_label() const;
  bool is_frozen() const;  // in a state in which it changes no more, except by its steps
};

// Fills a typed record. Values that are unset leave the member's default; null-tolerant on purpose, since imported
// data may lack required fields.
void decode(const Record& record, void* typed);
// The fields of a typed record as a Record; id included, version and stamps of `base` kept.
Record encode(const EntityDef& def, const void* typed, Record base);

template <class T>
T decode(const Record& record) {
  T typed;
  typed.id = record.id;
  decode(record, &typed);
  return typed;
}

template <class T>
Record encode(const T& typed) {
  Record base(T::def());
  base.id = typed.id;
  return encode(T::def(), &typed, std::move(base));
}

template <class T>
std::optional<T> Lookup::find(std::string_view id) const {
  auto record = find(T::def(), id);
  if (!record) return std::nullopt;
  return decode<T>(*record);
}

template <class T>
std::vector<T> Lookup::where(std::string_view field, std::string_view value) const {
  std::vector<T> out;
  for (const Record& record : where(T::def(), field, value)) out.push_back(decode<T>(record));
  return out;
}

template <class T, class Predicate>
bool Lookup::any(std::string_view field, std::string_view value, const Predicate& wanted) const {
  return any(T::def(), field, value, [&](const Record& record) { return wanted(decode<T>(record)); });
}

// How strictly a record is judged.
enum class Strictness {
  strict,   // a person's entry: required fields, ranges, patterns and the register's own checks
  lenient,  // imported data: types, choices and lengths only
};

// What is wrong with a value that is set, by its field's own terms; problems are added with the field's name as place.
void check_value(const FieldDef& field, const Value& value, Strictness strictness, Problems& problems);

// Everything wrong with the record by itself: references and uniqueness are the store's to check, custom fields
// custom_fields.h's.
Problems validate(const Record& record, Strictness strictness);

// A Value as a person reads it: choices and booleans as words, lists joined by ", ", references as their ids.
std::string display(const FieldDef& field, const Value& value);

// A cell or form field as text, in a form that parse_text() reads back: stored names, ISO dates, lists joined by "; ",
// embedded records as JSON.
std::string to_text(const FieldDef& field, const Value& value);

// Reads a cell or form field. An empty text is unset (an empty list for lists). Choices by name or label, booleans as
// yes/no/true/false/1/0, dates as YYYY-MM-DD, also D.M.YYYY and D Month YYYY where unambiguous; lists separated by ';'
// or line breaks.
Result<Value> parse_text(const FieldDef& field, std::string_view text);

// What changed between two records of a register.
struct FieldChange {
  const FieldDef* field = nullptr;
  Value before;
  Value after;
};
std::vector<FieldChange> changes(const Record& before, const Record& after);

}  // namespace assay
