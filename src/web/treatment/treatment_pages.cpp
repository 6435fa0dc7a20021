// The workbench of the treatment plan: risks by priority with decision, actions, approval and what is missing; the work
// in time; what it costs.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/organisation/person.h"
#include "isms/risk/risk_guards.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/paper/paper.h"
#include "web/treatment/treatment_parts.h"
#include "workflows/treatment/approve_plan.h"

namespace assay {
namespace {

struct Shown {
  std::string owner, which;  // filters: an id; "", "missing", "late", "approval"
};

bool is_shown(const TreatmentCase& item, const Shown& shown, Date today) {
  const bool owned = shown.owner.empty() || (item.risk.owner && item.risk.owner->id == shown.owner) ||
                     std::ranges::any_of(item.actions, [&](const TreatmentAction& action) {
                       return action.owner && action.owner->id == shown.owner;
                     });
  if (!owned) return false;
  if (shown.which == "missing") return !item.missing.empty();
  if (shown.which == "late")
    return std::ranges::any_of(item.actions, [&](const TreatmentAction& action) { return is_late(action, today); });
  if (shown.which == "approval")
    return item.approval.state == ApprovalState::wanting || item.approval.state == ApprovalState::fallen;
  return true;
}

void link_button(HtmlWriter& h, const std::string& url, std::string_view icon_name, std::string_view label,
                 bool first = false) {
  h.el("a", {cls("btn"), cls_if(first, "btn-primary"), at("href", url)}, [&] {
    h.add(icon(icon_name));
    h.text(label);
  });
}

Html plan_actions(const Visit& visit, const TreatmentView& view) {
  HtmlWriter h(1024);
  if (view.plan) {
    link_button(h, plan_url(view.plan->id, "document"), "file-text", "Document");
    link_button(h, plan_url(view.plan->id, "xlsx"), "file-type-xls", "XLSX");
  }
  const bool has_draft =
      std::ranges::any_of(view.plans, [](const RiskTreatmentPlan& plan) { return plan.status == PlanStatus::draft; });
  if (view.plan && !has_draft && visit.may(Action::create, RiskTreatmentPlan::def())) {
    h.el("form", {at("method", "post"), at("action", "/treatment/plans")}, [&] {
      hidden_csrf(h, visit);
      h.el("button", {cls("btn"), at("type", "submit")}, "Begin a new version");
    });
  }
  return h.take();
}

void write_plan_line(HtmlWriter& h, const TreatmentView& view) {
  const RiskTreatmentPlan& plan = *view.plan;
  h.el("div", {cls("bench-line mb-3")}, [&] {
    h.el("a", {cls("fw-medium"), at("href", record_url(RiskTreatmentPlan::def(), plan.id))}, plan_words(plan));
    state_badge(h, RiskTreatmentPlan::def(), choices_of<PlanStatus>[static_cast<std::size_t>(plan.status)].name,
                plan_state(plan));
    if (plan.last_progress_review_on)
      h.el("span", {cls("text-secondary")},
           fmt::format("Progress reviewed on {}", plan.last_progress_review_on->iso()));
    if (plan.escalation_score)
      h.el("span", {cls("text-secondary")},
           fmt::format("Above score {} the superior approves as well", decimal(*plan.escalation_score, 2)));
    for (const RiskTreatmentPlan& other : view.plans) {
      if (other.id == plan.id || other.status == PlanStatus::superseded) continue;
      h.el("a", {at("href", treatment_url(other.id))},
           fmt::format("{} ({})", plan_words(other), lower(plan_state(other))));
    }
    if (plan.status == PlanStatus::draft)
      h.el("a", {cls("btn btn-sm btn-primary"), at("href", plan_url(plan.id, "approve"))}, "Approve and issue");
  });
}

void write_numbers(HtmlWriter& h, const TreatmentView& view) {
  std::size_t above = 0, open = 0, late = 0, unapproved = 0;
  double cost = 0;
  for (const TreatmentCase& item : view.cases) {
    above += item.above;
    unapproved += item.approval.state == ApprovalState::wanting || item.approval.state == ApprovalState::fallen;
    cost += item.cost();
    for (const TreatmentAction& action : item.actions) {
      open += risk_action_is_open(action);
      late += is_late(action, view.today);
    }
  }
  auto number = [&](std::string_view label, const std::string& value, std::string_view which) {
    h.el("div", [&] {
      h.el("dt", label);
      h.el("dd", [&] {
        if (which.empty()) h.text(value);
        else
          h.el("a", {at("href", fmt::format("/treatment?plan={}&show={}", encode_url(view.plan->id), which))}, value);
      });
    });
  };
  h.el("dl", {cls("bench-numbers mb-3")}, [&] {
    number("Risks", std::to_string(view.cases.size()), {});
    number(view.threshold ? fmt::format("Above the threshold of {}", decimal(*view.threshold, 2))
                          : std::string("Above the threshold"),
           std::to_string(above), {});
    number("Open actions", std::to_string(open), {});
    number("Late", std::to_string(late), "late");
    number("To be approved", std::to_string(unapproved), "approval");
    number("Cost", money(cost), {});
    number("Can end", view.schedule.earliest_end ? view.schedule.earliest_end->iso() : std::string("–"), {});
  });
}

void write_filter(HtmlWriter& h, const TreatmentView& view, const TreatmentNames& names, const Shown& shown) {
  std::map<std::string, Id> owners;
  for (const TreatmentCase& item : view.cases) {
    if (item.risk.owner) owners.emplace(names.person(item.risk.owner->id), item.risk.owner->id);
    for (const TreatmentAction& action : item.actions) {
      if (action.owner) owners.emplace(names.person(action.owner->id), action.owner->id);
    }
  }
  constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {"", "All"}, {"missing", "Something is missing"}, {"late", "Late"}, {"approval", "To be approved"}};
  h.el("form", {cls("filter-form mb-3 no-print"), at("method", "get"), at("action", "/treatment")}, [&] {
    h.leaf("input", {at("type", "hidden"), at("name", "plan"), at("value", view.plan->id)});
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "Owner or responsible");
      h.el("select", {cls("form-select"), at("name", "owner")}, [&] {
        h.el("option", {at("value", "")}, "Everybody");
        for (const auto& [name, id] : owners)
          h.el("option", {at("value", id), flag("selected", id == shown.owner)}, name);
      });
    });
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "Show");
      h.el("select", {cls("form-select"), at("name", "show")}, [&] {
        for (const auto& [name, label] : kinds)
          h.el("option", {at("value", name), flag("selected", name == shown.which)}, label);
      });
    });
    h.el("button", {cls("btn"), at("type", "submit")}, "Show");
  });
}

void write_case_row(HtmlWriter& h, const TreatmentView& view, const TreatmentCase& item, const TreatmentNames& names) {
  const Risk& risk = item.risk;
  const std::string url = treatment_case_url(
      risk.id, view.plan->status == PlanStatus::effective ? std::string_view() : std::string_view(view.plan->id));
  std::size_t done = 0, late = 0;
  for (const TreatmentAction& action : item.actions) {
    done += action.status == TreatmentActionStatus::done;
    late += is_late(action, view.today);
  }
  h.el("tr", [&] {
    h.el("td", {cls("numeric"), at("data-label", "Priority")},
         risk.priority ? std::to_string(*risk.priority) : std::string("–"));
    h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
      h.el("a", {cls("row-title"), at("href", url)}, risk.title);
      h.el("div", {cls("text-secondary small")},
           fmt::format("{} · {}", risk.id, risk.owner ? names.person(risk.owner->id) : std::string("no owner")));
    });
    h.el("td", {cls("numeric text-nowrap"), at("data-label", "Score")}, [&] {
      h.el("span", {cls(item.above ? "text-red fw-medium" : "")}, score_words(risk.residual_score));
      h.text(fmt::format(" → {}", score_words(risk.target_score)));
      if (item.above) h.el("span", {cls("visually-hidden")}, " (above the threshold)");
    });
    h.el("td", {at("data-label", "Decision")}, decision_words(risk));
    h.el("td", {at("data-label", "Actions")}, [&] {
      h.text(item.actions.empty() ? std::string("none") : fmt::format("{} of {} done", done, item.actions.size()));
      if (late > 0) h.el("span", {cls("badge bg-red-lt ms-1")}, fmt::format("{} late", late));
    });
    h.el("td", {at("data-label", "Approval")}, [&] { approval_badge(h, item.approval.state); });
    h.el("td", {at("data-label", "Missing")}, [&] {
      if (item.missing.empty()) return h.el("span", {cls("text-secondary")}, "Nothing");
      h.el("ul", {cls("bench-missing")}, [&] {
        constexpr std::size_t most = 3;
        for (std::size_t i = 0; i < item.missing.size() && i < most; ++i) h.el("li", item.missing[i]);
        if (item.missing.size() > most)
          h.el("li", [&] { h.el("a", {at("href", url)}, fmt::format("{} more", item.missing.size() - most)); });
      });
    });
  });
}

void write_cases(HtmlWriter& h, const TreatmentView& view, const TreatmentNames& names, const Shown& shown) {
  constexpr std::size_t most = 200;
  std::vector<const TreatmentCase*> items;
  for (const TreatmentCase& item : view.cases) {
    if (is_shown(item, shown, view.today)) items.push_back(&item);
  }
  section(h, "risks", "Risks by priority", {}, [&] {
    if (items.empty()) return h.el("p", {cls("card-body text-secondary mb-0")}, "No risk fits this choice.");
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Risks of the plan by priority");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label :
                 {"Priority", "Risk", "Score → target", "Decision", "Actions", "Approval", "Missing"})
              h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (std::size_t i = 0; i < items.size() && i < most; ++i) write_case_row(h, view, *items[i], names);
        });
      });
    });
    if (items.size() > most)
      h.el("p", {cls("card-footer mb-0 text-secondary")},
           fmt::format("The first {} of {} are shown: choose an owner to see the others.", most, items.size()));
  });
}

void write_time_and_cost(HtmlWriter& h, const TreatmentView& view, const TreatmentNames& names) {
  const std::vector<GanttBar> bars = gantt_bars(view, names, true);
  if (!bars.empty()) {
    section(h, "time", "The work in time", {}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        gantt(h, "Treatment actions in time", bars, view.today);
        std::string words = critical_words(view, [](std::string_view day) { return std::string(day); });
        if (!words.empty()) h.el("p", {cls("mt-2 mb-0")}, words);
      });
    });
  }
  section(h, "cost", "Cost by responsible person and quarter", {}, [&] {
    if (view.costs.empty())
      return h.el(
          "p", {cls("card-body text-secondary mb-0")},
          "No action has an estimate yet. Give each one its cost, in your own currency, to see when money is needed.");
    h.el("div", {cls("table-responsive")},
         [&] { cost_table(h, view, names, "table table-sm card-table table-stack"); });
    if (view.unpriced > 0)
      h.el("p", {cls("card-footer mb-0 text-secondary")},
           fmt::format("{} open {} no estimate.", view.unpriced, view.unpriced == 1 ? "action has" : "actions have"));
  });
}

void write_no_plan(HtmlWriter& h, const Visit& visit) {
  HtmlWriter actions(512);
  if (visit.may(Action::create, RiskTreatmentPlan::def())) {
    actions.el("form", {at("method", "post"), at("action", "/treatment/plans")}, [&] {
      hidden_csrf(actions, visit);
      actions.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Begin the plan");
    });
  }
  empty_state(h, "target-arrow", "There is no treatment plan yet",
              "Clause 6.1.3 e asks for a plan that says how each risk above the acceptance threshold is treated: which "
              "action, with which control, by whom, until when, with "
              "what. Example: \"Enforce a second factor for all administrator accounts; head of IT, due 31 March, five "
              "person-days.\" The owners of the risks approve it.",
              actions.take());
}

}  // namespace

Response treatment_page(Visit& visit) {
  auto view = treatment_view(visit.tenant.registers, visit.principal, visit.request.query_value("plan"));
  if (!view) return error_page(visit, view.error());
  Shown shown{std::string(visit.request.query_value("owner")), std::string(visit.request.query_value("show"))};
  Frame frame{.title = "Risk treatment plan",
              .active = "risk/treatment",
              .kicker = "Clauses 6.1.3 e and 8.3",
              .actions = plan_actions(visit, *view),
              .live = "data"};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (!view->plan) return write_no_plan(h, visit);
    TreatmentNames names(visit, *view);
    write_plan_line(h, *view);
    if (view->cases.empty()) {
      HtmlWriter actions(256);
      actions.el("a", {cls("btn"), at("href", "/r/risk")}, "Risks");
      return empty_state(
          h, "target-arrow", "No risk waits for treatment",
          "Risks above the acceptance threshold, and those whose treatment is decided, stand here by priority.",
          actions.take());
    }
    write_numbers(h, *view);
    write_filter(h, *view, names, shown);
    write_cases(h, *view, names, shown);
    write_time_and_cost(h, *view, names);
  });
}

Response begin_plan_page(Visit& visit) {
  auto plan = begin_plan(visit.tenant.registers, visit.principal);
  if (!plan) return error_page(visit, plan.error());
  return done(visit, treatment_url(plan->id),
              "The new version is a draft until the risk owners and then top management approve it.");
}

std::vector<PageRoute> treatment_pages() {
  return {
      kept({"GET", "/treatment", treatment_page}),
      {"POST", "/treatment/plans", begin_plan_page},
      {"GET", "/treatment/risks/{id}", treatment_case_page},
      {"POST", "/treatment/risks/{id}/decide", decide_case},
      {"POST", "/treatment/risks/{id}/actions", add_case_actions},
      {"POST", "/treatment/risks/{id}/approve", approve_case},
      {"GET", "/treatment/plans/{id}/document", plan_document_page},
      {"GET", "/treatment/plans/{id}/pdf", pdf_of(plan_pdf)},
      {"GET", "/treatment/plans/{id}/xlsx", plan_xlsx},
      {"GET", "/treatment/plans/{id}/approve", approve_plan_page},
      {"POST", "/treatment/plans/{id}/approve", approve_plan},
      {"POST", "/treatment/plans/{id}/issue", issue_plan},
  };
}

}  // namespace assay
