#include "web/treatment/treatment_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/organisation/person.h"
#include "isms/risk/treatment_gaps.h"

namespace assay {

std::string treatment_url(std::string_view plan) {
  return plan.empty() ? std::string("/treatment") : "/treatment?plan=" + encode_url(plan);
}
std::string treatment_case_url(std::string_view risk, std::string_view plan, std::string_view what) {
  return fmt::format("/treatment/risks/{}{}{}{}{}", encode_url(risk), what.empty() ? "" : "/", what,
                     plan.empty() ? "" : "?plan=", encode_url(plan));
}
std::string plan_url(std::string_view plan, std::string_view what) {
  return fmt::format("/treatment/plans/{}/{}", encode_url(plan), what);
}

std::string plan_words(const RiskTreatmentPlan& plan) { return fmt::format("Version {}", plan.version); }
std::string_view plan_state(const RiskTreatmentPlan& plan) {
  return choices_of<PlanStatus>[static_cast<std::size_t>(plan.status)].label;
}

std::string decision_words(const Risk& risk) {
  if (!risk.treatment) return "Not decided";
  const std::string_view name = choices_of<RiskTreatment>[static_cast<std::size_t>(*risk.treatment)].label;
  return std::string(name);
}

std::string_view approval_words(ApprovalState state) {
  switch (state) {
    case ApprovalState::not_needed: return "Nothing to approve";
    case ApprovalState::wanting: return "Approval wanting";
    case ApprovalState::fallen: return "Out of date";
    case ApprovalState::stands: return "Approved";
  }
  return {};
}

void approval_badge(HtmlWriter& h, ApprovalState state) {
  if (state == ApprovalState::not_needed) return h.el("span", {cls("text-secondary")}, "–");
  std::string_view look = state == ApprovalState::stands   ? "bg-green-lt"
                          : state == ApprovalState::fallen ? "bg-red-lt"
                                                           : "bg-yellow-lt";
  h.el("span", {cls("badge"), cls(look)}, approval_words(state));
}

TreatmentNames::TreatmentNames(const Visit& visit, const TreatmentView& view)
    : book(visit), people(Person::def()), controls(Control::def()) {
  auto want = [&](const EntityDef& def, std::string_view id) {
    if (!id.empty()) book.want(def, id);
  };
  for (const TreatmentCase& item : view.cases) {
    if (item.risk.owner) want(people, item.risk.owner->id);
    for (const Id& id : item.approval.wanted) want(people, id);
    for (const TreatmentApproval& approval : item.approval.given) want(people, approval.person.id);
    for (const TreatmentAction& action : item.actions) {
      if (action.owner) want(people, action.owner->id);
      if (action.control) want(controls, action.control->id);
    }
  }
  if (view.plan) {
    for (const TreatmentApproval& approval : view.plan->approvals) want(people, approval.person.id);
  }
  book.read();
}

std::string TreatmentNames::person(std::string_view id) const {
  return id.empty() ? std::string() : book.title(people, id);
}
std::string TreatmentNames::control(std::string_view id) const {
  return id.empty() ? std::string() : book.title(controls, id);
}

std::vector<GanttBar> gantt_bars(const TreatmentView& view, const TreatmentNames& names, bool linked) {
  std::vector<GanttBar> bars;
  std::map<Id, std::size_t> positions;
  std::vector<const TreatmentAction*> drawn;
  const std::vector<TreatmentAction> actions = view.actions();
  for (const TreatmentAction& action : actions) {
    if (!action.due_on) continue;
    const bool done = action.status == TreatmentActionStatus::done;
    const Date to = done && action.completed_on ? *action.completed_on : *action.due_on;
    const Date from = std::min(action.start_on.value_or(to), to);
    const std::set<Id> critical(view.schedule.critical_path.begin(), view.schedule.critical_path.end());
    GanttBar bar{fmt::format("{} {}", action.id, action.description), {}, from, to, "planned", {}, {}};
    if (done) bar.tone = "done";
    else if (is_late(action, view.today)) bar.tone = "late";
    else if (action.status == TreatmentActionStatus::in_progress) bar.tone = "running";
    if (linked) bar.url = record_url(TreatmentAction::def(), action.id);
    bar.note = action.owner ? names.person(action.owner->id) : std::string("Nobody is responsible");
    if (critical.contains(action.id)) bar.note += ". On the critical path";
    positions.emplace(action.id, bars.size());
    drawn.push_back(&action);
    bars.push_back(std::move(bar));
  }
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    for (const auto& ref : drawn[i]->depends_on) {
      if (auto found = positions.find(ref.id); found != positions.end()) bars[i].after.push_back(found->second);
    }
  }
  return bars;
}

std::string critical_words(const TreatmentView& view, const std::function<std::string(std::string_view)>& day) {
  const TreatmentSchedule& schedule = view.schedule;
  if (!schedule.circle.empty())
    return fmt::format("The actions wait for each other in a circle: {}.", join(schedule.circle, " waits for "));
  if (!schedule.earliest_end) return {};
  std::string words = fmt::format("Critical path: {}. The work can end on {} at the earliest",
                                  join(schedule.critical_path, ", then "), day(schedule.earliest_end->iso()));
  const std::int64_t late = schedule.planned_end ? days_between(*schedule.planned_end, *schedule.earliest_end) : 0;
  words += late > 0 ? fmt::format(", {} days after the last deadline of {}.", late, day(schedule.planned_end->iso()))
                    : fmt::format("; the last deadline is {}.", day(schedule.planned_end->iso()));
  if (!schedule.undated.empty())
    words += fmt::format(" Without a deadline and left out: {}.", join(schedule.undated, ", "));
  return words;
}

void cost_table(HtmlWriter& h, const TreatmentView& view, const TreatmentNames& names, std::string_view look) {
  if (view.costs.empty()) return;
  std::map<std::string, double, std::less<>> sums;
  double total = 0;
  for (const CostRow& row : view.costs) {
    for (const auto& [quarter, amount] : row.quarters) sums[quarter] += amount;
    total += row.total;
  }
  h.el("table", {cls(look)}, [&] {
    h.el("caption", {cls("visually-hidden")}, "Planned costs by responsible person and quarter of the deadline");
    h.el("thead", [&] {
      h.el("tr", [&] {
        h.el("th", {at("scope", "col")}, "Responsible");
        for (const auto& [quarter, amount] : sums)
          h.el("th", {at("scope", "col"), cls("text-end")}, quarter.empty() ? std::string("No deadline") : quarter);
        h.el("th", {at("scope", "col"), cls("text-end")}, "Total");
      });
    });
    h.el("tbody", [&] {
      auto write = [&](const std::string& name, const std::map<std::string, double, std::less<>>& quarters, double sum,
                       std::string_view row_look) {
        h.el("tr", {cls(row_look)}, [&] {
          h.el("th", {at("scope", "row"), cls_if(row_look.empty(), "fw-normal")}, name);
          for (const auto& [quarter, ignored] : sums) {
            auto found = quarters.find(quarter);
            h.el("td",
                 {cls("text-end numeric"),
                  at("data-label", quarter.empty() ? std::string_view("No deadline") : std::string_view(quarter))},
                 found == quarters.end() ? std::string("–") : money(found->second));
          }
          h.el("td", {cls("text-end numeric"), at("data-label", "Total")}, money(sum));
        });
      };
      for (const CostRow& row : view.costs)
        write(row.owner.empty() ? std::string("Nobody") : names.person(row.owner), row.quarters, row.total, {});
      write("All", sums, total, "group fw-bold");
    });
  });
}

}  // namespace assay
