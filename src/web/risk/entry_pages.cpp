// One page to enter a risk that says something: parts in, title and scenario composed, vague points told before it is
// saved.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "isms/record_checks.h"
#include "web/assets.h"
#include "web/risk/risk_view.h"
#include "workflows/risk_register/reassessment.h"
#include "workflows/risk_register/risk_entry.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

constexpr std::string_view entry_fields[] = {"assets",          "threat",
                                             "weakness",        "consequence",
                                             "title",           "scenario",
                                             "threat_category", "cia",
                                             "owner",           "treatment",
                                             "next_review_on",  "inherent_likelihood",
                                             "inherent_impact", "residual_likelihood",
                                             "residual_impact", "target_likelihood",
                                             "target_impact"};

std::vector<const FieldDef*> fields_of_entry() {
  std::vector<const FieldDef*> out;
  for (std::string_view name : entry_fields) out.push_back(Risk::def().find(name));
  return out;
}

// A risk on its way into the register.
struct Entry {
  Record risk{Risk::def()};
  std::optional<EntryAdvice> advice;  // once it was looked at
  const Error* error = nullptr;
  std::string composed_title, composed_scenario;  // what the product wrote; recomposed while nobody changed it
  bool assess = false;
  bool withheld = false;  // it was to be saved, and was not because of the advice
};

void text_with_list(HtmlWriter& h, const FieldDef& field, const Record& risk, const FormState& state,
                    std::string_view list, std::string_view hint) {
  std::string id = fmt::format("f-{}", field.name), problem = state.problem_of(field.name);
  h.el("div", {cls("col-12 mb-3")}, [&] {
    h.el("label", {cls("form-label"), at("for", id)}, field.text.label);
    h.leaf("input", {at("type", "text"), cls("form-control"), cls_if(!problem.empty(), "is-invalid"), at("id", id),
                     at("name", field.name), at("value", risk.text(field.name)), at("list", list),
                     at("autocomplete", "off"), at("placeholder", field.text.example),
                     at("maxlength", field.max_length()), at_if(!problem.empty(), "aria-invalid", "true"),
                     at("aria-describedby", problem.empty() ? id + "-help" : id + "-problem")});
    if (!problem.empty())
      h.el("div", {cls("invalid-feedback d-block"), at("id", id + "-problem")},
           fmt::format("{} {}", field.text.label, problem));
    h.el("small", {cls("form-hint"), at("id", id + "-help")}, hint);
  });
}

template <class CatalogueEntry>
void catalogue_list(HtmlWriter& h, std::string_view id, const std::vector<CatalogueEntry>& entries) {
  h.el("datalist", {at("id", id)}, [&] {
    for (const CatalogueEntry& entry : entries) h.el("option", {at("value", entry.name)}, "");
  });
}

void level_pair(HtmlWriter& h, const Entry& entry, const FormState& state, const RiskScale* scale,
                std::string_view prefix, std::string_view label, std::string_view help) {
  h.el("fieldset", {cls("level-pair mb-3")}, [&] {
    h.el("legend", {cls("form-label mb-1")}, label);
    h.el("div", {cls("row g-2")}, [&] {
      for (std::string_view which : {"likelihood", "impact"}) {
        const FieldDef& field = *Risk::def().find(fmt::format("{}_{}", prefix, which));
        std::string id = fmt::format("f-{}", field.name), problem = state.problem_of(field.name);
        auto number = number_of(entry.risk.at(field.name));
        h.el("div", {cls("col-sm-6")}, [&] {
          level_input(h, scale ? (which == "impact" ? &scale->impacts : &scale->likelihoods) : nullptr,
                      {.name = field.name,
                       .id = id,
                       .label = which == "impact" ? "Impact" : "Likelihood",
                       .value = number ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt,
                       .invalid = !problem.empty()});
          if (!problem.empty())
            h.el("div", {cls("invalid-feedback d-block"), at("id", id + "-problem")},
                 fmt::format("{} {}", field.text.label, problem));
        });
      }
    });
    h.el("small", {cls("form-hint")}, help);
  });
}

// ---- Beside the form ------------------------------------------------------------------------------------------------

void take_button(HtmlWriter& h, std::string_view value, std::string_view label, std::string_view what) {
  h.el("button",
       {cls("btn btn-sm"), at("type", "submit"), at("form", "entry"), at("formaction", "/risks/new/check"),
        at("name", "take"), at("value", value), at("aria-label", fmt::format("{}: {}", label, what))},
       label);
}

void write_suggestions(HtmlWriter& h, const EntrySuggestions& found) {
  section(h, "suggestions", "For these assets", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (found.assets.empty())
        return h.el("p", {cls("text-secondary mb-0")},
                    "Choose assets and press \"Check and compose\": threats and weaknesses that fit them, and what "
                    "comparable assets have, are shown here.");
      h.el("ul", {cls("ps-3 mb-0")}, [&] {
        for (const std::string& line : found.surroundings) h.el("li", line);
      });
    });
    auto group = [&](std::string_view label, std::size_t count, const std::function<void(std::size_t)>& row) {
      if (count == 0) return;
      h.el("h3", {cls("field-group mx-3")}, label);
      h.el("ul", {cls("list-group list-group-flush")}, [&] {
        for (std::size_t i = 0; i < count; ++i)
          h.el("li", {cls("list-group-item d-flex gap-2 align-items-start")}, [&] { row(i); });
      });
    };
    group("Comparable assets have", found.comparable.size(), [&](std::size_t i) {
      const Risk& risk = found.comparable[i].risk;
      h.el("div", {cls("flex-fill")}, [&] {
        h.el("a", {at("href", record_url(Risk::def(), risk.id))}, fmt::format("{} {}", risk.id, risk.title));
        h.el("div", {cls("text-secondary small")}, found.comparable[i].why);
      });
      take_button(h, "risk:" + risk.id, "Use", risk.title);
    });
    group("Threats", found.threats.size(), [&](std::size_t i) {
      const Threat& threat = *found.threats[i];
      h.el("div", {cls("flex-fill"), at("title", threat.description)}, threat.name);
      take_button(h, "threat:" + threat.code, "Use", threat.name);
    });
    group("Weaknesses", found.weaknesses.size(), [&](std::size_t i) {
      const Weakness& weakness = *found.weaknesses[i];
      h.el("div", {cls("flex-fill"), at("title", weakness.description)}, weakness.name);
      take_button(h, "weakness:" + weakness.code, "Use", weakness.name);
    });
  });
}

void write_advice(HtmlWriter& h, const EntryAdvice& advice, bool withheld) {
  if (advice.empty()) {
    return h.el("div", {cls("alert alert-success"), at("role", "status")},
                "This says who does what to which asset, and what follows. No risk like it is in the register.");
  }
  h.el("div", {cls("alert alert-warning"), at("role", "alert"), at("tabindex", -1), flag("data-problems")}, [&] {
    if (withheld) h.el("p", {cls("mb-2")}, "The risk is not saved yet.");
    if (!advice.vague.empty()) {
      h.el("div", {cls("fw-bold")}, "Nobody could choose a control from this yet (6.1.2 c)");
      h.el("ul", {cls("mb-2")}, [&] {
        for (const Problem& point : advice.vague) {
          h.el("li", [&] {
            const FieldDef* field = Risk::def().find(point.place);
            h.el("a", {at("href", "#f-" + point.place)}, field ? field->text.label : std::string_view(point.place));
            h.text(" " + point.message + (point.message.ends_with('?') ? "" : "."));
          });
        }
      });
    }
    if (!advice.duplicates.empty()) {
      h.el("div", {cls("fw-bold")}, "This may be in the register already");
      h.el("ul", {cls("mb-0")}, [&] {
        for (const NearRisk& near : advice.duplicates) {
          h.el("li", [&] {
            h.el("a", {at("href", record_url(Risk::def(), near.risk.id))},
                 fmt::format("{} {}", near.risk.id, near.risk.title));
            h.text(fmt::format(": {}.", near.why));
          });
        }
      });
    }
  });
}

// ---- The form -------------------------------------------------------------------------------------------------------

void hidden(HtmlWriter& h, std::string_view name, std::string_view value) {
  h.leaf("input", {at("type", "hidden"), at("name", name), at("value", value)});
}

void write_scores(HtmlWriter& h, const Entry& entry, const FormState& state, const RiskScale* scale) {
  level_pair(h, entry, state, scale, "inherent", "Inherent: as if there were no controls",
             "What would happen without any of today's controls?");
  level_pair(h, entry, state, scale, "residual", "Current: with the controls that operate today",
             "Never above the inherent score.");
  level_pair(h, entry, state, scale, "target", "Target: once the treatment is done",
             "Never above the current score; leave it open until the treatment is decided.");
}

void write_form(HtmlWriter& h, Visit& visit, const Entry& entry, const RiskScale* scale) {
  // What is vague stands at its field as well, after what is wrong.
  Problems at_fields = entry.error ? entry.error->problems : Problems();
  if (entry.advice) std::ranges::copy(entry.advice->vague, std::back_inserter(at_fields));
  FormState state{&at_fields};
  const EntityDef& def = Risk::def();
  auto field = [&](std::string_view name, FieldWidth width, bool focus = false) {
    form_field(h, visit, *def.find(name), entry.risk.at(name), state, false, focus, width);
  };
  h.el("form",
       {at("id", "entry"), cls("card mb-3"), at("method", "post"), at("action", "/risks/new"), flag("data-dirty"),
        flag("novalidate")},
       [&] {
         hidden_csrf(h, visit);
         hidden(h, "_composed_title", entry.composed_title);
         hidden(h, "_composed_scenario", entry.composed_scenario);
         h.el("div", {cls("card-body")}, [&] {
           h.el("div", {cls("row")}, [&] {
             field("assets", FieldWidth::full, !entry.advice && !entry.error);
             text_with_list(h, *def.find("threat"), entry.risk, state, "threat-catalogue",
                            "Who or what does it. Choose from the catalogue or write your own.");
             text_with_list(h, *def.find("weakness"), entry.risk, state, "weakness-catalogue",
                            "What lets it happen. Controls close weaknesses.");
             field("consequence", FieldWidth::full);
             h.el("div", {cls("col-12 mb-3")}, [&] {
               h.el("button", {cls("btn"), at("type", "submit"), at("formaction", "/risks/new/check")}, [&] {
                 h.add(icon("refresh"));
                 h.text("Check and compose");
               });
             });
             field("title", FieldWidth::full);
             field("scenario", FieldWidth::full);
             field("threat_category", FieldWidth::half);
             field("cia", FieldWidth::half);
             field("owner", FieldWidth::half);
             field("next_review_on", FieldWidth::half);
           });
           write_scores(h, entry, state, scale);
           h.el("div", {cls("row")}, [&] { field("treatment", FieldWidth::half); });
           h.el("label", {cls("form-check")}, [&] {
             h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "_assess"), at("value", "1"),
                              flag("checked", entry.assess)});
             h.el("span", {cls("form-check-label")},
                  "Record the assessment at once (asks for everything above but target and treatment)");
           });
           if (entry.advice && !entry.advice->empty()) {
             h.el("label", {cls("form-check")}, [&] {
               h.leaf("input",
                      {at("type", "checkbox"), cls("form-check-input"), at("name", "_anyway"), at("value", "1")});
               h.el("span", {cls("form-check-label")}, "I have read what is said above; save it all the same");
             });
           }
         });
         h.el("div", {cls("card-footer form-foot")}, [&] {
           h.el("a", {cls("btn"), at("href", "/risks")}, "Cancel");
           h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
             h.add(icon("device-floppy"));
             h.text("Save the risk");
           });
         });
       });
  catalogue_list(h, "threat-catalogue", visit.site.library.threats());
  catalogue_list(h, "weakness-catalogue", visit.site.library.weaknesses());
}

Response show(Visit& visit, const Entry& entry) {
  auto scale = scale_in_force(visit.tenant.registers, visit.principal);
  if (!scale) return error_page(visit, scale.error());
  auto suggestions =
      suggestions_for(visit.tenant.registers, visit.principal, visit.site.library, list_of(entry.risk.at("assets")));
  Frame frame = risk_frame("Enter a risk", "Clause 6.1.2 c");
  if (entry.error) frame.status = status_of(entry.error->kind);
  else if (entry.withheld) frame.status = status_of(ErrorKind::invalid);
  return page(visit, frame, [&](HtmlWriter& h) {
    risk_tabs(h, visit, "/risks/new");
    if (!*scale) no_method_alert(h, visit);
    if (entry.error) problem_list(h, *entry.error, Risk::def(), visit.custom_fields());
    if (entry.advice) write_advice(h, *entry.advice, entry.withheld);
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-8")}, [&] { write_form(h, visit, entry, *scale ? &**scale : nullptr); });
      h.el("div", {cls("col-lg-4")}, [&] {
        if (suggestions) write_suggestions(h, *suggestions);
      });
    });
  });
}

// ---- What was sent --------------------------------------------------------------------------------------------------

// Puts a suggestion into the entry: "threat:T-01", "weakness:W-02", "risk:R-003".
void take_over(const Visit& visit, Entry& entry, std::string_view what) {
  std::size_t colon = what.find(':');
  if (colon == std::string_view::npos) return;
  std::string_view kind = what.substr(0, colon), code = what.substr(colon + 1);
  if (kind == "threat") {
    auto found = std::ranges::find(visit.site.library.threats(), code, &Threat::code);
    if (found == visit.site.library.threats().end()) return;
    entry.risk.at("threat") = found->name;
    entry.risk.at("threat_category") = Value();
    entry.risk.at("cia") = Value();
  } else if (kind == "weakness") {
    auto found = std::ranges::find(visit.site.library.weaknesses(), code, &Weakness::code);
    if (found != visit.site.library.weaknesses().end()) entry.risk.at("weakness") = found->name;
  } else if (kind == "risk") {
    auto other = visit.tenant.registers.read(visit.principal, Risk::def(), code);
    if (!other) return;
    for (std::string_view name : {"threat", "threat_category", "weakness", "consequence", "cia"})
      entry.risk.at(name) = other->at(name);
  }
}

// Reads the form. The title and scenario that the product composed are composed anew, unless somebody changed them.
Result<Form> read_entry(Visit& visit, Entry& entry, Problems& problems) {
  TRY(Form form, visit.request.form());
  problems = read_fields(entry.risk, fields_of_entry(), form);
  entry.composed_title = form.value("_composed_title");
  entry.composed_scenario = form.value("_composed_scenario");
  entry.assess = form.has("_assess");
  if (entry.risk.text("title") == entry.composed_title) entry.risk.at("title") = Value();
  // Browsers send line breaks as CR LF.
  if (replace_all(entry.risk.text("scenario"), "\r\n", "\n") == replace_all(entry.composed_scenario, "\r\n", "\n"))
    entry.risk.at("scenario") = Value();
  return form;
}

Result<void> complete(Visit& visit, Entry& entry) {
  bool title = is_empty(entry.risk.at("title")), scenario = is_empty(entry.risk.at("scenario"));
  CHECK(complete_entry(visit.tenant.registers, visit.principal, visit.site.library, entry.risk));
  entry.composed_title = title ? std::string(entry.risk.text("title")) : std::string();
  entry.composed_scenario = scenario ? std::string(entry.risk.text("scenario")) : std::string();
  return {};
}

Response refuse_entry(Visit& visit) {
  return error_page(visit, may(visit.principal, Action::create, Risk::def()).refusal());
}

}  // namespace

Response new_risk_page(Visit& visit) {
  if (!visit.may(Action::create, Risk::def())) return refuse_entry(visit);
  Entry entry;
  prefill(entry.risk, visit.request, fields_of_entry());
  if (is_empty(entry.risk.at("owner")) && !visit.principal.person.empty() &&
      visit.principal.roles.has(Role::risk_owner))
    entry.risk.at("owner") = visit.principal.person;
  if (is_empty(entry.risk.at("next_review_on"))) {
    if (auto day = usual_next_review(visit.tenant.registers, visit.principal, visit.tenant.workspace->clock().today()))
      entry.risk.at("next_review_on") = day->iso();
  }
  return show(visit, entry);
}

Response check_new_risk(Visit& visit) {
  if (!visit.may(Action::create, Risk::def())) return refuse_entry(visit);
  Entry entry;
  Problems problems;
  auto form = read_entry(visit, entry, problems);
  if (!form) return error_page(visit, form.error());
  if (form->has("take")) take_over(visit, entry, form->value("take"));
  if (auto completed = complete(visit, entry); !completed) return error_page(visit, completed.error());
  auto levels = level_problems(visit.tenant.registers, visit.principal, entry.risk);
  if (!levels) return error_page(visit, levels.error());
  std::ranges::move(*levels, std::back_inserter(problems));
  Error wrong{ErrorKind::invalid, "Some fields need another look.", std::move(problems), {}, {}};
  if (!wrong.problems.empty()) entry.error = &wrong;
  auto advice = advice_on(visit.tenant.registers, visit.principal, entry.risk);
  if (!advice) return error_page(visit, advice.error());
  entry.advice = *std::move(advice);
  return show(visit, entry);
}

Response save_new_risk(Visit& visit) {
  if (!visit.may(Action::create, Risk::def())) return refuse_entry(visit);
  Entry entry;
  Error wrong{ErrorKind::invalid, "The risk was not saved.", {}, {}, {}};
  auto form = read_entry(visit, entry, wrong.problems);
  if (!form) return error_page(visit, form.error());
  if (auto completed = complete(visit, entry); !completed) return error_page(visit, completed.error());
  if (!wrong.problems.empty()) {
    entry.error = &wrong;
    return show(visit, entry);
  }
  if (!form->has("_anyway")) {
    auto advice = advice_on(visit.tenant.registers, visit.principal, entry.risk);
    if (!advice) return error_page(visit, advice.error());
    if (!advice->empty()) {
      entry.advice = *std::move(advice);
      entry.withheld = true;
      return show(visit, entry);
    }
  }
  auto stored = enter_risk(visit.tenant.registers, visit.principal, entry.risk, entry.assess, "");
  if (!stored) {
    if (stored.error().kind == ErrorKind::forbidden && !entry.assess) return error_page(visit, stored.error());
    entry.error = &stored.error();
    return show(visit, entry);
  }
  return done(visit, record_url(Risk::def(), stored->id),
              entry.assess ? "The risk is entered and its assessment recorded."
                           : "The risk is entered as a draft. Record the assessment when it is complete.");
}

}  // namespace assay
