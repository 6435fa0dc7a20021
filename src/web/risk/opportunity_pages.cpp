// Opportunities (6.1.1): found from issues and ideas, weighed by benefit and effort, acted on, and looked at
// afterwards.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "isms/audit/improvement_item.h"
#include "isms/organisation/context_issue.h"
#include "isms/record_checks.h"
#include "web/assets.h"
#include "web/risk/risk_view.h"
#include "workflows/records.h"

namespace assay {
namespace {

constexpr std::int64_t levels = 5;

// Where an opportunity is on its way; each asks for one thing next.
enum class Stage { found, weighed, adopted, done, evaluated, rejected };

Stage stage_of(const ImprovementItem& item) {
  if (item.decision == ImprovementItemDecision::reject) return Stage::rejected;
  if (checks::given(item.implemented_on)) return checks::given(item.evaluation) ? Stage::evaluated : Stage::done;
  if (item.decision == ImprovementItemDecision::adopt) return Stage::adopted;
  return item.benefit && item.effort ? Stage::weighed : Stage::found;
}

struct StageText {
  std::string_view id, label, next, step;  // `step`: of the lifecycle; empty: the form
};
constexpr std::array<StageText, 6> stages{{
    {"found", "Found", "Weigh benefit and effort", ""},
    {"weighed", "Weighed", "Decide", "adopt"},
    {"adopted", "Adopted", "Mark as implemented", "implement"},
    {"done", "Implemented", "Say what it brought", ""},
    {"evaluated", "Evaluated", "", ""},
    {"rejected", "Rejected", "", ""},
}};

void write_item(HtmlWriter& h, const Visit& visit, const ImprovementItem& item, const StageText& stage,
                const TitleBook& titles, Date today) {
  const EntityDef& def = ImprovementItem::def();
  const EntityDef& issues = ContextIssue::def();
  h.el("tr", [&] {
    h.el("th", {at("scope", "row"), cls("fw-normal")},
         [&] { h.el("a", {at("href", record_url(def, item.id))}, shorten(item.text, 140)); });
    h.el("td", {at("data-label", "Found through")}, [&] {
      if (const std::string& issue = checks::id_of(item.context_issue); !issue.empty()) titles.link(h, issues, issue);
      else h.text(choices_of<ImprovementItemSource>[static_cast<std::size_t>(item.source)].label);
    });
    h.el("td", {at("data-label", "Benefit / effort"), cls("numeric text-nowrap")},
         item.benefit && item.effort ? fmt::format("{} / {}", *item.benefit, *item.effort) : std::string("–"));
    h.el("td", {at("data-label", "Owner")}, [&] {
      if (const std::string& owner = checks::id_of(item.owner); !owner.empty())
        titles.link(h, def.find("owner")->target(), owner);
    });
    h.el("td", {at("data-label", "Due"), cls("numeric text-nowrap")}, [&] {
      if (!checks::given(item.due_on)) return;
      h.text(item.due_on->iso());
      if (*item.due_on < today && !checks::given(item.implemented_on)) {
        h.text(" ");
        h.el("span", {cls("badge bg-red-lt")}, "Overdue");
      }
    });
    h.el("td", {cls("text-end")}, [&] {
      Record record = encode(item);
      if (stage.next.empty() || !visit.may(stage.step.empty() ? Action::change : Action::step, def, &record)) return;
      std::string url =
          record_url(def, item.id) + (stage.step.empty() ? std::string("/edit") : fmt::format("/step/{}", stage.step));
      h.el("a",
           {cls("btn btn-sm"), at("href", url),
            at("aria-label", fmt::format("{}: {}", stage.next, shorten(item.text, 60)))},
           stage.next);
    });
  });
}

// Much benefit for little effort lies at the top left.
Heatmap value_map(const std::vector<ImprovementItem>& items) {
  Heatmap map{.label = "Open opportunities by benefit and effort",
              .row_label = "Benefit",
              .column_label = "Effort",
              .rows = {},
              .columns = {},
              .cells = {}};
  for (std::int64_t level = 1; level <= levels; ++level) {
    map.rows.push_back(std::to_string(level));
    map.columns.push_back(std::to_string(level));
  }
  for (std::int64_t benefit = 1; benefit <= levels; ++benefit) {
    for (std::int64_t effort = 1; effort <= levels; ++effort) {
      auto here = [&](const ImprovementItem& item) {
        return item.benefit == benefit && item.effort == effort && stage_of(item) <= Stage::adopted;
      };
      HeatCell cell{.count = static_cast<std::size_t>(std::ranges::count_if(items, here))};
      cell.tone = benefit - effort >= 2 ? "good" : benefit >= effort ? "fair" : "none";
      cell.words = fmt::format("{} with benefit {} and effort {}", cell.count, benefit, effort);
      if (cell.count > 0)
        cell.url = fmt::format("{}?benefit={}&effort={}&decision.not=reject", list_url(ImprovementItem::def()), benefit,
                               effort);
      map.cells.push_back(std::move(cell));
    }
  }
  return map;
}

// Issues that matter and that nobody drew a risk or an opportunity from (6.1.1).
void write_unused_issues(HtmlWriter& h, const Visit& visit, const std::vector<ContextIssue>& issues,
                         const std::vector<ImprovementItem>& items) {
  std::vector<const ContextIssue*> unused;
  for (const ContextIssue& issue : issues) {
    bool used = !issue.linked_risks.empty() || std::ranges::any_of(items, [&](const ImprovementItem& item) {
      return checks::id_of(item.context_issue) == issue.id;
    });
    if (issue.relevant && !used) unused.push_back(&issue);
  }
  if (unused.empty()) return;
  section(h, "issues", fmt::format("Issues without a risk or an opportunity: {}", unused.size()), {}, [&] {
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (const ContextIssue* issue : unused) {
        h.el("li", {cls("list-group-item d-flex gap-2 align-items-start")}, [&] {
          h.el("div", {cls("flex-fill sentence")}, [&] {
            h.el("a", {at("href", record_url(ContextIssue::def(), issue->id))}, issue->id);
            h.text(" " + shorten(issue->description, 200));
          });
          if (visit.may(Action::create, ImprovementItem::def())) {
            std::string url = fmt::format("{}?source=suggestion&context_issue={}", new_url(ImprovementItem::def()),
                                          encode_url(issue->id));
            h.el("a", {cls("btn btn-sm"), at("href", url), at("aria-label", "Opportunity from " + issue->id)},
                 "Opportunity");
          }
        });
      }
    });
  });
}

}  // namespace

Response opportunities_page(Visit& visit) {
  auto items = all_of<ImprovementItem>(visit.tenant.registers, visit.principal);
  if (!items) return error_page(visit, items.error());
  auto issues = all_of<ContextIssue>(visit.tenant.registers, visit.principal);
  TitleBook titles(visit);
  for (const ImprovementItem& item : *items) {
    titles.want(ContextIssue::def(), checks::id_of(item.context_issue));
    titles.want(ImprovementItem::def().find("owner")->target(), checks::id_of(item.owner));
  }
  titles.read();
  Frame frame = risk_frame("Opportunities", "Clause 6.1.1");
  HtmlWriter actions(256);
  if (visit.may(Action::create, ImprovementItem::def()))
    actions.el("a", {cls("btn btn-primary"), at("href", new_url(ImprovementItem::def()) + "?source=suggestion")},
               "Enter an opportunity");
  frame.actions = actions.take();
  frame.live = "data";
  Date today = visit.tenant.workspace->clock().today();
  return page(visit, frame, [&](HtmlWriter& h) {
    risk_tabs(h, visit, "/risks/opportunities");
    if (issues) write_unused_issues(h, visit, *issues, *items);
    if (items->empty()) {
      return empty_state(h, "bulb", "No opportunity has been entered yet",
                         "Clause 6.1.1 asks for risks and opportunities of the management system, for actions on both, "
                         "and whether they worked. Look through the issues of clause 4.1: which of "
                         "them could be turned to use? Example: customers ask for proof of security; a public trust "
                         "page would shorten their questionnaires.",
                         {});
    }
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-4 order-lg-2")}, [&] {
        section(h, "value", "Benefit and effort", {}, [&] {
          h.el("div", {cls("card-body heat-body")}, [&] {
            heatmap(h, value_map(*items));
            h.el("p", {cls("text-secondary mb-0")}, "Open ones. Much benefit for little effort lies at the top left.");
          });
        });
      });
      h.el("div", {cls("col-lg-8 order-lg-1")}, [&] {
        for (std::size_t i = 0; i < stages.size(); ++i) {
          std::vector<const ImprovementItem*> here;
          for (const ImprovementItem& item : *items) {
            if (stage_of(item) == static_cast<Stage>(i)) here.push_back(&item);
          }
          if (here.empty()) continue;
          std::ranges::stable_sort(here, std::ranges::greater(), [](const ImprovementItem* item) {
            return item->benefit.value_or(0) - item->effort.value_or(0);
          });
          section(h, stages[i].id, fmt::format("{}: {}", stages[i].label, here.size()), {}, [&] {
            h.el("div", {cls("table-responsive")}, [&] {
              h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
                h.el("caption", {cls("visually-hidden")},
                     fmt::format("Opportunities: {}", in_sentence(stages[i].label)));
                h.el("thead", [&] {
                  h.el("tr", [&] {
                    for (std::string_view label : {"Opportunity", "Found through", "Benefit / effort", "Owner", "Due"})
                      h.el("th", {at("scope", "col")}, label);
                    h.el("th", {at("scope", "col")}, [&] { h.el("span", {cls("visually-hidden")}, "Next"); });
                  });
                });
                h.el("tbody", [&] {
                  for (const ImprovementItem* item : here) write_item(h, visit, *item, stages[i], titles, today);
                });
              });
            });
          });
        }
      });
    });
  });
}

}  // namespace assay
