// Inputs of forms by the kind of the field, and how what they send is read back.
#include <fmt/format.h>

#include "base/text.h"
#include "web/assets.h"
#include "web/page.h"

namespace assay {
namespace {

struct Input {
  HtmlWriter& h;
  const FieldDef& field;
  std::string id;
  const InputState& state;
  std::string problem_id() const { return id + "-problem"; }
};

std::string input_id(const FieldDef& field, const InputState& state) {
  return state.id.empty() ? fmt::format("f-{}", field.name) : std::string(state.id);
}

void line_input(const Input& in, std::string_view type, std::string_view value, std::string_view step = {}) {
  in.h.leaf("input", {at("type", type), cls("form-control"), cls_if(in.state.invalid, "is-invalid"), at("id", in.id),
                      at("name", in.field.name), at("value", value), at("autocomplete", "off"),
                      at_if(!in.field.text.example.empty() && type == "text", "placeholder", in.field.text.example),
                      at_if(!step.empty(), "step", step),
                      at_if(in.field.text.least.has_value(), "min", in.field.text.least.value_or(0)),
                      at_if(in.field.text.most.has_value(), "max", in.field.text.most.value_or(0)),
                      at_if(type == "text", "maxlength", in.field.max_length()), flag("required", in.state.required),
                      flag("disabled", in.state.disabled), flag("autofocus", in.state.autofocus),
                      at_if(in.state.invalid, "aria-invalid", "true"),
                      at_if(in.state.invalid, "aria-describedby", in.problem_id())});
}

void area_input(const Input& in, std::string_view value, int rows) {
  in.h.el(
      "textarea",
      {cls("form-control"), cls_if(in.state.invalid, "is-invalid"), at("id", in.id), at("name", in.field.name),
       at("rows", rows), at_if(!in.field.text.example.empty(), "placeholder", in.field.text.example),
       flag("required", in.state.required), flag("disabled", in.state.disabled), flag("autofocus", in.state.autofocus),
       at_if(in.state.invalid, "aria-invalid", "true"), at_if(in.state.invalid, "aria-describedby", in.problem_id())},
      // A line break right after the tag is not part of the value.
      value.starts_with('\n') ? "\n" + std::string(value) : std::string(value));
}

void option(HtmlWriter& h, std::string_view value, std::string_view label, bool selected) {
  h.el("option", {at("value", value), flag("selected", selected)}, label);
}

void select_input(const Input& in, const std::function<void()>& options) {
  in.h.el(
      "select",
      {cls("form-select"), cls_if(in.state.invalid, "is-invalid"), at("id", in.id), at("name", in.field.name),
       flag("required", in.state.required), flag("disabled", in.state.disabled), flag("autofocus", in.state.autofocus),
       at_if(in.state.invalid, "aria-invalid", "true"), at_if(in.state.invalid, "aria-describedby", in.problem_id())},
      options);
}

void choice_select(const Input& in, std::string_view chosen) {
  select_input(in, [&] {
    if (!in.state.required || chosen.empty()) option(in.h, "", "–", chosen.empty());
    for (const Choice& choice : in.field.choices) option(in.h, choice.name, choice.label, choice.name == chosen);
  });
}

void choice_boxes(const Input& in, const std::vector<std::string>& chosen) {
  in.h.el("div", {at("id", in.id), at("role", "group"), at("aria-label", in.field.text.label)}, [&] {
    // Sent even when no box is ticked, so that "none" can be told from "not asked".
    in.h.leaf("input", {at("type", "hidden"), at("name", in.field.name), at("value", "")});
    for (const Choice& choice : in.field.choices) {
      bool on = std::find(chosen.begin(), chosen.end(), choice.name) != chosen.end();
      in.h.el("label", {cls("form-check form-check-inline")}, [&] {
        in.h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", in.field.name),
                            at("value", choice.name), flag("checked", on), flag("disabled", in.state.disabled)});
        in.h.el("span", {cls("form-check-label")}, choice.label);
      });
    }
  });
}

// "2026-03-05T14:30:00Z" as the browser's local input wants it; read back as UTC.
std::string local_moment(std::string_view instant) { return std::string(instant.substr(0, 16)); }

}  // namespace

void reference_input(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Titles& selected,
                     const InputState& state) {
  (void)visit;
  std::string id = input_id(field, state);
  bool many = field.kind == Kind::references;
  h.el("div",
       {cls("picker"), at("data-picker", fmt::format("/pick/{}", field.target().name())), at("data-name", field.name),
        flag("data-many", many)},
       [&] {
         h.el("div",
              {cls("picker-chosen chips"), at("role", "group"),
               at("aria-label", fmt::format("Chosen: {}", field.text.label))},
              [&] {
                for (const auto& [record, title] : selected) {
                  // A ticked box: taking the tick away removes it, with or without JavaScript.
                  h.el("label", {cls("chip")}, [&] {
                    h.leaf("input", {at("type", "checkbox"), cls("form-check-input m-0"), at("name", field.name),
                                     at("value", record), flag("checked"), flag("disabled", state.disabled)});
                    h.text(title.empty() ? record : title);
                  });
                }
              });
         h.el("div", {cls("position-relative")}, [&] {
           h.leaf("input",
                  {at("type", "text"), cls("form-control"), cls_if(state.invalid, "is-invalid"), at("id", id),
                   at("name", field.name), at("autocomplete", "off"), at("spellcheck", "false"), at("role", "combobox"),
                   at("aria-expanded", "false"), at("aria-autocomplete", "list"), at("aria-controls", id + "-list"),
                   at("aria-label", field.text.label),
                   at("placeholder", fmt::format("Search {} or type an id", in_sentence(field.target().text.plural))),
                   flag("required", state.required && selected.empty()), flag("disabled", state.disabled),
                   flag("autofocus", state.autofocus), at_if(state.invalid, "aria-invalid", "true"),
                   at_if(state.invalid, "aria-describedby", id + "-problem")});
           h.el("div", {cls("picker-list"), at("id", id + "-list"), at("role", "listbox"),
                        at("aria-label", field.text.label), flag("hidden")});
         });
       });
}

void field_input(HtmlWriter& h, const Visit& visit, const FieldDef& field, const Value& value, const Titles& selected,
                 const InputState& state) {
  Input in{h, field, input_id(field, state), state};
  switch (field.kind) {
    case Kind::boolean:
      return select_input(in, [&] {
        if (!field.required || is_unset(value)) option(h, "", "–", is_unset(value));
        option(h, "true", "Yes", truth_of(value));
        option(h, "false", "No", !is_unset(value) && !truth_of(value));
      });
    case Kind::integer: return line_input(in, "number", to_text(field, value), "1");
    case Kind::real: return line_input(in, "number", to_text(field, value), "any");
    case Kind::date: return line_input(in, "date", to_text(field, value));
    case Kind::instant: return line_input(in, "datetime-local", local_moment(text_of(value)));
    case Kind::choice: return choice_select(in, text_of(value));
    case Kind::choices: return choice_boxes(in, list_of(value));
    case Kind::reference:
    case Kind::references: return reference_input(h, visit, field, selected, state);
    case Kind::texts: return area_input(in, join(list_of(value), "\n"), 3);
    case Kind::json:
    case Kind::records: return area_input(in, to_text(field, value), 6);
    case Kind::text: break;
  }
  if (field.text.multiline) area_input(in, text_of(value), 5);
  else line_input(in, "text", text_of(value));
}

// One text a line; a semicolon inside belongs to its text.
Value texts_of_lines(const std::vector<std::string_view>& sent) {
  std::vector<std::string> items;
  for (std::string_view area : sent) {
    for (std::string_view line : split(area, '\n')) {
      if (!is_blank(line)) items.emplace_back(trim(line));
    }
  }
  return items;
}

Result<Value> form_value(const FieldDef& field, const Form& form) {
  if (field.kind == Kind::texts) return texts_of_lines(form.values(field.name));
  std::string joined;
  for (std::string_view sent : form.values(field.name)) {
    if (is_blank(sent)) continue;
    // Of a single field sent twice (a chosen record and a typed one) the later counts.
    if (!field.is_list()) joined.clear();
    if (!joined.empty()) joined += ';';
    joined += sent;
  }
  if (field.kind == Kind::text && field.text.multiline) joined = replace_all(joined, "\r\n", "\n");
  TRY(Value value, parse_text(field, joined));
  if (is_unset(value) && (field.kind == Kind::references || field.kind == Kind::choices)) {
    return Value(std::vector<std::string>());
  }
  return value;
}

Titles titles_of(const Visit& visit, const FieldDef& field, const Value& value) {
  Titles out;
  if (!field.refers()) return out;
  std::vector<Id> ids = field.is_list() ? list_of(value) : std::vector<Id>();
  if (!field.is_list() && !text_of(value).empty()) ids.emplace_back(text_of(value));
  if (ids.empty()) return out;
  auto reader = visit.tenant.workspace->read();
  std::map<Id, std::string> known;
  if (reader && visit.may(Action::see, field.target()))
    known = (*reader)->titles(field.target(), ids).value_or(std::map<Id, std::string>());
  for (const Id& id : ids) {
    auto found = known.find(id);
    out.emplace_back(id, found == known.end() ? id : found->second);
  }
  return out;
}

}  // namespace assay
