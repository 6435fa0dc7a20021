#include "kernel/service/api_description.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "kernel/service/api_parts.h"

namespace assay {
namespace {

using namespace api_parts;

std::vector<ApiParameter> list_parameters(const EntityDef& def, const CustomFields& custom) {
  std::vector<ApiParameter> out{
      {"after", Place::query, false, "The \"next\" of the page before.", std::string(text_schema), "after"},
      {"limit", Place::query, false, "Records of a page.",
       R"({"type":"integer","minimum":1,"maximum":500,"default":50})", "limit"},
      {"sort", Place::query, false, "A list column, with - in front for descending.", std::string(text_schema), "sort"},
      {"q", Place::query, false, "Words to be found anywhere in the record.", std::string(text_schema), "q"}};
  for (const FieldDef* field : fields_of(def, custom)) {
    bool taken = field->name == "limit" || field->name == "sort" || field->name == "after" || field->name == "q";
    std::vector<std::string_view> suffixes = filter_suffixes(*field);
    if (taken || suffixes.empty()) continue;
    std::string description = std::string(field->text.label) + ".";
    if (suffixes.front().empty()) {
      std::vector<std::string> more;
      for (std::string_view suffix : suffixes) {
        if (!suffix.empty()) more.push_back(std::string(field->name) + std::string(suffix));
      }
      description += " Also " + join(more, ", ") + ".";
      out.push_back({std::string(field->name), Place::query, false, description, std::string(texts_schema), {}, true});
    } else {
      out.push_back({fmt::format("{}{}", field->name, suffixes.front()), Place::query, false, description,
                     R"({"type":"boolean"})"});
    }
  }
  return out;
}

std::string example_value(const FieldDef& field) {
  switch (field.kind) {
    case Kind::boolean: return "true";
    case Kind::integer:
    case Kind::real:
      return fmt::format(
          "{}", field.kind == Kind::integer ? std::ceil(field.text.least.value_or(1)) : field.text.least.value_or(1));
    case Kind::date: return "\"2026-03-31\"";
    case Kind::instant: return "\"2026-03-31T09:00:00Z\"";
    case Kind::choice: return json_string(field.choices.front().name);
    case Kind::choices: return "[" + json_string(field.choices.front().name) + "]";
    case Kind::reference: return json_string(fmt::format("{}-001", field.target().text.prefix));
    case Kind::references: return "[" + json_string(fmt::format("{}-001", field.target().text.prefix)) + "]";
    case Kind::texts: return "[\"…\"]";
    case Kind::json: return "{}";
    case Kind::records: return "[]";
    case Kind::text: break;
  }
  return json_string(field.text.example.empty() ? std::string_view("…") : field.text.example);
}

bool is_writable(const EntityDef& def, const FieldDef& field) {
  bool state = def.lifecycle && def.lifecycle->field == field.name;
  return !state && !field.text.derived && !field.text.secret;
}

// What is required, or else the title: the least that a record is created with.
std::string example_body(const EntityDef& def, const CustomFields& custom) {
  std::string out;
  std::string own;
  for (const FieldDef* field : fields_of(def, custom)) {
    if (!is_writable(def, *field) || field->is_list() || !(field->required || field->text.title || field->custom))
      continue;
    std::string& part = field->custom ? own : out;
    part += fmt::format("{}{}: {}", part.empty() ? "" : ", ",
                        json_string(field->custom ? field->custom_key() : field->name), example_value(*field));
  }
  if (!own.empty()) out += fmt::format("{}\"custom\": {{{}}}", out.empty() ? "" : ", ", own);
  return "{" + out + "}";
}

std::string example_patch(const EntityDef& def) {
  for (const FieldDef& field : def.fields) {
    if (is_writable(def, field) && !field.required && !field.is_list())
      return fmt::format("{{{}: {}}}", json_string(field.name), example_value(field));
  }
  return fmt::format("{{{}: {}}}", json_string(def.title_field().name), example_value(def.title_field()));
}

constexpr std::string_view steps_answer =
    R"("state":{"type":"string"},"steps":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"label":{"type":"string"},"to":{"type":"string"},"asks":{"type":"string","description":"Names of the fields that the step takes as inputs, separated by blanks."},"allowed":{"type":"boolean"},"who_may":{"type":"string"},"missing":{"type":"array","items":{"type":"object","properties":{"reason":{"type":"string"},"rule":{"type":"string"}}}}}}})";
constexpr std::string_view history_answer =
    R"("items":{"type":"array","items":{"type":"object","properties":{"seq":{"type":"integer"},"at":{"type":"string","format":"date-time"},"actor":{"type":"string"},"actor_name":{"type":"string"},"revision":{"type":"integer"},"operation":{"type":"string"},"reason":{"type":"string"},"changes":{"type":"object","description":"For each field its value before and after."},"record_hash":{"type":"string"},"leaf_hash":{"type":"string"}}}},"next":{"type":["integer","null"],"description":"The parameter before of the next page."})";

std::vector<ApiOperation> record_operations(const EntityDef& def, const CustomFields& custom) {
  std::string name(def.name());
  std::string tag(def.text.plural);
  std::string root = "/api/v1/" + name;
  std::string one = fmt::format("{{\"$ref\":\"#/components/schemas/{}\"}}", name);
  std::string body = example_body(def, custom);
  ApiParameter id = in_path("id", "Id of the record.", "id");
  ApiParameter match{
      "If-Match", Place::header, true, "The ETag of the record that was read, or *.", std::string(text_schema),
      "if_match"};
  std::vector<ApiOperation> out;
  out.push_back(
      {"GET",
       root,
       "list_" + name,
       tag,
       "List " + lower(tag),
       list_parameters(def, custom),
       {},
       {},
       200,
       object_of(fmt::format(
           R"("items":{{"type":"array","items":{}}},"total":{{"type":"integer"}},"more_than_total":{{"type":"boolean"}},"next":{{"type":["string","null"]}})",
           one))});
  out.push_back({"POST", root, "create_" + name, tag, "Create one", {reason_header()}, one, body, 201, one, true});
  out.push_back(
      {"POST",
       root + "/bulk",
       "bulk_" + name,
       tag,
       "Create or change many, all or nothing",
       {reason_header()},
       object_of(
           fmt::format(
               R"("items":{{"type":"array","maxItems":10000,"items":{}}},"dry_run":{{"type":"boolean","default":false}})",
               one),
           "\"items\""),
       fmt::format("{{\"dry_run\": true, \"items\": [{}]}}", body),
       200,
       object_of(fmt::format(R"("created":{0},"changed":{0},"unchanged":{0},"dry_run":{{"type":"boolean"}})", ids))});
  out.push_back({"GET", root + "/{id}", "read_" + name, tag, "Read one", {id}, {}, {}, 200, one, true});
  out.push_back({"PATCH",
                 root + "/{id}",
                 "change_" + name,
                 tag,
                 "Change the fields given",
                 {id, match, reason_header()},
                 one,
                 example_patch(def),
                 200,
                 one,
                 true});
  out.push_back(
      {"GET",
       root + "/{id}/history",
       "history_" + name,
       tag,
       "History, newest first",
       {id,
        {"before", Place::query, false, "The \"next\" of the page before.", R"({"type":"integer","minimum":0})"},
        {"limit", Place::query, false, "Entries of a page.",
         R"({"type":"integer","minimum":1,"maximum":500,"default":50})", "limit"}},
       {},
       {},
       200,
       object_of(history_answer)});
  return out;
}

}  // namespace

std::vector<std::string_view> filter_suffixes(const FieldDef& field) {
  switch (field.kind) {
    case Kind::json:
    case Kind::records: return {".empty"};
    case Kind::boolean: return {"", ".not", ".empty"};
    case Kind::integer:
    case Kind::real:
    case Kind::date:
    case Kind::instant: return {"", ".not", ".min", ".max", ".empty"};
    default: return {"", ".not", ".contains", ".empty"};
  }
}

std::string type_in_words(const FieldDef& field) {
  std::vector<std::string> names;
  for (const Choice& choice : field.choices) names.emplace_back(choice.name);
  switch (field.kind) {
    case Kind::boolean: return "true or false";
    case Kind::integer: return "whole number";
    case Kind::real: return "number";
    case Kind::date: return "date YYYY-MM-DD";
    case Kind::instant: return "time YYYY-MM-DDTHH:MM:SSZ";
    case Kind::json: return "any JSON";
    case Kind::choice: return "one of " + join(names, ", ");
    case Kind::choices: return "list of " + join(names, ", ");
    case Kind::reference: return fmt::format("id of a {}", field.target().name());
    case Kind::references: return fmt::format("list of ids of {}", field.target().name());
    case Kind::texts: return "list of texts";
    case Kind::records: return "list of objects";
    case Kind::text: break;
  }
  return fmt::format("text of at most {} characters", field.max_length());
}

std::vector<ApiOperation> api_operations(const EntityDef& def, const CustomFields& custom) {
  std::vector<ApiOperation> out = record_operations(def, custom);
  std::string name(def.name());
  std::string tag(def.text.plural);
  std::string root = "/api/v1/" + name + "/{id}/steps";
  ApiParameter id = in_path("id", "Id of the record.", "id");
  ApiParameter match{"If-Match", Place::header, false,
                     "The ETag of the record that was read; without it the record is taken as it is.",
                     std::string(text_schema)};
  out.push_back({"GET",
                 root,
                 "steps_" + name,
                 tag,
                 "Lifecycle steps and what stands in the way",
                 {id},
                 {},
                 {},
                 200,
                 object_of(steps_answer),
                 false,
                 true});
  out.push_back(
      {"POST",
       root + "/{step}",
       "take_step_" + name,
       tag,
       "Take a lifecycle step",
       {id, in_path("step", "Name of the step, from the list of steps.", "step"), match},
       object_of(
           R"("inputs":{"type":"object","description":"Values of the fields that the step asks for."},"reason":{"type":"string"})"),
       R"({"inputs": {}, "reason": "agreed in the committee"})",
       200,
       fmt::format("{{\"$ref\":\"#/components/schemas/{}\"}}", name),
       true,
       true});
  return out;
}

std::string curl_example(const ApiOperation& operation) {
  std::string path = operation.path.substr(std::string_view("/api/v1").size());
  std::string out = "curl -H \"Authorization: Bearer $T\"";
  if (operation.method != "GET" && operation.method != "POST") out += " -X " + operation.method;
  for (const ApiParameter& parameter : operation.parameters) {
    if (parameter.name == "If-Match" && parameter.required) out += " -H 'If-Match: \"3\"'";
  }
  if (!operation.body.empty())
    out += " -H 'Content-Type: application/json' -d '" + replace_all(operation.example, "'", "'\\''") + "'";
  return out + " \"$B" + path + "\"";
}

const std::vector<ApiStatus>& api_failures() {
  static const std::vector<ApiStatus> failures{{401, "no token, or not a valid one"},
                                               {403, "not allowed; who_may says who is"},
                                               {404, "no such register or record"},
                                               {409, "changed meanwhile, or exists already"},
                                               {422, "the input does not fit; a missing If-Match too"},
                                               {429, "a limit: too many failed attempts, or too large"},
                                               {500, "our fault; the server's log says what"}};
  return failures;
}

}  // namespace assay
