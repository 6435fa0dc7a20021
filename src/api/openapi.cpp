// The OpenAPI 3.1 description, derived from the registers.
#include <fmt/format.h>

#include "api/api.h"
#include "base/text.h"
#include "kernel/model/json.h"

namespace assay {
namespace {

constexpr std::string_view head = R"json({"openapi":"3.1.0","info":{"title":"Assay","version":"VERSION","description":"Every register of the ISMS: list, read, create, change with If-Match, lifecycle steps, history, bulk upsert; and the findings of the conformity rules.","license":{"name":"Apache-2.0","identifier":"Apache-2.0"}},"servers":[{"url":"/"}],"security":[{"token":[]}],"components":{"securitySchemes":{"token":{"type":"http","scheme":"bearer","description":"An API token: assay user token, or the page of your account."}},"parameters":{"id":{"name":"id","in":"path","required":true,"schema":{"type":"string"}},"if_match":{"name":"If-Match","in":"header","required":true,"description":"The ETag of the record that was read, or *.","schema":{"type":"string"}},"after":{"name":"after","in":"query","description":"Cursor of the page before.","schema":{"type":"string"}},"limit":{"name":"limit","in":"query","schema":{"type":"integer","minimum":1,"maximum":500,"default":50}},"sort":{"name":"sort","in":"query","description":"A list column, with - for descending.","schema":{"type":"string"}},"q":{"name":"q","in":"query","description":"Words to find anywhere in the record.","schema":{"type":"string"}}},"responses":{"problem":{"description":"What went wrong, as RFC 9457.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/problem"}}}}},"schemas":{"problem":{"type":"object","properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},"rule":{"type":"string"},"who_may":{"type":"string"},"problems":{"type":"array","items":{"type":"object","properties":{"place":{"type":"string"},"message":{"type":"string"},"value":{"type":"string"}}}}}})json";

std::string body_of(std::string_view schema) {
  return fmt::format("\"content\":{{\"application/json\":{{\"schema\":{}}}}}", schema);
}

std::string operation(std::string_view id, std::string_view tag, std::string_view summary, std::string_view parameters, std::string_view body,
                      std::string_view status, std::string_view answer) {
  std::string out = fmt::format("{{\"operationId\":\"{}\",\"tags\":[{}],\"summary\":{}", id, json_string(tag), json_string(summary));
  if (!parameters.empty()) out += fmt::format(",\"parameters\":[{}]", parameters);
  if (!body.empty()) out += fmt::format(",\"requestBody\":{{\"required\":true,{}}}", body_of(body));
  return out + fmt::format(",\"responses\":{{\"{}\":{{\"description\":\"Done.\",{}}},\"default\":{{\"$ref\":\"#/components/responses/problem\"}}}}}}", status,
                           body_of(answer));
}

std::string filter_parameters(const EntityDef& def) {
  std::string out = R"({"$ref":"#/components/parameters/after"},{"$ref":"#/components/parameters/limit"},{"$ref":"#/components/parameters/sort"},{"$ref":"#/components/parameters/q"})";
  for (const FieldDef& field : def.fields) {
    if (field.kind == Kind::json || field.kind == Kind::records || field.name == "limit" || field.name == "sort" || field.name == "after") continue;
    out += fmt::format(",{{\"name\":\"{}\",\"in\":\"query\",\"description\":{},\"schema\":{{\"type\":\"array\",\"items\":{{\"type\":\"string\"}}}},\"explode\":true}}",
                       field.name, json_string(std::string(field.text.label) + "; also " + std::string(field.name) + ".not, .min, .max, .contains, .empty"));
  }
  return out;
}

constexpr std::string_view id_parameter = R"({"$ref":"#/components/parameters/id"})";
constexpr std::string_view any_object = R"({"type":"object"})";

std::string paths_of(const EntityDef& def) {
  std::string name(def.name());
  std::string one = fmt::format("{{\"$ref\":\"#/components/schemas/{}\"}}", name);
  std::string many = fmt::format("{{\"type\":\"object\",\"properties\":{{\"items\":{{\"type\":\"array\",\"items\":{}}},\"total\":{{\"type\":\"integer\"}},"
                                 "\"more_than_total\":{{\"type\":\"boolean\"}},\"next\":{{\"type\":[\"string\",\"null\"]}}}}}}", one);
  std::string bulk = fmt::format("{{\"type\":\"object\",\"required\":[\"items\"],\"properties\":{{\"items\":{{\"type\":\"array\",\"maxItems\":10000,\"items\":{}}},"
                                 "\"dry_run\":{{\"type\":\"boolean\"}}}}}}", one);
  std::string with_match = fmt::format("{},{}", id_parameter, R"({"$ref":"#/components/parameters/if_match"})");
  std::string step = fmt::format("{},{}", id_parameter, R"({"name":"step","in":"path","required":true,"schema":{"type":"string"}})");
  std::string_view tag = def.text.plural;
  std::string out = fmt::format("\"/api/v1/{}\":{{\"get\":{},\"post\":{}}},", name,
                                operation("list_" + name, tag, "List " + lower(tag), filter_parameters(def), "", "200", many),
                                operation("create_" + name, tag, "Create", "", one, "201", one));
  out += fmt::format("\"/api/v1/{}/bulk\":{{\"post\":{}}},", name, operation("bulk_" + name, tag, "Create or change many, all or nothing", "", bulk, "200", any_object));
  out += fmt::format("\"/api/v1/{}/{{id}}\":{{\"get\":{},\"patch\":{}}},", name, operation("read_" + name, tag, "Read one", id_parameter, "", "200", one),
                     operation("change_" + name, tag, "Change the fields given", with_match, one, "200", one));
  out += fmt::format("\"/api/v1/{}/{{id}}/history\":{{\"get\":{}}},", name, operation("history_" + name, tag, "History, newest first", id_parameter, "", "200", any_object));
  out += fmt::format("\"/api/v1/{}/{{id}}/steps\":{{\"get\":{}}},", name, operation("steps_" + name, tag, "Lifecycle steps and what stands in the way", id_parameter, "", "200", any_object));
  out += fmt::format("\"/api/v1/{}/{{id}}/steps/{{step}}\":{{\"post\":{}}}", name,
                     operation("take_step_" + name, tag, "Take a lifecycle step", step,
                               R"({"type":"object","properties":{"inputs":{"type":"object"},"reason":{"type":"string"}}})", "200", one));
  return out;
}

}  // namespace

std::string openapi_document(const Registry& registry) {
  std::string out = replace_all(head, "VERSION", ASSAY_VERSION);
  for (const EntityDef* def : registry.all()) out += fmt::format(",\"{}\":{}", def->name(), json_schema(*def));
  out += "}},\"paths\":{";
  out += fmt::format("\"/api/v1/registers\":{{\"get\":{}}},", operation("registers", "About", "The registers you may see", "", "", "200", any_object));
  out += fmt::format("\"/api/v1/findings\":{{\"get\":{}}}",
                     operation("findings", "About", "Findings of the conformity rules",
                               R"({"name":"as_of","in":"query","schema":{"type":"string","format":"date"}},{"name":"stage","in":"query","schema":{"type":"string","enum":["gap","internal","stage1","stage2","surveillance"]}},{"name":"rule","in":"query","schema":{"type":"string"}})",
                               "", "200", any_object));
  for (const EntityDef* def : registry.all()) out += "," + paths_of(*def);
  return out + "}}";
}

}  // namespace assay
