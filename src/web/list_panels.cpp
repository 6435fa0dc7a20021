// The menus that narrow a list: a filter on one field, and the choice of columns. Each is a page of its own and, for
// htmx, the content of the panel above the table.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/list_view.h"

namespace assay {
namespace {

bool can_be_filtered(const Visit& visit, const EntityDef& def, const FieldDef& field) {
  return !field.text.secret && sees_field(visit, def, field);
}

Response panel(Visit& visit, const ListPlace& place, std::string_view title,
               const std::function<void(HtmlWriter&)>& body) {
  auto card = [&](HtmlWriter& h) {
    h.el("section", {cls("card list-panel-card"), at("aria-label", title)},
         [&] { h.el("div", {cls("card-body")}, [&] { body(h); }); });
  };
  if (visit.request.is_htmx()) return fragment(card);
  Frame frame{.title = std::string(title),
              .active = std::string(phase_name(place.def->text.phase)),
              .crumbs = {{std::string(place.def->text.plural), address(*place.def, place.parameters)}},
              .narrow = true};
  return page(visit, frame, card);
}

void field_choice(HtmlWriter& h, const Visit& visit, const ListPlace& place) {
  h.el("div", {cls("subheader mb-2")}, "Filter by");
  h.el("div", {cls("chips")}, [&] {
    for (const FieldDef* each : fields_of(*place.def, visit.custom_fields())) {
      const FieldDef& field = *each;
      if (!can_be_filtered(visit, *place.def, field)) continue;
      std::string url = address(*place.def, with(place.parameters, "_field", field.name), "/filter");
      h.el(
          "a",
          {cls("chip"), at("href", url), at("hx-get", url), at("hx-target", "#list-panel"), at("hx-swap", "innerHTML")},
          field.text.label);
    }
  });
}

void limits(HtmlWriter& h, const ListPlace& place, const FieldDef& field, std::string_view type) {
  h.el("div", {cls("row g-2")}, [&] {
    for (auto [suffix, label] : {std::pair<std::string_view, std::string_view>{".min", "From"}, {".max", "Up to"}}) {
      std::string name = std::string(field.name) + std::string(suffix);
      h.el("div", {cls("col-sm")}, [&] {
        h.el("label", {cls("form-label"), at("for", "filter" + std::string(suffix))}, label);
        h.leaf("input", {at("type", type), cls("form-control"), at("id", "filter" + std::string(suffix)),
                         at("name", name), at("value", value_of(place.parameters, name)),
                         at_if(type == "number", "step", "any"), flag("autofocus", suffix == ".min")});
      });
    }
  });
}

void boxes(HtmlWriter& h, const ListPlace& place, const FieldDef& field) {
  std::vector<std::string_view> chosen = values_of(place.parameters, field.name);
  auto box = [&](std::string_view value, std::string_view label) {
    h.el("label", {cls("form-check")}, [&] {
      h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", field.name), at("value", value),
                       flag("checked", std::find(chosen.begin(), chosen.end(), value) != chosen.end())});
      h.el("span", {cls("form-check-label")}, label);
    });
  };
  if (field.kind == Kind::boolean) {
    box("true", "Yes");
    box("false", "No");
    return;
  }
  for (const Choice& choice : field.choices) box(choice.name, choice.label);
}

void comparison_inputs(HtmlWriter& h, const Visit& visit, const ListPlace& place, const FieldDef& field) {
  switch (field.kind) {
    case Kind::boolean:
    case Kind::choice:
    case Kind::choices: return boxes(h, place, field);
    case Kind::date: return limits(h, place, field, "date");
    case Kind::instant: return limits(h, place, field, "date");
    case Kind::integer:
    case Kind::real: return limits(h, place, field, "number");
    case Kind::reference:
    case Kind::references: {
      FieldDef many = field;  // several records: any of them
      many.kind = Kind::references;
      std::vector<std::string> chosen;
      for (std::string_view id : values_of(place.parameters, field.name)) chosen.emplace_back(id);
      return reference_input(h, visit, many, titles_of(visit, many, Value(chosen)),
                             {.id = "filter-value", .autofocus = true});
    }
    case Kind::json:
    case Kind::records: return;
    default: break;
  }
  std::string name = std::string(field.name) + ".contains";
  h.el("label", {cls("form-label"), at("for", "filter-value")}, "Contains");
  h.leaf("input", {at("type", "text"), cls("form-control"), at("id", "filter-value"), at("name", name),
                   at("value", value_of(place.parameters, name)), at("autocomplete", "off"), flag("autofocus")});
}

void empty_choice(HtmlWriter& h, const ListPlace& place, const FieldDef& field) {
  std::string name = std::string(field.name) + ".empty";
  std::string_view now = value_of(place.parameters, name);
  h.el("div", {cls("mt-3")}, [&] {
    h.el("label", {cls("form-label"), at("for", "filter-empty")}, "Filled in?");
    h.el("select", {cls("form-select"), at("id", "filter-empty"), at("name", name)}, [&] {
      h.el("option", {at("value", "")}, "Does not matter");
      h.el("option", {at("value", "true"), flag("selected", now == "true")}, "Only empty ones");
      h.el("option", {at("value", "false"), flag("selected", now == "false")}, "Only filled ones");
    });
  });
}

void form_buttons(HtmlWriter& h, const ListPlace& place, std::string_view label) {
  h.el("div", {cls("btn-list mt-3")}, [&] {
    h.el("button", {cls("btn btn-primary"), at("type", "submit")}, label);
    h.el("a",
         {cls("btn"), at("href", address(*place.def, without(place.parameters, {"_field"}))), flag("data-close-panel")},
         "Cancel");
  });
}

}  // namespace

Response filter_panel(Visit& visit) {
  auto place = list_place(visit);
  if (!place) return error_page(visit, place.error());
  place->parameters = without(place->parameters, {"after"});
  const FieldDef* field = visit.custom_fields().find_any(*place->def, visit.request.query_value("_field"));
  if (!field || !can_be_filtered(visit, *place->def, *field)) {
    return panel(visit, *place, "Filter", [&](HtmlWriter& h) { field_choice(h, visit, *place); });
  }
  place->parameters = without(place->parameters, {"_field"});
  return panel(visit, *place, fmt::format("Filter by {}", in_sentence(field->text.label)), [&](HtmlWriter& h) {
    h.el("form", {at("method", "get"), at("action", list_url(*place->def))}, [&] {
      h.el("div", {cls("subheader mb-2")}, field->text.label);
      hidden_parameters(h, without(place->parameters, {std::string(field->name) + "."}));
      comparison_inputs(h, visit, *place, *field);
      if (!field->required || field->is_list()) empty_choice(h, *place, *field);
      form_buttons(h, *place, "Filter");
    });
  });
}

Response column_panel(Visit& visit) {
  auto place = list_place(visit);
  if (!place) return error_page(visit, place.error());
  place->parameters = without(place->parameters, {"after"});
  return panel(visit, *place, "Columns", [&](HtmlWriter& h) {
    h.el("form", {at("method", "get"), at("action", list_url(*place->def))}, [&] {
      hidden_parameters(h, without(place->parameters, {"columns"}));
      h.el("div", {cls("column-choice")}, [&] {
        for (const FieldDef* each : fields_of(*place->def, visit.custom_fields())) {
          const FieldDef& field = *each;
          if (!can_be_filtered(visit, *place->def, field)) continue;
          const auto& shown = place->query.columns;
          h.el("label", {cls("form-check")}, [&] {
            h.leaf("input",
                   {at("type", "checkbox"), cls("form-check-input"), at("name", "columns"), at("value", field.name),
                    flag("checked", std::find(shown.begin(), shown.end(), &field) != shown.end())});
            h.el("span", {cls("form-check-label")}, field.text.label);
          });
        }
      });
      form_buttons(h, *place, "Show these columns");
    });
  });
}

}  // namespace assay
