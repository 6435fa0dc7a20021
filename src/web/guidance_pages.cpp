// The library: clauses and controls with guidance, and what the workspace has for each control.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/library_view.h"

namespace assay {
namespace {

// ---- Index ---------------------------------------------------------------------------------------------------------

struct ControlFilter {
  std::string theme, attribute, text;
  std::string url(std::string_view name, std::string_view value) const {
    Fields parameters;
    for (const auto& [key, old] :
         {std::pair<std::string_view, std::string_view>{"theme", theme}, {"attribute", attribute}, {"q", text}}) {
      std::string_view now = key == name ? value : old;
      if (!now.empty()) parameters.emplace_back(key, now);
    }
    return parameters.empty() ? "/library#controls" : "/library?" + join_pairs(parameters) + "#controls";
  }
};

bool has_attribute(const ControlGuidance& control, std::string_view attribute) {
  for (const auto* list :
       {&control.control_types, &control.properties, &control.concepts, &control.capabilities, &control.domains}) {
    if (std::ranges::find(*list, attribute) != list->end()) return true;
  }
  return false;
}

bool fits(const ControlGuidance& control, const ControlFilter& filter) {
  if (!filter.theme.empty() && control.theme != filter.theme) return false;
  if (!filter.attribute.empty() && !has_attribute(control, filter.attribute)) return false;
  if (filter.text.empty()) return true;
  std::string wanted = lower(filter.text);
  if (lower(control.title).contains(wanted) || lower(control.short_name).contains(wanted) || control.ref == wanted)
    return true;
  return std::ranges::any_of(control.sections,
                             [&](const GuidanceSection& section) { return lower(section.markdown).contains(wanted); });
}

std::string theme_label(std::string_view theme) {
  static constexpr std::pair<std::string_view, std::string_view> labels[] = {{"organisational", "A.5 Organisational"},
                                                                             {"people", "A.6 People"},
                                                                             {"physical", "A.7 Physical"},
                                                                             {"technological", "A.8 Technological"}};
  for (const auto& [name, label] : labels) {
    if (name == theme) return std::string(label);
  }
  return std::string(theme);
}

// Values in the order in which the controls first use them.
std::vector<std::string> distinct(const Library& library, std::string ControlGuidance::*one,
                                  std::vector<std::string> ControlGuidance::*many) {
  std::vector<std::string> out;
  auto add = [&](const std::string& value) {
    if (!value.empty() && std::ranges::find(out, value) == out.end()) out.push_back(value);
  };
  for (const ControlGuidance& control : library.controls()) {
    if (one) add(control.*one);
    if (many) std::ranges::for_each(control.*many, add);
  }
  return out;
}

void write_attribute_chips(HtmlWriter& h, const Library& library, const ControlFilter& filter) {
  struct Group {
    std::string_view label;
    std::vector<std::string> ControlGuidance::*values;
  };
  h.el("details", {cls("mb-2"), flag("open", !filter.attribute.empty())}, [&] {
    h.el("summary", "Attributes");
    for (const Group& group :
         {Group{"Type", &ControlGuidance::control_types}, Group{"Property", &ControlGuidance::properties},
          Group{"Concept", &ControlGuidance::concepts}, Group{"Capability", &ControlGuidance::capabilities},
          Group{"Domain", &ControlGuidance::domains}}) {
      h.el("div", {cls("chips my-2"), at("role", "group"), at("aria-label", group.label)}, [&] {
        h.el("span", {cls("text-secondary")}, group.label);
        for (const std::string& value : distinct(library, nullptr, group.values)) {
          bool active = filter.attribute == value;
          chip(h, filter.url("attribute", active ? "" : value), replace_all(value, "_", " "), active);
        }
      });
    }
  });
}

void write_control_filter(HtmlWriter& h, const Library& library, const ControlFilter& filter) {
  h.el("form", {cls("filter-form no-print"), at("method", "get"), at("action", "/library#controls")}, [&] {
    if (!filter.theme.empty()) h.leaf("input", {at("type", "hidden"), at("name", "theme"), at("value", filter.theme)});
    if (!filter.attribute.empty())
      h.leaf("input", {at("type", "hidden"), at("name", "attribute"), at("value", filter.attribute)});
    h.el("label", {cls("filter-field filter-text")}, [&] {
      h.el("span", {cls("form-label")}, "Words in controls and their guidance");
      h.leaf("input", {at("type", "search"), cls("form-control"), at("name", "q"), at("value", filter.text),
                       at("data-shortcut", "/"), at("data-shortcut-label", "Search controls")});
    });
    h.el("button", {cls("btn"), at("type", "submit")}, "Show");
  });
  h.el("div", {cls("chips mb-2"), at("role", "group"), at("aria-label", "Theme")}, [&] {
    for (const std::string& theme : distinct(library, &ControlGuidance::theme, nullptr)) {
      bool active = filter.theme == theme;
      chip(h, filter.url("theme", active ? "" : theme), theme_label(theme), active);
    }
  });
  write_attribute_chips(h, library, filter);
}

void write_controls(HtmlWriter& h, const Library& library, const ControlFilter& filter) {
  h.el("section", {at("id", "controls"), at("aria-labelledby", "controls-title")}, [&] {
    h.el("h2", {cls("page-section"), at("id", "controls-title")}, "Controls of Annex A");
    write_control_filter(h, library, filter);
    std::size_t count = 0;
    HtmlWriter rows(32 * 1024);
    for (const ControlGuidance& control : library.controls()) {
      if (!fits(control, filter)) continue;
      ++count;
      rows.el("li", {cls("list-group-item")}, [&] {
        rows.el("a", {cls("library-entry"), at("href", "/library/control/" + encode_url(control.ref))}, [&] {
          rows.el("span", {cls("numeric library-ref")}, "A." + control.ref);
          rows.el("span", control.title);
        });
        if (control.new_in_2022) rows.el("span", {cls("badge bg-azure-lt ms-2")}, "New in 2022");
      });
    }
    h.el("p", {cls("text-secondary"), at("role", "status")},
         fmt::format("{} of {} controls", count, library.controls().size()));
    if (count > 0) h.el("ul", {cls("list-group card mb-3 library-list")}, rows.take());
  });
}

void write_clause_level(HtmlWriter& h, const Library& library, std::string_view parent) {
  auto is_child = [&](const ClauseGuidance& clause) { return clause.parent == parent; };
  if (std::ranges::none_of(library.clauses(), is_child)) return;
  h.el("ul", {cls("clause-tree")}, [&] {
    for (const ClauseGuidance& clause : library.clauses()) {
      if (!is_child(clause)) continue;
      h.el("li", [&] {
        h.el("a", {at("href", "/library/clause/" + encode_url(clause.ref))},
             fmt::format("{} {}", clause.ref, clause.title));
        write_clause_level(h, library, clause.ref);
      });
    }
  });
}

// ---- One clause, one control ---------------------------------------------------------------------------------------

void write_sections(HtmlWriter& h, const std::vector<GuidanceSection>& sections) {
  h.el("article", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-body guidance")}, [&] {
      for (const GuidanceSection& section : sections) {
        h.el("section", [&] {
          h.el("h2", section.heading);
          h.el("div", {cls("markdown")}, markdown(section.markdown));
        });
      }
    });
  });
}

void write_attributes(HtmlWriter& h, const ControlGuidance& control) {
  h.el("dl", {cls("facts")}, [&] {
    auto row = [&](std::string_view label, const std::vector<std::string>& values) {
      if (values.empty()) return;
      h.el("dt", label);
      h.el("dd", {cls("chips")}, [&] {
        for (const std::string& value : values)
          chip(h, "/library?attribute=" + encode_url(value) + "#controls", replace_all(value, "_", " "), false);
      });
    };
    row("Type", control.control_types);
    row("Properties", control.properties);
    row("Concepts", control.concepts);
    row("Capabilities", control.capabilities);
    row("Domains", control.domains);
    if (control.default_frequency_days > 0) {
      h.el("dt", "Usual rhythm");
      h.el("dd", fmt::format("every {} days", control.default_frequency_days));
    }
  });
}

Response missing(Visit& visit, std::string_view what) {
  return error_page(visit, {ErrorKind::not_found, fmt::format("The library has no {}.", what), {}, {}, {}});
}

}  // namespace

Response library_page(Visit& visit) {
  ControlFilter filter{std::string(visit.request.query_value("theme")),
                       std::string(visit.request.query_value("attribute")),
                       std::string(trim(visit.request.query_value("q")))};
  const Library& library = visit.site.library;
  Frame frame{.title = "Library",
              .active = "library",
              .kicker = "ISO/IEC 27001:2022 with Amd 1:2024, in our own words",
              .own_search = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    library_tabs(h, "library");
    h.el("div", {cls("row")}, [&] {
      h.el("section", {cls("col-lg-5 mb-3"), at("aria-labelledby", "clauses-title")}, [&] {
        h.el("h2", {cls("page-section"), at("id", "clauses-title")}, "Clauses 4 to 10");
        h.el("div", {cls("card")},
             [&] { h.el("div", {cls("card-body")}, [&] { write_clause_level(h, library, ""); }); });
      });
      h.el("div", {cls("col-lg-7")}, [&] { write_controls(h, library, filter); });
    });
  });
}

Response clause_page(Visit& visit) {
  const Library& library = visit.site.library;
  const ClauseGuidance* clause = library.clause(visit.request.param("ref"));
  if (!clause) return missing(visit, "clause " + shorten(visit.request.param("ref"), 40));
  Frame frame{.title = clause->title,
              .active = "library",
              .crumbs = {{"Library", "/library"}},
              .kicker = "Clause " + clause->ref};
  for (std::string parent = clause->parent; !parent.empty();) {
    frame.crumbs.insert(frame.crumbs.begin() + 1, {parent, "/library/clause/" + encode_url(parent)});
    const ClauseGuidance* above = library.clause(parent);
    parent = above ? above->parent : std::string();
  }
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-8")}, [&] {
        if (clause->documented_information) h.el("p", {cls("badge bg-blue-lt")}, "Documented information is required");
        if (!clause->amendment.empty()) h.el("p", {cls("badge bg-azure-lt ms-1")}, clause->amendment);
        write_sections(h, clause->sections);
        write_clause_level(h, library, clause->ref);
      });
      h.el("div", {cls("col-lg-4")}, [&] { write_clause_state(h, visit, *clause); });
    });
  });
}

Response control_page(Visit& visit) {
  std::string_view ref = visit.request.param("ref");
  if (ref.starts_with("A.")) ref.remove_prefix(2);
  const ControlGuidance* control = visit.site.library.control(ref);
  if (!control) return missing(visit, "control " + shorten(ref, 40));
  Frame frame{.title = control->title, .active = "library", .crumbs = {{"Library", "/library"}}};
  frame.kicker = fmt::format("A.{} · {}", control->ref, theme_label(control->theme));
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-8")}, [&] { write_sections(h, control->sections); });
      h.el("div", {cls("col-lg-4")}, [&] {
        write_control_state(h, visit, *control);
        h.el("section", {cls("card mb-3")}, [&] {
          h.el("div", {cls("card-body")}, [&] {
            h.el("h2", {cls("card-title")}, "Attributes");
            write_attributes(h, *control);
          });
        });
      });
    });
  });
}

}  // namespace assay
