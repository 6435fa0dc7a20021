// What the pages of a list share: where it is, and how it is written.
#pragma once

#include "kernel/service/saved_views.h"
#include "web/page.h"
#include "web/title_book.h"

namespace assay {

// The register in the address. Errors: not_found, forbidden.
Result<const EntityDef*> register_of(Visit& visit);

// Where a list is: its register and the parameters of its address, without blank ones.
struct ListPlace {
  const EntityDef* def = nullptr;
  Fields parameters;
  ListQuery query;

  bool is_board() const { return value_of(parameters, "view") == "board"; }
  bool is_narrowed() const { return !query.filters.empty() || !query.search.empty(); }
};
Result<ListPlace> list_place(Visit& visit);
// Blank parameters dropped, several `columns` joined to one.
Fields tidy_parameters(const Fields& parameters);

// Parameters without some names (a trailing '.' takes every comparison of a field), and addresses of the list.
Fields without(Fields parameters, std::initializer_list<std::string_view> names);
Fields with(Fields parameters, std::string_view name, std::string_view value);
std::string address(const EntityDef& def, const Fields& parameters, std::string_view below = {});  // below: "/export"
void hidden_parameters(HtmlWriter& h, const Fields& parameters);

// Whether this person may see the field at all, or only in some records.
bool sees_field(const Visit& visit, const EntityDef& def, const FieldDef& field);
// Whether a cell may be edited in place: simple kinds that people enter.
bool is_simple(const EntityDef& def, const FieldDef& field);
bool may_edit(const Visit& visit, const EntityDef& def, const FieldDef& field);

// The table with its pager: what htmx swaps.
void write_table(HtmlWriter& h, const Visit& visit, const ListPlace& place, const Page& page);
void write_board(HtmlWriter& h, Visit& visit, const ListPlace& place);
// Filters, saved views and menus above the table; `swapped`: sent along with a table, to replace the ones shown.
void write_tools(HtmlWriter& h, const Visit& visit, const ListPlace& place, const std::vector<SavedView>& views,
                 bool swapped);
void write_search(HtmlWriter& h, const Visit& visit, const ListPlace& place);
void cell_content(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Record& record,
                  std::string_view title, const TitleBook* titles = nullptr);
// Rows that are ticked, or all of the list, are changed together; the form stands below the table.
void write_select_bar(HtmlWriter& h, const Visit& visit, const ListPlace& place, const Page& page);
std::string total_number(const Page& page);  // "120", or "1 000+" where nobody counted on
bool may_change_together(const Visit& visit, const EntityDef& def);

// Handlers of the other files.
Response filter_panel(Visit& visit);
Response column_panel(Visit& visit);
Response export_list(Visit& visit);
Response bulk_form(Visit& visit);
Response bulk_change(Visit& visit);
Response bulk_step_form(Visit& visit);
Response bulk_step(Visit& visit);
Response show_cell(Visit& visit);
Response change_cell(Visit& visit);

}  // namespace assay
