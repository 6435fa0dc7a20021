// One question of a gap analysis, with guidance and facts beside it.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/gap/gap_view.h"
#include "web/journey_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

constexpr std::string_view answer_fields[] = {"result",      "rationale", "evidence", "risk_severity", "complexity",
                                              "effort_days", "cost",      "action",   "owner",         "target_on"};

struct AnswerForm {
  Record typed{GapItem::def()};
  std::string waits_for;
  const Error* error = nullptr;
};

std::string keys_waited_for(const GapDesk& desk, const GapItem& item) {
  std::string out;
  for (const Ref<GapItem>& before : item.depends_on) {
    auto found = std::ranges::find(desk.analysis.items, before.id, &GapItem::id);
    if (found != desk.analysis.items.end()) out += (out.empty() ? "" : ", ") + gap_key(*found);
  }
  return out;
}

// The neighbours in the order of the standard, and the next unanswered one that this person may answer.
struct Neighbours {
  std::string before, after, open;
};
Neighbours neighbours_of(const Visit& visit, const GapDesk& desk, std::string_view key) {
  Neighbours out;
  auto here = std::ranges::find(desk.questions, key, &GapQuestion::key);
  auto position = static_cast<std::size_t>(here - desk.questions.begin());
  std::size_t count = desk.questions.size();
  if (position > 0) out.before = desk.questions[position - 1].key;
  if (position + 1 < count) out.after = desk.questions[position + 1].key;
  for (std::size_t i = 1; i < count && out.open.empty(); ++i) {
    const std::string& other = desk.questions[(position + i) % count].key;
    if (!desk.analysis.find(other) && may_answer_gap(visit.principal, desk.analysis, other).allowed) out.open = other;
  }
  return out;
}

void write_ways(HtmlWriter& h, const GapDesk& desk, const Neighbours& near) {
  h.el("nav", {cls("btn-list mb-3 no-print"), at("aria-label", "Questions")}, [&] {
    auto way = [&](const std::string& key, std::string_view label, std::string_view icon_name,
                   std::string_view shortcut) {
      if (key.empty()) return;
      h.el("a", {cls("btn"), at("href", gap_question_url(desk.id(), key)), at("data-shortcut", shortcut)}, [&] {
        h.add(icon(icon_name));
        h.text(fmt::format("{} {}", label, key));
      });
    };
    way(near.before, "Back to", "arrow-left", "p");
    way(near.after, "On to", "arrow-right", "n");
    way(near.open, "Unanswered:", "circle-dashed", "u");
  });
}

void write_result_choice(HtmlWriter& h, std::string_view chosen, const FormState& state) {
  std::string problem = state.problem_of("result");
  h.el("fieldset", {cls("col-12 mb-3 gap-result")}, [&] {
    h.el("legend", {cls("form-label required")}, "Result");
    for (std::size_t i = 0; i < choices_of<GapItemResult>.size(); ++i) {
      const Choice& choice = choices_of<GapItemResult>[i];
      std::string key = std::to_string(i + 1);
      h.el("label", {cls("gap-choice")}, [&] {
        h.leaf(
            "input",
            {at("type", "radio"), cls("form-check-input"), at("name", "result"), at("value", choice.name),
             flag("checked", choice.name == chosen), at("data-shortcut", key), at("data-shortcut-label", choice.label),
             at_if(!problem.empty(), "aria-describedby", "f-result-problem"), at_if(i == 0, "id", "f-result")});
        h.el("span", choice.label);
        h.el("kbd", {at("aria-hidden", "true")}, key);
      });
    }
    if (!problem.empty())
      h.el("div", {cls("invalid-feedback d-block"), at("id", "f-result-problem")}, "Result " + problem);
  });
}

void write_waits_for(HtmlWriter& h, const AnswerForm& form, const FormState& state) {
  std::string problem = state.problem_of("depends_on");
  h.el("div", {cls("col-md-6 mb-3")}, [&] {
    h.el("label", {cls("form-label"), at("for", "f-depends_on")}, "Depends on");
    h.leaf("input",
           {at("type", "text"), cls("form-control"), cls_if(!problem.empty(), "is-invalid"), at("id", "f-depends_on"),
            at("name", "waits_for"), at("value", form.waits_for), at("autocomplete", "off"),
            at("placeholder", "6.1.2, A.5.9"), at_if(!problem.empty(), "aria-describedby", "f-depends_on-problem"),
            at_if(!problem.empty(), "aria-invalid", "true")});
    if (!problem.empty())
      h.el("div", {cls("invalid-feedback d-block"), at("id", "f-depends_on-problem")}, "Depends on " + problem);
    h.el("small", {cls("form-hint")}, "Answered questions whose gaps must be closed before this one.");
  });
}

void write_answer_form(HtmlWriter& h, const Visit& visit, const GapDesk& desk, const GapQuestion& question,
                       const AnswerForm& form, const Neighbours& near) {
  FormState state{form.error ? &form.error->problems : nullptr};
  const EntityDef& def = GapItem::def();
  h.el("form",
       {cls("card mb-3"), at("method", "post"), at("action", gap_question_url(desk.id(), question.key)),
        flag("data-dirty"), flag("novalidate")},
       [&] {
         hidden_csrf(h, visit);
         // The version as it is now: what came in between was just shown.
         if (const Record* stored = desk.analysis.record_of(question.key))
           h.leaf("input", {at("type", "hidden"), at("name", "_version"), at("value", stored->version)});
         h.el("div", {cls("card-body row")}, [&] {
           write_result_choice(h, form.typed.text("result"), state);
           auto field = [&](std::string_view name, FieldWidth width) {
             form_field(h, visit, *def.find(name), form.typed.at(name), state, false, false, width);
           };
           field("rationale", FieldWidth::full);
           field("evidence", FieldWidth::full);
           h.el("p", {cls("field-group col-12")}, "For gaps: what closes it");
           for (std::string_view name : {"risk_severity", "complexity", "effort_days", "cost"})
             field(name, FieldWidth::half);
           field("action", FieldWidth::full);
           for (std::string_view name : {"owner", "target_on"}) field(name, FieldWidth::half);
           write_waits_for(h, form, state);
         });
         h.el("div", {cls("card-footer form-foot")}, [&] {
           h.el("button", {cls("btn"), at("type", "submit")}, "Save");
           if (!near.open.empty())
             h.el("button", {cls("btn btn-primary"), at("type", "submit"), at("name", "then"), at("value", near.open)},
                  "Save, next unanswered");
         });
       });
}

// An answer for those who may not give one.
void write_answer(HtmlWriter& h, const GapDesk& desk, const GapItem* item, const Decision& decision) {
  h.el("div", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (!item) h.el("p", "This question has no answer yet.");
      else {
        gap_result_badge(h, item->result);
        h.el("p", {cls("text-preline mt-2")}, item->rationale.value_or(""));
        if (item->action) h.el("p", {cls("text-preline")}, "Step: " + *item->action);
        h.el(
            "p", {cls("text-secondary")},
            fmt::format("Answered by {} on {}.", item->assessor ? desk.person(item->assessor) : std::string("somebody"),
                        item->assessed_on ? item->assessed_on->iso() : std::string("a day that is not recorded")));
      }
      h.el("p", {cls("text-secondary mb-0")}, decision.reason);
    });
  });
}

std::string fact_url(const Visit& visit, const GapFact& fact) {
  if (!fact.rule.empty()) return findings_url({{"rule", fact.rule}});
  const EntityDef* def = visit.registry().find(fact.register_name);
  if (!def) return {};
  return fact.record.empty() ? list_url(*def) : record_url(*def, fact.record);
}

}  // namespace

void write_gap_facts(HtmlWriter& h, const Visit& visit, const GapFacts& facts) {
  h.el("ul", {cls("list-unstyled mb-0 gap-facts")}, [&] {
    for (const GapFact& fact : facts.facts) {
      h.el("li", [&] {
        h.add(icon(fact.supports ? "circle-check" : "alert-circle", "icon-sm me-1"));
        std::string url = fact_url(visit, fact);
        if (url.empty()) h.text(fact.text);
        else h.el("a", {at("href", url)}, fact.text);
      });
    }
  });
}

namespace {

void write_proposal(HtmlWriter& h, const Visit& visit, const GapDesk& desk, const GapQuestion& question,
                    const GapSuggestion& suggestion, bool may_answer) {
  section(h, "facts", "What the data says", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (suggestion.facts.facts.empty())
        return h.el("p", {cls("text-secondary mb-0")}, "Nothing yet. The answer has to come from a person.");
      if (suggestion.proposal) {
        h.el("p", [&] {
          h.text("Proposed: ");
          gap_result_badge(h, suggestion.proposal->result);
          h.text(" ");
          if (may_answer)
            h.el("a",
                 {cls("btn btn-sm"), at("href", gap_question_url(desk.id(), question.key) + "?use=proposal"),
                  at("data-shortcut", "t")},
                 "Put it into the form");
        });
      } else {
        h.el("p", {cls("text-secondary")}, "It proposes no answer: nothing speaks for it, and nothing against it.");
      }
      write_gap_facts(h, visit, suggestion.facts);
    });
  });
}

void write_guidance(HtmlWriter& h, const Visit& visit, const GapQuestion& question) {
  bool control = question.dimension == GapItemDimension::control;
  const Library& library = visit.site.library;
  const ControlGuidance* of_control = control ? library.control(question.ref) : nullptr;
  const ClauseGuidance* of_clause = control ? nullptr : library.clause(question.ref);
  if (!of_control && !of_clause) return;
  const auto& sections = control ? of_control->sections : of_clause->sections;
  std::string url = (control ? "/library/control/" : "/library/clause/") + question.ref;
  HtmlWriter link(128);
  link.el("a", {at("href", url)}, "In the library");
  section(h, "guidance", "Guidance", link.take(), [&] {
    for (const GuidanceSection& part : sections) {
      // What is asked and what an auditor expects stand open; the sizes of organisations do not.
      bool open = !part.heading.starts_with("In an organisation");
      h.el("details", {cls("phase-details"), flag("open", open)}, [&] {
        h.el("summary", [&] { h.el("span", {cls("phase-title")}, part.heading); });
        h.el("div", {cls("px-3 pb-2")}, markdown(part.markdown));
      });
    }
  });
}

Response question_page(Visit& visit, const GapDesk& desk, const GapQuestion& question, const AnswerForm& form) {
  Decision decision = may_answer_gap(visit.principal, desk.analysis, question.key);
  auto verdict = gap_verdict(visit);
  auto suggestions = gap_suggestions(visit.tenant.registers, visit.principal, verdict.get(), question.key);
  if (!suggestions) return error_page(visit, suggestions.error());
  Neighbours near = neighbours_of(visit, desk, question.key);
  const GapItem* item = desk.analysis.find(question.key);
  Frame frame = gap_frame(desk, question.title.empty() ? question.key : question.key + " " + question.title);
  frame.crumbs.push_back({"Questions", gap_url(desk.id(), "questions")});
  if (form.error) frame.status = status_of(form.error->kind);
  HtmlWriter state(128);
  if (item) gap_result_badge(state, item->result);
  else state.el("span", {cls("badge bg-secondary-lt")}, "Unanswered");
  frame.beside = state.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (form.error) problem_list(h, *form.error, GapItem::def());
    write_ways(h, desk, near);
    std::string handed = desk.analysis.person_for(question.key);
    if (!handed.empty()) h.el("p", {cls("text-secondary")}, fmt::format("Handed to {}.", desk.person(handed)));
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-7")}, [&] {
        if (decision) write_answer_form(h, visit, desk, question, form, near);
        else write_answer(h, desk, item, decision);
      });
      h.el("div", {cls("col-lg-5")}, [&] {
        write_proposal(h, visit, desk, question, suggestions->at(question.key), decision.allowed);
        write_guidance(h, visit, question);
      });
    });
  });
}

Response no_question(Visit& visit) {
  return error_page(visit,
                    {ErrorKind::not_found,
                     fmt::format("There is no question \"{}\": clauses are written as 6.1.2, controls as A.8.13.",
                                 shorten(visit.request.param("key"), 30)),
                     {},
                     {},
                     {}});
}

}  // namespace

Response gap_question_page(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  auto question = gap_question(visit.site.library, visit.request.param("key"));
  if (!question) return no_question(visit);
  AnswerForm form;
  if (const Record* stored = desk->analysis.record_of(question->key)) {
    form.typed = *stored;
    form.waits_for = keys_waited_for(*desk, *desk->analysis.find(question->key));
  }
  if (visit.request.query_value("use") == "proposal") {
    auto verdict = gap_verdict(visit);
    auto suggestions = gap_suggestions(visit.tenant.registers, visit.principal, verdict.get(), question->key);
    if (!suggestions) return error_page(visit, suggestions.error());
    if (const auto& proposal = suggestions->at(question->key).proposal) put_gap_proposal(form.typed, *proposal);
  }
  return question_page(visit, *desk, *question, form);
}

Response gap_save_answer(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  auto question = gap_question(visit.site.library, visit.request.param("key"));
  if (!question) return no_question(visit);
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  AnswerForm form;
  std::vector<const FieldDef*> fields;
  for (std::string_view name : answer_fields) fields.push_back(GapItem::def().find(name));
  form.waits_for = sent->value("waits_for");
  Error wrong{ErrorKind::invalid, "The answer was not stored.", read_fields(form.typed, fields, *sent), {}, {}};
  if (!wrong.problems.empty()) {
    form.error = &wrong;
    return question_page(visit, *desk, *question, form);
  }
  auto stored = answer_gap(visit.tenant.registers, visit.principal, desk->analysis, *question, form.typed,
                           form.waits_for, version_in(*sent, GapItem::def()));
  if (!stored) {
    form.error = &stored.error();
    return question_page(visit, *desk, *question, form);
  }
  std::string_view next = sent->value("then");
  bool leads_on = is_gap_key(next);
  return done(visit, gap_question_url(desk->id(), leads_on ? next : question->key),
              fmt::format("The answer to {} was stored.", question->key));
}

}  // namespace assay
