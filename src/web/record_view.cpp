// What a record says: its fields, with the long texts full width and what is not filled in folded away.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "kernel/model/json.h"
#include "web/record_parts.h"

namespace assay {
namespace {

bool is_date(const FieldDef& field) { return field.kind == Kind::date || field.kind == Kind::instant; }
bool is_long(const FieldDef& field, const Value& value) {
  return (field.kind == Kind::text && (field.text.multiline || text_of(value).size() > 160)) ||
         field.kind == Kind::json;
}

// The title and the state stand at the head of the page.
bool is_in_heading(const Record& record, const FieldDef& field) {
  if (record.def->lifecycle && record.def->lifecycle->field == field.name) return true;
  return field.text.title && field.kind == Kind::text && record.def->text.parent.empty();
}
// A field with what the record says there.
struct Shown {
  const FieldDef* field;
  Value value;
};

struct Groups {
  std::vector<Shown> facts, links, dates, texts, custom;
  std::vector<const FieldDef*> empty;
};

Groups group_fields(const Visit& visit, const Record& record) {
  Groups out;
  std::vector<const FieldDef*> fields;
  for (const FieldDef& field : record.def->fields) fields.push_back(&field);
  std::ranges::copy(visit.custom_fields().all_of(*record.def), std::back_inserter(fields));
  for (const FieldDef* field : fields) {
    Value value = record.value(*field);
    if (!shows(visit, record, *field) || is_in_heading(record, *field)) continue;
    if (is_empty(value)) {
      if (!field->retired) out.empty.push_back(field);
    } else if (field->kind == Kind::records) {
      continue;  // a table of its own
    } else if (is_long(*field, value)) {
      out.texts.push_back({field, std::move(value)});
    } else {
      auto& group = field->custom ? out.custom : is_date(*field) ? out.dates : field->refers() ? out.links : out.facts;
      group.push_back({field, std::move(value)});
    }
  }
  return out;
}

// What an import brought under names that nobody defined, or in a form that the definition does not know: shown as it
// is.
void undefined_values(HtmlWriter& h, const Visit& visit, const Record& record) {
  boost::json::object left = custom_object(record.custom);
  for (const FieldDef* field : visit.custom_fields().all_of(*record.def)) {
    if (!is_empty(record.value(*field))) left.erase(field->custom_key());
  }
  if (left.empty()) return;
  h.el("h3", {cls("subheader mt-3 mb-2")}, "Values without a field");
  h.el("dl", {cls("datagrid mb-0")}, [&] {
    for (const auto& item : left) {
      h.el("div", {cls("datagrid-item")}, [&] {
        h.el("dt", {cls("datagrid-title")}, std::string_view(item.key()));
        h.el("dd", {cls("datagrid-content mb-0 text-break")}, [&] {
          bool text = item.value().is_string();
          h.text(text ? std::string(item.value().get_string()) : boost::json::serialize(item.value()));
        });
      });
    }
  });
}

void label_of(HtmlWriter& h, const FieldDef& field) {
  h.el("dt", {cls("datagrid-title"), at_if(!field.text.help.empty(), "title", field.text.help)}, field.text.label);
}

void grid(HtmlWriter& h, std::string_view title, const TitleBook& titles, const std::vector<Shown>& fields) {
  if (fields.empty()) return;
  if (!title.empty()) h.el("h3", {cls("field-group")}, title);
  h.el("dl", {cls("datagrid mb-0")}, [&] {
    for (const auto& [shown, value] : fields) {
      const FieldDef& field = *shown;
      h.el("div", {cls("datagrid-item")}, [&] {
        label_of(h, field);
        h.el("dd", {cls("datagrid-content mb-0 text-break")}, [&] {
          full_value(h, titles, field, value);
          if (field.retired)
            h.el("span", {cls("text-secondary ms-1"), at("title", "This field is asked no more")}, "(retired)");
          if (field.text.derived)
            h.el("span", {cls("text-secondary ms-1"), at("title", "Worked out from other fields")}, "(worked out)");
        });
      });
    }
  });
}

void embedded_table(HtmlWriter& h, const TitleBook& titles, const FieldDef& field, const Value& value) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
      h.el("caption", {cls("visually-hidden")}, field.text.label);
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (const FieldDef& part : field.parts())
            h.el("th", {at("scope", "col"), cls_if(part.is_number(), "text-end")}, part.text.label);
        });
      });
      h.el("tbody", [&] {
        for (const EmbeddedRow& row : rows_of(value)) {
          h.el("tr", [&] {
            for (std::size_t i = 0; i < field.parts().size() && i < row.values.size(); ++i) {
              const FieldDef& part = field.parts()[i];
              h.el("td", {at("data-label", part.text.label), cls_if(part.is_number(), "text-end")},
                   [&] { full_value(h, titles, part, row.values[i]); });
            }
          });
        }
      });
    });
  });
}

}  // namespace

void full_value(HtmlWriter& h, const TitleBook& titles, const FieldDef& field, const Value& value) {
  if (is_empty(value)) return;
  if (field.text.secret) return h.text("••••••");
  switch (field.kind) {
    case Kind::reference: return titles.link(h, field.target(), text_of(value));
    case Kind::references:
      return h.el("ul", {cls("list-unstyled mb-0")}, [&] {
        for (const std::string& id : list_of(value)) h.el("li", [&] { titles.link(h, field.target(), id); });
      });
    case Kind::date: return h.el("time", {cls("numeric text-nowrap"), at("datetime", text_of(value))}, text_of(value));
    case Kind::instant:
      return h.el("time", {cls("numeric"), at("datetime", text_of(value))},
                  fmt::format("{} {} UTC", text_of(value).substr(0, 10),
                              text_of(value).substr(std::min<std::size_t>(11, text_of(value).size()), 5)));
    case Kind::integer:
    case Kind::real: return h.el("span", {cls("numeric")}, display(field, value));
    case Kind::json: return h.el("pre", {cls("mb-0")}, [&] { h.el("code", text_of(value)); });
    case Kind::texts: {
      const auto& lines = list_of(value);
      if (lines.size() == 1) return h.text(lines.front());
      return h.el("ul", {cls("mb-0 ps-3")}, [&] {
        for (const std::string& line : lines) h.el("li", line);
      });
    }
    case Kind::text: {
      std::string_view text = text_of(value);
      if (field.text.multiline) return h.el("div", {cls("text-preline")}, text);
      bool address = text.starts_with("https://") || text.starts_with("http://");
      if (address) return h.el("a", {at("href", text), at("rel", "noreferrer")}, text);
      return h.text(text);
    }
    default: h.text(display(field, value));
  }
}

void write_fields(HtmlWriter& h, const Visit& visit, const Record& record, const TitleBook& titles) {
  Groups groups = group_fields(visit, record);
  section(h, "details", "Details", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      grid(h, {}, titles, groups.facts);
      for (const auto& [field, value] : groups.texts) {
        h.el("div", {cls("field-text")}, [&] {
          h.el("h3", {cls("datagrid-title")}, field->text.label);
          full_value(h, titles, *field, value);
        });
      }
      grid(h, "Who and what it concerns", titles, groups.links);
      grid(h, "Dates", titles, groups.dates);
      grid(h, "Custom fields", titles, groups.custom);
      undefined_values(h, visit, record);
      if (groups.empty.empty()) return;
      h.el("details", {cls("mt-3")}, [&] {
        h.el("summary", {cls("text-secondary")}, fmt::format("Not filled in ({})", groups.empty.size()));
        h.el("ul", {cls("text-secondary mt-2 mb-0")}, [&] {
          for (const FieldDef* field : groups.empty) {
            const FieldText& text = field->text;
            h.el("li", [&] {
              h.text(text.label);
              if (!text.help.empty()) h.text(fmt::format(": {}", text.help));
            });
          }
        });
      });
    });
  });
}

void write_embedded(HtmlWriter& h, const Visit& visit, const Record& record, const TitleBook& titles) {
  for (std::size_t i = 0; i < record.def->fields.size(); ++i) {
    const FieldDef& field = record.def->fields[i];
    if (field.kind != Kind::records || is_empty(record.values[i]) || !shows(visit, record, field)) continue;
    section(h, fmt::format("part-{}", field.name), field.text.label, {},
            [&] { embedded_table(h, titles, field, record.values[i]); });
  }
}

}  // namespace assay
