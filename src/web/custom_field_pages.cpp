// The fields that an organisation adds to its registers: what there is, a new one, changing and retiring one.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "base/text.h"
#include "kernel/service/custom_field_service.h"
#include "web/account_view.h"
#include "web/assets.h"
#include "web/record_parts.h"

namespace assay {
namespace {

constexpr std::string_view title = "Custom fields";

CustomFieldService service(const Visit& visit) { return CustomFieldService(*visit.tenant.workspace); }

std::string field_url(const CustomField& field, std::string_view below = {}) {
  return fmt::format("/fields/{}/{}{}", field.register_name, field.name, below);
}

std::string_view kind_label(CustomKind kind) { return choices_of<CustomKind>[static_cast<std::size_t>(kind)].label; }

Frame fields_frame(std::string name, std::vector<Crumb> crumbs = {{std::string(title), "/fields"}}) {
  return {.title = std::move(name),
          .active = "fields",
          .crumbs = std::move(crumbs),
          .kicker = "Administration",
          .narrow = true};
}

// ---- the list -------------------------------------------------------------------------------------------------------

void field_row(HtmlWriter& h, const CustomFieldUse& use) {
  const CustomField& field = use.field;
  h.el("tr", [&] {
    h.el("td", {at("data-label", "Field")}, [&] {
      h.el("a", {cls("fw-medium"), at("href", field_url(field))}, field.label);
      h.el("div", {cls("text-secondary small")}, [&] { h.el("code", field.name); });
    });
    h.el("td", {at("data-label", "Kind")}, kind_label(field.kind));
    h.el("td", {at("data-label", "Asked")}, [&] {
      if (field.retired) return h.el("span", {cls("badge bg-secondary-lt")}, "Retired");
      std::vector<std::string> words;
      if (field.required) words.emplace_back("required");
      if (field.in_list) words.emplace_back("in the list");
      h.text(words.empty() ? std::string("optional") : join(words, ", "));
    });
    h.el("td", {at("data-label", "Records with a value"), cls("text-end numeric")}, grouped(use.values));
  });
}

void register_card(HtmlWriter& h, const EntityDef& def, const std::vector<const CustomFieldUse*>& fields) {
  HtmlWriter action(512);
  action.el("a", {cls("btn btn-sm"), at("href", fmt::format("/fields/new?register={}", def.name()))}, [&] {
    action.add(icon("plus", "icon-sm"));
    action.text("Add a field");
  });
  section(h, fmt::format("fields-{}", def.name()), def.text.plural, action.take(), [&] {
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Field", "Kind", "Asked"}) h.el("th", {at("scope", "col")}, label);
            h.el("th", {at("scope", "col"), cls("text-end")}, "Records with a value");
          });
        });
        h.el("tbody", [&] {
          for (const CustomFieldUse* use : fields) field_row(h, *use);
        });
      });
    });
  });
}

Html new_button() {
  HtmlWriter h(512);
  h.el("a",
       {cls("btn btn-primary"), at("href", "/fields/new"), at("data-shortcut", "n"),
        at("data-shortcut-label", "New custom field")},
       [&] {
         h.add(icon("plus"));
         h.text("New field");
       });
  return h.take();
}

Response show_fields(Visit& visit) {
  auto fields = service(visit).list(visit.principal);
  if (!fields) return error_page(visit, fields.error());
  Frame frame = fields_frame(std::string(title), {});
  if (!fields->empty()) frame.actions = new_button();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (fields->empty()) {
      return empty_state(h, "adjustments-horizontal", "No custom fields yet",
                         "What your organisation keeps beside what every register has: a cost centre, a ticket number, "
                         "a site of the group. "
                         "A field of your own stands in forms, lists, files, searches and the API like the others.",
                         new_button());
    }
    h.el("p", {cls("text-secondary")},
         "Fields of your own stand in forms, lists, files, searches and the API like the others. A retired field is "
         "asked no more; its values stay.");
    for (const EntityDef* def : visit.registry().all()) {
      std::vector<const CustomFieldUse*> own;
      for (const CustomFieldUse& use : *fields) {
        if (use.field.register_name == def->name()) own.push_back(&use);
      }
      if (!own.empty()) register_card(h, *def, own);
    }
  });
}

// ---- the form -------------------------------------------------------------------------------------------------------

// What was typed, with what is wrong with it.
struct FieldForm {
  CustomField field;
  std::string more_choices;  // one a line
  const Error* error = nullptr;
  bool fresh = false;

  std::string problem(std::string_view place) const {
    return FormState{error ? &error->problems : nullptr}.problem_of(place);
  }
};

// An input with its label, its hint and what is wrong with it.
void labelled(HtmlWriter& h, const FieldForm& form, std::string_view name, std::string_view label, bool required,
              std::string_view hint, const std::function<void(bool)>& input) {
  std::string problem = form.problem(name);
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), cls_if(required, "required"), at("for", fmt::format("f-{}", name))}, label);
    input(!problem.empty());
    if (!problem.empty())
      h.el("div", {cls("invalid-feedback d-block"), at("id", fmt::format("f-{}-problem", name))},
           fmt::format("{} {}", label, problem));
    if (!hint.empty()) h.el("small", {cls("form-hint")}, hint);
  });
}

void text_input(HtmlWriter& h, const FieldForm& form, std::string_view name, std::string_view label,
                std::string_view value, std::size_t most, bool required, std::string_view hint) {
  labelled(h, form, name, label, required, hint, [&](bool invalid) {
    h.leaf("input", {at("type", "text"), cls("form-control"), cls_if(invalid, "is-invalid"),
                     at("id", fmt::format("f-{}", name)), at("name", name), at("value", value), at("maxlength", most),
                     flag("required", required), at_if(invalid, "aria-invalid", "true"),
                     at_if(invalid, "aria-describedby", fmt::format("f-{}-problem", name)), at("autocomplete", "off")});
  });
}

void select_input(HtmlWriter& h, const FieldForm& form, std::string_view name, std::string_view label, bool required,
                  std::string_view hint, const std::vector<std::pair<std::string_view, std::string_view>>& options,
                  std::string_view chosen) {
  labelled(h, form, name, label, required, hint, [&](bool invalid) {
    h.el("select",
         {cls("form-select"), cls_if(invalid, "is-invalid"), at("id", fmt::format("f-{}", name)), at("name", name)},
         [&] {
           if (!required || chosen.empty()) h.el("option", {at("value", "")}, "–");
           for (const auto& [value, text] : options)
             h.el("option", {at("value", value), flag("selected", value == chosen)}, text);
         });
  });
}

std::vector<std::pair<std::string_view, std::string_view>> register_options(const Visit& visit) {
  std::vector<std::pair<std::string_view, std::string_view>> out;
  for (const EntityDef* def : visit.registry().all()) out.emplace_back(def->name(), def->text.plural);
  std::ranges::sort(out, {}, &std::pair<std::string_view, std::string_view>::second);
  return out;
}

void choice_inputs(HtmlWriter& h, const FieldForm& form) {
  if (!form.fresh) {
    h.el("fieldset", {cls("mb-3")}, [&] {
      h.el("legend", {cls("form-label")}, "Options");
      for (std::size_t i = 0; i < form.field.choices.size(); ++i) {
        const CustomChoice& choice = form.field.choices[i];
        h.leaf("input", {at("type", "hidden"), at("name", "choice_name"), at("value", choice.name)});
        h.leaf("input",
               {at("type", "text"), cls("form-control mb-2"), at("name", "choice_label"), at("value", choice.label),
                at("maxlength", 100), at("aria-label", fmt::format("Option {}, stored as {}", i + 1, choice.name))});
      }
      h.el("small", {cls("form-hint")},
           "Records keep the stored name, so a label may be reworded. Empty a line to remove an option that no record "
           "holds.");
    });
  }
  labelled(h, form, "choices", form.fresh ? "Options" : "Further options", false,
           form.fresh ? "One a line; for a choice." : "One a line.", [&](bool invalid) {
             h.el("textarea",
                  {cls("form-control"), cls_if(invalid, "is-invalid"), at("id", "f-choices"), at("name", "choices"),
                   at("rows", 4), at_if(invalid, "aria-invalid", "true"),
                   at_if(invalid, "aria-describedby", "f-choices-problem")},
                  form.more_choices);
           });
}

void tick(HtmlWriter& h, std::string_view name, std::string_view label, bool on) {
  h.el("label", {cls("form-check")}, [&] {
    h.leaf("input",
           {at("type", "checkbox"), cls("form-check-input"), at("name", name), at("value", "1"), flag("checked", on)});
    h.el("span", {cls("form-check-label")}, label);
  });
}

void form_inputs(HtmlWriter& h, const Visit& visit, const FieldForm& form) {
  const CustomField& field = form.field;
  if (form.fresh) select_input(h, form, "register", "Register", true, {}, register_options(visit), field.register_name);
  text_input(h, form, "label", "Label", field.label, 60, true,
             "What people read in forms and lists, such as \"Cost centre\".");
  if (form.fresh) {
    text_input(
        h, form, "name", "Name", field.name, 30, false,
        "How files and programs call it: a-z, 0-9 and _. It never changes. Left empty, it is made of the label.");
  }
  text_input(h, form, "help", "Help", field.help, 300, false, "One line about what belongs here.");
  if (form.fresh) {
    std::vector<std::pair<std::string_view, std::string_view>> kinds;
    for (const Choice& kind : choices_of<CustomKind>) kinds.emplace_back(kind.name, kind.label);
    select_input(h, form, "kind", "Kind", true, "It never changes.", kinds, name_of_choice(field.kind));
    select_input(h, form, "target", "Refers to", false, "For a reference: the register that its records are in.",
                 register_options(visit), field.target);
  }
  if (form.fresh || field.kind == CustomKind::choice) choice_inputs(h, form);
  if (!form.fresh) {
    labelled(h, form, "position", "Place among the custom fields", false, "Smaller numbers come first.", [&](bool) {
      h.leaf("input", {at("type", "number"), cls("form-control"), at("id", "f-position"), at("name", "position"),
                       at("value", field.position), at("step", 1)});
    });
  }
  tick(h, "required", "Required in new records, and in others once it was filled in", field.required);
  tick(h, "in_list", "A column of the list, which can be sorted by it", field.in_list);
}

void write_form(HtmlWriter& h, const Visit& visit, const FieldForm& form, const std::string& action,
                std::string_view button) {
  if (form.error) problem_list(h, *form.error);
  h.el("form", {cls("card mb-3"), at("method", "post"), at("action", action), flag("data-dirty"), flag("novalidate")},
       [&] {
         hidden_csrf(h, visit);
         h.el("div", {cls("card-body")}, [&] { form_inputs(h, visit, form); });
         h.el("div", {cls("card-footer d-flex gap-2 justify-content-end")}, [&] {
           h.el("a", {cls("btn"), at("href", "/fields")}, "Cancel");
           h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
             h.add(icon("device-floppy"));
             h.text(button);
           });
         });
       });
}

void add_lines(std::vector<CustomChoice>& choices, std::string_view text) {
  for (std::string_view line : split(text, '\n')) {
    if (!is_blank(line)) choices.push_back({"", std::string(trim(line))});
  }
}

// What both forms send.
void read_shared(CustomField& field, const Form& form) {
  field.label = trim(form.value("label"));
  field.help = trim(form.value("help"));
  field.required = form.has("required");
  field.in_list = form.has("in_list");
}

Response new_page(Visit& visit, const FieldForm& form) {
  Frame frame = fields_frame("New field");
  if (form.error) frame.status = status_of(form.error->kind);
  return page(visit, frame, [&](HtmlWriter& h) { write_form(h, visit, form, "/fields", "Add the field"); });
}

Response show_new(Visit& visit) {
  if (auto allowed = may_define_fields(visit.principal); !allowed) {
    return error_page(visit, {ErrorKind::forbidden, allowed.reason, {}, {}, allowed.who_may});
  }
  FieldForm form;
  form.fresh = true;
  form.field.register_name = visit.request.query_value("register");
  return new_page(visit, form);
}

Response define_field(Visit& visit) {
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  FieldForm form;
  form.fresh = true;
  form.more_choices = sent->value("choices");
  read_shared(form.field, *sent);
  form.field.register_name = sent->value("register");
  form.field.name = trim(sent->value("name"));
  form.field.target = sent->value("target");
  CustomField field = form.field;
  auto kind = choice_of<CustomKind>(sent->value("kind"));
  if (!kind) {
    Error error{ErrorKind::invalid,
                "The field was not added.",
                {{"kind", "must be one of the list", shorten(sent->value("kind"), 40)}},
                {},
                {}};
    form.error = &error;
    return new_page(visit, form);
  }
  form.field.kind = field.kind = *kind;
  add_lines(field.choices, form.more_choices);
  auto defined = service(visit).define(visit.principal, std::move(field));
  if (!defined && defined.error().kind == ErrorKind::forbidden) return error_page(visit, defined.error());
  if (!defined) {
    form.error = &defined.error();
    return new_page(visit, form);
  }
  const EntityDef& def = *visit.registry().find(defined->register_name);
  return done(visit, "/fields", fmt::format("{} now have the field \"{}\".", def.text.plural, defined->label));
}

// ---- one field ------------------------------------------------------------------------------------------------------

std::string change_words(const LedgerEntry& entry) {
  boost::system::error_code error;
  boost::json::value parsed = boost::json::parse(entry.changes, error);
  if (error || !parsed.is_object() || entry.operation == "define") return {};
  std::vector<std::string> words;
  auto plain = [](const boost::json::value& value) {
    if (value.is_null()) return std::string("nothing");
    if (value.is_bool()) return std::string(value.get_bool() ? "yes" : "no");
    return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
  };
  for (const auto& [name, pair] : parsed.get_object()) {
    if (!pair.is_array() || pair.get_array().size() != 2 || name == "retired") continue;
    words.push_back(fmt::format("{} from \"{}\" to \"{}\"", replace_all(std::string_view(name), "_", " "),
                                shorten(plain(pair.get_array()[0]), 80), shorten(plain(pair.get_array()[1]), 80)));
  }
  return join(words, ", ");
}

void write_field_history(HtmlWriter& h, const Visit& visit, const CustomField& field) {
  auto entries = service(visit).history(visit.principal, field);
  if (!entries) return;
  Instant now = visit.tenant.workspace->clock().now();
  section(h, "history", "History", {}, [&] {
    h.el("ol", {cls("list-group list-group-flush list-unstyled mb-0")}, [&] {
      for (const LedgerEntry& entry : *entries) {
        h.el("li", {cls("list-group-item")}, [&] {
          std::string_view verb = entry.operation == "define"       ? "added this field"
                                  : entry.operation == "retire"     ? "retired this field"
                                  : entry.operation == "bring_back" ? "brought this field back"
                                                                    : "changed";
          h.el("div", [&] {
            h.el("b", entry.actor_name.empty() ? entry.actor : entry.actor_name);
            h.text(fmt::format(" {} {}", verb, change_words(entry)));
            if (!is_blank(entry.reason)) h.text(fmt::format(", because: {}", entry.reason));
          });
          h.el("div", {cls("text-secondary small")}, [&] {
            moment(h, entry.at, now);
            h.text(" · ");
            h.el("a", {cls("quiet"), at("href", fmt::format("/ledger/{}", entry.seq))},
                 fmt::format("entry {} of the ledger", entry.seq));
          });
        });
      }
    });
  });
}

void facts(HtmlWriter& h, const Visit& visit, const CustomFieldUse& use) {
  const CustomField& field = use.field;
  const EntityDef& def = *visit.registry().find(field.register_name);
  h.el("p", [&] {
    h.text("A field of ");
    if (visit.may(Action::see, def)) h.el("a", {at("href", list_url(def))}, def.text.plural);
    else h.text(def.text.plural);
    h.text(fmt::format(". Kind: {}", lower(kind_label(field.kind))));
    if (const EntityDef* target = visit.registry().find(field.target))
      h.text(fmt::format(" of {}", lower(target->text.plural)));
    h.text(". Programs call it ");
    h.el("code", std::string(custom_prefix) + field.name);
    h.text(fmt::format(". {} {} a value. ", grouped(use.values), use.values == 1 ? "record holds" : "records hold"));
    bool can_list = use.values > 0 && visit.may(Action::see, def);
    if (can_list)
      h.el("a", {at("href", fmt::format("{}?{}{}.empty=false", list_url(def), custom_prefix, field.name))},
           "Show them");
  });
}

Response field_page(Visit& visit, const CustomFieldUse& use, const FieldForm& form) {
  Frame frame = fields_frame(use.field.label);
  if (form.error) frame.status = status_of(form.error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    facts(h, visit, use);
    if (use.field.retired) {
      h.el("div", {cls("alert alert-warning")},
           "This field is retired: it is asked no more, its values stay and are shown.");
      button_form(h, visit, field_url(use.field, "/bring-back"), "Bring it back", "btn mb-3");
    } else {
      write_form(h, visit, form, field_url(use.field), "Save");
      h.el("div", {cls("mb-3")}, [&] {
        button_form(h, visit, field_url(use.field, "/retire"), "Retire this field", "btn",
                    fmt::format("Retire \"{}\"? It is asked no more; its values stay.", use.field.label), "Why?");
      });
    }
    write_field_history(h, visit, use.field);
  });
}

Result<CustomFieldUse> field_of(Visit& visit) {
  return service(visit).find(visit.principal, visit.request.param("register"), visit.request.param("name"));
}

Response show_field(Visit& visit) {
  auto use = field_of(visit);
  if (!use) return error_page(visit, use.error());
  FieldForm form;
  form.field = use->field;
  return field_page(visit, *use, form);
}

Response change_field(Visit& visit) {
  auto use = field_of(visit);
  if (!use) return error_page(visit, use.error());
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  FieldForm form;
  form.field = use->field;
  form.more_choices = sent->value("choices");
  read_shared(form.field, *sent);
  std::string_view position = sent->value("position");
  std::from_chars(position.data(), position.data() + position.size(), form.field.position);
  form.field.choices.clear();
  std::vector<std::string_view> names = sent->values("choice_name");
  std::vector<std::string_view> labels = sent->values("choice_label");
  for (std::size_t i = 0; i < names.size() && i < labels.size(); ++i) {
    if (!is_blank(labels[i])) form.field.choices.push_back({std::string(names[i]), std::string(trim(labels[i]))});
  }
  CustomField field = form.field;
  add_lines(field.choices, form.more_choices);
  auto changed = service(visit).change(visit.principal, std::move(field));
  if (changed) return done(visit, "/fields", fmt::format("\"{}\" is saved.", changed->label));
  form.error = &changed.error();
  return field_page(visit, *use, form);
}

Response set_retired(Visit& visit, bool retired, std::string_view message) {
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  auto outcome = service(visit).set_retired(visit.principal, visit.request.param("register"),
                                            visit.request.param("name"), retired, trim(sent->value("reason")));
  return outcome ? done(visit, "/fields", message) : error_page(visit, outcome.error());
}

Response retire_field(Visit& visit) { return set_retired(visit, true, "The field is retired. Its values stay."); }
Response bring_field_back(Visit& visit) { return set_retired(visit, false, "The field is asked again."); }

}  // namespace

std::vector<PageRoute> custom_field_pages() {
  return {
      {"GET", "/fields", show_fields},
      {"POST", "/fields", define_field},
      {"GET", "/fields/new", show_new},
      {"GET", "/fields/{register}/{name}", show_field},
      {"POST", "/fields/{register}/{name}", change_field},
      {"POST", "/fields/{register}/{name}/retire", retire_field},
      {"POST", "/fields/{register}/{name}/bring-back", bring_field_back},
  };
}

}  // namespace assay
