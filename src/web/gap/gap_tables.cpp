// The derived parts of a gap analysis, for pages and papers: tally, matrix, gap register, roadmap, estimate, typical
// gaps, changes.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/frameworks/gap_comparison.h"
#include "web/assets.h"
#include "web/charts/gantt.h"
#include "web/gap/gap_view.h"

namespace assay {
namespace {

constexpr std::string_view cell_classes[] = {"cell-good", "cell-fair", "cell-bad", ""};
constexpr std::string_view short_marks[] = {"✓", "◐", "✗", "–"};

std::string by_and_on(const GapDesk& desk, const GapItem& item) {
  std::string out = desk.person(item.assessor);
  if (item.assessed_on) out += (out.empty() ? "" : ", ") + item.assessed_on->iso();
  return out;
}

std::string keys_after(const Roadmap& roadmap, const RoadmapStep& step) {
  std::string out;
  for (std::size_t before : step.after) out += (out.empty() ? "" : ", ") + roadmap.steps[before].key;
  return out;
}

constexpr std::string_view gantt_label = "Roadmap: the steps below as bars over time";

// A picture is not broken over pages: on paper it comes in pieces that fit one each.
void write_gantt_pages(HtmlWriter& h, const std::vector<GanttBar>& bars, Date today) {
  constexpr std::size_t on_a_page = 22;
  for (std::size_t first = 0; first < bars.size(); first += on_a_page) {
    std::vector<GanttBar> piece(bars.begin() + static_cast<std::ptrdiff_t>(first),
                                bars.begin() + static_cast<std::ptrdiff_t>(std::min(bars.size(), first + on_a_page)));
    for (GanttBar& bar : piece) {
      std::erase_if(bar.after, [&](std::size_t before) { return before < first; });
      for (std::size_t& before : bar.after) before -= first;
    }
    h.el("div", {cls("keep")}, [&] { gantt(h, gantt_label, piece, today); });
  }
}

std::string group_heading(std::string_view group) { return fmt::format("{} {}", group, gap_group_label(group)); }

}  // namespace

void write_gap_tally(HtmlWriter& h, const GapDesk& desk, bool paper) {
  GapTable table(h, paper,
                 {"Part", "Questions", "Answered", "Met", "Partly met", "Not met", "Not applicable", "Conformity"});
  auto row = [&](std::string_view group, std::string_view label) {
    GapTally tally = gap_tally(desk.analysis.items, group);
    table.row([&] {
      h.el("th", {at("scope", "row"), cls(group.empty() ? "" : "fw-normal")}, label);
      std::size_t column = 1;
      for (std::size_t number :
           {tally.asked, tally.answered(), tally.conformant, tally.partial, tally.absent, tally.not_applicable})
        table.cell(column++, std::to_string(number), "text-end numeric");
      table.cell(column, percentage(tally.conformity()), "text-end numeric");
    });
  };
  table.write("Answers by chapter and theme", [&] {
    for (std::string_view group : gap_groups) row(group, group_heading(group));
    row({}, "All");
  });
}

void write_gap_matrix(HtmlWriter& h, const GapDesk& desk, GapItemDimension dimension, bool paper) {
  GapTable table(h, paper, {"Requirement", "Met", "Partly", "Not", "N/A", "Reasons and evidence", "Answered"});
  std::string group;
  table.write(dimension == GapItemDimension::clause ? "Conformance by clause" : "Coverage by control", [&] {
    for (const GapQuestion& question : desk.questions) {
      if (question.dimension != dimension) continue;
      if (group != question.group) table.group(group_heading(group = question.group));
      const GapItem* item = desk.analysis.find(question.key);
      table.row([&] {
        table.question(desk, question);
        for (std::size_t i = 0; i < 4; ++i) {
          bool here = item && static_cast<std::size_t>(item->result) == i;
          table.cell(
              1 + i,
              [&] {
                if (!here) return;
                h.el("span", {at("aria-hidden", "true")}, short_marks[i]);
                h.el("span", {cls("visually-hidden")}, label_of(item->result));
              },
              here ? fmt::format("text-center {}", cell_classes[i]) : std::string("text-center gap-blank"));
        }
        table.cell(5, [&] {
          if (!item) return h.el("span", {cls(paper ? "note" : "text-secondary")}, "Not answered");
          h.el("span", {cls("text-preline")}, item->rationale.value_or(""));
          if (!item->evidence.empty()) {
            std::string ids;
            for (const Ref<Evidence>& evidence : item->evidence) ids += (ids.empty() ? "" : ", ") + evidence.id;
            h.el("div", {cls(paper ? "note" : "text-secondary")}, "Evidence: " + ids);
          }
        });
        table.cell(6, item ? by_and_on(desk, *item) : std::string());
      });
    }
  });
}

void write_gap_register(HtmlWriter& h, const GapDesk& desk, GapItemDimension dimension, bool paper) {
  GapTable table(
      h, paper,
      {"Requirement", "Result", "Severity", "Complexity", "What is missing", "Step", "Responsible", "Target"});
  bool any = std::ranges::any_of(
      desk.analysis.items, [&](const GapItem& item) { return item.dimension == dimension && is_gap(item.result); });
  if (!any) return h.el("p", {cls(paper ? "note" : "card-body text-secondary mb-0")}, "No gap.");
  table.write(dimension == GapItemDimension::clause ? "Gaps in the clauses" : "Gaps in the controls", [&] {
    for (const GapQuestion& question : desk.questions) {
      const GapItem* item = desk.analysis.find(question.key);
      if (question.dimension != dimension || !item || !is_gap(item->result)) continue;
      table.row([&] {
        table.question(desk, question);
        table.cell(1, [&] { paper ? h.text(label_of(item->result)) : gap_result_badge(h, item->result); });
        table.cell(2, item->risk_severity ? label_of(*item->risk_severity) : "–");
        table.cell(3, item->complexity ? label_of(*item->complexity) : "–");
        table.cell(4, shorten(item->rationale.value_or(""), paper ? 900 : 240), "text-preline");
        table.cell(5, item->action.value_or("–"), "text-preline");
        table.cell(6, item->owner ? desk.person(item->owner) : std::string("–"));
        table.cell(7, item->target_on ? item->target_on->iso() : std::string("–"), "text-nowrap");
      });
    }
  });
}

void write_gap_roadmap(HtmlWriter& h, const GapDesk& desk, const Roadmap& roadmap, Date today, bool paper) {
  std::vector<GanttBar> bars;
  for (const RoadmapStep& step : roadmap.steps) {
    std::string label = step.key + " " + step.item->action.value_or(desk.question(step.key).title);
    std::string tone = step.to < today ? "late" : step.from <= today ? "running" : "planned";
    std::string note =
        fmt::format("{} person-days, severity {}", person_days(step.effort_days), lower(label_of(step.severity)));
    bars.push_back({std::move(label), paper ? std::string() : gap_question_url(desk.id(), step.key), step.from, step.to,
                    std::move(tone), std::move(note), step.after});
  }
  h.el("div", {cls_if(!paper, "card-body")},
       [&] { paper ? write_gantt_pages(h, bars, today) : gantt(h, gantt_label, bars, today); });
  GapTable table(
      h, paper,
      {"Rank", "Requirement", "Severity", "Complexity", "Step", "Waits for", "Effort", "Responsible", "From", "To"});
  table.write("Roadmap in the order of work", [&] {
    for (std::size_t i = 0; i < roadmap.steps.size(); ++i) {
      const RoadmapStep& step = roadmap.steps[i];
      table.row([&] {
        table.cell(0, std::to_string(i + 1), "text-end numeric");
        table.question(desk, desk.question(step.key));
        table.cell(2, severity_words(step));
        table.cell(3, step.item->complexity ? label_of(*step.item->complexity) : "Medium (not judged)");
        table.cell(4, step.item->action.value_or("–"), "text-preline");
        table.cell(5, keys_after(roadmap, step));
        table.cell(6, fmt::format("{} d{}", person_days(step.effort_days), step.assumed ? " (assumed)" : ""),
                   "text-nowrap");
        table.cell(7, step.item->owner ? desk.person(step.item->owner) : std::string("–"));
        table.cell(8, step.from.iso(), "text-nowrap");
        table.cell(
            9,
            [&] {
              h.text(step.to.iso());
              if (step.promised) h.el("div", {cls(paper ? "note" : "text-secondary")}, "set by a person");
              if (step.tight())
                h.el("div", {cls(paper ? "warn" : "text-danger")},
                     fmt::format("by capacity {}", step.by_capacity.iso()));
            },
            "text-nowrap");
      });
    }
  });
}

void write_gap_estimate(HtmlWriter& h, const GapDesk& desk, const GapEstimateView& view, bool paper) {
  const GapEstimate& estimate = view.estimate;
  const GapEstimateBasis& basis = view.facts.basis;
  std::string note = paper ? "note" : "text-secondary";
  h.el("h3", {cls_if(!paper, "gap-subhead")}, "What it rests on");
  GapTable facts(h, paper, {"Assumption", "Value", "From"});
  facts.write("Assumptions of the estimate", [&] {
    auto row = [&](std::string_view label, std::string_view value, std::string_view from) {
      facts.row([&] {
        h.el("th", {at("scope", "row"), cls("fw-normal")}, label);
        facts.cell(1, value, "text-nowrap");
        facts.cell(2, from);
      });
    };
    GapTally tally = gap_tally(desk.analysis.items);
    row("Persons in scope", decimal(basis.persons, 0), view.facts.persons_from);
    row("Requirements met", percentage(basis.maturity),
        fmt::format("{} of {} applicable questions; what is not answered counts as not met", tally.conformant,
                    tally.asked - tally.not_applicable));
    row("Further groups of sites", std::to_string(basis.further_site_groups), view.facts.sites_from);
    row("Plant technology (OT)", basis.operational_technology ? "Yes" : "No", view.facts.technology_from);
    row("Evidence collected by machine", basis.automation ? "Yes" : "No", view.facts.automation_from);
  });
  h.el("h3", {cls_if(!paper, "gap-subhead")}, "What it takes");
  GapTable table(h, paper, {"Figure", "Low", "Likely", "High", "How it is worked out", "Source"});
  table.write("Estimate with its formulas", [&] {
    struct Line {
      std::string_view unit;
      EstimateRange range;
      bool single = false;
    };
    const Line lines[] = {{"person-days", estimate.build_days}, {"person-days a year", {0, estimate.run_days, 0}, true},
                          {"EUR", estimate.own_cost},           {"EUR", estimate.consultancy_cost},
                          {"EUR", estimate.tooling_a_year},     {"months", estimate.months}};
    auto words = [](const Line& line, double value) {
      return line.unit == "months" ? decimal(value, 1) : money(value);
    };
    for (std::size_t i = 0; i < std::size(lines); ++i) {
      const EstimateNote& how = estimate_notes[i];
      table.row([&] {
        h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
          h.text(how.figure);
          h.el("div", {cls(note)}, lines[i].unit);
        });
        table.cell(1, lines[i].single ? std::string("–") : words(lines[i], lines[i].range.low),
                   "text-end numeric text-nowrap");
        table.cell(2, words(lines[i], lines[i].range.likely), "text-end numeric text-nowrap fw-bold");
        table.cell(3, lines[i].single ? std::string("–") : words(lines[i], lines[i].range.high),
                   "text-end numeric text-nowrap");
        table.cell(4, how.formula);
        table.cell(5, how.source, note);
      });
    }
  });
  Roadmap roadmap = desk.analysis.roadmap();
  auto assumed = std::ranges::count_if(roadmap.steps, &RoadmapStep::assumed);
  double cost = 0;
  for (const RoadmapStep& step : roadmap.steps) cost += step.item->cost.value_or(0);
  h.el("p", {cls(note), cls_if(!paper, "mx-3 mt-3")},
       fmt::format("From below: the {} gaps together take {} person-days ({} of them without an estimate of their own: "
                   "2, 5 or 12 days by complexity, half of it where partly met) and {} for purchases. "
                   "Where the two sums lie far apart, look at the single estimates first.",
                   roadmap.steps.size(), person_days(roadmap.effort_days), assumed, money(cost)));
}

void write_typical_gaps(HtmlWriter& h, const Visit& visit, const GapDesk& desk,
                        const std::vector<TypicalFinding>& findings, bool paper) {
  GapTable table(h, paper, {"Typical gap", "Here", "Facts"});
  table.write("Typical gaps of new organisations", [&] {
    for (const TypicalFinding& finding : findings) {
      table.row([&] {
        h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] {
          h.el("b", finding.title);
          h.el("div", {cls(paper ? "note" : "text-secondary")}, finding.test);
          if (paper) return;
          h.el("div", [&] {
            for (std::string_view key : finding.keys) {
              h.el("a", {cls("me-2"), at("href", gap_question_url(desk.id(), key))}, fmt::format("Question {}", key));
            }
          });
        });
        table.cell(1, [&] {
          if (paper) return h.el("span", {cls(finding.holds ? "bad" : "good")}, finding.holds ? "Found" : "Not found");
          h.el("span", {cls("badge"), cls(finding.holds ? "bg-red-lt" : "bg-green-lt")}, [&] {
            h.add(icon(finding.holds ? "alert-triangle" : "circle-check", "icon-sm me-1"));
            h.text(finding.holds ? "Found" : "Not found");
          });
        });
        table.cell(2, [&] {
          h.el("ul", {cls_if(!paper, "list-unstyled mb-0")}, [&] {
            for (const TypicalFact& fact : finding.facts) {
              const EntityDef* def = visit.registry().find(fact.register_name);
              h.el("li", {cls("sentence")}, [&] {
                if (!paper) h.add(icon(fact.good ? "check" : "x", "icon-sm me-1"));
                h.text(fact.text + ". ");
                if (!paper && def && visit.may(Action::see, *def))
                  h.el("a", {at("href", list_url(*def))}, def->text.plural);
              });
            }
          });
        });
      });
    }
  });
}

void write_gap_changes(HtmlWriter& h, const GapDesk& before, const GapDesk& after, bool paper) {
  constexpr std::pair<std::string_view, std::string_view> kinds[] = {{"New", "bg-red-lt"},
                                                                     {"Worse", "bg-red-lt"},
                                                                     {"Remains", "bg-yellow-lt"},
                                                                     {"Better", "bg-azure-lt"},
                                                                     {"Closed", "bg-green-lt"}};
  std::vector<GapChange> changes = gap_changes(before.analysis.items, after.analysis.items);
  std::size_t counts[5] = {};
  for (const GapChange& change : changes) ++counts[static_cast<std::size_t>(change.kind)];
  h.el("p", {cls_if(!paper, "card-body pb-2 mb-0")},
       fmt::format(
           "From {} to {}: {} gaps closed, {} better, {} remain, {} worse, {} new. Conformity went from {} to {}.",
           before.analysis.assessment.performed_on.iso(), after.analysis.assessment.performed_on.iso(), counts[4],
           counts[3], counts[2], counts[1], counts[0], percentage(gap_tally(before.analysis.items).conformity()),
           percentage(gap_tally(after.analysis.items).conformity())));
  if (changes.empty()) return;
  GapTable table(h, paper, {"Requirement", "Change", "Then", "Now", "Reasons now"});
  table.write("Gaps then and now", [&] {
    for (const GapChange& change : changes) {
      const auto& [label, colour] = kinds[static_cast<std::size_t>(change.kind)];
      table.row([&] {
        table.question(after, after.question(change.key));
        table.cell(1, [&] { paper ? h.text(label) : h.el("span", {cls("badge"), cls(colour)}, label); });
        table.cell(2, change.before ? label_of(change.before->result) : "Not answered");
        table.cell(3, change.after ? label_of(change.after->result) : "Not answered");
        table.cell(4, change.after ? shorten(change.after->rationale.value_or(""), 300) : std::string(),
                   "text-preline");
      });
    }
  });
}

}  // namespace assay
