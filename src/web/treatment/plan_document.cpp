#include "web/treatment/plan_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/organisation/person.h"
#include "kernel/exchange/xlsx_writer.h"
#include "kernel/model/json.h"

namespace assay {
namespace {

std::string person_of(const std::optional<Ref<Person>>& ref, const TreatmentNames& names) {
  return ref ? names.person(ref->id) : std::string();
}

std::string_view status_label(const TreatmentAction& action) {
  return choices_of<TreatmentActionStatus>[static_cast<std::size_t>(action.status)].label;
}

std::string waits_for(const TreatmentAction& action) {
  std::vector<std::string> before;
  for (const auto& ref : action.depends_on) before.push_back(ref.id);
  return join(before, ", ");
}

void write_action_row(HtmlWriter& h, const TreatmentAction& action, const TreatmentNames& names,
                      const Letterhead& letterhead, Date today) {
  h.el("tr", [&] {
    h.el("th", {at("scope", "row")}, action.id);
    h.el("td", action.description);
    h.el("td", action.control ? names.control(action.control->id) : std::string());
    h.el("td", person_of(action.owner, names));
    h.el("td", action.resources.value_or(""));
    h.el("td", {cls("text-nowrap")}, action.start_on ? letterhead.day(action.start_on->iso()) : std::string());
    h.el("td", {cls(is_late(action, today) ? "text-nowrap warn" : "text-nowrap")},
         action.due_on ? letterhead.day(action.due_on->iso()) : std::string());
    h.el("td", {cls("text-end")}, action.cost ? money(*action.cost) : std::string());
    h.el("td", waits_for(action));
    h.el("td", status_label(action));
  });
}

void write_case_group(HtmlWriter& h, const TreatmentCase& item, const TreatmentNames& names,
                      const Letterhead& letterhead, Date today) {
  const Risk& risk = item.risk;
  h.el("tr", {cls("group")}, [&] {
    h.el("th", {at("colspan", 10), at("scope", "colgroup")}, [&] {
      h.text(fmt::format("{}{} {}", risk.priority ? fmt::format("{}. ", *risk.priority) : std::string(), risk.id,
                         risk.title));
      h.el("span", {cls("note")},
           fmt::format(" · {} · owner {} · score {} → {} · {}", decision_words(risk),
                       risk.owner ? names.person(risk.owner->id) : std::string("nobody"),
                       score_words(risk.residual_score), score_words(risk.target_score),
                       lower(approval_words(item.approval.state))));
    });
  });
  for (const TreatmentAction& action : item.actions) write_action_row(h, action, names, letterhead, today);
  if (!item.actions.empty()) return;
  h.el("tr", [&] {
    h.el("td", {at("colspan", 10), cls("note")},
         risk.treatment == RiskTreatment::retain ? "Retained: no action is planned." : "No action is planned.");
  });
}

void write_plan_table(HtmlWriter& h, const TreatmentView& view, const TreatmentNames& names,
                      const Letterhead& letterhead) {
  h.el("h2", "Risks and actions");
  if (view.cases.empty()) return h.el("p", "No risk waits for treatment.");
  h.el("table", [&] {
    h.el("caption", {cls("visually-hidden")}, "Actions by risk, in the order of priority");
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view label :
             {"No.", "Action", "Control", "Responsible", "Resources", "Begin", "Due", "Cost", "Waits for", "Status"})
          h.el("th", {at("scope", "col")}, label);
      });
    });
    // A risk and its actions stay on one page.
    for (const TreatmentCase& item : view.cases) {
      h.el("tbody", {cls("keep")}, [&] { write_case_group(h, item, names, letterhead, view.today); });
    }
  });
}

void write_approvals(HtmlWriter& h, const TreatmentView& view, const TreatmentNames& names,
                     const Letterhead& letterhead) {
  h.el("h2", "Approvals of the risk owners");
  h.el("table", [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        for (std::string_view label : {"Risk", "Score today", "Approved by", "On", "State"})
          h.el("th", {at("scope", "col")}, label);
      });
    });
    h.el("tbody", [&] {
      for (const TreatmentCase& item : view.cases) {
        for (const TreatmentApproval& approval : item.approval.given) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row")}, fmt::format("{} {}", item.risk.id, item.risk.title));
            h.el("td", score_words(item.risk.residual_score));
            h.el("td", names.person(approval.person.id));
            h.el("td", {cls("text-nowrap")}, letterhead.day(approval.approved_on.iso()));
            h.el("td", approval_words(item.approval.state));
          });
        }
        if (!item.approval.given.empty() || item.approval.state == ApprovalState::not_needed) continue;
        h.el("tr", [&] {
          h.el("th", {at("scope", "row")}, fmt::format("{} {}", item.risk.id, item.risk.title));
          h.el("td", score_words(item.risk.residual_score));
          h.el("td", {at("colspan", 3), cls("warn")}, "Not approved yet");
        });
      }
    });
  });
}

}  // namespace

Paper plan_paper(const TreatmentView& view, const Letterhead& letterhead, std::string_view state, bool draft) {
  std::size_t above = 0, actions = 0;
  double cost = 0;
  for (const TreatmentCase& item : view.cases) {
    above += item.above;
    actions += item.actions.size();
    cost += item.cost();
  }
  Paper paper{.title = "Risk treatment plan",
              .edition = plan_words(*view.plan),
              .state = std::string(state),
              .draft = draft,
              .classification = {},
              .landscape = true,
              .facts = {}};
  paper.facts = {{"Requirement", "ISO/IEC 27001:2022, clauses 6.1.3 e and f, 8.3"},
                 {"As of", letterhead.day(view.today.iso())},
                 {"Risks", view.threshold ? fmt::format("{}, of which {} above the acceptance threshold of {}",
                                                        view.cases.size(), above, decimal(*view.threshold, 2))
                                          : std::to_string(view.cases.size())},
                 {"Actions", fmt::format("{}, planned cost {}", actions, money(cost))}};
  if (view.plan->escalation_score)
    paper.facts.emplace_back("Escalation", fmt::format("Above a score of {} the owner's superior approves as well",
                                                       decimal(*view.plan->escalation_score, 2)));
  if (view.plan->last_progress_review_on)
    paper.facts.emplace_back("Progress reviewed", letterhead.day(view.plan->last_progress_review_on->iso()));
  return paper;
}

PaperBody plan_body(const TreatmentView& view, const TreatmentNames& names, const Letterhead& letterhead) {
  return [&](HtmlWriter& h) {
    write_plan_table(h, view, names, letterhead);
    if (const std::vector<GanttBar> bars = gantt_bars(view, names, false); !bars.empty()) {
      h.el("h2", {cls("break-before")}, "The work in time");
      gantt(h, "Treatment actions in time", bars, view.today);
      h.el("p", critical_words(view, [&](std::string_view day) { return letterhead.day(day); }));
    }
    if (!view.costs.empty()) {
      h.el("h2", "Cost by responsible person and quarter");
      cost_table(h, view, names, "");
    }
    write_approvals(h, view, names, letterhead);
  };
}

std::string plan_content(const TreatmentView& view) {
  boost::json::array risks;
  for (const TreatmentCase& item : view.cases) {
    boost::json::array actions;
    for (const TreatmentAction& action : item.actions) {
      actions.push_back({{"id", action.id},
                         {"description", action.description},
                         {"due_on", action.due_on ? action.due_on->iso() : ""},
                         {"status", choices_of<TreatmentActionStatus>[static_cast<std::size_t>(action.status)].name}});
    }
    risks.push_back({{"id", item.risk.id},
                     {"title", item.risk.title},
                     {"approved_state", item.approval.text},
                     {"actions", std::move(actions)}});
  }
  return boost::json::serialize(
      boost::json::object{{"plan", view.plan->id}, {"version", view.plan->version}, {"risks", std::move(risks)}});
}

Result<void> write_plan_sheets(XlsxWriter& writer, const TreatmentView& view, const TreatmentNames& names) {
  using K = ColumnKind;
  CHECK(writer.sheet("Actions", {{"Priority", 0, K::number},
                                 {"Risk"},
                                 {"Title of the risk", 40},
                                 {"Risk owner", 22},
                                 {"Score", 0, K::number},
                                 {"Target", 0, K::number},
                                 {"Decision", 18},
                                 {"Approval", 16},
                                 {"Action"},
                                 {"What", 48},
                                 {"Control", 26},
                                 {"Responsible", 22},
                                 {"Resources", 30},
                                 {"Begin", 0, K::date},
                                 {"Due", 0, K::date},
                                 {"Cost", 0, K::number},
                                 {"Waits for", 16},
                                 {"Status", 14},
                                 {"Missing", 50}}));
  auto number = [](const auto& value) { return value ? XlsxCell(static_cast<double>(*value)) : XlsxCell(); };
  auto day = [](const std::optional<Date>& value) { return value ? XlsxCell(*value) : XlsxCell(); };
  for (const TreatmentCase& item : view.cases) {
    const Risk& risk = item.risk;
    const std::string owner = risk.owner ? names.person(risk.owner->id) : std::string(),
                      decision = decision_words(risk), missing = join(item.missing, " ");
    std::vector<XlsxCell> head{number(risk.priority),        std::string_view(risk.id),
                               std::string_view(risk.title), std::string_view(owner),
                               number(risk.residual_score),  number(risk.target_score),
                               std::string_view(decision),   approval_words(item.approval.state)};
    auto row = [&](const TreatmentAction* action) -> Result<void> {
      std::vector<XlsxCell> cells = head;
      const std::string control = action && action->control ? names.control(action->control->id) : std::string();
      const std::string responsible = action ? person_of(action->owner, names) : std::string(),
                        before = action ? waits_for(*action) : std::string();
      if (action) {
        std::ranges::copy(
            std::initializer_list<XlsxCell>{
                std::string_view(action->id), std::string_view(action->description), std::string_view(control),
                std::string_view(responsible),
                action->resources ? XlsxCell(std::string_view(*action->resources)) : XlsxCell(), day(action->start_on),
                day(action->due_on), number(action->cost), std::string_view(before), status_label(*action)},
            std::back_inserter(cells));
      } else {
        cells.resize(18);
      }
      cells.emplace_back(std::string_view(missing));
      return writer.row(cells);
    };
    for (const TreatmentAction& action : item.actions) CHECK(row(&action));
    if (item.actions.empty()) CHECK(row(nullptr));
  }
  CHECK(writer.sheet("Costs", {{"Responsible", 26}, {"Quarter", 14}, {"Cost", 0, K::number}}));
  for (const CostRow& cost : view.costs) {
    const std::string name = cost.owner.empty() ? std::string("Nobody") : names.person(cost.owner);
    for (const auto& [quarter, amount] : cost.quarters)
      CHECK(writer.row(std::vector<XlsxCell>{std::string_view(name), std::string_view(quarter), amount}));
  }
  CHECK(writer.sheet("Approvals", {{"Risk"}, {"Approved by", 26}, {"Approved on", 0, K::date}, {"State", 18}}));
  for (const TreatmentCase& item : view.cases) {
    for (const TreatmentApproval& approval : item.approval.given) {
      const std::string name = names.person(approval.person.id);
      CHECK(writer.row(std::vector<XlsxCell>{std::string_view(item.risk.id), std::string_view(name),
                                             approval.approved_on, approval_words(item.approval.state)}));
    }
  }
  return {};
}

}  // namespace assay
