// Issues and interested parties to pick from, for a context that begins empty.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "web/scope/scope_view.h"
#include "workflows/scope/context.h"

namespace assay {
namespace {

void write_pick(HtmlWriter& h, std::string_view name, std::size_t position, std::string_view label,
                std::string_view hint) {
  h.el("label", {cls("form-check bench-pick")}, [&] {
    h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", name), at("value", position)});
    h.el("span", {cls("form-check-label")}, [&] {
      h.text(label);
      if (!hint.empty()) h.el("small", {cls("d-block text-secondary")}, hint);
    });
  });
}

void write_issue_picks(HtmlWriter& h, const Library& library, const std::vector<std::size_t>& offered) {
  for (const Choice& kind : choices_of<ContextIssueKind>) {
    h.el("fieldset", {cls("mb-3")}, [&] {
      h.el("legend", {cls("field-group")}, kind.label);
      for (std::size_t i : offered) {
        const TypicalIssue& issue = library.typical_issues()[i];
        if (issue.kind == kind.name) write_pick(h, "issue", i, issue.issue, issue.question);
      }
    });
  }
}

void write_party_picks(HtmlWriter& h, const Library& library, const std::vector<std::size_t>& offered) {
  std::map<std::string, std::vector<std::size_t>> by_party;
  std::vector<std::string> order;
  for (std::size_t i : offered) {
    auto& list = by_party[library.typical_requirements()[i].party];
    if (list.empty()) order.push_back(library.typical_requirements()[i].party);
    list.push_back(i);
  }
  for (const std::string& party : order) {
    h.el("fieldset", {cls("mb-3")}, [&] {
      h.el("legend", {cls("field-group")}, party);
      for (std::size_t i : by_party[party]) {
        const TypicalRequirement& typical = library.typical_requirements()[i];
        auto kind = std::ranges::find(choices_of<PartyRequirementKind>, typical.kind, &Choice::name);
        write_pick(h, "requirement", i, typical.requirement,
                   kind == choices_of<PartyRequirementKind>.end() ? std::string_view() : kind->label);
      }
    });
  }
}

Response suggestions_view(Visit& visit, const Error* error) {
  auto sheet = context_sheet(visit.tenant.registers, visit.principal);
  if (!sheet) return error_page(visit, sheet.error());
  if (!visit.may(Action::create, ContextIssue::def()))
    return error_page(
        visit, {ErrorKind::forbidden, "The context is kept by the ISMS owner.", {}, {}, "ISMS owner, Consultant"});
  auto issues = issues_to_offer(*sheet, visit.site.library),
       requirements = requirements_to_offer(*sheet, visit.site.library);
  Frame frame{.title = "Suggestions for the context",
              .active = "organisation/context",
              .crumbs = {{"Context", "/context"}},
              .kicker = "Clauses 4.1 and 4.2",
              .narrow = true,
              .status = error ? status_of(error->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    if (issues.empty() && requirements.empty())
      return empty_state(h, "check", "Every suggestion is recorded", "What else matters is best found in a workshop.",
                         {});
    h.el("p", {cls("text-secondary")},
         "Pick what applies. Issues arrive without a decision on their relevance, requirements without the decision "
         "whether the ISMS addresses them: that is the work that follows.");
    h.el("form", {at("method", "post"), at("action", "/context/suggestions")}, [&] {
      hidden_csrf(h, visit);
      section(h, "issues", "Issues", {},
              [&] { h.el("div", {cls("card-body")}, [&] { write_issue_picks(h, visit.site.library, issues); }); });
      section(h, "requirements", "Interested parties and what they require", {}, [&] {
        h.el("div", {cls("card-body")}, [&] { write_party_picks(h, visit.site.library, requirements); });
      });
      h.el("div", {cls("btn-list")}, [&] {
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Record what is picked");
        h.el("a", {cls("btn"), at("href", "/context")}, "Cancel");
      });
    });
  });
}

std::vector<std::size_t> positions(const Form& form, std::string_view name) {
  std::vector<std::size_t> out;
  for (std::string_view text : form.values(name)) {
    if (text == "0") out.push_back(0);
    else if (auto number = counting_number(text)) out.push_back(static_cast<std::size_t>(*number));
  }
  return out;
}

}  // namespace

Response context_suggestions_page(Visit& visit) { return suggestions_view(visit, nullptr); }

Response adopt_context_suggestions(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto made = adopt_context(visit.tenant.registers, visit.principal, visit.site.library, positions(*form, "issue"),
                            positions(*form, "requirement"));
  if (made) return done(visit, "/context", fmt::format("{} entries are recorded.", *made));
  return suggestions_view(visit, &made.error());
}

}  // namespace assay
