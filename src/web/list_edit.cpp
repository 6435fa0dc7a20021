// Changing records from their list: a cell in place, or several records together.
#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "web/assets.h"
#include "web/list_view.h"

namespace assay {
namespace {

constexpr std::size_t most_at_once = 500;

struct Cell {
  const EntityDef* def = nullptr;
  const FieldDef* field = nullptr;
  Record record;
  std::string url;
};

Result<Cell> cell_of(Visit& visit) {
  Cell cell;
  TRY(cell.def, register_of(visit));
  cell.field = cell.def->find(visit.request.param("field"));
  if (!cell.field || !is_simple(*cell.def, *cell.field)) return fail(ErrorKind::not_found, "This cell is not edited in the list.");
  TRY(cell.record, visit.tenant.registers.read(visit.principal, *cell.def, visit.request.param("id")));
  Decision seen = may_see_field(visit.principal, *cell.def, *cell.field, &cell.record);
  if (!seen.allowed) return Failure(Error{ErrorKind::forbidden, seen.reason, {}, {}, seen.who_may});
  cell.url = fmt::format("{}/cell/{}", record_url(*cell.def, cell.record.id), cell.field->name);
  return cell;
}

void cell_form(HtmlWriter& h, const Visit& visit, const Cell& cell, const Value& shown, const Error* error) {
  h.el("form", {cls("cell-form"), at("hx-patch", cell.url), at("hx-target", "closest td"), at("hx-swap", "innerHTML"), flag("data-cell-form")}, [&] {
    h.leaf("input", {at("type", "hidden"), at("name", "version"), at("value", cell.record.version)});
    h.el("label", {cls("visually-hidden"), at("for", "cell-input")}, cell.field->text.label);
    field_input(h, visit, *cell.field, shown, {}, {.id = "cell-input", .required = cell.field->required && cell.field->kind != Kind::boolean,
                                                   .invalid = error != nullptr, .autofocus = true});
    if (error) {
      h.el("div", {cls("text-danger small"), at("id", "cell-input-problem"), at("role", "alert")}, [&] {
        h.text(error->message);
        for (const Problem& problem : error->problems) h.text(fmt::format(" {} {}.", cell.field->text.label, problem.message));
        if (error->kind == ErrorKind::conflict) {
          h.text(fmt::format(" It now says \"{}\". Save again to overwrite it.", display(*cell.field, cell.record.at(cell.field->name))));
        }
      });
    }
    h.el("div", {cls("btn-list mt-1")}, [&] {
      h.el("button", {at("type", "submit"), cls("btn btn-sm btn-primary")}, "Save");
      h.el("button", {at("type", "button"), cls("btn btn-sm"), at("hx-get", cell.url + "?show=1"), at("hx-target", "closest td"),
                      at("hx-swap", "innerHTML"), flag("data-cell-cancel")}, "Cancel");
    });
  });
}

void cell_as_shown(HtmlWriter& h, const Visit& visit, const Cell& cell) {
  if (cell.field->text.title) h.el("a", {cls("row-title"), at("href", record_url(*cell.def, cell.record.id))}, cell.record.title());
  else cell_content(h, visit, *cell.field, cell.record, {});
}

Result<Record> apply(Visit& visit, const Cell& cell, const Form& form) {
  TRY(Value value, form_value(*cell.field, form));
  std::int64_t version = 0;
  std::string_view sent = form.value("version");
  std::from_chars(sent.data(), sent.data() + sent.size(), version);
  return visit.tenant.registers.change(visit.principal, *cell.def, cell.record.id, version, {{cell.field, std::move(value)}});
}

// ---- several records ------------------------------------------------------------------------------------------------

struct Selection {
  const EntityDef* def = nullptr;
  Form form;
  std::vector<Id> ids;
};

Result<Selection> selection_of(Visit& visit) {
  Selection selection;
  TRY(selection.def, register_of(visit));
  TRY(selection.form, visit.request.form());
  for (std::string_view id : selection.form.values("id")) selection.ids.emplace_back(id);
  std::sort(selection.ids.begin(), selection.ids.end());
  selection.ids.erase(std::unique(selection.ids.begin(), selection.ids.end()), selection.ids.end());
  if (selection.ids.empty()) return fail(Problems{{"id", "select at least one record", ""}});
  if (selection.ids.size() > most_at_once) return fail(ErrorKind::limit, "At most 500 records can be changed together.");
  return selection;
}

bool fits_bulk(const Visit& visit, const EntityDef& def, const FieldDef& field) {
  bool list_or_reference = field.refers() || field.kind == Kind::choices;
  if (field.text.title || field.text.unique || field.text.derived || field.text.secret) return false;
  return (is_simple(def, field) || list_or_reference) && may_edit(visit, def, field);
}

Frame bulk_frame(const EntityDef& def, std::string title) {
  Frame frame{.title = std::move(title), .active = std::string(phase_name(def.text.phase)),
              .crumbs = {{std::string(def.text.plural), list_url(def)}}, .narrow = true};
  return frame;
}

void bulk_field(HtmlWriter& h, const Visit& visit, const FieldDef& field) {
  h.el("details", {cls("bulk-field")}, [&] {
    h.el("summary", field.text.label);
    h.el("label", {cls("form-check my-2")}, [&] {
      h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "change"), at("value", field.name)});
      h.el("span", {cls("form-check-label")}, "Change this field to:");
    });
    // A list that is left empty means "none"; a single value only where the field may be empty.
    field_input(h, visit, field, {}, {});
    if (!field.text.help.empty()) h.el("div", {cls("form-hint mt-1")}, field.text.help);
  });
}

Response bulk_page(Visit& visit, const Selection& selection, const Error* error) {
  const EntityDef& def = *selection.def;
  std::string_view what = selection.ids.size() == 1 ? def.text.label : def.text.plural;
  Frame frame = bulk_frame(def, fmt::format("Change {} {}", selection.ids.size(), lower(what)));
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error, def);
    h.el("form", {at("method", "post"), at("action", list_url(def) + "/bulk"), cls("card"), flag("data-dirty")}, [&] {
      hidden_csrf(h, visit);
      for (const Id& id : selection.ids) h.leaf("input", {at("type", "hidden"), at("name", "id"), at("value", id)});
      h.el("div", {cls("card-body")}, [&] {
        h.el("p", {cls("text-secondary")}, fmt::format("Selected: {}", shorten(join(selection.ids, ", "), 200)));
        for (const FieldDef& field : def.fields) {
          if (fits_bulk(visit, def, field)) bulk_field(h, visit, field);
        }
        h.el("label", {cls("form-label mt-3"), at("for", "reason")}, "Reason (kept in the history)");
        h.leaf("input", {at("type", "text"), cls("form-control"), at("id", "reason"), at("name", "reason"), at("maxlength", 500)});
      });
      h.el("div", {cls("card-footer btn-list")}, [&] {
        h.el("button", {at("type", "submit"), cls("btn btn-primary")}, "Change them");
        h.el("a", {cls("btn"), at("href", list_url(def))}, "Cancel");
      });
    });
  });
}

Result<Patch> patch_of(const Visit& visit, const Selection& selection) {
  Patch patch;
  Problems problems;
  for (std::string_view name : selection.form.values("change")) {
    const FieldDef* field = selection.def->find(name);
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

Response outcome_page(Visit& visit, const EntityDef& def, const BulkOutcome& outcome) {
  return page(visit, bulk_frame(def, fmt::format("{} changed, {} not", outcome.changed, outcome.refused.size())), [&](HtmlWriter& h) {
    h.el("div", {cls("card")}, [&] {
      h.el("div", {cls("table-responsive")}, [&] {
        h.el("table", {cls("table card-table table-stack")}, [&] {
          h.el("thead", [&] {
            h.el("tr", [&] {
              h.el("th", {at("scope", "col")}, "Record");
              h.el("th", {at("scope", "col")}, "Why it was not changed");
            });
          });
          h.el("tbody", [&] {
            for (const auto& [id, error] : outcome.refused) {
              h.el("tr", [&] {
                h.el("td", {cls("text-nowrap")}, [&] { h.el("a", {at("href", record_url(def, id))}, id); });
                h.el("td", error.kind == ErrorKind::internal ? std::string("Internal error.") : error.text());
              });
            }
          });
        });
      });
      h.el("div", {cls("card-footer")}, [&] { h.el("a", {cls("btn"), at("href", list_url(def))}, "Back to the list"); });
    });
  });
}

}  // namespace

Response show_cell(Visit& visit) {
  auto cell = cell_of(visit);
  if (!cell) return error_page(visit, cell.error());
  if (!visit.request.is_htmx()) return Response::redirect(record_url(*cell->def, cell->record.id));
  if (visit.request.has_query("show")) return fragment([&](HtmlWriter& h) { cell_as_shown(h, visit, *cell); });
  if (!may_change_field(visit.principal, *cell->def, *cell->field, &cell->record).allowed || !visit.may(Action::change, *cell->def, &cell->record)) {
    return Response::failure({ErrorKind::forbidden, "You may not change this record.", {}, {}, {}});
  }
  return fragment([&](HtmlWriter& h) { cell_form(h, visit, *cell, cell->record.at(cell->field->name), nullptr); });
}

Response change_cell(Visit& visit) {
  auto cell = cell_of(visit);
  if (!cell) return error_page(visit, cell.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto changed = apply(visit, *cell, *form);
  if (changed) {
    cell->record = *std::move(changed);
    Response response = fragment([&](HtmlWriter& h) { cell_as_shown(h, visit, *cell); });
    toast(response, fmt::format("{} saved.", cell->record.id));
    return response;
  }
  const Error& error = changed.error();
  if (error.kind != ErrorKind::invalid && error.kind != ErrorKind::conflict) return Response::failure(error);
  // What was typed stays in the field; the version is the present one, so that saving again overwrites knowingly.
  Value typed = form_value(*cell->field, *form).value_or(Value(std::string(form->value(cell->field->name))));
  return fragment([&](HtmlWriter& h) { cell_form(h, visit, *cell, typed, &error); }, status_of(error.kind));
}

Response bulk_form(Visit& visit) {
  auto selection = selection_of(visit);
  if (!selection) return error_page(visit, selection.error());
  return bulk_page(visit, *selection, nullptr);
}

Response bulk_change(Visit& visit) {
  auto selection = selection_of(visit);
  if (!selection) return error_page(visit, selection.error());
  auto patch = patch_of(visit, *selection);
  if (!patch) return bulk_page(visit, *selection, &patch.error());
  BulkOutcome outcome = visit.tenant.registers.change_all(visit.principal, *selection->def, selection->ids, *patch, trim(selection->form.value("reason")));
  if (!outcome.refused.empty()) return outcome_page(visit, *selection->def, outcome);
  std::string_view what = outcome.changed == 1 ? selection->def->text.label : selection->def->text.plural;
  return done(visit, list_url(*selection->def), fmt::format("{} {} changed.", outcome.changed, lower(what)));
}

}  // namespace assay
