// What the rules are: the list, one rule explained, the parameters in force.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {
namespace {

// ---- Parameters ----------------------------------------------------------------------------------------------------

// The organisation's own values in force, by key: the record that set it.
std::map<std::string, Record, std::less<>> own_parameters(Visit& visit) {
  std::map<std::string, Record, std::less<>> out;
  const EntityDef* def = visit.registry().find("policy_parameter");
  if (!def || !visit.may(Action::see, *def)) return out;
  ListQuery query;
  query.def = def;
  query.filters.push_back({def->find("effective_on"), Comparison::at_most, {visit.tenant.workspace->clock().today().iso()}});
  query.sort = def->find("effective_on");
  query.limit = 500;
  auto page = visit.tenant.registers.list(visit.principal, query);
  if (!page) return out;
  for (ListRow& row : page->rows) {
    std::string key(row.record.text("key"));
    out.insert_or_assign(std::move(key), std::move(row.record));  // later ones replace earlier ones
  }
  return out;
}

void write_parameter_rows(HtmlWriter& h, Visit& visit, const std::vector<const Parameter*>& parameters) {
  auto own = own_parameters(visit);
  for (const Parameter* parameter : parameters) {
    auto found = own.find(parameter->key);
    bool set = found != own.end();
    double value = set ? number_of(found->second.at("value")).value_or(parameter->value) : parameter->value;
    h.el("tr", [&] {
      h.el("th", {at("scope", "row"), cls("fw-normal")}, [&] { h.el("code", parameter->key); });
      h.el("td", {cls("text-end numeric"), at("data-label", "In force")}, fmt::format("{} {}", decimal(value, 3), parameter->unit));
      h.el("td", {cls("text-end numeric text-secondary"), at("data-label", "Default")}, decimal(parameter->value, 3));
      h.el("td", {at("data-label", "Source")}, [&] {
        if (!set) return h.text("Default");
        h.el("a", {at("href", record_url(*found->second.def, found->second.id))}, "Own value");
        const FieldDef* source = found->second.def->find("source");
        if (!is_unset(found->second.at("source"))) {
          h.text(" from ");
          std::string_view id = found->second.text("source");
          h.el("a", {at("href", record_url(source->target(), id))}, id);
        }
      });
      h.el("td", {cls("text-secondary"), at("data-label", "Basis")}, parameter->basis);
    });
  }
}

void write_parameter_table(HtmlWriter& h, Visit& visit, const std::vector<const Parameter*>& parameters) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
      h.el("caption", {cls("visually-hidden")}, "Parameters: value in force, default, source and basis");
      h.el("thead", [&] {
        h.el("tr", [&] {
          h.el("th", {at("scope", "col")}, "Parameter");
          h.el("th", {at("scope", "col"), cls("text-end")}, "In force");
          h.el("th", {at("scope", "col"), cls("text-end")}, "Default");
          h.el("th", {at("scope", "col")}, "Source");
          h.el("th", {at("scope", "col")}, "Basis of the default");
        });
      });
      h.el("tbody", [&] { write_parameter_rows(h, visit, parameters); });
    });
  });
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool names(std::string_view sql, std::string_view word) {
  for (std::size_t at = sql.find(word); at != std::string_view::npos; at = sql.find(word, at + 1)) {
    bool begins = at == 0 || !is_word(sql[at - 1]);
    bool ends = at + word.size() == sql.size() || !is_word(sql[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

// The rule's own text and, behind it, the views it asks.
std::string whole_sql(const Rule& rule, const RuleSet& rules) {
  std::string text = rule.sql + "\n" + rule.needs + "\n" + rule.population;
  std::set<std::string_view> used;
  // Views only use earlier ones, so one pass from the last to the first finds all.
  for (auto view = rules.views.rbegin(); view != rules.views.rend(); ++view) {
    if (!used.contains(view->name) && names(text, view->name)) {
      used.insert(view->name);
      text += "\n" + view->sql;
    }
  }
  return text;
}

// p('key') names one; p('patch_days.' || severity) all that begin so.
std::vector<const Parameter*> parameters_of(const Rule& rule, const RuleSet& rules) {
  std::string sql = whole_sql(rule, rules);
  std::set<std::string> exact, prefixes;
  for (std::size_t at = sql.find("p('"); at != std::string::npos; at = sql.find("p('", at + 1)) {
    if (at > 0 && is_word(sql[at - 1])) continue;
    std::size_t end = sql.find('\'', at + 3);
    if (end == std::string::npos) break;
    std::string key = sql.substr(at + 3, end - at - 3);
    (end + 1 < sql.size() && sql[end + 1] == ')' ? exact : prefixes).insert(std::move(key));
  }
  std::vector<const Parameter*> out;
  for (const Parameter& parameter : rules.parameters) {
    bool begins = std::ranges::any_of(prefixes, [&](const std::string& prefix) { return parameter.key.starts_with(prefix); });
    if (begins || exact.contains(parameter.key)) out.push_back(&parameter);
  }
  return out;
}

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
    if (rule.applicability_gate) fact(h, "Silent", "while every control it names is excluded in the Statement of Applicability");
    if (rule.honest_plan_gate) fact(h, "Silent at Stage 2 and surveillance", "about a control that is openly declared as planned");
    if (rule.escalation.systemic) fact(h, "Graver", fmt::format("by one class when at least three and more than {} of the records are affected", percentage(rule.escalation.share)));
    if (rule.escalation.isolated) fact(h, "Milder", "an observation when at most two and at most 2 % of the records are affected");
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
    h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title")}, fmt::format("Findings today: {}", findings.size() + hidden)); });
    if (unable != verdict.not_evaluated.end()) return h.el("div", {cls("card-body")}, "Not evaluated: " + unable->reason);
    if (findings.empty() && hidden == 0) return h.el("div", {cls("card-body text-secondary")}, "The rule is met.");
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      auto marks = marks_of(visit);
      for (std::size_t i = 0; i < findings.size() && i < shown; ++i) finding_item(h, visit, *findings[i], {.advise = i == 0, .marks = &marks});
    });
    if (findings.size() <= shown && hidden == 0) return;
    h.el("div", {cls("card-footer")}, [&] {
      if (findings.size() > shown) h.el("a", {at("href", findings_url({{"rule", rule.id}}))}, "All of them");
      if (hidden > 0) h.el("span", {cls("text-secondary")}, fmt::format(" {} concern records that are not shown to you.", hidden));
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
    h.el("th", {at("scope", "row"), cls("fw-normal text-nowrap")}, [&] { h.el("a", {at("href", rule_url(rule.id))}, rule.id); });
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
    for (std::string_view group : clause_groups) chip(h, rules_url(group == clause ? "" : group, stage), clause_group_label(group), group == clause);
  });
  h.el("div", {cls("chips mb-3"), at("role", "group"), at("aria-label", "Stage")}, [&] {
    for (std::string_view name : all_stages) chip(h, rules_url(clause, name == stage ? "" : name), stage_label(name), name == stage);
  });
}

}  // namespace

Response rule_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  const RuleSet& rules = visit.tenant.auditor.rules();
  const Rule* rule = rules.find(visit.request.param("id"));
  if (!rule) return error_page(visit, {ErrorKind::not_found, fmt::format("There is no rule \"{}\".", shorten(visit.request.param("id"), 60)), {}, {}, {}});
  auto verdict = visit.tenant.auditor.today();
  if (!verdict) return error_page(visit, verdict.error());
  Frame frame{.title = rule->title, .active = "findings", .crumbs = {{"Findings", "/findings"}, {"Rules", "/rules"}}, .kicker = "Rule " + rule->id, .live = "verdict"};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("section", {cls("card mb-3")}, [&] { h.el("div", {cls("card-body")}, [&] { write_facts(h, visit, *rule, **verdict); }); });
    write_rule_findings(h, visit, *rule, **verdict);
    auto parameters = parameters_of(*rule, rules);
    if (!parameters.empty()) {
      h.el("section", {cls("card mb-3")}, [&] {
        h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title")}, "Parameters used"); });
        write_parameter_table(h, visit, parameters);
      });
    }
    h.el("section", {cls("card mb-3")}, [&] {
      h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title")}, "The question, as it is asked"); });
      h.el("pre", {cls("sql mb-0"), at("tabindex", 0), at("role", "region"), at("aria-label", "SQL of the rule")}, rule->sql);
    });
  });
}

Response rules_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  auto verdict = visit.tenant.auditor.today();
  if (!verdict) return error_page(visit, verdict.error());
  std::string_view clause = visit.request.query_value("clause"), stage = visit.request.query_value("stage");
  auto states = states_of(**verdict);
  const RuleSet& rules = visit.tenant.auditor.rules();
  HtmlWriter actions(256);
  actions.el("a", {cls("btn"), at("href", "/rules/parameters")}, "Parameters");
  Frame frame{.title = "Rules", .active = "findings", .crumbs = {{"Findings", "/findings"}}, .actions = actions.take()};
  return page(visit, frame, [&](HtmlWriter& h) {
    write_rule_filters(h, clause, stage);
    h.el("div", {cls("card")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-sticky table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Rules with their state today");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Id", "Rule", "Requirement", "State"}) h.el("th", {at("scope", "col")}, label);
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

Response parameters_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  std::vector<const Parameter*> all;
  for (const Parameter& parameter : visit.tenant.auditor.rules().parameters) all.push_back(&parameter);
  HtmlWriter actions(256);
  const EntityDef* def = visit.registry().find("policy_parameter");
  if (def && visit.may(Action::create, *def)) actions.el("a", {cls("btn btn-primary"), at("href", new_url(*def))}, "Set an own value");
  Frame frame{.title = "Parameters", .active = "findings", .crumbs = {{"Findings", "/findings"}, {"Rules", "/rules"}}, .actions = actions.take()};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("p", {cls("text-secondary")}, "An own value that an approved document sets binds the organisation: not keeping a stricter own rule is a nonconformity.");
    h.el("div", {cls("card")}, [&] { write_parameter_table(h, visit, all); });
  });
}

}  // namespace assay
