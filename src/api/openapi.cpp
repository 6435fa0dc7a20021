// The OpenAPI 3.1 description: a projection of kernel/service/api_description.h.
#include <fmt/format.h>

#include <map>

#include "api/api.h"
#include "base/text.h"
#include "kernel/model/json.h"
#include "kernel/service/api_description.h"

namespace assay {
namespace {

constexpr std::string_view head =
    R"json({"openapi":"3.1.0","info":{"title":"Assay","version":"VERSION","description":"Every register of the ISMS: list, read, create, change with If-Match, lifecycle steps, history, bulk upsert; and the findings of the conformity rules.","license":{"name":"Apache-2.0","identifier":"Apache-2.0"}},"servers":[{"url":"/"}],"security":[{"token":[]}])json";
constexpr std::string_view components =
    R"json("securitySchemes":{"token":{"type":"http","scheme":"bearer","description":"An API token: assay user token, or the page of your account."}},"responses":{"problem":{"description":"What went wrong, as RFC 9457.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/problem"}}}}})json";
constexpr std::string_view problem_schema =
    R"json("problem":{"type":"object","properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},"rule":{"type":"string"},"who_may":{"type":"string"},"problems":{"type":"array","items":{"type":"object","properties":{"place":{"type":"string"},"message":{"type":"string"},"value":{"type":"string"}}}}}})json";

std::string parameter_json(const ApiParameter& parameter) {
  constexpr std::string_view places[] = {"path", "query", "header"};
  std::string out = fmt::format("{{\"name\":{},\"in\":\"{}\",\"description\":{},\"schema\":{}",
                                json_string(parameter.name), places[static_cast<std::size_t>(parameter.place)],
                                json_string(parameter.description), parameter.schema);
  if (parameter.required) out += ",\"required\":true";
  if (parameter.repeatable) out += ",\"explode\":true";
  return out + "}";
}

std::string content_of(std::string_view schema, std::string_view example = {}) {
  std::string shown = example.empty() ? std::string() : fmt::format(",\"example\":{}", example);
  return fmt::format("\"content\":{{\"application/json\":{{\"schema\":{}{}}}}}", schema, shown);
}

class Document {
 public:
  void add(const ApiOperation& operation) {
    std::string parameters;
    for (const ApiParameter& parameter : operation.parameters) {
      if (!parameter.component.empty()) shared_[parameter.component] = parameter_json(parameter);
      parameters += parameters.empty() ? "" : ",";
      parameters += parameter.component.empty()
                        ? parameter_json(parameter)
                        : fmt::format("{{\"$ref\":\"#/components/parameters/{}\"}}", parameter.component);
    }
    std::string out =
        fmt::format("\"{}\":{{\"operationId\":\"{}\",\"tags\":[{}],\"summary\":{}", lower(operation.method),
                    operation.id, json_string(operation.tag), json_string(operation.summary));
    if (!parameters.empty()) out += fmt::format(",\"parameters\":[{}]", parameters);
    if (!operation.body.empty())
      out += fmt::format(",\"requestBody\":{{\"required\":true,{}}}", content_of(operation.body, operation.example));
    std::string more =
        operation.gives_etag
            ? R"(,"headers":{"ETag":{"description":"The revision of the record, for If-Match.","schema":{"type":"string"}}})"
            : "";
    if (!operation.answer.empty()) more += "," + content_of(operation.answer);
    std::string file =
        operation.file.empty()
            ? std::string()
            : fmt::format("\"200\":{{\"description\":\"The file.\",\"content\":{{\"{}\":{{}}}}}},", operation.file);
    std::string_view done = operation.file.empty() ? "Done." : "Not yet; ask again.";
    // A file that is there at once has no "not yet".
    bool at_once = !operation.file.empty() && operation.status == 200;
    std::string own =
        at_once ? file : fmt::format("{}\"{}\":{{\"description\":\"{}\"{}}},", file, operation.status, done, more);
    if (!operation.not_yet.empty())
      own += fmt::format("\"202\":{{\"description\":\"Not yet; ask again.\",{}}},", content_of(operation.not_yet));
    out += fmt::format(",\"responses\":{{{}\"default\":{{\"$ref\":\"#/components/responses/problem\"}}}}}}", own);
    if (!paths_.empty() && paths_.back().first == operation.path) paths_.back().second += "," + out;
    else paths_.emplace_back(operation.path, std::move(out));
  }
  void add_tag(std::string_view name, std::string_view description) {
    tags_ += fmt::format("{}{{\"name\":{},\"description\":{}}}", tags_.empty() ? "" : ",", json_string(name),
                         json_string(description));
  }
  std::string text(std::string_view schemas) const {
    std::string out = replace_all(head, "VERSION", ASSAY_VERSION);
    out += fmt::format(",\"tags\":[{}],\"components\":{{{},\"parameters\":{{", tags_, components);
    bool first = true;
    for (const auto& [name, json] : shared_)
      out += fmt::format("{}\"{}\":{}", std::exchange(first, false) ? "" : ",", name, json);
    out += fmt::format("}},\"schemas\":{{{}{}}}}},\"paths\":{{", problem_schema, schemas);
    first = true;
    for (const auto& [path, operations] : paths_)
      out += fmt::format("{}\"{}\":{{{}}}", std::exchange(first, false) ? "" : ",", path, operations);
    return out + "}}";
  }

 private:
  std::map<std::string, std::string> shared_;  // parameters by component
  std::vector<std::pair<std::string, std::string>> paths_;
  std::string tags_;
};

}  // namespace

std::string openapi_document(const Registry& registry, const CustomFields& custom) {
  Document document;
  std::string schemas;
  document.add_tag("About", "What there is, and how it stands.");
  document.add_tag("Rehearsals", "Audits rehearsed, with their reports.");
  document.add_tag(
      "Statement of Applicability in force",
      "The current statement, whole: what the records of its lines and of everything behind them come to.");
  document.add_tag("Own rules", "Rules that the organisation writes itself; a second person puts them into force.");
  for (const ApiOperation& operation : general_api_operations()) document.add(operation);
  for (const EntityDef* def : registry.all()) {
    schemas += fmt::format(",\"{}\":{}", def->name(), json_schema(*def, custom.all_of(*def)));
    document.add_tag(def->text.plural, def->text.help);
    for (const ApiOperation& operation : api_operations(*def, custom)) document.add(operation);
  }
  return document.text(schemas);
}

}  // namespace assay
