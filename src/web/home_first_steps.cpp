// The home of a workspace that has just begun: what to record first, in the order in which the rest builds on it.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {
namespace {

struct FirstStep {
  std::string_view register_name, title, why, button;
};

constexpr FirstStep first_steps[] = {
    {"organisation", "Describe the organisation",
     "Its name, size and trade. Every document and report names it; clause 4.1 begins here.", "Describe it"},
    {"person", "Enter the people",
     "Owners, approvers and auditors are chosen from this register. A list from the personnel office can be imported.",
     "Add a person"},
    {"role_assignment", "Give out the roles",
     "Who answers for the management system, and who reports to top management (clause 5.3).", "Assign a role"},
    {"scope_statement", "Write the scope",
     "Which sites, services and systems the certificate shall cover, and what lies outside (clause 4.3).",
     "Write the scope"},
    {"certification_project", "Open the certification project",
     "The target date and the phases. The journey on this page is measured against it.", "Open the project"},
    {"risk_methodology", "Decide how risks are judged",
     "Scales, and the level from which a risk must be treated (clause 6.1.2).", "Set the method"},
    {"asset", "Record what is worth protecting", "Information, systems and services with their owners (control A.5.9).",
     "Add an asset"},
    {"risk", "Assess the first risks", "What could happen to them, how likely and how bad, and what is done about it.",
     "Add a risk"},
};

bool has_records(Visit& visit, const EntityDef& def) {
  ListQuery query;
  query.def = &def;
  query.limit = 1;
  query.columns = {&def.title_field()};
  auto page = visit.tenant.registers.list(visit.principal, query);
  return page && page->total > 0;
}

void write_step(HtmlWriter& h, const Visit& visit, const FirstStep& step, const EntityDef& def, bool done, bool next) {
  h.el("li", {cls("list-group-item"), cls_if(done, "done"), at_if(next, "aria-current", "step")}, [&] {
    h.el("div", [&] {
      h.el("a", {cls("row-title"), at("href", list_url(def))}, step.title);
      if (done) h.el("span", {cls("visually-hidden")}, " (done)");
      else h.el("div", {cls("text-secondary")}, step.why);
    });
    if (done || !visit.may(Action::create, def)) return;
    h.el("a", {cls("btn"), cls_if(next, "btn-primary"), at("href", new_url(def))}, step.button);
  });
}

}  // namespace

void write_first_steps(HtmlWriter& h, Visit& visit) {
  struct Item {
    const FirstStep* step;
    const EntityDef* def;
    bool done;
  };
  std::vector<Item> items;
  for (const FirstStep& step : first_steps) {
    const EntityDef* def = visit.registry().find(step.register_name);
    if (def && visit.may(Action::see, *def)) items.push_back({&step, def, has_records(visit, *def)});
  }
  auto next = std::ranges::find(items, false, &Item::done);
  if (next == items.end()) return;
  h.el("section", {cls("card mb-3"), at("aria-labelledby", "first-steps")}, [&] {
    h.el("div", {cls("card-header")}, [&] {
      h.el("h2", {cls("card-title"), at("id", "first-steps")}, "First steps");
      h.el("span", {cls("text-secondary numeric ms-auto")},
           fmt::format("{} of {} begun", std::ranges::count(items, true, &Item::done), items.size()));
    });
    h.el("ol", {cls("list-group list-group-flush first-steps mb-0")}, [&] {
      for (const Item& item : items) write_step(h, visit, *item.step, *item.def, item.done, &item == &*next);
    });
    h.el("div", {cls("card-footer d-flex flex-wrap gap-2 align-items-center")}, [&] {
      h.el("span", {cls("text-secondary flex-fill")},
           "Registers that you keep in sheets already need not be typed again.");
      h.el("a", {cls("btn btn-sm"), at("href", "/import")}, [&] {
        h.add(icon("file-import", "icon-sm"));
        h.text("Import");
      });
      h.el("a", {cls("btn btn-sm"), at("href", "/library")}, [&] {
        h.add(icon("book-2", "icon-sm"));
        h.text("What the standard asks");
      });
    });
  });
}

}  // namespace assay
