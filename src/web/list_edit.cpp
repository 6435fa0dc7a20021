// Changing a cell of a list in place.
#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "web/list_view.h"

namespace assay {
namespace {

struct Cell {
  const EntityDef* def = nullptr;
  const FieldDef* field = nullptr;
  Record record;
  std::string url;
};

Result<Cell> cell_of(Visit& visit) {
  Cell cell;
  TRY(cell.def, register_of(visit));
  cell.field = visit.custom_fields().find_any(*cell.def, visit.request.param("field"));
  if (!cell.field || !is_simple(*cell.def, *cell.field))
    return fail(ErrorKind::not_found, "This cell is not edited in the list.");
  TRY(cell.record, visit.tenant.registers.read(visit.principal, *cell.def, visit.request.param("id")));
  Decision seen = may_see_field(visit.principal, *cell.def, *cell.field, &cell.record);
  if (!seen.allowed) return Failure(Error{ErrorKind::forbidden, seen.reason, {}, {}, seen.who_may});
  cell.url = fmt::format("{}/cell/{}", record_url(*cell.def, cell.record.id), cell.field->name);
  return cell;
}

void cell_form(HtmlWriter& h, const Visit& visit, const Cell& cell, const Value& shown, const Error* error) {
  h.el("form",
       {cls("cell-form"), at("hx-patch", cell.url), at("hx-target", "closest td"), at("hx-swap", "innerHTML"),
        flag("data-cell-form")},
       [&] {
         h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", cell.record.version)});
         h.el("label", {cls("visually-hidden"), at("for", "cell-input")}, cell.field->text.label);
         field_input(h, visit, *cell.field, shown, {},
                     {.id = "cell-input",
                      .required = cell.field->required && cell.field->kind != Kind::boolean,
                      .invalid = error != nullptr,
                      .autofocus = true});
         if (error) {
           h.el("div", {cls("text-danger small"), at("id", "cell-input-problem"), at("role", "alert")}, [&] {
             h.text(error->message);
             for (const Problem& problem : error->problems)
               h.text(fmt::format(" {} {}.", cell.field->text.label, problem.message));
             if (error->kind == ErrorKind::conflict) {
               h.text(fmt::format(" It now says \"{}\". Save again to overwrite it.",
                                  display(*cell.field, cell.record.value(*cell.field))));
             }
           });
         }
         h.el("div", {cls("btn-list mt-1")}, [&] {
           h.el("button", {at("type", "submit"), cls("btn btn-sm btn-primary")}, "Save");
           h.el("button",
                {at("type", "button"), cls("btn btn-sm"), at("hx-get", cell.url + "?show=1"),
                 at("hx-target", "closest td"), at("hx-swap", "innerHTML"), flag("data-cell-cancel")},
                "Cancel");
         });
       });
}

void cell_as_shown(HtmlWriter& h, const Visit& visit, const Cell& cell) {
  if (cell.field->text.title)
    h.el("a", {cls("row-title"), at("href", record_url(*cell.def, cell.record.id))}, cell.record.title());
  else cell_content(h, visit, *cell.field, cell.record, {});
}

Result<Record> apply(Visit& visit, const Cell& cell, const Form& form) {
  TRY(Value value, form_value(*cell.field, form));
  std::int64_t version = 0;
  std::string_view sent = form.value("_version");
  auto [end, error] = std::from_chars(sent.data(), sent.data() + sent.size(), version);
  if (error != std::errc() || end != sent.data() + sent.size() || version < 1) {
    return fail(Problems{{"_version", "must be the version of the record that was shown", shorten(sent, 20)}});
  }
  return visit.tenant.registers.change(visit.principal, *cell.def, cell.record.id, version,
                                       {{cell.field, std::move(value)}});
}

}  // namespace

Response show_cell(Visit& visit) {
  auto cell = cell_of(visit);
  if (!cell) return error_page(visit, cell.error());
  if (!visit.request.is_htmx()) return Response::redirect(record_url(*cell->def, cell->record.id));
  if (visit.request.has_query("show")) return fragment([&](HtmlWriter& h) { cell_as_shown(h, visit, *cell); });
  if (!may_change_field(visit.principal, *cell->def, *cell->field, &cell->record).allowed ||
      !visit.may(Action::change, *cell->def, &cell->record)) {
    return Response::failure({ErrorKind::forbidden, "You may not change this record.", {}, {}, {}});
  }
  return fragment([&](HtmlWriter& h) { cell_form(h, visit, *cell, cell->record.value(*cell->field), nullptr); });
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

}  // namespace assay
