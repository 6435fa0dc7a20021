// The context workbench: issues with climate change first, parties with their requirements, and where both lead.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/process.h"
#include "isms/risk/risk.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/scope/scope_view.h"
#include "workflows/scope/context.h"

namespace assay {
namespace {

// What came back: the form it was sent with and what is wrong.
struct ContextReturn {
  std::string requirement;  // whose decision was refused
  std::optional<ClimateDecision> climate;
  Error error;
};

bool may_keep(const Visit& visit) { return visit.may(Action::create, ContextIssue::def()); }

void want_links(TitleBook& titles, const ContextSheet& sheet) {
  for (const ContextIssue& issue : sheet.issues) {
    for (const auto& risk : issue.linked_risks) titles.want(Risk::def(), risk.id);
    for (const auto& obligation : issue.linked_obligations) titles.want(Obligation::def(), obligation.id);
  }
  for (const PartyRequirement& requirement : sheet.requirements) {
    for (const auto& control : requirement.linked_controls) titles.want(Control::def(), control.id);
    for (const auto& risk : requirement.linked_risks) titles.want(Risk::def(), risk.id);
    if (requirement.linked_obligation) titles.want(Obligation::def(), requirement.linked_obligation->id);
    if (requirement.linked_process) titles.want(Process::def(), requirement.linked_process->id);
  }
  titles.read();
}

template <class T>
bool write_group(HtmlWriter& h, const TitleBook& titles, std::string_view label, const std::vector<Ref<T>>& refs) {
  if (refs.empty()) return false;
  h.el("div", [&] {
    h.el("span", {cls("text-secondary")}, fmt::format("{}: ", label));
    links_to(h, titles, refs);
  });
  return true;
}

template <class T>
std::vector<Ref<T>> as_list(const std::optional<Ref<T>>& ref) {
  return ref && !ref->empty() ? std::vector<Ref<T>>{*ref} : std::vector<Ref<T>>();
}

bool write_scope_consequence(HtmlWriter& h, const std::optional<std::string>& text) {
  if (!text || is_blank(*text)) return false;
  h.el("div", [&] {
    h.el("span", {cls("text-secondary")}, "Scope: ");
    h.text(*text);
  });
  return true;
}

void write_consequences(HtmlWriter& h, const TitleBook& titles, const ContextIssue& issue) {
  bool any = write_group(h, titles, "Risks", issue.linked_risks);
  any |= write_group(h, titles, "Obligations", issue.linked_obligations);
  any |= write_scope_consequence(h, issue.scope_consequence);
  if (any) return;
  if (!issue.relevant) return h.el("span", {cls("text-secondary")}, "Decide first whether it is relevant.");
  h.el("span", {cls("text-secondary")}, *issue.relevant ? "Nothing follows yet." : "Not relevant.");
}

void write_consequences(HtmlWriter& h, const TitleBook& titles, const PartyRequirement& requirement) {
  bool any = write_group(h, titles, "Controls", requirement.linked_controls);
  any |= write_group(h, titles, "Obligation", as_list(requirement.linked_obligation));
  any |= write_group(h, titles, "Process", as_list(requirement.linked_process));
  any |= write_group(h, titles, "Risks", requirement.linked_risks);
  any |= write_scope_consequence(h, requirement.scope_consequence);
  if (!any) h.el("span", {cls("text-secondary")}, "Nothing meets it yet.");
}

void relevance_badge(HtmlWriter& h, const std::optional<bool>& relevant) {
  if (!relevant) return tone_badge(h, "yellow", "Not decided");
  tone_badge(h, *relevant ? "green" : "secondary", *relevant ? "Relevant" : "Not relevant");
}

void write_climate_form(HtmlWriter& h, const Visit& visit, const ClimateDecision& shown, const FormState& state) {
  h.el("form", {at("method", "post"), at("action", "/context/climate"), flag("novalidate")}, [&] {
    hidden_csrf(h, visit);
    std::string problem = state.problem_of("relevant");
    h.el("div", {cls("mb-3")}, [&] {
      h.el("label", {cls("form-label required"), at("for", "f-relevant")},
           "Is climate change a relevant issue for us?");
      h.el("select",
           {cls("form-select"), cls_if(!problem.empty(), "is-invalid"), at("id", "f-relevant"), at("name", "relevant"),
            at_if(!problem.empty(), "aria-invalid", "true"),
            at_if(!problem.empty(), "aria-describedby", "f-relevant-problem")},
           [&] {
             h.el("option", {at("value", ""), flag("selected", !shown.relevant)}, "Not decided");
             h.el("option", {at("value", "true"), flag("selected", shown.relevant == true)}, "Yes");
             h.el("option", {at("value", "false"), flag("selected", shown.relevant == false)}, "No");
           });
      input_problem(h, "f-relevant", problem);
    });
    text_area(h,
              {.name = "description",
               .label = "What was considered",
               .value = shown.description,
               .hint = "Heat, flood and storm at sites and hosting; energy; what customers and authorities ask for.",
               .problem = state.problem_of("description"),
               .required = true},
              2);
    text_area(h,
              {.name = "rationale",
               .label = "Why",
               .value = shown.rationale,
               .problem = state.problem_of("rationale"),
               .required = true},
              2);
    h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Record the decision");
  });
}

void write_climate(HtmlWriter& h, const Visit& visit, const ContextSheet& sheet, const ContextReturn* back) {
  const ContextIssue* issue = sheet.climate();
  bool decided = issue && issue->relevant;
  section(h, "climate", "Climate change", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (decided) {
        h.el("p", [&] {
          relevance_badge(h, issue->relevant);
          h.text(" ");
          h.el("a", {at("href", record_url(ContextIssue::def(), issue->id))}, issue->description);
        });
        if (issue->rationale) h.el("p", {cls("text-secondary text-preline")}, *issue->rationale);
      } else {
        h.el("p",
             "Clause 4.1 asks every organisation to determine whether climate change is a relevant issue. Both answers "
             "are right when they are reasoned.");
      }
      if (!may_keep(visit)) return;
      ClimateDecision shown = back && back->climate ? *back->climate : ClimateDecision{};
      if (!(back && back->climate) && issue)
        shown = {issue->relevant, issue->description, issue->rationale.value_or("")};
      FormState state{back && back->climate ? &back->error.problems : nullptr};
      if (!decided) return write_climate_form(h, visit, shown, state);
      h.el("details", {flag("open", back && back->climate)}, [&] {
        h.el("summary", "Decide again");
        h.el("div", {cls("mt-3")}, [&] { write_climate_form(h, visit, shown, state); });
      });
    });
  });
}

void write_issues(HtmlWriter& h, const Visit& visit, const ContextSheet& sheet, const TitleBook& titles) {
  HtmlWriter actions(256);
  if (may_keep(visit)) actions.el("a", {cls("btn btn-sm"), at("href", new_url(ContextIssue::def()))}, "New issue");
  section(h, "issues", "Issues", actions.take(), [&] {
    if (sheet.issues.empty())
      return h.el("p", {cls("card-body text-secondary mb-0")}, "No issue is recorded. The suggestions are a start.");
    bench_table(h, "Issues of the context", {"Issue", "Where", "Topic", "Relevant", "Leads to", "Reviewed"}, [&] {
      for (const ContextIssue& issue : sheet.issues) {
        h.el("tr", [&] {
          h.el("th", {at("scope", "row"), cls("fw-normal")},
               [&] { h.el("a", {at("href", record_url(ContextIssue::def(), issue.id))}, issue.description); });
          bench_cell(h, "Where", issue.kind == ContextIssueKind::internal ? "Inside" : "Outside");
          bench_cell(h, "Topic", label_of(issue.topic));
          bench_cell(h, "Relevant", [&] { relevance_badge(h, issue.relevant); });
          bench_cell(h, "Leads to", [&] { write_consequences(h, titles, issue); });
          bench_cell(h, "Reviewed", issue.reviewed_on.iso());
        });
      }
    });
  });
}

void write_decision(HtmlWriter& h, const Visit& visit, const PartyRequirement& requirement, const ContextReturn* back) {
  if (!visit.may(Action::change, PartyRequirement::def())) return h.text(label_of(requirement.addressed_by_isms));
  std::string id = fmt::format("addressed-{}", requirement.id), problem;
  if (back && back->requirement == requirement.id) {
    for (const Problem& each : back->error.problems) problem += (problem.empty() ? "" : " ") + each.message;
    if (problem.empty()) problem = back->error.message;
  }
  h.el("form",
       {cls("d-flex gap-1"), at("method", "post"),
        at("action", fmt::format("/context/requirements/{}", encode_url(requirement.id)))},
       [&] {
         hidden_csrf(h, visit);
         h.el("select",
              {cls("form-select form-select-sm"), cls_if(!problem.empty(), "is-invalid"), at("id", id),
               at("name", "addressed_by_isms"),
               at("aria-label", fmt::format("Addressed by the ISMS: {}", shorten(requirement.text, 80))),
               at_if(!problem.empty(), "aria-describedby", id + "-problem")},
              [&] {
                for (const Choice& choice : choices_of<PartyRequirementAddressedByIsms>) {
                  h.el("option",
                       {at("value", choice.name),
                        flag("selected", choice.label == label_of(requirement.addressed_by_isms))},
                       choice.label);
                }
              });
         h.el("button",
              {cls("btn btn-sm"), at("type", "submit"),
               at("aria-label", fmt::format("Set: {}", shorten(requirement.text, 80)))},
              "Set");
       });
  input_problem(h, id, problem);
}

void write_party(HtmlWriter& h, const Visit& visit, const ContextSheet& sheet, const InterestedParty& party,
                 const TitleBook& titles, const ContextReturn* back) {
  std::vector<const PartyRequirement*> requirements = sheet.of(party);
  h.el("div", {cls("card-body pb-2")}, [&] {
    h.el("h3", {cls("mb-1")},
         [&] { h.el("a", {at("href", record_url(InterestedParty::def(), party.id))}, party.name); });
    h.el("div", {cls("text-secondary")}, [&] {
      h.text(fmt::format("{}, ", label_of(party.type)));
      h.text(party.relevant ? "relevant, reviewed " : "not relevant, reviewed ");
      h.text(party.reviewed_on.iso());
      if (visit.may(Action::create, PartyRequirement::def())) {
        h.text(" · ");
        h.el("a", {at("href", fmt::format("{}?party={}", new_url(PartyRequirement::def()), encode_url(party.id)))},
             "Add a requirement");
      }
    });
    if (requirements.empty() && party.relevant)
      h.el("p", {cls("mb-0 mt-2 text-secondary")}, "No requirement is recorded: clause 4.2 b asks what it needs.");
  });
  if (requirements.empty()) return;
  bench_table(h, fmt::format("Requirements of {}", party.name),
              {"Requirement", "Kind", "Addressed by the ISMS", "Leads to"}, [&] {
                for (const PartyRequirement* requirement : requirements) {
                  h.el("tr", [&] {
                    h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
                      h.el("a", {at("href", record_url(PartyRequirement::def(), requirement->id))}, requirement->text);
                      if (requirement->climate_related)
                        h.el("div", {cls("text-secondary")}, "Stems from climate change");
                    });
                    bench_cell(h, "Kind", label_of(requirement->kind));
                    bench_cell(h, "Addressed by the ISMS", [&] { write_decision(h, visit, *requirement, back); });
                    bench_cell(h, "Leads to", [&] { write_consequences(h, titles, *requirement); });
                  });
                }
              });
}

void write_summary(HtmlWriter& h, const ContextSheet& sheet) {
  std::size_t open_issues = static_cast<std::size_t>(
      std::ranges::count_if(sheet.issues, [](const ContextIssue& issue) { return !issue.relevant; }));
  std::size_t idle = static_cast<std::size_t>(std::ranges::count_if(sheet.issues, [](const ContextIssue& issue) {
    return issue.relevant == true && issue.linked_risks.empty() && issue.linked_obligations.empty() &&
           !issue.scope_consequence;
  }));
  h.el("p", {cls("text-secondary")},
       fmt::format("Issues: {}; not decided: {}; relevant, but nothing follows: {}. Parties: {}; requirements: {}; not "
                   "decided: {}.",
                   sheet.issues.size(), open_issues, idle, sheet.parties.size(), sheet.requirements.size(),
                   sheet.open_requirements()));
}

Html context_actions(const Visit& visit, const ContextSheet& sheet) {
  HtmlWriter h(512);
  if (!may_keep(visit)) return h.take();
  h.el("a", {cls("btn btn-primary"), at("href", "/context/suggestions")}, "Suggestions");
  if (!sheet.issues.empty() || !sheet.parties.empty()) post_button(h, visit, "/context/reviewed", "All reviewed today");
  return h.take();
}

Response context_view(Visit& visit, const ContextReturn* back) {
  auto sheet = context_sheet(visit.tenant.registers, visit.principal);
  if (!sheet) return error_page(visit, sheet.error());
  TitleBook titles(visit);
  want_links(titles, *sheet);
  Frame frame{.title = "Context and interested parties",
              .active = "organisation/context",
              .kicker = "Clauses 4.1 and 4.2",
              .actions = context_actions(visit, *sheet),
              .status = back ? status_of(back->error.kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (back) problem_list(h, back->error);
    bool empty = sheet->issues.empty() && sheet->parties.empty();
    if (empty) {
      HtmlWriter actions(256);
      if (may_keep(visit))
        actions.el("a", {cls("btn btn-primary"), at("href", "/context/suggestions")}, "Pick from suggestions");
      empty_state(h, "world", "What bears on our information security?",
                  "Clause 4.1 asks for the issues inside and outside, clause 4.2 for the parties with a stake and what "
                  "they require. The scope and the risks build on both. "
                  "Example: customers ask for proof of security before they sign; three of ten contracts demand notice "
                  "of a breach within 24 hours.",
                  actions.take());
    } else {
      write_summary(h, *sheet);
    }
    write_climate(h, visit, *sheet, back);
    if (empty) return;
    write_issues(h, visit, *sheet, titles);
    HtmlWriter actions(256);
    if (may_keep(visit)) actions.el("a", {cls("btn btn-sm"), at("href", new_url(InterestedParty::def()))}, "New party");
    section(h, "parties", "Interested parties and what they require", actions.take(), [&] {
      if (sheet->parties.empty()) h.el("p", {cls("card-body text-secondary mb-0")}, "No interested party is recorded.");
      for (const InterestedParty& party : sheet->parties) write_party(h, visit, *sheet, party, titles, back);
    });
  });
}

Response context_page(Visit& visit) { return context_view(visit, nullptr); }

Response save_climate(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  ClimateDecision decision{std::nullopt, std::string(form->value("description")),
                           std::string(form->value("rationale"))};
  if (form->value("relevant") == "true") decision.relevant = true;
  if (form->value("relevant") == "false") decision.relevant = false;
  auto decided = decide_climate(visit.tenant.registers, visit.principal, decision);
  if (decided) return done(visit, "/context", "The decision on climate change is recorded.");
  ContextReturn back{{}, decision, decided.error()};
  return context_view(visit, &back);
}

Response save_requirement(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::string id(visit.request.param("id"));
  auto decided = decide_requirement(visit.tenant.registers, visit.principal, id, form->value("addressed_by_isms"));
  if (decided) return done(visit, "/context#parties", "Decided.");
  if (decided.error().kind != ErrorKind::invalid) return error_page(visit, decided.error());
  ContextReturn back{id, std::nullopt, decided.error()};
  return context_view(visit, &back);
}

Response save_review(Visit& visit) {
  auto reviewed = review_context(visit.tenant.registers, visit.principal);
  if (!reviewed) return error_page(visit, reviewed.error());
  return done(visit, "/context", fmt::format("{} entries are marked as reviewed today.", *reviewed));
}

}  // namespace

std::vector<PageRoute> context_pages() {
  return {
      {"GET", "/context", context_page},
      {"POST", "/context/climate", save_climate},
      {"POST", "/context/requirements/{id}", save_requirement},
      {"POST", "/context/reviewed", save_review},
      {"GET", "/context/suggestions", context_suggestions_page},
      {"POST", "/context/suggestions", adopt_context_suggestions},
  };
}

}  // namespace assay
