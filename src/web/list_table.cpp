// The table of a list: sortable headers, rows that become cards on a phone, the pager.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/list_view.h"

namespace assay {
namespace {

constexpr std::size_t most_in_cell = 24;  // bytes that surely fit; a longer text is also the tooltip of its cell

// What is the same for every row of a column, worked out once.
struct Column {
  const FieldDef* field;
  bool is_title, is_wide, is_state, editable, seen, numeric;
};

// Whether the titles of these rows are long enough to take what room the other columns leave.
bool has_long_titles(const Page& page) {
  return std::ranges::any_of(page.rows, [](const ListRow& row) { return row.record.title().size() > most_in_cell; });
}

std::vector<Column> columns_of(const Visit& visit, const ListPlace& place, const Page& page) {
  const EntityDef& def = *place.def;
  std::vector<Column> columns;
  bool long_titles = has_long_titles(page);
  for (const FieldDef* field : place.query.columns) {
    bool state = def.lifecycle && def.lifecycle->field == field->name;
    bool is_wide = long_titles && field->text.title && field->kind == Kind::text;
    bool editable = is_simple(def, *field) && may_edit(visit, def, *field);
    columns.push_back(
        {field, field->text.title, is_wide, state, editable, sees_field(visit, def, *field), field->is_number()});
  }
  return columns;
}

std::string_view sort_state(const ListPlace& place, const FieldDef* field) {
  if (place.query.sort != field) return "none";
  return place.query.descending ? "descending" : "ascending";
}

// A link that swaps the table alone and keeps the address of the page true.
void swap_link(HtmlWriter& h, std::string_view classes, std::string_view url, std::string_view label,
               std::string_view icon_name) {
  h.el("a",
       {cls(classes), at("href", url), at("hx-get", url), at("hx-target", "#list-table"),
        at("hx-swap", "outerHTML show:top"), at("hx-push-url", "true")},
       [&] {
         h.text(label);
         if (!icon_name.empty()) h.add(icon(icon_name, "icon-sm ms-1"));
       });
}

void header_cell(HtmlWriter& h, const ListPlace& place, const FieldDef* field, std::string_view label, bool numeric) {
  std::string_view name = field ? field->name : std::string_view("id");
  bool sortable = !field || place.def->is_indexed(*field);
  if (!sortable) {
    h.el("th", {at("scope", "col"), cls_if(numeric, "text-end")}, label);
    return;
  }
  std::string_view state = sort_state(place, field);
  std::string wanted = (state == "ascending" ? "-" : "") + std::string(name);
  std::string url = address(*place.def, with(without(place.parameters, {"after"}), "sort", wanted));
  h.el("th", {at("scope", "col"), cls_if(numeric, "text-end"), at("aria-sort", state)}, [&] {
    swap_link(h, "sort-link", url, label, state == "none" ? "" : state == "ascending" ? "chevron-up" : "chevron-down");
  });
}

void write_head(HtmlWriter& h, const ListPlace& place, const std::vector<Column>& columns, bool selectable) {
  h.el("thead", [&] {
    h.el("tr", [&] {
      if (selectable) {
        h.el("th", {cls("cell-select")}, [&] {
          h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), flag("data-select-all"),
                           at("aria-label", "Select all rows")});
        });
      }
      header_cell(h, place, nullptr, "Id", false);
      for (const Column& column : columns)
        header_cell(h, place, column.field, column.field->text.label, column.numeric);
    });
  });
}

void write_cell(HtmlWriter& h, const Visit& visit, const TitleBook& titles, const Column& column, const ListRow& row,
                std::size_t index, std::string_view url) {
  const Record& record = row.record;
  bool seen = column.seen || may_see_field(visit.principal, *record.def, *column.field, &record).allowed;
  bool is_text = column.field->kind == Kind::text && !column.field->text.secret;
  Value said = seen && is_text ? record.value(*column.field) : Value();
  std::string_view whole = text_of(said);
  h.el("td",
       {at("data-label", column.field->text.label), cls_if(column.numeric, "text-end"),
        cls_if(column.is_wide, "cell-title"), at_if(column.editable, "data-edit", column.field->name),
        at_if(whole.size() > most_in_cell, "title", whole)},
       [&] {
         if (!seen) return;
         if (column.is_title && column.field->kind != Kind::reference) {
           h.el("a", {cls("row-title"), at("href", url)}, record.title());
         } else {
           cell_content(h, visit, *column.field, record, row.titles[index], &titles);
         }
       });
}

void write_row(HtmlWriter& h, const Visit& visit, const TitleBook& titles, const std::vector<Column>& columns,
               const ListRow& row, bool selectable) {
  const Record& record = row.record;
  std::string url = record_url(*record.def, record.id);
  h.el("tr", {at("data-url", url)}, [&] {
    if (selectable) {
      h.el("td", {cls("cell-select")}, [&] {
        h.leaf("input",
               {at("type", "checkbox"), cls("form-check-input"), at("name", "id"), at("value", record.id),
                at("form", "bulk"), flag("data-select-row"), at("aria-label", fmt::format("Select {}", record.id))});
      });
    }
    h.el("td", {cls("w-1 text-nowrap numeric"), at("data-label", "Id")}, [&] {
      h.el("a", {cls("quiet text-secondary"), at("href", url), flag("data-open")}, record.id);
    });
    for (std::size_t i = 0; i < columns.size(); ++i) write_cell(h, visit, titles, columns[i], row, i, url);
  });
}

// What the lists of references of a page name: one query a register. Single references come with their titles.
TitleBook titles_of_lists(const Visit& visit, const std::vector<Column>& columns, const Page& page) {
  TitleBook titles(visit);
  for (const Column& column : columns) {
    if (column.field->kind != Kind::references) continue;
    for (const ListRow& row : page.rows) titles.want(*column.field, row.record.value(*column.field));
  }
  titles.read();
  return titles;
}

std::string total_text(const EntityDef& def, const Page& page) {
  return fmt::format("{} {}", total_number(page),
                     lower(page.total == 1 && !page.more_than_total ? def.text.label : def.text.plural));
}

void write_pager(HtmlWriter& h, const ListPlace& place, const Page& page) {
  h.el("div", {cls("card-footer d-flex align-items-center gap-2")}, [&] {
    h.el("p", {cls("m-0 text-secondary"), at("role", "status")}, total_text(*place.def, page));
    h.el("nav", {cls("ms-auto btn-list no-print"), at("aria-label", "Pages")}, [&] {
      Fields first = without(place.parameters, {"after"});
      if (!place.query.after.empty()) swap_link(h, "btn btn-sm", address(*place.def, first), "First", "");
      if (!page.next.empty())
        swap_link(h, "btn btn-sm", address(*place.def, with(first, "after", page.next)), "Next", "chevron-right");
    });
  });
}

void teach(HtmlWriter& h, const Visit& visit, const EntityDef& def) {
  HtmlWriter buttons(1024);
  if (visit.may(Action::create, def)) {
    buttons.el("a", {cls("btn btn-primary"), at("href", new_url(def))}, [&] {
      buttons.add(icon("plus"));
      buttons.text(fmt::format("New {}", in_sentence(def.text.label)));
    });
  }
  if (visit.may(Action::import_, def)) {
    buttons.el("a", {cls("btn"), at("href", fmt::format("/import?register={}", def.name()))}, [&] {
      buttons.add(icon("file-import"));
      buttons.text("Import");
    });
  }
  h.el("div", {cls("empty-state")}, [&] {
    h.add(icon(phase_icon(def.text.phase)));
    h.el("h2", fmt::format("No {} yet", in_sentence(def.text.plural)));
    h.el("p", {cls("text-secondary mb-1")}, def.text.help);
    if (!def.text.clause.empty())
      h.el("p", {cls("text-secondary mb-0")}, fmt::format("ISO/IEC 27001:2022, {}", def.text.clause));
    if (!def.text.example.empty()) {
      h.el("figure", {cls("example-entry")}, [&] {
        h.el("figcaption", {cls("subheader")}, "For example");
        h.el("blockquote", {cls("mb-0")}, def.text.example);
      });
    }
    h.el("div", {cls("btn-list justify-content-center mt-3")}, buttons.take());
  });
}

void nothing_fits(HtmlWriter& h, const ListPlace& place) {
  HtmlWriter clear(512);
  clear.el("a", {cls("btn"), at("href", list_url(*place.def))}, "Show all");
  empty_state(h, "filter", "Nothing fits", fmt::format("No {} with these filters.", in_sentence(place.def->text.label)),
              clear.take());
}

}  // namespace

std::string total_number(const Page& page) {
  return page.more_than_total ? grouped(page.total) + "+" : grouped(page.total);
}

void cell_content(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Record& record,
                  std::string_view title, const TitleBook* titles) {
  const EntityDef& def = *record.def;
  if (def.lifecycle && def.lifecycle->field == field.name) state_badge(h, def, record.state(), record.state_label());
  else value_cell(h, visit, field, record.value(field), title, titles);
}

void write_table(HtmlWriter& h, const Visit& visit, const ListPlace& place, const Page& page) {
  bool selectable = may_change_together(visit, *place.def);
  h.el("div", {cls("card"), at("id", "list-table")}, [&] {
    if (page.rows.empty()) {
      if (place.is_narrowed() || !place.query.after.empty()) nothing_fits(h, place);
      else teach(h, visit, *place.def);
      return;
    }
    std::vector<Column> columns = columns_of(visit, place, page);
    TitleBook titles = titles_of_lists(visit, columns, page);
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table",
           {cls("table table-vcenter card-table table-sticky table-stack table-list"), flag("data-select"),
            flag("data-rows")},
           [&] {
             h.el("caption", {cls("visually-hidden")}, place.def->text.plural);
             write_head(h, place, columns, selectable);
             h.el("tbody", [&] {
               for (const ListRow& row : page.rows) write_row(h, visit, titles, columns, row, selectable);
             });
           });
    });
    write_pager(h, place, page);
    if (selectable) write_select_bar(h, visit, place, page);
  });
}

}  // namespace assay
