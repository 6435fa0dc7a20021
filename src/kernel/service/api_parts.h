// What the descriptions of API calls are put together from. Internal to kernel/service.
#pragma once

#include <fmt/format.h>

#include "kernel/service/api_description.h"

namespace assay::api_parts {

using Place = ApiParameter::Place;

inline constexpr std::string_view text_schema = R"({"type":"string"})";
inline constexpr std::string_view texts_schema = R"({"type":"array","items":{"type":"string"}})";

inline constexpr std::string_view date_schema = R"({"type":"string","format":"date"})";
inline constexpr std::string_view stage_schema =
    R"({"type":"string","enum":["gap","internal","stage1","stage2","surveillance"]})";
inline constexpr std::string_view ids = R"({"type":"array","items":{"type":"string"}})";

inline ApiParameter in_path(std::string name, std::string description, std::string component = {}) {
  return {std::move(name), Place::path, true, std::move(description), std::string(text_schema), std::move(component)};
}

inline ApiParameter reason_header() {
  return {"X-Reason", Place::header, false, "Why; kept in the history.", R"({"type":"string","maxLength":2000})",
          "reason"};
}

// The schema of an object; `properties` and `required` are lists of JSON members and strings without their brackets.
inline std::string object_of(std::string_view properties, std::string_view required = {}) {
  std::string needed = required.empty() ? std::string() : fmt::format(",\"required\":[{}]", required);
  return fmt::format("{{\"type\":\"object\"{},\"properties\":{{{}}}}}", needed, properties);
}

}  // namespace assay::api_parts
