#include "web/risk/assessment_inputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/risk/risk_assessment_run.h"
#include "workflows/records.h"

namespace assay {

AssessmentInputs usual_assessment_inputs(Visit& visit) {
  AssessmentInputs out;
  if (auto day = usual_next_review(visit.tenant.registers, visit.principal, visit.tenant.workspace->clock().today()))
    out.next_review_on = *day;
  return out;
}

void write_assessment_inputs(HtmlWriter& h, Visit& visit, const AssessmentInputs& inputs, const Error* error) {
  const EntityDef& run = RiskAssessmentRun::def();
  FormState state{error ? &error->problems : nullptr};
  auto problem_below = [&](std::string_view place, std::string_view id) {
    std::string problem = state.problem_of(place);
    if (!problem.empty())
      h.el("div", {cls("invalid-feedback d-block"), at("id", fmt::format("{}-problem", id))}, problem);
    return !problem.empty();
  };
  h.el("div", {cls("row")}, [&] {
    h.el("div", {cls("col-md-4 mb-3")}, [&] {
      h.el("label", {cls("form-label"), at("for", "f-run-choice")}, "Stamped with the assessment");
      h.el("select", {cls("form-select"), at("id", "f-run-choice"), at("name", "run")}, [&] {
        h.el("option", {at("value", ""), flag("selected", inputs.run.existing.empty() && !inputs.run.fresh)},
             "None: a single look");
        if (visit.may(Action::create, run)) {
          for (const Choice& kind : choices_of<RiskAssessmentRunKind>) {
            bool chosen =
                inputs.run.fresh &&
                choices_of<RiskAssessmentRunKind>[static_cast<std::size_t>(inputs.run.kind)].name == kind.name;
            h.el("option", {at("value", fmt::format("new:{}", kind.name)), flag("selected", chosen)},
                 fmt::format("A new one: {}", in_sentence(kind.label)));
          }
        }
        auto runs = records_of(visit.tenant.registers, visit.principal, run);
        if (runs) {
          std::ranges::sort(*runs, std::ranges::greater(),
                            [](const Record& record) { return std::string(record.text("performed_on")); });
          for (std::size_t i = 0; i < runs->size() && i < 10; ++i) {
            const Record& record = (*runs)[i];
            h.el("option", {at("value", record.id), flag("selected", inputs.run.existing == record.id)},
                 fmt::format("{} of {}", record.id, record.text("performed_on")));
          }
        }
      });
      problem_below("run", "f-run-choice");
      h.el("small", {cls("form-hint")}, "Clause 8.2 asks to keep the results of each assessment.");
    });
    h.el("div", {cls("col-md-4 mb-3")}, [&] {
      const FieldDef& trigger = *run.find("trigger");
      h.el("label", {cls("form-label"), at("for", "f-trigger")}, "Triggered by the change");
      Value value = inputs.run.trigger.empty() ? Value() : Value(inputs.run.trigger);
      field_input(h, visit, trigger, value, titles_of(visit, trigger, value),
                  {.invalid = !state.problem_of("trigger").empty()});
      problem_below("trigger", "f-trigger");
      h.el("small", {cls("form-hint")}, "Only for a new assessment that a change called for.");
    });
    h.el("div", {cls("col-md-4 mb-3")}, [&] {
      h.el("label", {cls("form-label"), at("for", "f-next_review_on")}, "Next review");
      h.leaf("input", {at("type", "date"), cls("form-control"),
                       cls_if(!state.problem_of("next_review_on").empty(), "is-invalid"), at("id", "f-next_review_on"),
                       at("name", "next_review_on"),
                       at("value", inputs.next_review_on ? inputs.next_review_on->iso() : std::string())});
      problem_below("next_review_on", "f-next_review_on");
      h.el("small", {cls("form-hint")}, "For all of them; empty takes the interval of the method.");
    });
    h.el("div", {cls("col-12")}, [&] { reason_input(h, inputs.reason, true, state); });
  });
}

AssessmentInputs read_assessment_inputs(const Form& form, Problems& problems) {
  AssessmentInputs out;
  out.reason = std::string(trim(form.value("_reason")));
  if (std::string_view text = trim(form.value("next_review_on")); !text.empty()) {
    out.next_review_on = Date::parse(text);
    if (!out.next_review_on) problems.push_back({"next_review_on", "must be a date YYYY-MM-DD", shorten(text, 40)});
  }
  std::string_view run = form.value("run");
  if (run.starts_with("new:")) {
    out.run.fresh = true;
    std::string_view name = run.substr(4);
    auto kind = std::ranges::find(choices_of<RiskAssessmentRunKind>, name, &Choice::name);
    if (kind == choices_of<RiskAssessmentRunKind>.end())
      problems.push_back({"run", "must be a kind of assessment", shorten(run, 40)});
    else out.run.kind = static_cast<RiskAssessmentRunKind>(kind - choices_of<RiskAssessmentRunKind>.begin());
  } else {
    out.run.existing = std::string(run);
  }
  for (std::string_view trigger : form.values("trigger")) {
    if (!is_blank(trigger)) out.run.trigger = std::string(trim(trigger));
  }
  if (!out.run.fresh || out.run.kind != RiskAssessmentRunKind::triggered) out.run.trigger.clear();
  return out;
}

std::string outcome_words(const ReassessmentOutcome& outcome) {
  std::string out = fmt::format("{} {} scored anew, {} confirmed.", outcome.changed,
                                outcome.changed == 1 ? "risk" : "risks", outcome.confirmed);
  if (outcome.reopened > 0)
    out += fmt::format(" {} had been accepted for less and {} decided anew.", outcome.reopened,
                       outcome.reopened == 1 ? "must be" : "must each be");
  if (outcome.assessed > 0)
    out += fmt::format(" {} {} assessed now.", outcome.assessed, outcome.assessed == 1 ? "draft is" : "drafts are");
  constexpr std::size_t most_named = 3;
  for (std::size_t i = 0; i < std::min(most_named, outcome.drafts.size()); ++i)
    out += fmt::format(" {} remains a draft: {}", outcome.drafts[i].first, outcome.drafts[i].second);
  if (outcome.drafts.size() > most_named)
    out += fmt::format(" {} more remain drafts.", outcome.drafts.size() - most_named);
  return out;
}

}  // namespace assay
