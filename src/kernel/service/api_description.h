// What the REST API offers, made from the registers: the OpenAPI document and the pages of its documentation are two
// projections of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/model/custom_fields.h"

namespace assay {

struct ApiParameter {
  enum class Place { path, query, header };
  std::string name;
  Place place = Place::query;
  bool required = false;
  std::string description;
  std::string schema;          // JSON Schema
  std::string component = {};  // the name under which it is shared between operations; empty: of this one alone
  bool repeatable = false;     // may be given several times
};

struct ApiOperation {
  std::string method, path;  // "GET", "/api/v1/risk/{id}"
  std::string id, tag, summary;
  std::vector<ApiParameter> parameters;
  std::string body = {};     // JSON Schema of what is sent; empty: nothing is
  std::string example = {};  // of the body
  int status = 200;          // when it went well
  std::string answer;        // JSON Schema
  bool gives_etag = false;
  bool about_steps = false;
  std::string_view file = {};  // media type of a file that comes with status 200; another `status` is that of "not yet"
  std::string not_yet = {};    // JSON Schema of the answer with status 202 while it is being worked out; empty: never
};

// The operations of a register. Those about steps are there for every register; without a lifecycle there are no steps.
std::vector<ApiOperation> api_operations(const EntityDef& def, const CustomFields& custom = CustomFields::none());
// The operations about no register in particular.
std::vector<ApiOperation> general_api_operations();

// How an operation is called with curl, "$B" standing for the address of the API and "$T" for a token.
std::string curl_example(const ApiOperation& operation);

struct ApiStatus {
  int code;
  std::string_view meaning;
};
const std::vector<ApiStatus>& api_failures();

// The comparisons that a field may be filtered by, as suffixes of its parameter: "", ".not", ".min", …
std::vector<std::string_view> filter_suffixes(const FieldDef& field);
// The type of a field in words: "date YYYY-MM-DD", "one of draft, active", "id of a person".
std::string type_in_words(const FieldDef& field);

}  // namespace assay
