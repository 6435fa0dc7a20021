// Above the table: search, filter chips that live in the address, saved views, menus.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/list_view.h"

namespace assay {
namespace {

std::string_view comparison_words(Comparison comparison) {
  switch (comparison) {
    case Comparison::is: return ":";
    case Comparison::is_not: return " is not";
    case Comparison::at_least: return " from";
    case Comparison::at_most: return " up to";
    case Comparison::contains: return " contains";
    case Comparison::empty: return " is empty";
    case Comparison::not_empty: return " is filled";
  }
  return ":";
}

std::string value_words(const Visit& visit, const Filter& filter) {
  if (filter.comparison == Comparison::empty || filter.comparison == Comparison::not_empty) return {};
  const FieldDef* field = filter.field;
  std::vector<std::string> words;
  if (field && field->refers()) {
    FieldDef many = *field;
    many.kind = Kind::references;
    for (auto& [id, title] : titles_of(visit, many, Value(filter.values))) words.push_back(title);
    return join(words, " or ");
  }
  for (const std::string& value : filter.values) {
    if (field && field->kind == Kind::boolean) words.emplace_back(value == "true" ? "Yes" : "No");
    else words.emplace_back(field && !field->choices.empty() ? field->choice_label(value) : std::string_view(value));
  }
  return join(words, " or ");
}

void chip(HtmlWriter& h, const Visit& visit, const ListPlace& place, const Filter& filter) {
  std::string name = parameter_name(filter);
  std::string_view label = filter.field ? filter.field->text.label : std::string_view("Id");
  std::string words = fmt::format("{}{} {}", label, comparison_words(filter.comparison), value_words(visit, filter));
  std::string url = address(*place.def, without(place.parameters, {name, "after"}));
  h.el("span", {cls("chip active")}, [&] {
    h.text(shorten(words, 90));
    h.el("a", {cls("chip-remove"), at("href", url), at("aria-label", fmt::format("Remove the filter {}", words))},
         [&] { h.add(icon("x", "icon-sm")); });
  });
}

// A menu whose content is fetched when it is opened; without JavaScript its head is an ordinary link.
void panel_link(HtmlWriter& h, const ListPlace& place, std::string_view below, std::string_view label,
                std::string_view icon_name) {
  std::string url = address(*place.def, without(place.parameters, {"after"}), below);
  h.el("a",
       {cls("btn btn-sm"), at("href", url), at("hx-get", url), at("hx-target", "#list-panel"),
        at("hx-swap", "innerHTML"), at("aria-controls", "list-panel")},
       [&] {
         h.add(icon(icon_name, "icon-sm"));
         h.text(label);
       });
}

void export_menu(HtmlWriter& h, const Visit& visit, const ListPlace& place) {
  if (!visit.may(Action::export_, *place.def)) return;
  h.el("details", {cls("menu")}, [&] {
    h.el("summary", {cls("btn btn-sm")}, [&] {
      h.add(icon("download", "icon-sm"));
      h.text("Export");
    });
    h.el("div", {cls("menu-sheet card")}, [&] {
      struct Format {
        std::string_view name, label;
      };
      Fields kept = without(place.parameters, {"after", "columns", "view", "sort"});
      for (const Format& format : {Format{"xlsx", "Excel (XLSX)"}, Format{"csv", "CSV"}, Format{"json", "JSON"}}) {
        h.el("a",
             {cls("dropdown-item"), at("href", address(*place.def, with(kept, "format", format.name), "/export")),
              flag("download")},
             format.label);
      }
    });
  });
}

void view_switch(HtmlWriter& h, const ListPlace& place) {
  if (!place.def->lifecycle) return;
  Fields kept = without(place.parameters, {"view", "after"});
  h.el("div", {cls("btn-group"), at("role", "group"), at("aria-label", "View")}, [&] {
    auto link = [&](std::string url, std::string_view label, std::string_view icon_name, bool current) {
      h.el("a",
           {cls("btn btn-sm btn-icon"), cls_if(current, "active"), at("href", url), at("aria-label", label),
            at("title", label), at_if(current, "aria-current", "true")},
           [&] { h.add(icon(icon_name, "icon-sm")); });
    };
    link(address(*place.def, kept), "Table", "table", !place.is_board());
    link(address(*place.def, with(kept, "view", "board")), "Board by state", "columns-3", place.is_board());
  });
}

void save_view_form(HtmlWriter& h, const Visit& visit, const ListPlace& place) {
  h.el("details", {cls("menu")}, [&] {
    h.el("summary", {cls("btn btn-sm")}, [&] {
      h.add(icon("star", "icon-sm"));
      h.text("Save view");
    });
    h.el("form", {cls("menu-sheet card p-2"), at("method", "post"), at("action", list_url(*place.def) + "/views")},
         [&] {
           hidden_csrf(h, visit);
           h.leaf("input", {at("type", "hidden"), at("name", "query"),
                            at("value", join_pairs(without(place.parameters, {"after"})))});
           h.el("label", {cls("form-label"), at("for", "view-name")}, "Name of this view");
           h.leaf("input", {at("type", "text"), cls("form-control form-control-sm mb-2"), at("id", "view-name"),
                            at("name", "name"), at("maxlength", 80), flag("required")});
           h.el("button", {cls("btn btn-sm btn-primary"), at("type", "submit")}, "Save");
         });
  });
}

void saved_views(HtmlWriter& h, const Visit& visit, const ListPlace& place, const std::vector<SavedView>& views) {
  std::string here = join_pairs(without(place.parameters, {"after"}));
  for (const SavedView& view : views) {
    bool current = view.query == here;
    h.el("span", {cls("chip"), cls_if(current, "active")}, [&] {
      h.add(icon("star", "icon-sm"));
      h.el("a",
           {cls("quiet"), at("href", list_url(*place.def) + (view.query.empty() ? "" : "?" + view.query)),
            at_if(current, "aria-current", "true")},
           view.name);
      if (!current) return;
      h.el("form",
           {cls("d-inline"), at("method", "post"),
            at("action", fmt::format("{}/views/{}/remove", list_url(*place.def), encode_url(view.id)))},
           [&] {
             hidden_csrf(h, visit);
             h.el("button",
                  {cls("chip-remove"), at("type", "submit"),
                   at("aria-label", fmt::format("Remove the view {}", view.name))},
                  [&] { h.add(icon("x", "icon-sm")); });
           });
    });
  }
}

}  // namespace

void write_search(HtmlWriter& h, const Visit& visit, const ListPlace& place) {
  (void)visit;
  h.el("form",
       {cls("list-search"), at("role", "search"), at("method", "get"), at("action", list_url(*place.def)),
        at("hx-get", list_url(*place.def)), at("hx-target", "#list-table"), at("hx-swap", "outerHTML"),
        at("hx-trigger", "submit, input delay:250ms from:#list-q"), at("hx-push-url", "true"),
        at("hx-sync", "this:replace")},
       [&] {
         h.el("div", {at("id", "list-kept")}, [&] { hidden_parameters(h, without(place.parameters, {"q", "after"})); });
         h.add(icon("search", "icon-sm"));
         h.leaf("input", {at("type", "search"), cls("form-control"), at("id", "list-q"), at("name", "q"),
                          at("value", place.query.search),
                          at("placeholder", fmt::format("Search {}", in_sentence(place.def->text.plural))),
                          at("autocomplete", "off"),
                          at("aria-label", fmt::format("Search {}", in_sentence(place.def->text.plural))),
                          at("data-shortcut", "/"), at("data-shortcut-label", "Search this list")});
       });
}

void write_tools(HtmlWriter& h, const Visit& visit, const ListPlace& place, const std::vector<SavedView>& views,
                 bool swapped) {
  h.el("div", {cls("list-tools no-print"), at("id", "list-tools"), at_if(swapped, "hx-swap-oob", "true")}, [&] {
    h.el("div", {cls("chips flex-fill")}, [&] {
      saved_views(h, visit, place, views);
      for (const Filter& filter : place.query.filters) chip(h, visit, place, filter);
      if (place.query.filters.size() > 1) {
        Fields kept;
        for (std::string_view name : {"view", "sort", "columns", "q"}) {
          if (has_field(place.parameters, name)) kept.emplace_back(name, value_of(place.parameters, name));
        }
        h.el("a", {cls("chip"), at("href", address(*place.def, kept))}, "Remove all filters");
      }
    });
    h.el("div", {cls("btn-list")}, [&] {
      panel_link(h, place, "/filter", "Filter", "filter");
      if (!place.is_board()) panel_link(h, place, "/columns", "Columns", "columns-3");
      if (!place.parameters.empty()) save_view_form(h, visit, place);
      export_menu(h, visit, place);
      view_switch(h, place);
    });
  });
}

}  // namespace assay
