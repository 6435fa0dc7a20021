// Threats, weaknesses and document templates.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/library_view.h"

namespace assay {
namespace {

struct CatalogueRow {
  std::string_view code, group, name, description;
  const std::vector<std::string>& controls;
};

struct Catalogue {
  std::string_view title, name, group_label, parameter, kicker;  // `parameter`: of the new risk that takes the name
};

void control_links(HtmlWriter& h, const Visit& visit, const std::vector<std::string>& controls) {
  bool first = true;
  for (const std::string& ref : controls) {
    if (!std::exchange(first, false)) h.text(", ");
    const ControlGuidance* control = visit.site.library.control(ref);
    if (control)
      h.el("a", {at("href", "/library/control/" + encode_url(ref)), at("title", control->title)}, "A." + ref);
    else h.text(ref);
  }
}

void write_row(HtmlWriter& h, const Visit& visit, const Catalogue& catalogue, const CatalogueRow& row,
               const EntityDef* risk) {
  h.el("tr", {at("id", row.code)}, [&] {
    h.el("th", {at("scope", "row"), cls("fw-normal text-nowrap")}, row.code);
    h.el("td", {at("data-label", "Name")}, [&] {
      h.el("div", {cls("fw-bold")}, row.name);
      h.el("div", {cls("text-secondary")}, row.description);
    });
    h.el("td", {at("data-label", catalogue.group_label)}, replace_all(row.group, "_", " "));
    h.el("td", {at("data-label", "Controls")}, [&] { control_links(h, visit, row.controls); });
    if (!risk) return;
    h.el("td", {cls("text-end no-print")}, [&] {
      std::string url = fmt::format("{}?{}={}", new_url(*risk), catalogue.parameter, encode_url(row.name));
      h.el("a", {cls("btn btn-sm"), at("href", url), at("aria-label", fmt::format("Create a risk from: {}", row.name))},
           "Create a risk");
    });
  });
}

bool fits(const CatalogueRow& row, std::string_view words) {
  return words.empty() || lower(row.name).contains(words) || lower(row.description).contains(words) ||
         lower(row.code) == words;
}

std::string catalogue_url(const Catalogue& catalogue, std::string_view group, std::string_view words) {
  Fields parameters;
  if (!group.empty()) parameters.emplace_back("group", group);
  if (!words.empty()) parameters.emplace_back("q", words);
  return fmt::format("/library/{}{}{}", catalogue.name, parameters.empty() ? "" : "?", join_pairs(parameters));
}

void write_filters(HtmlWriter& h, const Catalogue& catalogue, const std::vector<CatalogueRow>& rows,
                   std::string_view group, std::string_view words) {
  h.el("form",
       {cls("filter-form no-print"), at("method", "get"), at("action", fmt::format("/library/{}", catalogue.name))},
       [&] {
         if (!group.empty()) h.leaf("input", {at("type", "hidden"), at("name", "group"), at("value", group)});
         h.el("label", {cls("filter-field filter-text")}, [&] {
           h.el("span", {cls("form-label")}, "Words");
           h.leaf("input", {at("type", "search"), cls("form-control"), at("name", "q"), at("value", words),
                            at("data-shortcut", "/"), at("data-shortcut-label", "Search here")});
         });
         h.el("button", {cls("btn"), at("type", "submit")}, "Show");
       });
  std::vector<std::string_view> groups;
  for (const CatalogueRow& row : rows) {
    if (std::ranges::find(groups, row.group) == groups.end()) groups.push_back(row.group);
  }
  h.el("div", {cls("chips mb-3"), at("role", "group"), at("aria-label", catalogue.group_label)}, [&] {
    for (std::string_view each : groups)
      chip(h, catalogue_url(catalogue, each == group ? "" : each, words), replace_all(each, "_", " "), each == group);
  });
}

Response catalogue_page(Visit& visit, const Catalogue& catalogue, const std::vector<CatalogueRow>& rows) {
  std::string_view group = visit.request.query_value("group");
  std::string typed(trim(visit.request.query_value("q"))), words = lower(typed);
  const EntityDef* risk = visit.registry().find("risk");
  if (risk && !visit.may(Action::create, *risk)) risk = nullptr;
  Frame frame{.title = std::string(catalogue.title),
              .active = "library",
              .crumbs = {{"Library", "/library"}},
              .kicker = std::string(catalogue.kicker),
              .own_search = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    library_tabs(h, catalogue.name);
    write_filters(h, catalogue, rows, group, typed);
    h.el("div", {cls("card")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-sticky table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, catalogue.title);
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {std::string_view("Code"), std::string_view("Name"), catalogue.group_label,
                                           std::string_view("Controls")}) {
              h.el("th", {at("scope", "col")}, label);
            }
            if (risk)
              h.el("th", {at("scope", "col"), cls("no-print")},
                   [&] { h.el("span", {cls("visually-hidden")}, "Action"); });
          });
        });
        h.el("tbody", [&] {
          for (const CatalogueRow& row : rows) {
            if ((group.empty() || row.group == group) && fits(row, words)) write_row(h, visit, catalogue, row, risk);
          }
        });
      });
    });
  });
}

// ---- Templates -----------------------------------------------------------------------------------------------------

std::string as_words(std::string_view name) { return replace_all(name, "_", " "); }

Html template_button(const Visit& visit, const Template& chosen) {
  const EntityDef* document = visit.registry().find("document");
  if (!document || !visit.may(Action::create, *document)) return {};
  HtmlWriter h(256);
  h.el("a", {cls("btn btn-primary"), at("href", "/documents/new?template=" + encode_url(chosen.name))}, [&] {
    h.add(icon("file-text"));
    h.text("Create document from template");
  });
  return h.take();
}

// What is known already; the rest stays visible in brackets.
Placeholders known_values(Visit& visit) {
  Placeholders values;
  const EntityDef* organisation = visit.registry().find("organisation");
  if (organisation && visit.may(Action::see, *organisation)) {
    ListQuery query;
    query.def = organisation;
    query.limit = 1;
    if (auto found = visit.tenant.registers.list(visit.principal, query); found && !found->rows.empty()) {
      values.emplace("organisation.name", found->rows[0].record.title());
    }
  }
  if (auto reader = visit.tenant.workspace->read()) {
    if (auto parameters = (*reader)->parameters(visit.tenant.workspace->clock().today())) {
      for (const auto& [key, value] : *parameters) values.emplace("parameter." + key, decimal(value, 2));
    }
  }
  return values;
}

void write_template_row(HtmlWriter& h, const Visit& visit, const Template& each) {
  h.el("tr", [&] {
    h.el("th", {at("scope", "row"), cls("fw-normal")},
         [&] { h.el("a", {at("href", "/library/templates/" + encode_url(each.name))}, each.title); });
    h.el("td", {at("data-label", "Kind")}, as_words(each.kind));
    h.el("td", {at("data-label", "For")}, as_words(each.audience));
    h.el("td", {at("data-label", "Answers")}, [&] {
      bool first = true;
      for (const std::string& ref : each.refs) {
        if (!std::exchange(first, false)) h.text(", ");
        bool control = visit.site.library.control(ref) && !visit.site.library.clause(ref);
        ref_links(h, visit, control ? "A." + ref : ref);
      }
    });
  });
}

}  // namespace

Response threats_page(Visit& visit) {
  std::vector<CatalogueRow> rows;
  for (const Threat& threat : visit.site.library.threats())
    rows.push_back({threat.code, threat.category, threat.name, threat.description, threat.controls});
  return catalogue_page(visit, {"Threats", "threats", "Category", "threat", "What may go wrong"}, rows);
}

Response weaknesses_page(Visit& visit) {
  std::vector<CatalogueRow> rows;
  for (const Weakness& weakness : visit.site.library.weaknesses())
    rows.push_back({weakness.code, weakness.area, weakness.name, weakness.description, weakness.controls});
  return catalogue_page(visit, {"Weaknesses", "weaknesses", "Area", "weakness", "Why it may go wrong here"}, rows);
}

Response templates_page(Visit& visit) {
  Frame frame{.title = "Document templates", .active = "library", .crumbs = {{"Library", "/library"}}};
  return page(visit, frame, [&](HtmlWriter& h) {
    library_tabs(h, "templates");
    h.el("div", {cls("card")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-sticky table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Document templates");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Title", "Kind", "For", "Answers"}) h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (const Template& each : visit.site.library.templates()) write_template_row(h, visit, each);
        });
      });
    });
  });
}

Response template_page(Visit& visit) {
  const Template* chosen = visit.site.library.find_template(visit.request.param("name"));
  if (!chosen)
    return error_page(visit, {ErrorKind::not_found,
                              fmt::format("There is no template \"{}\".", shorten(visit.request.param("name"), 60)),
                              {},
                              {},
                              {}});
  Frame frame{.title = chosen->title,
              .active = "library",
              .crumbs = {{"Library", "/library"}, {"Document templates", "/library/templates"}},
              .kicker = as_words(chosen->kind),
              .actions = template_button(visit, *chosen),
              .narrow = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("p", {cls("text-secondary")}, "What stands in brackets is still to be filled in.");
    h.el("article", {cls("card")}, [&] {
      h.el("div", {cls("card-body markdown")}, markdown(fill_placeholders(chosen->markdown, known_values(visit))));
    });
  });
}

}  // namespace assay
