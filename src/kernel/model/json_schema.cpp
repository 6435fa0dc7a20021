#include <fmt/format.h>

#include "base/text.h"
#include "kernel/model/json.h"

namespace assay {
namespace {

std::string enum_of(const FieldDef& field, bool nullable) {
  std::string out = "\"enum\":[";
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    if (i) out += ',';
    out += json_string(field.choices[i].name);
  }
  return out + (nullable ? ",null]" : "]");
}

std::string type_of(std::string_view type, bool nullable) {
  return nullable ? fmt::format("\"type\":[\"{}\",\"null\"]", type) : fmt::format("\"type\":\"{}\"", type);
}

std::string object_schema(std::span<const FieldDef> fields);

std::string field_schema(const FieldDef& field) {
  bool nullable = !field.required;
  switch (field.kind) {
    case Kind::boolean: return type_of("boolean", nullable);
    case Kind::integer:
    case Kind::real: {
      std::string out = type_of(field.kind == Kind::integer ? "integer" : "number", nullable);
      if (field.text.least) out += fmt::format(",\"minimum\":{}", *field.text.least);
      if (field.text.most) out += fmt::format(",\"maximum\":{}", *field.text.most);
      return out;
    }
    case Kind::date: return type_of("string", nullable) + ",\"format\":\"date\"";
    case Kind::instant: return type_of("string", nullable) + ",\"format\":\"date-time\"";
    case Kind::json: return "\"type\":[\"object\",\"array\",\"null\"]";
    case Kind::choice: return type_of("string", nullable) + "," + enum_of(field, nullable);
    case Kind::texts:
    case Kind::references: return "\"type\":\"array\",\"items\":{\"type\":\"string\"}";
    case Kind::choices: return "\"type\":\"array\",\"items\":{\"type\":\"string\"," + enum_of(field, false) + "}";
    case Kind::records: return "\"type\":\"array\",\"items\":{" + object_schema(field.parts()) + "}";
    default: return type_of("string", nullable) + fmt::format(",\"maxLength\":{}", field.max_length());
  }
}

std::string property(const FieldDef& field) {
  std::string description(field.text.label);
  if (!field.text.help.empty()) description += ". " + std::string(field.text.help);
  if (field.refers()) description += fmt::format(" (id of a {})", field.target().name());
  std::string out = json_string(field.custom ? field.custom_key() : field.name) + ":{" + field_schema(field) +
                    ",\"description\":" + json_string(description);
  if (field.text.derived) out += ",\"readOnly\":true";
  if (field.retired) out += ",\"deprecated\":true";
  return out + "}";
}

std::string object_schema(std::span<const FieldDef> fields) {
  std::string out = "\"type\":\"object\",\"additionalProperties\":false,\"properties\":{";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i) out += ',';
    out += property(fields[i]);
  }
  return out + "}";
}

std::string custom_schema(std::span<const FieldDef* const> fields) {
  std::string out =
      ",\"custom\":{\"type\":[\"object\",\"null\"],\"description\":\"Custom fields of the organisation; null removes a "
      "value.\"";
  if (!fields.empty()) {
    out += ",\"properties\":{";
    for (std::size_t i = 0; i < fields.size(); ++i) out += (i ? "," : "") + property(*fields[i]);
    out += '}';
  }
  return out + "}";
}

}  // namespace

std::string json_schema(const EntityDef& def, std::span<const FieldDef* const> custom) {
  std::string out = "{\"title\":" + json_string(def.text.label) + ",\"description\":" + json_string(def.text.help) +
                    ",\"type\":\"object\",\"additionalProperties\":false,\"properties\":{"
                    "\"id\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":200},"
                    "\"revision\":{\"type\":\"integer\",\"readOnly\":true}";
  for (const FieldDef& field : def.fields) out += "," + property(field);
  out += custom_schema(custom);
  for (std::string_view stamp : {"created_at", "created_by", "updated_at", "updated_by"}) {
    out += fmt::format(",\"{}\":{{\"type\":\"string\",\"readOnly\":true}}", stamp);
  }
  return out + "}}";
}

}  // namespace assay
