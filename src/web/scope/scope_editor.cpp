// Changing a draft of the scope: open things decided together, one item at a time, the text.
#include "web/scope/scope_editor.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"

namespace assay {
namespace {

std::string_view name_of_kind(ScopeItemKind kind) {
  return choices_of<ScopeItemKind>[static_cast<std::size_t>(kind)].name;
}
std::string key_of(const ScopeThing& thing) { return fmt::format("{}/{}", name_of_kind(thing.kind), thing.target); }

std::string sent_for(const std::vector<std::pair<std::string, std::string>>* sent, const std::string& key) {
  if (!sent) return {};
  auto found = std::ranges::find(*sent, key, [](const auto& pair) { return pair.first; });
  return found == sent->end() ? std::string() : found->second;
}

// Everything that is wrong with one decision, for its row.
std::string problems_of(const ScopeReturn* back, const std::string& key) {
  std::string out;
  if (!back) return out;
  for (const Problem& problem : back->error.problems) {
    if (!problem.place.starts_with(key + ".")) continue;
    const FieldDef* field = ScopeItem::def().find(std::string_view(problem.place).substr(key.size() + 1));
    out += fmt::format("{}{} {}", out.empty() ? "" : ". ", field ? field->text.label : std::string_view("It"),
                       problem.message);
  }
  return out;
}

void write_open_thing(HtmlWriter& h, const UndecidedThing& open, std::size_t i, const ScopeReturn* back,
                      bool editable) {
  const ScopeThing& thing = *open.thing;
  std::string key = key_of(thing), chosen = sent_for(back ? &back->chosen : nullptr, key),
              problem = problems_of(back, key), id = fmt::format("f-open-{}", i);
  h.el("tr", [&] {
    h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
      h.text(thing.name);
      if (!open.needed_by.empty())
        h.el("div", {cls("text-secondary")},
             fmt::format("Needed inside by {}", shorten(join(open.needed_by, ", "), 90)));
    });
    bench_cell(h, "Dimension", label_of(thing.kind));
    bench_cell(h, "In its register", thing.in_register ? (*thing.in_register ? "In scope" : "Not in scope") : "");
    if (!editable) return;
    bench_cell(h, "Decision", [&] {
      h.leaf("input", {at("type", "hidden"), at("name", fmt::format("thing.{}", i)), at("value", key)});
      h.el("select",
           {cls("form-select form-select-sm"), at("name", fmt::format("inclusion.{}", i)),
            at("aria-label", fmt::format("Decision on {}", thing.name))},
           [&] {
             h.el("option", {at("value", ""), flag("selected", chosen.empty())}, "Not now");
             for (const Choice& choice : choices_of<ScopeItemInclusion>)
               h.el("option", {at("value", choice.name), flag("selected", choice.name == chosen)}, choice.label);
           });
    });
    bench_cell(h, "Reasons, or who does what", [&] {
      h.el("textarea",
           {cls("form-control form-control-sm"), cls_if(!problem.empty(), "is-invalid"), at("id", id),
            at("name", fmt::format("why.{}", i)), at("rows", 1),
            at("aria-label", fmt::format("Reasons for leaving {} out, or who does what at the boundary", thing.name)),
            at_if(!problem.empty(), "aria-invalid", "true"),
            at_if(!problem.empty(), "aria-describedby", id + "-problem")},
           sent_for(back ? &back->written : nullptr, key));
      input_problem(h, id, problem);
    });
  });
}

const ScopeThing* thing_by_key(const ScopeSheet& sheet, std::string_view key) {
  auto found = std::ranges::find_if(sheet.things, [&](const ScopeThing& thing) { return key_of(thing) == key; });
  return found == sheet.things.end() ? nullptr : &*found;
}

ScopeDecision decision_about(const ScopeThing& thing, ScopeItemInclusion inclusion, std::string_view why, bool needed) {
  ScopeDecision out{key_of(thing), {}};
  out.item.kind = thing.kind;
  out.item.target = thing.target;
  out.item.inclusion = inclusion;
  out.item.in_scope_depends_on_it = needed || inclusion == ScopeItemInclusion::in;
  if (inclusion == ScopeItemInclusion::out) out.item.justification = std::string(trim(why));
  if (inclusion == ScopeItemInclusion::interface) {
    out.item.responsibility_split = std::string(trim(why));
    out.item.in_scope_depends_on_it = true;
    if (!thing.supplier.empty()) out.item.supplier = Ref<Supplier>{thing.supplier};
  }
  return out;
}

Response decide(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto sheet = scope_sheet(visit.tenant.registers, visit.principal, visit.request.param("id"));
  if (!sheet) return error_page(visit, sheet.error());
  auto open = sheet->undecided_things();
  ScopeReturn back;
  std::vector<ScopeDecision> decisions;
  for (std::size_t i = 0; form->has(fmt::format("thing.{}", i)); ++i) {
    std::string key(form->value(fmt::format("thing.{}", i))), name(form->value(fmt::format("inclusion.{}", i))),
        why(form->value(fmt::format("why.{}", i)));
    back.chosen.emplace_back(key, name);
    back.written.emplace_back(key, why);
    auto choice = std::ranges::find(choices_of<ScopeItemInclusion>, name, &Choice::name);
    const ScopeThing* thing = thing_by_key(*sheet, key);
    if (!thing || choice == choices_of<ScopeItemInclusion>.end()) continue;
    bool needed = std::ranges::any_of(
        open, [&](const UndecidedThing& one) { return one.thing == thing && !one.needed_by.empty(); });
    decisions.push_back(decision_about(
        *thing, static_cast<ScopeItemInclusion>(choice - choices_of<ScopeItemInclusion>.begin()), why, needed));
  }
  if (decisions.empty()) {
    back.error = {ErrorKind::invalid,
                  "Nothing was decided: choose inside, left out or at the boundary for at least one thing.",
                  {},
                  {},
                  {}};
    return scope_version_view(visit, &back);
  }
  auto decided = decide_scope(visit.tenant.registers, visit.principal, sheet->record.id, decisions);
  if (decided)
    return done(visit, scope_url(sheet->record.id) + "#undecided", fmt::format("{} decided.", decisions.size()));
  if (decided.error().kind != ErrorKind::invalid) return error_page(visit, decided.error());
  back.error = decided.error();
  return scope_version_view(visit, &back);
}

// ---- One item --------------------------------------------------------------------------------------------------------------------

struct ItemForm {
  ScopeSheet sheet;
  Record record;  // what is shown
  bool is_new = false;
  std::vector<const FieldDef*> fields;
};

Result<ItemForm> item_form(Visit& visit) {
  ItemForm out;
  TRY(out.sheet, scope_sheet(visit.tenant.registers, visit.principal, visit.request.param("id")));
  std::string_view id = visit.request.param("item");
  out.is_new = id == "new";
  out.record = Record(ScopeItem::def());
  if (!out.is_new) {
    TRY(out.record, visit.tenant.registers.read(visit.principal, ScopeItem::def(), id));
    if (out.record.text("scope") != out.sheet.record.id)
      return fail(ErrorKind::not_found, "This version has no such item.");
  }
  for (const FieldDef& field : ScopeItem::def().fields) {
    bool named = field.name == "kind" || field.name == "target";
    if (field.name != "scope" && (out.is_new || !named)) out.fields.push_back(&field);
  }
  return out;
}

Response item_view(Visit& visit, const ItemForm& form, const Error* error) {
  std::string url = scope_url(form.sheet.record.id);
  std::string title =
      form.is_new ? std::string("Something else") : name_of_item(decode<ScopeItem>(form.record), form.sheet.things);
  Frame frame{.title = title,
              .active = "organisation/scope",
              .crumbs = {{"Scope", "/scope"}, {fmt::format("Version {}", form.sheet.statement.version), url}},
              .kicker = "Clause 4.3 c",
              .narrow = true,
              .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error, ScopeItem::def());
    if (!form.sheet.open())
      return h.el("p", {cls("alert alert-warning"), at("role", "alert")},
                  "This version is no draft: its boundary changes in a new version.");
    FormState state{error ? &error->problems : nullptr};
    h.el("form",
         {cls("card"), at("method", "post"),
          at("action", scope_item_url(form.sheet.record.id,
                                      form.is_new ? std::string_view("new") : std::string_view(form.record.id))),
          flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           h.el("div", {cls("card-body row")}, [&] {
             std::vector<FieldWidth> widths = field_widths(form.fields);
             for (std::size_t i = 0; i < form.fields.size(); ++i) {
               form_field(h, visit, *form.fields[i], form.record.at(form.fields[i]->name), state,
                          form.fields[i]->required, i == 0, widths[i]);
             }
           });
           h.el("div", {cls("card-footer form-foot")}, [&] {
             h.el("a", {cls("btn"), at("href", url)}, "Cancel");
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Save");
           });
         });
  });
}

Response item_page(Visit& visit) {
  auto form = item_form(visit);
  if (!form) return error_page(visit, form.error());
  return item_view(visit, *form, nullptr);
}

Response save_item(Visit& visit) {
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  auto form = item_form(visit);
  if (!form) return error_page(visit, form.error());
  Error wrong{ErrorKind::invalid,
              "The item was not saved: some fields need another look.",
              read_fields(form->record, form->fields, *sent),
              {},
              {}};
  for (const FieldDef* field : form->fields) {
    bool told =
        std::ranges::any_of(wrong.problems, [&](const Problem& problem) { return problem.place == field->name; });
    if (field->required && !told && is_empty(form->record.at(field->name)) && field->kind != Kind::boolean)
      wrong.problems.push_back({std::string(field->name), "must be given", ""});
  }
  if (!wrong.problems.empty()) return item_view(visit, *form, &wrong);
  ScopeDecision decision{"item", decode<ScopeItem>(form->record)};
  auto decided = decide_scope(visit.tenant.registers, visit.principal, form->sheet.record.id, {decision});
  if (decided) return done(visit, scope_url(form->sheet.record.id) + "#items", "Decided.");
  if (decided.error().kind != ErrorKind::invalid) return error_page(visit, decided.error());
  Error error = decided.error();
  for (Problem& problem : error.problems) {
    if (problem.place.starts_with("item.")) problem.place.erase(0, 5);
  }
  return item_view(visit, *form, &error);
}

// ---- The text --------------------------------------------------------------------------------------------------------------------

Response text_view(Visit& visit, const ScopeSheet& sheet, std::string_view text, const Error* error) {
  std::string url = scope_url(sheet.record.id);
  auto proposal = proposed_scope_text(visit.tenant.registers, visit.principal, sheet);
  Frame frame{.title = "Scope statement",
              .active = "organisation/scope",
              .crumbs = {{"Scope", "/scope"}, {fmt::format("Version {}", sheet.statement.version), url}},
              .kicker = "Clause 4.3",
              .narrow = true,
              .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error, ScopeStatement::def());
    if (!sheet.open())
      return h.el("p", {cls("alert alert-warning"), at("role", "alert")},
                  "This version is no draft: its text changes in a new version.");
    FormState state{error ? &error->problems : nullptr};
    h.el("form", {cls("card mb-3"), at("method", "post"), at("action", url + "/text"), flag("novalidate")}, [&] {
      hidden_csrf(h, visit);
      h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", sheet.record.version)});
      h.el("div", {cls("card-body")}, [&] {
        text_area(h,
                  {.name = "text",
                   .label = "The statement as it should stand on the certificate",
                   .value = text,
                   .problem = state.problem_of("text"),
                   .required = true},
                  9);
      });
      h.el("div", {cls("card-footer form-foot")}, [&] {
        h.el("a", {cls("btn"), at("href", url)}, "Cancel");
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Save");
      });
    });
    if (!proposal || proposal->empty()) return;
    HtmlWriter actions(256);
    actions.el("a", {cls("btn btn-sm"), at("href", url + "/text?proposal=1")}, "Take it over");
    section(h, "proposal", "A proposal from the items", actions.take(),
            [&] { h.el("p", {cls("card-body mb-0")}, *proposal); });
  });
}

Response text_page(Visit& visit) {
  auto sheet = scope_sheet(visit.tenant.registers, visit.principal, visit.request.param("id"));
  if (!sheet) return error_page(visit, sheet.error());
  std::string text = sheet->statement.text;
  if (visit.request.query_value("proposal") == "1") {
    auto proposal = proposed_scope_text(visit.tenant.registers, visit.principal, *sheet);
    if (proposal && !proposal->empty()) text = *proposal;
  }
  return text_view(visit, *sheet, text, nullptr);
}

Response save_text_of_scope(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto sheet = scope_sheet(visit.tenant.registers, visit.principal, visit.request.param("id"));
  if (!sheet) return error_page(visit, sheet.error());
  std::string text(trim(replace_all(form->value("text"), "\r\n", "\n")));
  Error wrong{ErrorKind::invalid, "The text was not saved.", {}, {}, {}};
  if (!sheet->open()) return text_view(visit, *sheet, text, nullptr);
  if (text.empty()) {
    wrong.problems.push_back({"text", "must say what the ISMS covers", ""});
    return text_view(visit, *sheet, text, &wrong);
  }
  auto saved = visit.tenant.registers.change(visit.principal, ScopeStatement::def(), sheet->record.id,
                                             version_in(*form, ScopeStatement::def()),
                                             patch_of(ScopeStatement::def(), {{"text", text}}));
  if (!saved && saved.error().kind == ErrorKind::forbidden) return error_page(visit, saved.error());
  if (!saved) return text_view(visit, *sheet, text, &saved.error());
  return done(visit, scope_url(sheet->record.id), "The text is saved.");
}

}  // namespace

std::string scope_item_url(std::string_view statement, std::string_view item) {
  return fmt::format("{}/items/{}", scope_url(statement), encode_url(item));
}

void write_undecided(HtmlWriter& h, const Visit& visit, const ScopeSheet& sheet, const ScopeReturn* back) {
  auto open = sheet.undecided_things();
  bool editable = sheet.open() && visit.may(Action::create, ScopeItem::def());
  section(h, "undecided", fmt::format("Not decided yet ({})", open.size()), {}, [&] {
    if (open.empty()) {
      return h.el("p", {cls("card-body text-secondary mb-0")},
                  sheet.things.empty()
                      ? std::string_view("The registers of units, sites, processes, systems and suppliers are empty: "
                                         "what they hold is offered here.")
                      : std::string_view("The boundary speaks about everything that the registers hold."));
    }
    auto rows = [&] {
      for (std::size_t i = 0; i < open.size(); ++i) write_open_thing(h, open[i], i, back, editable);
    };
    if (!editable)
      return bench_table(h, "Things that nobody decided about", {"What", "Dimension", "In its register"}, rows);
    h.el("form", {at("method", "post"), at("action", scope_url(sheet.record.id) + "/decide"), flag("novalidate")}, [&] {
      hidden_csrf(h, visit);
      bench_table(h, "Things that nobody decided about",
                  {"What", "Dimension", "In its register", "Decision", "Reasons, or who does what"}, rows);
      h.el("div", {cls("card-footer form-foot")}, [&] {
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Save the decisions");
      });
    });
  });
}

std::vector<PageRoute> scope_editor_pages() {
  return {
      {"POST", "/scope/{id}/decide", decide},           {"GET", "/scope/{id}/items/{item}", item_page},
      {"POST", "/scope/{id}/items/{item}", save_item},  {"GET", "/scope/{id}/text", text_page},
      {"POST", "/scope/{id}/text", save_text_of_scope},
  };
}

}  // namespace assay
