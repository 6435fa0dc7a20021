// What the rules are: the list, one rule explained.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/record_parts.h"
#include "web/rules_view.h"

namespace assay {
namespace {

// ---- One rule ------------------------------------------------------------------------------------------------------

void fact(HtmlWriter& h, std::string_view label, std::string_view text) {
  if (text.empty()) return;
  h.el("dt", label);
  h.el("dd", text);
}

std::string time_to_answer(const Rule& rule, const Verdict& verdict) {
  auto timing = std::ranges::find(verdict.timings, rule.id, &RuleTiming::rule);
  if (timing == verdict.timings.end()) return {};
  return fmt::format("{:.1f} ms when it was asked last", static_cast<double>(timing->took.count()) / 1000.0);
}

void write_facts(HtmlWriter& h, const Visit& visit, const Rule& rule, const Verdict& verdict) {
  h.el("dl", {cls("facts")}, [&] {
    h.el("dt", "Requirement");
    h.el("dd", [&] { ref_links(h, visit, rule.ref); });
    h.el("dt", "Class");
    h.el("dd", [&] { class_badge(h, rule.default_class); });
    std::vector<std::string> stages;
    for (const std::string& stage : rule.stages) stages.emplace_back(stage_label(stage));
    fact(h, "Asked in", join(stages, ", "));
    fact(h, "Why", rule.why);
    fact(h, "How to mend it", rule.fix);
    fact(h, "How it was read", rule.note);
    if (rule.applicability_gate)
      fact(h, "Silent", "while every control it names is excluded in the Statement of Applicability");
    if (rule.honest_plan_gate)
      fact(h, "Silent at Stage 2 and surveillance", "about a control that is openly declared as planned");
    if (rule.escalation.systemic)
      fact(h, "Graver",
           fmt::format("by one class when at least three and more than {} of the records are affected",
                       percentage(rule.escalation.share)));
    if (rule.escalation.isolated)
      fact(h, "Milder", "an observation when at most two and at most 2 % of the records are affected");
    fact(h, "Time to answer", time_to_answer(rule, verdict));
  });
}

void write_rule_findings(HtmlWriter& h, const Visit& visit, const Rule& rule, const Verdict& verdict) {
  constexpr std::size_t shown = 50;
  FindingSight sight(visit.principal, visit.registry());
  std::vector<const RuleFinding*> findings;
  std::size_t hidden = 0;
  for (const RuleFinding& finding : verdict.findings) {
    if (finding.rule_id != rule.id) continue;
    if (sight.shows(finding)) findings.push_back(&finding);
    else ++hidden;
  }
  auto unable = std::ranges::find(verdict.not_evaluated, rule.id, &NotEvaluated::rule);
  h.el("section", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-header")},
         [&] { h.el("h2", {cls("card-title")}, fmt::format("Findings today: {}", findings.size() + hidden)); });
    if (unable != verdict.not_evaluated.end())
      return h.el("div", {cls("card-body")}, "Not evaluated: " + unable->reason);
    if (findings.empty() && hidden == 0) return h.el("div", {cls("card-body text-secondary")}, "The rule is met.");
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      auto marks = marks_of(visit);
      for (std::size_t i = 0; i < findings.size() && i < shown; ++i)
        finding_item(h, visit, *findings[i], {.advise = i == 0, .marks = &marks});
    });
    if (findings.size() <= shown && hidden == 0) return;
    h.el("div", {cls("card-footer")}, [&] {
      if (findings.size() > shown) h.el("a", {at("href", findings_url({{"rule", rule.id}}))}, "All of them");
      if (hidden > 0)
        h.el("span", {cls("text-secondary")}, fmt::format(" {} concern records that are not shown to you.", hidden));
    });
  });
}

// ---- All rules -----------------------------------------------------------------------------------------------------

struct RuleState {
  std::size_t findings = 0;
  FindingClass gravest = FindingClass::ofi;
  const std::string* reason = nullptr;  // not evaluated
};

std::map<std::string_view, RuleState> states_of(const Verdict& verdict) {
  std::map<std::string_view, RuleState> out;
  for (const RuleFinding& finding : verdict.findings) {
    RuleState& state = out[finding.rule_id];
    ++state.findings;
    state.gravest = std::max(state.gravest, finding.finding_class);
  }
  for (const NotEvaluated& item : verdict.not_evaluated) out[item.rule].reason = &item.reason;
  return out;
}

void write_rule_state(HtmlWriter& h, const RuleState& state) {
  if (state.reason) {
    h.el("span", {cls("badge bg-secondary-lt"), at("title", *state.reason)}, [&] {
      h.add(icon("question-mark", "icon-sm me-1"));
      h.text("Not evaluated");
    });
  } else if (state.findings == 0) {
    h.el("span", {cls("badge bg-green-lt")}, [&] {
      h.add(icon("check", "icon-sm me-1"));
      h.text("Met");
    });
  } else {
    class_badge(h, state.gravest);
    h.text(fmt::format(" {}", state.findings));
  }
}

void write_rule_row(HtmlWriter& h, const Visit& visit, const Rule& rule, const RuleState& state) {
  h.el("tr", [&] {
    h.el("th", {at("scope", "row"), cls("fw-normal text-nowrap")},
         [&] { h.el("a", {at("href", rule_url(rule.id))}, rule.id); });
    h.el("td", {at("data-label", "Rule")}, rule.title);
    h.el("td", {at("data-label", "Requirement")}, [&] { ref_links(h, visit, rule.ref); });
    h.el("td", {cls("text-nowrap"), at("data-label", "State")}, [&] { write_rule_state(h, state); });
  });
}

std::string rules_url(std::string_view clause, std::string_view stage) {
  Fields parameters;
  if (!clause.empty()) parameters.emplace_back("clause", clause);
  if (!stage.empty()) parameters.emplace_back("stage", stage);
  return parameters.empty() ? "/rules" : "/rules?" + join_pairs(parameters);
}

void write_rule_filters(HtmlWriter& h, std::string_view clause, std::string_view stage) {
  h.el("div", {cls("chips mb-2"), at("role", "group"), at("aria-label", "Clause")}, [&] {
    for (std::string_view group : clause_groups)
      chip(h, rules_url(group == clause ? "" : group, stage), clause_group_label(group), group == clause);
  });
  h.el("div", {cls("chips mb-3"), at("role", "group"), at("aria-label", "Stage")}, [&] {
    for (std::string_view name : all_stages)
      chip(h, rules_url(clause, name == stage ? "" : name), stage_label(name), name == stage);
  });
}

// The SQL as it is asked, and that of the shared views it uses, which hold much of many conditions.
void write_question(HtmlWriter& h, const Rule& rule, const RuleSet& rules) {
  auto sql = [&](std::string_view text, const std::string& label) {
    h.el("pre", {cls("sql mb-0"), at("tabindex", 0), at("role", "region"), at("aria-label", label)}, text);
  };
  section(h, "question", "The question, as it is asked", {}, [&] {
    sql(rule.sql, "SQL of the rule");
    for (const View& view : rules.views) {
      if (!rule.names.contains(view.name)) continue;
      h.el("details", {cls("card-body")}, [&] {
        h.el("summary", fmt::format("View {}", view.name));
        sql(view.sql, fmt::format("SQL of the view {}", view.name));
      });
    }
  });
}

}  // namespace

Response rule_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  const RuleSet& rules = visit.tenant.auditor.rules();
  const Rule* rule = rules.find(visit.request.param("id"));
  if (!rule)
    return error_page(visit, {ErrorKind::not_found,
                              fmt::format("There is no rule \"{}\".", shorten(visit.request.param("id"), 60)),
                              {},
                              {},
                              {}});
  auto verdict = visit.tenant.auditor.today();
  if (!verdict) return error_page(visit, verdict.error());
  HtmlWriter actions(256);
  if (rule->own) actions.el("a", {cls("btn"), at("href", own_rule_url(rule->id))}, "Versions and approval");
  Frame frame{.title = rule->title,
              .active = "findings",
              .crumbs = {{"Findings", "/findings"}, {"Rules", "/rules"}},
              .kicker = (rule->own ? "Own rule " : "Rule ") + rule->id,
              .actions = actions.take(),
              .live = "verdict"};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("section", {cls("card mb-3")},
         [&] { h.el("div", {cls("card-body")}, [&] { write_facts(h, visit, *rule, **verdict); }); });
    write_rule_findings(h, visit, *rule, **verdict);
    auto parameters = ParameterUse(rules).of(*rule);
    if (!parameters.empty()) {
      h.el("section", {cls("card mb-3")}, [&] {
        h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title")}, "Parameters used"); });
        write_parameter_table(h, visit, parameters);
      });
    }
    write_question(h, *rule, rules);
  });
}

Response rules_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  auto verdict = visit.tenant.auditor.today();
  if (!verdict) return error_page(visit, verdict.error());
  std::string_view clause = visit.request.query_value("clause"), stage = visit.request.query_value("stage");
  Problems wrong;
  if (!stage.empty() && !is_stage(stage)) wrong.push_back(unknown_stage("stage", stage));
  if (!clause.empty() && std::ranges::find(clause_groups, clause) == std::end(clause_groups))
    wrong.push_back({"clause", "must be a clause from 4 to 10, A.5 to A.8 or programme", shorten(clause, 40)});
  if (!wrong.empty()) return error_page(visit, {ErrorKind::invalid, "There are no such rules.", wrong, {}, {}});
  auto states = states_of(**verdict);
  const RuleSet& rules = visit.tenant.auditor.rules();
  HtmlWriter actions(256);
  actions.el("a", {cls("btn"), at("href", "/rules/own")}, "Own rules");
  actions.el("a", {cls("btn"), at("href", "/rules/parameters")}, "Parameters");
  Frame frame{.title = "Rules", .active = "findings", .crumbs = {{"Findings", "/findings"}}, .actions = actions.take()};
  return page(visit, frame, [&](HtmlWriter& h) {
    write_rule_filters(h, clause, stage);
    h.el("div", {cls("card")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-sticky table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Rules with their state today");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Id", "Rule", "Requirement", "State"})
              h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (const Rule& rule : rules.rules) {
            if (!clause.empty() && clause_group(rule.ref) != clause) continue;
            if (!stage.empty() && !rule.has_stage(stage)) continue;
            write_rule_row(h, visit, rule, states[rule.id]);
          }
        });
      });
    });
  });
}

}  // namespace assay
