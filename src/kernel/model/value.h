// A Value is one field of one record in the form that every generic layer understands: storage, JSON, forms, CSV,
// history and search all speak Value and never a concrete register.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"

namespace assay {

// The organisation's own stable reference of a record, e.g. "R-001"; unique within its register.
using Id = std::string;

struct EmbeddedRow;

// monostate: not set. Days, instants, choices, references and JSON travel as text (ISO 8601, the choice's stored name,
// the id of the record referred to, compact JSON).
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>,
                           std::vector<EmbeddedRow>>;

// One row of a list of embedded records; its values stand in the order of FieldDef::parts().
struct EmbeddedRow {
  std::vector<Value> values;
  friend bool operator==(const EmbeddedRow&, const EmbeddedRow&) = default;
};

inline bool is_unset(const Value& value) { return std::holds_alternative<std::monostate>(value); }

// Unset, a blank text or an empty list: nothing that a reader could use.
bool is_empty(const Value& value);

// The text inside, or an empty view when the value is unset or of another type.
std::string_view text_of(const Value& value);
// The number inside, whole or real; nothing otherwise.
std::optional<double> number_of(const Value& value);
// true only for a set, true boolean.
bool truth_of(const Value& value);
// The list inside; a shared empty one otherwise.
const std::vector<std::string>& list_of(const Value& value);
const std::vector<EmbeddedRow>& rows_of(const Value& value);

// A typed reference to a record of register T, which may be incomplete here, so that two registers can refer to each
// other. An empty id refers to nothing.
template <class T>
struct Ref {
  Id id;
  bool empty() const { return id.empty(); }
  friend bool operator==(const Ref&, const Ref&) = default;
};

// Free JSON of a record (compact text, checked to be JSON).
struct Json {
  std::string text;
  friend bool operator==(const Json&, const Json&) = default;
};

}  // namespace assay
