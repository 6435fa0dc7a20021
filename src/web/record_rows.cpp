// Embedded records in forms: a table with a row each. Rows are added by a fragment, or without JavaScript by the spare
// ones at the end; a row whose inputs are all empty is left out when it is read.
#include <fmt/format.h>

#include <charconv>
#include <deque>

#include "base/text.h"
#include "web/assets.h"
#include "web/record_parts.h"

namespace assay {
namespace {

constexpr std::size_t spare_rows = 3;
constexpr std::size_t most_rows = 500;

// An input inside a row has another name than its part alone. The names must outlive what is made of them.
class RowPart {
 public:
  RowPart(const FieldDef& field, const FieldDef& part, std::size_t row)
      : name_(fmt::format("{}.{}.{}", field.name, row, part.name)),
        id_(fmt::format("f-{}-{}-{}", field.name, row, part.name)),
        part_(part) {
    part_.name = name_;
    part_.text.multiline = false;  // a cell is one line until it is typed into
  }
  RowPart(const RowPart&) = delete;
  RowPart& operator=(const RowPart&) = delete;
  const FieldDef& field() const { return part_; }
  const std::string& id() const { return id_; }

 private:
  std::string name_, id_;
  FieldDef part_;
};

void row_count(HtmlWriter& h, const FieldDef& field, std::size_t rows) {
  h.leaf("input", {at("type", "hidden"), at("name", fmt::format("{}.rows", field.name)), at("value", rows)});
}

// With `total`, the row also tells the form how many rows there are now.
void row_inputs(HtmlWriter& h, const Visit& visit, const FieldDef& field, const EmbeddedRow& values, std::size_t row,
                std::size_t total = 0) {
  h.el("tr", [&] {
    for (std::size_t i = 0; i < field.parts().size(); ++i) {
      const FieldDef& part = field.parts()[i];
      RowPart cell(field, part, row);
      Value value = i < values.values.size() ? values.values[i] : Value();
      h.el("td", {at("data-label", part.text.label)}, [&] {
        if (i == 0 && total > 0) row_count(h, field, total);
        h.el("label", {cls("visually-hidden"), at("for", cell.id())},
             fmt::format("{}, row {}", part.text.label, row + 1));
        field_input(h, visit, cell.field(), value, titles_of(visit, part, value), InputState{.id = cell.id()});
      });
    }
  });
}

std::string rows_url(const Visit& visit, const FieldDef& field, std::size_t next) {
  return fmt::format("/r/{}/rows/{}?next={}",
                     visit.request.param("register").empty() ? "evidence" : visit.request.param("register"), field.name,
                     next);
}

void add_row_link(HtmlWriter& h, const Visit& visit, const FieldDef& field, std::size_t next) {
  std::string target = fmt::format("rows-{}", field.name);
  h.el("button",
       {cls("btn btn-sm mt-2"), at("type", "button"), at("id", target + "-add"),
        at("hx-get", rows_url(visit, field, next)), at("hx-target", "#" + target), at("hx-swap", "beforeend")},
       [&] {
         h.add(icon("plus"));
         h.text("Add a row");
       });
}

std::size_t sent_rows(const FieldDef& field, const Form& form) {
  std::size_t count = 0;
  for (std::string_view sent : form.values(fmt::format("{}.rows", field.name))) {
    std::size_t one = 0;
    std::from_chars(sent.data(), sent.data() + sent.size(), one);
    count = std::max(count, one);
  }
  return std::min(count, most_rows);
}

}  // namespace

void embedded_input(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Value& value) {
  const auto& rows = rows_of(value);
  std::size_t total = rows.size() + spare_rows;
  h.el("div",
       {cls("table-responsive border rounded"), at("id", fmt::format("f-{}", field.name)), at("role", "group"),
        at("aria-label", field.text.label)},
       [&] {
         row_count(h, field, total);
         h.el("table", {cls("table table-sm table-stack mb-0 table-inputs")}, [&] {
           h.el("thead", [&] {
             h.el("tr", [&] {
               for (const FieldDef& part : field.parts()) {
                 h.el("th",
                      {at("scope", "col"), cls_if(part.required && part.kind != Kind::boolean, "required"),
                       at("title", part.text.help)},
                      part.text.label);
               }
             });
           });
           h.el("tbody", {at("id", fmt::format("rows-{}", field.name))}, [&] {
             for (std::size_t row = 0; row < total; ++row)
               row_inputs(h, visit, field, row < rows.size() ? rows[row] : EmbeddedRow{}, row);
           });
         });
       });
  add_row_link(h, visit, field, total);
}

Result<Value> embedded_value(const FieldDef& field, const Form& form) {
  std::vector<EmbeddedRow> rows;
  Problems problems;
  for (std::size_t row = 0; row < sent_rows(field, form); ++row) {
    EmbeddedRow out;
    bool filled = false;
    for (const FieldDef& part : field.parts()) {
      RowPart cell(field, part, row);
      auto value = form_value(cell.field(), form);
      if (!value)
        problems.push_back({fmt::format("{}[{}].{}", field.name, row, part.name),
                            fmt::format("row {}, {}: {}", row + 1, part.text.label,
                                        value.error().problems.empty() ? value.error().message
                                                                       : value.error().problems.front().message),
                            {}});
      out.values.push_back(value ? *std::move(value) : Value());
      // A yes-no that only says "no" does not make a row.
      bool only_no = part.kind == Kind::boolean && !truth_of(out.values.back());
      filled |= !value || (!is_empty(out.values.back()) && !only_no);
    }
    for (std::size_t i = 0; filled && i < out.values.size(); ++i) {
      const FieldDef& part = field.parts()[i];
      if (part.kind == Kind::boolean && part.required && is_unset(out.values[i])) out.values[i] = false;
    }
    if (filled) rows.push_back(std::move(out));
  }
  if (!problems.empty()) return fail(std::move(problems));
  return Value(std::move(rows));
}

Response record_row_fragment(Visit& visit) {
  auto def = known_register(visit);
  if (!def) return error_page(visit, def.error());
  const FieldDef* field = (*def)->find(visit.request.param("field"));
  bool may_write = visit.may(Action::create, **def) || visit.may(Action::change, **def);
  if (!field || field->kind != Kind::records || !may_write) {
    return error_page(visit, {ErrorKind::not_found, "There is no such table.", {}, {}, {}});
  }
  std::size_t next = 0;
  std::string_view text = visit.request.query_value("next");
  std::from_chars(text.data(), text.data() + text.size(), next);
  next = std::min(next, most_rows - 1);
  return fragment([&](HtmlWriter& h) {
    row_inputs(h, visit, *field, {}, next, next + 1);
    // The button learns the number of the row after this one.
    h.el("template", [&] {
      h.el("button",
           {cls("btn btn-sm mt-2"), at("type", "button"), at("id", fmt::format("rows-{}-add", field->name)),
            at("hx-swap-oob", "true"), at("hx-get", rows_url(visit, *field, next + 1)),
            at("hx-target", fmt::format("#rows-{}", field->name)), at("hx-swap", "beforeend")},
           [&] {
             h.add(icon("plus"));
             h.text("Add a row");
           });
    });
  });
}

}  // namespace assay
