// The address of a list: its parameters, and how links change them.
#include <fmt/format.h>

#include "base/text.h"
#include "web/list_view.h"

namespace assay {

Result<const EntityDef*> register_of(Visit& visit) {
  std::string_view name = visit.request.param("register");
  const EntityDef* def = visit.registry().find(name);
  if (!def) {
    std::string nearest = visit.registry().nearest(name);
    std::string hint = nearest.empty() ? std::string() : fmt::format(" Did you mean \"{}\"?", nearest);
    return fail(ErrorKind::not_found, fmt::format("There is no register \"{}\".{}", shorten(name, 60), hint));
  }
  CHECK(demand(may(visit.principal, Action::see, *def)));
  return def;
}

Fields tidy_parameters(const Fields& parameters) {
  Fields out;
  std::string columns;
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    if (name == "columns") columns += (columns.empty() ? "" : ",") + value;
    else if (std::find(out.begin(), out.end(), std::pair(name, value)) == out.end()) out.emplace_back(name, value);
  }
  if (!columns.empty()) out.emplace_back("columns", columns);
  return out;
}

Result<ListPlace> list_place(Visit& visit) {
  TRY(const EntityDef* def, register_of(visit));
  ListPlace place{def, tidy_parameters(visit.request.query), {}};
  TRY(place.query, parse_list_query(*def, place.parameters, {"view", "format", "_field"}, visit.custom_fields()));
  auto hidden = [&](const FieldDef* field) {
    return field && (field->text.secret || !sees_field(visit, *def, *field));
  };
  for (const Filter& filter : place.query.filters) {
    // A filter over what somebody may not see would tell it all the same.
    if (hidden(filter.field))
      return fail(ErrorKind::forbidden, fmt::format("\"{}\" is not shown to you.", filter.field->text.label));
  }
  if (hidden(place.query.sort)) place.query.sort = nullptr;
  std::erase_if(place.query.columns, [](const FieldDef* field) { return field->text.secret; });
  if (place.query.columns.empty()) place.query.columns.push_back(&def->title_field());
  return place;
}

Fields without(Fields parameters, std::initializer_list<std::string_view> names) {
  std::erase_if(parameters, [&](const auto& parameter) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      if (name.ends_with('.'))
        return parameter.first.starts_with(name) || parameter.first == name.substr(0, name.size() - 1);
      return parameter.first == name;
    });
  });
  return parameters;
}

Fields with(Fields parameters, std::string_view name, std::string_view value) {
  parameters = without(std::move(parameters), {name});
  parameters.emplace_back(name, value);
  return parameters;
}

std::string address(const EntityDef& def, const Fields& parameters, std::string_view below) {
  std::string out = list_url(def);
  out += below;
  if (!parameters.empty()) out.append("?").append(join_pairs(parameters));
  return out;
}

void hidden_parameters(HtmlWriter& h, const Fields& parameters) {
  for (const auto& [name, value] : parameters)
    h.leaf("input", {at("type", "hidden"), at("name", name), at("value", value)});
}

bool sees_field(const Visit& visit, const EntityDef& def, const FieldDef& field) {
  return may_see_field(visit.principal, def, field).allowed;
}

bool is_simple(const EntityDef& def, const FieldDef& field) {
  bool state = def.lifecycle && def.lifecycle->field == field.name;
  if (state || field.retired || field.text.derived || field.text.secret || field.text.multiline) return false;
  switch (field.kind) {
    case Kind::text:
    case Kind::boolean:
    case Kind::integer:
    case Kind::real:
    case Kind::date:
    case Kind::choice: return true;
    default: return false;
  }
}

bool may_edit(const Visit& visit, const EntityDef& def, const FieldDef& field) {
  return visit.may(Action::change, def) && may_change_field(visit.principal, def, field).allowed;
}

}  // namespace assay
