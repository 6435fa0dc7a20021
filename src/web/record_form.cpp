// The form of a record: which fields it offers, how each is asked, and how what was sent is read.
#include "web/record_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "web/assets.h"

namespace assay {
namespace {

bool is_wide(const FieldDef& field) {
  return (field.kind == Kind::text && field.text.multiline) || field.kind == Kind::records ||
         field.kind == Kind::json || field.kind == Kind::texts || field.kind == Kind::choices ||
         field.kind == Kind::references;
}

std::string_view hint_of(const FieldDef& field) {
  if (field.kind == Kind::texts) return "One per line.";
  if (field.kind == Kind::instant) return "Time in UTC.";
  if (field.kind == Kind::json) return "As JSON.";
  return {};
}

// Where the example does not fit into the empty input.
bool shows_example(const FieldDef& field) {
  return !field.text.example.empty() && (field.refers() || field.kind == Kind::records || field.is_number());
}

void help_of(HtmlWriter& h, const FieldDef& field) {
  std::string text(field.text.help);
  if (std::string_view hint = hint_of(field); !hint.empty()) text += (text.empty() ? "" : " ") + std::string(hint);
  if (shows_example(field)) text += fmt::format("{}Example: {}", text.empty() ? "" : " ", field.text.example);
  if (!text.empty()) h.el("small", {cls("form-hint"), at("id", fmt::format("f-{}-help", field.name))}, text);
}

// What is in the record but in no input: worked out, moved by steps, set with a file.
void shown_fields(HtmlWriter& h, const Visit& visit, const Record& record) {
  TitleBook titles(visit);
  titles.want(record);
  titles.read();
  h.el("dl", {cls("datagrid mb-3")}, [&] {
    for (std::size_t i = 0; i < record.values.size(); ++i) {
      const FieldDef& field = record.def->fields[i];
      if (is_typed_in(*record.def, field) || is_empty(record.values[i]) || !shows(visit, record, field)) continue;
      h.el("div", {cls("datagrid-item")}, [&] {
        h.el("dt", {cls("datagrid-title")}, field.text.label);
        h.el("dd", {cls("datagrid-content mb-0 text-break")}, [&] { full_value(h, titles, field, record.values[i]); });
      });
    }
  });
}

void conflict_box(HtmlWriter& h, const RecordForm& form) {
  h.el("div", {cls("alert alert-warning"), at("role", "alert"), at("tabindex", -1), flag("data-problems")}, [&] {
    h.el("div", {cls("fw-bold")}, "Somebody changed this record while you were editing it.");
    h.el("p", {cls("mb-2")},
         "Your values stand in the form below. Where they differ from what is stored now, both are shown here: adjust "
         "the form and save again.");
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-stack mb-0")}, [&] {
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view head : {"Field", "Stored now", "Yours"}) h.el("th", {at("scope", "col")}, head);
          });
        });
        h.el("tbody", [&] {
          TitleBook titles(form.visit);
          titles.want(form.record);
          titles.want(*form.stored);
          titles.read();
          std::vector<FieldChange> differing = changes(*form.stored, form.record);
          std::ranges::move(custom_changes(form.visit.custom_fields(), *form.stored, form.record),
                            std::back_inserter(differing));
          for (const FieldChange& change : differing) {
            bool both_empty = is_empty(change.before) && is_empty(change.after);
            if (both_empty || !shows(form.visit, form.record, *change.field)) continue;
            h.el("tr", [&] {
              h.el("th", {at("scope", "row")}, [&] {
                h.el("a", {at("href", fmt::format("#f-{}", change.field->name))}, change.field->text.label);
              });
              h.el("td", {at("data-label", "Stored now")},
                   [&] { full_value(h, titles, *change.field, change.before); });
              h.el("td", {at("data-label", "Yours")}, [&] { full_value(h, titles, *change.field, change.after); });
            });
          }
        });
      });
    });
  });
}

}  // namespace

std::string FormState::problem_of(std::string_view place) const {
  std::string out;
  for (const Problem& problem : problems ? *problems : Problems()) {
    bool here = problem.place == place || (problem.place.starts_with(place) && problem.place.size() > place.size() &&
                                           (problem.place[place.size()] == '.' || problem.place[place.size()] == '['));
    if (!here) continue;
    if (!out.empty()) out += " ";
    out += problem.message;
  }
  return out;
}

void form_field(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Value& value, const FormState& state,
                bool required, bool autofocus, FieldWidth width) {
  std::string problem = state.problem_of(field.name);
  std::string id = fmt::format("f-{}", field.name);
  h.el("div", {cls(width == FieldWidth::full ? "col-12" : "col-md-6"), cls("mb-3")}, [&] {
    bool group = field.kind == Kind::choices || field.kind == Kind::records;
    if (group) h.el("div", {cls("form-label"), cls_if(required, "required")}, field.text.label);
    else h.el("label", {cls("form-label"), cls_if(required, "required"), at("for", id)}, field.text.label);
    if (field.kind == Kind::records) {
      embedded_input(h, visit, field, value);
    } else {
      InputState input{
          .required = required && field.kind != Kind::references, .invalid = !problem.empty(), .autofocus = autofocus};
      field_input(h, visit, field, value, titles_of(visit, field, value), input);
    }
    if (!problem.empty()) {
      h.el("div", {cls("invalid-feedback d-block"), at("id", id + "-problem")},
           fmt::format("{} {}", field.text.label, problem));
    }
    help_of(h, field);
  });
}

std::vector<FieldWidth> field_widths(const std::vector<const FieldDef*>& fields) {
  std::vector<FieldWidth> out;
  bool row_is_open = false;  // the field before stands in the left half, the right half is free
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldDef& field = *fields[i];
    bool last = i + 1 == fields.size() || is_wide(*fields[i + 1]);
    bool stretches = field.kind == Kind::text || field.kind == Kind::reference;
    bool full = is_wide(field) || (!row_is_open && last && stretches);
    out.push_back(full ? FieldWidth::full : FieldWidth::half);
    row_is_open = !full && !row_is_open;
  }
  return out;
}

void reason_input(HtmlWriter& h, std::string_view value, bool required, const FormState& state) {
  std::string problem = state.problem_of("reason");
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), cls_if(required, "required"), at("for", "f-change-reason")},
         required ? "Reason" : "Reason for this change");
    h.el("textarea",
         {cls("form-control"), cls_if(!problem.empty(), "is-invalid"), at("id", "f-change-reason"),
          at("name", "_reason"), at("rows", 2), at("maxlength", 2000), flag("required", required),
          at_if(!problem.empty(), "aria-describedby", "f-change-reason-problem")},
         value);
    if (!problem.empty())
      h.el("div", {cls("invalid-feedback d-block"), at("id", "f-change-reason-problem")}, "Reason: " + problem);
    h.el("small", {cls("form-hint")},
         required ? "This step is kept with its reason." : "Stands in the history; an auditor reads it.");
  });
}

std::vector<const FieldDef*> editable_fields(const Visit& visit, const EntityDef& def, const Record* record) {
  std::vector<const FieldDef*> out;
  for (const FieldDef* field : fields_of(def, visit.custom_fields())) {
    if (!is_typed_in(def, *field)) continue;
    if (record && (!may_change_field(visit.principal, def, *field, record).allowed || !shows(visit, *record, *field)))
      continue;
    out.push_back(field);
  }
  return out;
}

void prefill(Record& record, const Request& request, const std::vector<const FieldDef*>& fields) {
  for (const FieldDef* field : fields) {
    if (!request.has_query(field->name)) continue;
    std::string text;
    for (std::string_view sent : request.query_values(field->name))
      text += (text.empty() ? "" : ";") + std::string(sent);
    // A value that does not fit is left out: the empty input says what belongs there.
    if (auto value = parse_text(*field, text)) record.set(*field, *std::move(value));
  }
}

Problems read_fields(Record& record, const std::vector<const FieldDef*>& fields, const Form& form) {
  Problems problems;
  for (const FieldDef* field : fields) {
    bool rows = field->kind == Kind::records;
    // What was not asked stays as it is.
    if (!rows && !form.has(field->name)) continue;
    if (rows && !form.has(fmt::format("{}.rows", field->name))) continue;
    auto value = rows ? embedded_value(*field, form) : form_value(*field, form);
    if (value) {
      record.set(*field, *std::move(value));
      continue;
    }
    if (value.error().problems.empty()) problems.push_back({std::string(field->name), value.error().message, {}});
    for (Problem problem : value.error().problems) {
      if (!problem.place.starts_with(field->name)) problem.place = std::string(field->name);
      problems.push_back(std::move(problem));
    }
  }
  return problems;
}

std::string reason_in(const Form& form, const EntityDef& def) {
  bool own_field = def.find("reason") != nullptr;
  return std::string(trim(form.value(form.has("_reason") || own_field ? "_reason" : "reason")));
}

std::int64_t version_in(const Form& form, const EntityDef& def) {
  bool own_field = def.find("version") != nullptr;
  std::string_view text = form.value(form.has("_version") || own_field ? "_version" : "version");
  std::int64_t version = 0;
  std::from_chars(text.data(), text.data() + text.size(), version);
  return version;
}

void write_record_form(HtmlWriter& h, const RecordForm& form) {
  const EntityDef& def = *form.record.def;
  const Visit& visit = form.visit;
  FormState state{form.error ? &form.error->problems : nullptr};
  h.el("div", {at("id", "form")}, [&] {
    if (form.stored) conflict_box(h, form);
    else if (form.error) problem_list(h, *form.error, def, visit.custom_fields());
    h.el("form",
         {cls("card"), at("method", "post"), at("action", form.action),
          at_if(form.uploads, "enctype", "multipart/form-data"), flag("data-dirty"), flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           if (form.record.version > 0)
             h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", form.record.version)});
           h.el("div", {cls("card-body")}, [&] {
             if (!def.text.help.empty() && form.record.version == 0) h.el("p", {cls("text-secondary")}, def.text.help);
             if (form.record.version > 0) shown_fields(h, visit, form.record);
             if (form.before_fields) form.before_fields(h);
             h.el("div", {cls("row")}, [&] {
               bool first = !form.error && !form.stored;
               std::vector<FieldWidth> widths = field_widths(form.fields);
               for (std::size_t i = 0; i < form.fields.size(); ++i) {
                 const FieldDef& field = *form.fields[i];
                 bool required = field.required && field.kind != Kind::boolean && !field.is_list();
                 form_field(h, visit, field, form.record.value(field), state, required, std::exchange(first, false),
                            widths[i]);
               }
             });
             if (form.record.version > 0) reason_input(h, form.reason, false, state);
           });
           h.el("div", {cls("card-footer form-foot")}, [&] {
             h.el("a", {cls("btn"), at("href", form.cancel)}, "Cancel");
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
               h.add(icon("device-floppy"));
               h.text(form.button);
             });
             if (!form.consider.empty()) consider_button(h, visit, form.consider);
           });
         });
  });
}

}  // namespace assay
