// Changing several records of a list together: fields or a step, for the ticked rows or for everything the list's
// filters admit. Plain forms; each page says how many records it is about.
#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "web/assets.h"
#include "web/list_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

constexpr std::size_t most_at_once = 10'000;

// The records that a form is about.
struct Selection {
  const EntityDef* def = nullptr;
  Form form;
  std::vector<Id> ids;  // sorted
  bool whole_list = false;
  std::string list;  // parameters of the list
  std::string mark;  // tells whether the list still holds the same records

  std::string count_text() const {
    return fmt::format("{} {}", grouped(static_cast<std::int64_t>(ids.size())),
                       lower(ids.size() == 1 ? def->text.label : def->text.plural));
  }
  std::string list_address() const { return list_url(*def) + (list.empty() ? "" : "?" + list); }
};

Result<std::vector<Id>> ticked(const Form& form) {
  std::vector<Id> ids;
  for (std::string_view id : form.values("id")) ids.emplace_back(id);
  std::ranges::sort(ids);
  auto doubled = std::ranges::unique(ids);
  ids.erase(doubled.begin(), doubled.end());
  if (ids.empty()) return fail(Problems{{"id", "select at least one record", ""}}, "Nothing is selected.");
  if (ids.size() > most_at_once) return fail(ErrorKind::limit, "At most 10,000 records can be changed together.");
  return ids;
}

Result<std::vector<Id>> whole_list(Visit& visit, const EntityDef& def, const Fields& parameters) {
  TRY(ListQuery query, parse_list_query(def, parameters, {"view", "columns", "after"}, visit.custom_fields()));
  for (const Filter& filter : query.filters) {
    if (filter.field && !sees_field(visit, def, *filter.field)) {
      return fail(ErrorKind::forbidden, fmt::format("\"{}\" is not shown to you.", filter.field->text.label));
    }
  }
  TRY(auto ids, visit.tenant.registers.ids_of(visit.principal, std::move(query), most_at_once));
  if (ids.empty()) return fail(ErrorKind::conflict, "No record is in this list any more.");
  return ids;
}

Result<Selection> selection_of(Visit& visit) {
  Selection selection;
  TRY(selection.def, register_of(visit));
  TRY(selection.form, visit.request.form());
  selection.whole_list = selection.form.has("_all");
  auto sent = parse_pairs(selection.form.value("_list"));
  if (!sent)
    return fail(Problems{{"_list", "must be the parameters of a list", shorten(selection.form.value("_list"), 60)}});
  Fields parameters = without(tidy_parameters(*sent), {"after", "_field", "format"});
  selection.list = join_pairs(parameters);
  if (selection.whole_list) {
    TRY(selection.ids, whole_list(visit, *selection.def, parameters));
  } else {
    TRY(selection.ids, ticked(selection.form));
  }
  selection.mark = hex(sha256(join(selection.ids, "\n"))).substr(0, 16);
  return selection;
}

// What was confirmed must be what is changed: the list may hold other records by now.
bool is_as_confirmed(const Selection& selection) {
  return !selection.whole_list || selection.form.value("_mark") == selection.mark;
}

const Error& list_moved() {
  static const Error error{
      ErrorKind::conflict, "The list has changed meanwhile. Look at the number again before you go on.", {}, {}, {}};
  return error;
}

void hidden(HtmlWriter& h, std::string_view name, std::string_view value) {
  h.leaf("input", {at("type", "hidden"), at("name", name), at("value", value)});
}

void hidden_selection(HtmlWriter& h, const Visit& visit, const Selection& selection) {
  hidden_csrf(h, visit);
  hidden(h, "_list", selection.list);
  if (!selection.whole_list) {
    for (const Id& id : selection.ids) hidden(h, "id", id);
    return;
  }
  hidden(h, "_all", "1");
  hidden(h, "_mark", selection.mark);
}

void what_is_selected(HtmlWriter& h, const Selection& selection) {
  h.el("p", [&] {
    h.el("b", selection.count_text());
    h.text(selection.whole_list
               ? fmt::format(": everything in the list{}. ", selection.list.empty() ? "" : " with its filters")
               : fmt::format(": {}. ", shorten(join(selection.ids, ", "), 200)));
    h.el("a", {at("href", selection.list_address())}, "To the list");
  });
}

bool fits_bulk(const Visit& visit, const EntityDef& def, const FieldDef& field) {
  bool list_or_reference = field.refers() || field.kind == Kind::choices;
  if (field.text.title || field.text.unique || field.text.derived || field.text.secret || field.retired) return false;
  return (is_simple(def, field) || list_or_reference) && may_edit(visit, def, field);
}

Frame bulk_frame(const Selection& selection, std::string title, const Error* error = nullptr) {
  const EntityDef& def = *selection.def;
  return {.title = std::move(title),
          .active = std::string(phase_name(def.text.phase)),
          .crumbs = {{std::string(def.text.plural), selection.list_address()}},
          .narrow = true,
          .status = error ? status_of(error->kind) : 200};
}

// ---- fields ---------------------------------------------------------------------------------------------------------

void bulk_field(HtmlWriter& h, const Visit& visit, const Form& form, const FieldDef& field) {
  std::vector<std::string_view> ticked = form.values("change");
  bool on = std::ranges::find(ticked, field.name) != ticked.end();
  Value typed = on ? form_value(field, form).value_or(Value()) : Value();
  h.el("details", {cls("bulk-field"), flag("open", on)}, [&] {
    h.el("summary", field.text.label);
    h.el("label", {cls("form-check my-2")}, [&] {
      h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "change"), at("value", field.name),
                       flag("checked", on)});
      h.el("span", {cls("form-check-label")}, fmt::format("Change \"{}\" to:", field.text.label));
    });
    // A list that is left empty means "none"; a single value only where the field may be empty.
    h.el("label", {cls("visually-hidden"), at("for", fmt::format("f-{}", field.name))}, field.text.label);
    field_input(h, visit, field, typed, titles_of(visit, field, typed));
    if (!field.text.help.empty()) h.el("div", {cls("form-hint mt-1")}, field.text.help);
  });
}

// The steps of the lifecycle that this person could take in some record.
std::vector<const Step*> steps_for_all(const Visit& visit, const EntityDef& def) {
  std::vector<const Step*> out;
  if (!def.lifecycle || !visit.may(Action::see, def)) return out;
  for (const Step& step : def.lifecycle->steps) {
    bool named = step.who.roles.empty() && step.who.holder.empty();
    bool by_role = !step.who.holder_only && visit.principal.roles.any_of(step.who.roles);
    bool by_holder = !step.who.holder.empty() && !visit.principal.person.empty();
    bool possible = by_role || by_holder || (named && visit.may(Action::change, def));
    if (step.automatic || visit.principal.read_only || !possible) continue;
    bool doubled = std::ranges::any_of(out, [&](const Step* other) { return other->name == step.name; });
    if (!doubled) out.push_back(&step);
  }
  return out;
}

void step_choice(HtmlWriter& h, const Visit& visit, const Selection& selection, const std::vector<const Step*>& steps) {
  if (steps.empty()) return;
  h.el("form", {cls("card mt-3"), at("method", "post"), at("action", list_url(*selection.def) + "/bulk/step/form")},
       [&] {
         hidden_selection(h, visit, selection);
         h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title")}, "Or take a step with all of them"); });
         h.el("div", {cls("card-body")}, [&] {
           h.el("p", {cls("text-secondary")},
                "Records that the step does not lead on from, or whose conditions do not hold, are left as they are "
                "and named.");
           h.el("div", {cls("btn-list")}, [&] {
             for (const Step* step : steps) {
               h.el("button",
                    {cls("btn"), at("type", "submit"), at("name", "step"), at("value", step->name),
                     at("title", step->help)},
                    step->label);
             }
           });
         });
       });
}

Response bulk_page(Visit& visit, const Selection& selection, const Error* error) {
  const EntityDef& def = *selection.def;
  std::vector<const FieldDef*> fields;
  for (const FieldDef* field : fields_of(def, visit.custom_fields())) {
    if (fits_bulk(visit, def, *field)) fields.push_back(field);
  }
  return page(
      visit, bulk_frame(selection, fmt::format("Change {}", selection.count_text()), error), [&](HtmlWriter& h) {
        if (error) problem_list(h, *error, def, visit.custom_fields());
        what_is_selected(h, selection);
        if (!fields.empty()) {
          h.el("form", {at("method", "post"), at("action", list_url(def) + "/bulk"), cls("card"), flag("data-dirty")},
               [&] {
                 hidden_selection(h, visit, selection);
                 h.el("div", {cls("card-body")}, [&] {
                   for (const FieldDef* field : fields) bulk_field(h, visit, selection.form, *field);
                   reason_input(h, selection.form.value("_reason"), false, {});
                 });
                 h.el("div", {cls("card-footer btn-list")}, [&] {
                   h.el("button", {at("type", "submit"), cls("btn btn-primary")},
                        fmt::format("Change {}", selection.count_text()));
                   h.el("a", {cls("btn"), at("href", selection.list_address())}, "Cancel");
                 });
               });
        }
        step_choice(h, visit, selection, steps_for_all(visit, def));
      });
}

Result<Patch> patch_of(const Visit& visit, const Selection& selection) {
  Patch patch;
  Problems problems;
  for (std::string_view name : selection.form.values("change")) {
    const FieldDef* field = visit.custom_fields().find_any(*selection.def, name);
    if (!field || !fits_bulk(visit, *selection.def, *field)) {
      problems.push_back({std::string(name), "cannot be changed for several records", ""});
      continue;
    }
    auto value = form_value(*field, selection.form);
    if (value) patch.emplace_back(field, *std::move(value));
    else std::ranges::move(value.error().problems, std::back_inserter(problems));
  }
  if (patch.empty() && problems.empty()) problems.push_back({"", "tick at least one field to change", ""});
  if (!problems.empty()) return fail(std::move(problems));
  return patch;
}

// ---- steps ----------------------------------------------------------------------------------------------------------

struct BulkStep {
  const Step* step = nullptr;
  std::vector<const FieldDef*> asks;
};

Result<BulkStep> step_of(const Visit& visit, const Selection& selection) {
  std::string_view name = selection.form.value("step");
  for (const Step* step : steps_for_all(visit, *selection.def)) {
    if (step->name != name) continue;
    BulkStep out{step, {}};
    for (std::string_view field : split(step->asks, ' ')) {
      if (!field.empty()) out.asks.push_back(&selection.def->fields[selection.def->index(field)]);
    }
    return out;
  }
  return fail(ErrorKind::not_found, fmt::format("There is no step \"{}\" that you could take.", shorten(name, 60)));
}

Response step_page_for_all(Visit& visit, const Selection& selection, const BulkStep& step, const Record& typed,
                           const Error* error) {
  const EntityDef& def = *selection.def;
  FormState state{error ? &error->problems : nullptr};
  return page(visit, bulk_frame(selection, fmt::format("{}: {}", step.step->label, selection.count_text()), error),
              [&](HtmlWriter& h) {
                if (error) problem_list(h, *error, def);
                what_is_selected(h, selection);
                h.el("form",
                     {cls("card"), at("method", "post"), at("action", list_url(def) + "/bulk/step"), flag("data-dirty"),
                      flag("novalidate")},
                     [&] {
                       hidden_selection(h, visit, selection);
                       hidden(h, "step", step.step->name);
                       h.el("div", {cls("card-body")}, [&] {
                         if (!step.step->help.empty()) h.el("p", {cls("text-secondary")}, step.step->help);
                         h.el("div", {cls("row")}, [&] {
                           for (const FieldDef* field : step.asks)
                             form_field(h, visit, *field, typed.at(field->name), state, false, false, FieldWidth::full);
                         });
                         reason_input(h, selection.form.value("_reason"), step.step->reason_needed, state);
                       });
                       h.el("div", {cls("card-footer btn-list")}, [&] {
                         h.el("button", {at("type", "submit"), cls("btn btn-primary")},
                              fmt::format("{}: {}", step.step->label, selection.count_text()));
                         h.el("a", {cls("btn"), at("href", selection.list_address())}, "Cancel");
                       });
                     });
              });
}

// ---- what came of it ------------------------------------------------------------------------------------------------

Response outcome_page(Visit& visit, const Selection& selection, const BulkOutcome& outcome,
                      std::string_view done_word) {
  constexpr std::size_t most_shown = 500;
  const EntityDef& def = *selection.def;
  std::string title = fmt::format("{} {}, {} not", grouped(static_cast<std::int64_t>(outcome.changed)), done_word,
                                  grouped(static_cast<std::int64_t>(outcome.refused.size())));
  return page(visit, bulk_frame(selection, title), [&](HtmlWriter& h) {
    h.el("div", {cls("card")}, [&] {
      h.el("div", {cls("table-responsive")}, [&] {
        h.el("table", {cls("table card-table table-stack")}, [&] {
          h.el("caption", {cls("visually-hidden")}, "Records that stayed as they were");
          h.el("thead", [&] {
            h.el("tr", [&] {
              h.el("th", {at("scope", "col")}, "Record");
              h.el("th", {at("scope", "col")}, "Why it stayed as it was");
            });
          });
          h.el("tbody", [&] {
            for (std::size_t i = 0; i < outcome.refused.size() && i < most_shown; ++i) {
              const auto& [id, error] = outcome.refused[i];
              h.el("tr", [&] {
                h.el("td", {cls("text-nowrap"), at("data-label", "Record")},
                     [&] { h.el("a", {at("href", record_url(def, id))}, id); });
                h.el("td", {at("data-label", "Why it stayed as it was")},
                     error.kind == ErrorKind::internal ? std::string("Internal error.") : error.text());
              });
            }
          });
        });
      });
      h.el("div", {cls("card-footer d-flex gap-3 align-items-center")}, [&] {
        h.el("a", {cls("btn"), at("href", selection.list_address())}, "Back to the list");
        if (outcome.refused.size() > most_shown) {
          h.el("span", {cls("text-secondary")}, fmt::format("The first {} are shown.", most_shown));
        }
      });
    });
  });
}

Response outcome_of(Visit& visit, const Selection& selection, const BulkOutcome& outcome, std::string_view done_word) {
  if (!outcome.refused.empty()) return outcome_page(visit, selection, outcome, done_word);
  return done(visit, selection.list_address(), fmt::format("{} {}.", selection.count_text(), done_word));
}

}  // namespace

bool may_change_together(const Visit& visit, const EntityDef& def) {
  return visit.may(Action::change, def) || !steps_for_all(visit, def).empty();
}

void write_select_bar(HtmlWriter& h, const Visit& visit, const ListPlace& place, const Page& page) {
  const EntityDef& def = *place.def;
  bool beyond = !page.next.empty() || !place.query.after.empty();
  h.el("form",
       {at("id", "bulk"), at("method", "post"), at("action", list_url(def) + "/bulk/form"), cls("select-bar no-print"),
        flag("data-select-bar")},
       [&] {
         hidden_csrf(h, visit);
         hidden(h, "_list", join_pairs(without(place.parameters, {"after"})));
         h.el("span", {at("role", "status"), flag("data-select-count")}, "Tick rows to change them together.");
         h.el("button", {cls("btn btn-sm btn-primary"), at("type", "submit")}, [&] {
           h.add(icon("edit", "icon-sm"));
           h.text("Change the selected");
         });
         if (!beyond) return;
         h.el("button", {cls("btn btn-sm"), at("type", "submit"), at("name", "_all"), at("value", "1")},
              fmt::format("Change all {} {}", total_number(page), lower(def.text.plural)));
       });
}

Response bulk_form(Visit& visit) {
  auto selection = selection_of(visit);
  if (!selection) return error_page(visit, selection.error());
  return bulk_page(visit, *selection, nullptr);
}

Response bulk_change(Visit& visit) {
  auto selection = selection_of(visit);
  if (!selection) return error_page(visit, selection.error());
  if (!is_as_confirmed(*selection)) return bulk_page(visit, *selection, &list_moved());
  auto patch = patch_of(visit, *selection);
  if (!patch) return bulk_page(visit, *selection, &patch.error());
  BulkOutcome outcome = visit.tenant.registers.change_all(visit.principal, *selection->def, selection->ids, *patch,
                                                          trim(selection->form.value("_reason")));
  return outcome_of(visit, *selection, outcome, "changed");
}

Response bulk_step_form(Visit& visit) {
  auto selection = selection_of(visit);
  if (!selection) return error_page(visit, selection.error());
  auto step = step_of(visit, *selection);
  if (!step) return error_page(visit, step.error());
  return step_page_for_all(visit, *selection, *step, Record(*selection->def), nullptr);
}

Response bulk_step(Visit& visit) {
  auto selection = selection_of(visit);
  if (!selection) return error_page(visit, selection.error());
  auto step = step_of(visit, *selection);
  if (!step) return error_page(visit, step.error());
  Record typed(*selection->def);
  Problems problems = read_fields(typed, step->asks, selection->form);
  std::string_view reason = trim(selection->form.value("_reason"));
  if (step->step->reason_needed && reason.empty())
    problems.push_back({"reason", "say why; this step is kept with its reason", ""});
  if (!problems.empty()) {
    Error error{
        ErrorKind::invalid, "The step was not taken: some fields need another look.", std::move(problems), {}, {}};
    return step_page_for_all(visit, *selection, *step, typed, &error);
  }
  if (!is_as_confirmed(*selection)) return step_page_for_all(visit, *selection, *step, typed, &list_moved());
  Patch inputs;
  for (const FieldDef* field : step->asks) {
    if (!is_unset(typed.at(field->name))) inputs.emplace_back(field, typed.at(field->name));
  }
  BulkOutcome outcome = visit.tenant.registers.take_step_all(visit.principal, *selection->def, selection->ids,
                                                             step->step->name, inputs, reason);
  return outcome_of(visit, *selection, outcome, "moved on");
}

}  // namespace assay
