// Records as JSON: the form of the bundle, the API and the ledger (docs/bundle.md).
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "kernel/model/record.h"

namespace assay {

// Appends the value as compact JSON.
void append_json(std::string& out, const FieldDef& field, const Value& value);

struct JsonForm {
  bool nulls = false;   // write unset fields as null instead of leaving them out
  bool stamps = false;  // with revision, created_at, created_by, updated_at, updated_by
};
void append_json(std::string& out, const Record& record, JsonForm form = {});
std::string to_json(const Record& record, JsonForm form = {});

// The exact bytes that the ledger hashes: {"id":…,fields that are set in declared order, "custom":…}. Stable over time:
// a field that is added later and left unset does not change it.
std::string canonical_json(const Record& record);

// Reads one field. The problem's place is left for the caller to complete.
Result<Value> read_json(const FieldDef& field, const boost::json::value& json);

// Reads a whole record object into `record` (only the keys present are touched; `null` unsets, inside `custom` as
// well). Every unknown key and misfitting value becomes a Problem with the field as place. Accepts and ignores the
// stamp keys.
Problems read_json(Record& record, const boost::json::object& json);

// Record::custom as an object (empty for none), and back: compact, in the order of the keys, empty for an empty object.
boost::json::object custom_object(std::string_view text);
std::string custom_text(const boost::json::object& object);

// JSON Schema (2020-12) of one record, for OpenAPI and the bundle's documentation. `custom`: the custom fields of the
// register in use; keys beside them are what an import brought.
std::string json_schema(const EntityDef& def, std::span<const FieldDef* const> custom = {});

}  // namespace assay
