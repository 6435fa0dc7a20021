// Answers that the data proposes, with their reasons; taken over one by one or all at once.
#include <fmt/format.h>

#include "web/assets.h"
#include "web/gap/gap_view.h"

namespace assay {
namespace {

Result<GapSuggestions> suggestions_of(Visit& visit) {
  auto verdict = gap_verdict(visit);
  return gap_suggestions(visit.tenant.registers, visit.principal, verdict.get());
}

struct ProposalCounts {
  std::size_t open = 0, differing = 0, silent = 0;
};
ProposalCounts counts_of(const GapDesk& desk, const GapSuggestions& suggestions) {
  ProposalCounts out;
  for (const auto& [key, suggestion] : suggestions) {
    const GapItem* item = desk.analysis.find(key);
    if (!suggestion.proposal) out.silent += item == nullptr;
    else if (!item) ++out.open;
    else out.differing += item->result != suggestion.proposal->result;
  }
  return out;
}

void write_rows(HtmlWriter& h, const Visit& visit, const GapDesk& desk, const GapSuggestions& suggestions, bool open) {
  GapTable table(h, false, {"Question", "Proposed", "Answered", "Reasons"});
  table.write(open ? "Proposals for unanswered questions" : "Proposals that differ from the answer", [&] {
    for (const GapQuestion& question : desk.questions) {
      const GapSuggestion& suggestion = suggestions.at(question.key);
      const GapItem* item = desk.analysis.find(question.key);
      bool shown = suggestion.proposal && (open ? !item : item && item->result != suggestion.proposal->result);
      if (!shown) continue;
      table.row([&] {
        h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
          if (open && desk.keeps) {
            h.leaf("input",
                   {at("type", "checkbox"), cls("form-check-input gap-tick"), at("name", "key"),
                    at("value", question.key), flag("checked"), at("aria-label", "Take over " + question.key)});
          }
          h.el("a", {at("href", gap_question_url(desk.id(), question.key))}, question.key + " " + question.title);
        });
        table.cell(1, [&] { gap_result_badge(h, suggestion.proposal->result); });
        table.cell(2, [&] {
          if (item) gap_result_badge(h, item->result);
          else h.el("span", {cls("text-secondary")}, "Unanswered");
        });
        table.cell(3, [&] { write_gap_facts(h, visit, suggestion.facts); });
      });
    }
  });
}

Response proposals_page(Visit& visit, const GapDesk& desk, const Error* error) {
  auto suggestions = suggestions_of(visit);
  if (!suggestions) return error_page(visit, suggestions.error());
  ProposalCounts counts = counts_of(desk, *suggestions);
  Frame frame = gap_frame(desk, "Proposals");
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error, GapItem::def());
    gap_tabs(h, desk, "proposals");
    std::string words =
        "Proposed from the open findings of the auditor, the Statement of Applicability, the state of controls, "
        "accepted evidence and the registers. "
        "Nothing is taken over by itself.";
    if (counts.silent > 0)
      words += fmt::format(" About {} unanswered {} the data says nothing.", counts.silent,
                           counts.silent == 1 ? "question" : "questions");
    h.el("p", words);
    if (counts.open > 0) {
      h.el("form", {cls("card mb-3"), at("method", "post"), at("action", gap_url(desk.id(), "proposals"))}, [&] {
        hidden_csrf(h, visit);
        h.el("div", {cls("card-header")},
             [&] { h.el("h2", {cls("card-title")}, fmt::format("For unanswered questions: {}", counts.open)); });
        write_rows(h, visit, desk, *suggestions, true);
        if (!desk.keeps) return;
        h.el("div", {cls("card-footer form-foot")}, [&] {
          h.el("button", {cls("btn"), at("type", "submit"), at("name", "which"), at("value", "ticked")},
               "Take over those ticked");
          h.el("button", {cls("btn btn-primary"), at("type", "submit"), at("name", "which"), at("value", "all")},
               "Take over all proposals");
        });
      });
    } else {
      empty_state(h, "checks", "No proposal waits",
                  "Every question that the data can answer has an answer. Where the data has changed since, the "
                  "difference is listed below.",
                  {});
    }
    if (counts.differing > 0) {
      h.el("div", {cls("card mb-3")}, [&] {
        h.el("div", {cls("card-header")},
             [&] { h.el("h2", {cls("card-title")}, fmt::format("Different from the answer: {}", counts.differing)); });
        write_rows(h, visit, desk, *suggestions, false);
      });
    }
  });
}

}  // namespace

Response gap_proposals_page(Visit& visit) {
  auto desk = read_gap_desk(visit);
  return desk ? proposals_page(visit, *desk, nullptr) : error_page(visit, desk.error());
}

Response gap_take_over(Visit& visit) {
  auto desk = read_gap_desk(visit);
  if (!desk) return error_page(visit, desk.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto suggestions = suggestions_of(visit);
  if (!suggestions) return error_page(visit, suggestions.error());
  std::vector<std::string> keys;
  if (form->value("which") == "ticked") {
    for (std::string_view key : form->values("key")) keys.emplace_back(key);
    if (keys.empty()) return done(visit, gap_url(desk->id(), "proposals"), "No proposal was ticked.");
  }
  auto taken = take_over_gap_proposals(visit.tenant.registers, visit.principal, desk->analysis, *suggestions, keys);
  if (!taken) return proposals_page(visit, *desk, &taken.error());
  return done(visit, gap_url(desk->id(), "proposals"),
              fmt::format("{} {} taken over.", *taken, *taken == 1 ? "proposal was" : "proposals were"));
}

}  // namespace assay
