#include "api/calls.h"

#include <fmt/format.h>

#include "base/text.h"
#include "kernel/model/json.h"

namespace assay {
namespace {

// Custom fields of a patch: the keys that are there, null unsets.
void read_custom_patch(const EntityDef& def, const CustomFields& custom, const boost::json::value& body, Patch& patch,
                       Problems& problems) {
  if (!body.is_object()) return problems.push_back({"custom", "must be an object", shorten(serialize(body), 60)});
  for (const auto& [raw_key, value] : body.get_object()) {
    std::string name = std::string(custom_prefix) + std::string(raw_key);
    const FieldDef* field = custom.find(def, name);
    if (!field) {
      problems.push_back({shorten(name, 80), fmt::format("is not a custom field of {}", def.text.plural), ""});
      continue;
    }
    auto read = read_json(*field, value);
    if (read) patch.emplace_back(field, *std::move(read));
    else std::ranges::move(read.error().problems, std::back_inserter(problems));
  }
}

}  // namespace

Result<const EntityDef*> ApiCall::entity(std::string_view name) const {
  const Registry& registry = tenant.workspace->registry();
  if (const EntityDef* def = registry.find(name)) return def;
  std::string nearest = registry.nearest(name);
  return fail(ErrorKind::not_found, fmt::format("There is no register {}{}", shorten(name, 60),
                                                nearest.empty() ? "." : fmt::format("; did you mean {}?", nearest)));
}

Result<boost::json::object> read_body(const Request& request) {
  if (request.content_type() != "application/json" && request.content_type() != "application/merge-patch+json") {
    return fail(Problems{{"Content-Type", "must be application/json", request.content_type()}});
  }
  boost::system::error_code error;
  boost::json::parse_options options;
  options.max_depth = 32;
  boost::json::value value = boost::json::parse(request.body, error, {}, options);
  if (error) return fail(Problems{{"body", "must be JSON: " + error.message(), shorten(request.body, 60)}});
  if (!value.is_object()) return fail(Problems{{"body", "must be a JSON object", shorten(request.body, 60)}});
  return std::move(value.get_object());
}

Result<Patch> read_patch(const EntityDef& def, const CustomFields& custom, const boost::json::object& body) {
  Record scratch(def);
  Problems problems = read_json(scratch, body);
  Patch patch;
  for (const auto& [raw_key, value] : body) {
    std::string_view key(raw_key.data(), raw_key.size());
    if (key == "id") problems.push_back({std::string(key), "cannot be changed this way", ""});
    else if (key == "custom") read_custom_patch(def, custom, value, patch, problems);
    else if (const FieldDef* field = def.find(key)) patch.emplace_back(field, scratch.at(key));
  }
  if (!problems.empty()) return fail(std::move(problems));
  return patch;
}

}  // namespace assay
