#include "kernel/rules/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <ranges>

#include "base/text.h"
#include "kernel/rules/rule_query.h"

namespace assay {
namespace {

bool all_excluded(const Rule& rule, const Gates& gates) {
  std::vector<std::string> controls = rule.controls();
  return !controls.empty() && std::none_of(controls.begin(), controls.end(),
                                           [&](const auto& ref) { return gates.applicable.contains(ref); });
}

bool all_planned(const Rule& rule, const Gates& gates) {
  std::vector<std::string> controls = rule.controls();
  return !controls.empty() && std::all_of(controls.begin(), controls.end(),
                                          [&](const auto& ref) { return gates.honestly_planned.contains(ref); });
}

// Only an escalation that the number of findings allows is worth counting the population for.
bool may_escalate(const Rule& rule, std::size_t findings) {
  return (rule.escalation.systemic && findings >= 3) || (rule.escalation.isolated && findings > 0 && findings <= 2);
}

void escalate(const Rule& rule, std::int64_t population, bool raise, std::vector<RuleFinding>& findings) {
  for (RuleFinding& finding : findings) finding.finding_class = raise ? raised(finding.row_class) : finding.row_class;
  double failing = static_cast<double>(findings.size());
  if (population <= 0) return;
  double share = failing / static_cast<double>(population);
  bool systemic = rule.escalation.systemic && findings.size() >= 3 && share > rule.escalation.share;
  bool isolated = rule.escalation.isolated && findings.size() <= 2 && share <= 0.02;
  for (RuleFinding& finding : findings) {
    if (systemic) finding.finding_class = raised(finding.finding_class);
    else if (isolated) finding.finding_class = FindingClass::observation;
  }
}

RuleFinding finding_of(const Rule& rule, RuleRow&& row) {
  RuleFinding finding;
  finding.rule = &rule;
  finding.rule_id = rule.id;
  finding.row_class = row.finding_class.value_or(rule.default_class);
  finding.finding_class = finding.row_class;
  finding.ref = rule.ref;
  finding.stages = rule.stages;
  finding.kind = std::move(row.kind);
  finding.subject = std::move(row.subject);
  finding.title = rule.title;
  finding.detail = std::move(row.detail);
  finding.fix = rule.fix;
  return finding;
}

RunLimits limits_of(const Rule& rule, const RuleQuestion& question) {
  if (!rule.own) return question.limits;
  return {std::min(question.limits.time, own_rule_limits.time), std::min(question.limits.rows, own_rule_limits.rows)};
}

struct Weight {
  std::int64_t population = 0;
  bool raise = false;  // all findings by one level
};

// A share is worked out when it first matters and kept up to date from then on.
Result<Weight> weigh(const Rule& rule, Connection& connection, RunLimits limits, const std::set<std::string>& records,
                     const RuleAnswer& before, RuleAnswer& asked) {
  Weight weight;
  const std::size_t findings = asked.findings.size();
  if (rule.share.empty()) {
    if (!may_escalate(rule, findings)) return weight;
    TRY(weight.population, population_of(rule, connection, limits));
    return weight;
  }
  const ShareTally* known = records.empty() ? nullptr : before.tally.get();
  if (!known && findings == 0) return weight;
  TRY(ShareTally tally, tally_of(rule, connection, limits, known, records));
  const auto all = static_cast<double>(tally.records.size());
  if (tally.counts) weight.raise = static_cast<double>(tally.counting) > rule.escalation.share * all;
  else weight.population = static_cast<std::int64_t>(tally.records.size());
  asked.tally = std::make_shared<const ShareTally>(std::move(tally));
  return weight;
}

// Adds what the rule says of all records or of some, with the classes of its rows, before an escalation by share. False:
// it is not asked, or cannot be, for the reason in `asked`.
Result<bool> ask_rows(const Rule& rule, Connection& connection, const Gates& gates, const RuleQuestion& question,
                      const std::set<std::string>& records, RuleAnswer& asked) {
  bool audit_of_operation = question.stage == "stage2" || question.stage == "surveillance";
  if (rule.applicability_gate && all_excluded(rule, gates)) return false;
  bool plan_gate = audit_of_operation && rule.honest_plan_gate;
  if (plan_gate && all_planned(rule, gates)) return false;
  RunLimits limits = limits_of(rule, question);
  TRY(auto obstacle, obstacle_of(rule, connection, limits));
  if (obstacle) {
    asked.not_evaluated = *obstacle;
    return false;
  }
  TRY(auto rows, rows_of(rule, connection, limits, records));
  for (RuleRow& row : rows) {
    bool planned = plan_gate && row.kind == "control" && gates.honestly_planned_controls.contains(row.subject);
    if (!planned) asked.findings.push_back(finding_of(rule, std::move(row)));
  }
  return true;
}

// What `before` says of records that are not asked about stays.
Result<RuleAnswer> ask(const Rule& rule, Connection& connection, const Gates& gates, const RuleQuestion& question,
                       const std::set<std::string>& records, const RuleAnswer& before) {
  RuleAnswer asked;
  TRY(bool judged, ask_rows(rule, connection, gates, question, records, asked));
  if (!judged) return asked;
  std::ranges::copy_if(before.findings, std::back_inserter(asked.findings),
                       [&](const RuleFinding& finding) { return !records.contains(finding.subject); });
  TRY(const Weight weight, weigh(rule, connection, limits_of(rule, question), records, before, asked));
  escalate(rule, weight.population, weight.raise, asked.findings);
  return asked;
}

// A failure becomes the reason why the rule was not evaluated.
RuleAnswer timed(const std::function<Result<RuleAnswer>()>& work) {
  auto began = std::chrono::steady_clock::now();
  RuleAnswer given;
  if (auto asked = work()) given = *std::move(asked);
  else given.not_evaluated = asked.error().message;
  given.took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  return given;
}

// Four or more open minors under one clause number are a major of their own (rulebook 0.7). Annex A is no clause.
bool add_synthetic(Verdict& verdict) {
  constexpr std::size_t most_named = 20;
  std::map<std::string, std::vector<const RuleFinding*>> minors;
  for (const RuleFinding& finding : verdict.findings) {
    std::string clause = finding.rule ? finding.rule->clause() : std::string();
    bool numbered = !clause.empty() && clause[0] >= '0' && clause[0] <= '9';
    if (finding.finding_class == FindingClass::minor && numbered)
      minors[clause.substr(0, clause.find('.'))].push_back(&finding);
  }
  std::vector<RuleFinding> added;
  for (const auto& [clause, findings] : minors) {
    bool of_standard = clause.size() <= 2 && clause >= "10" && (clause == "10" || (clause >= "4" && clause <= "9"));
    if (findings.size() < 4 || !of_standard) continue;
    RuleFinding finding;
    finding.rule_id = "SYN-" + clause;
    finding.finding_class = FindingClass::major;
    finding.ref = clause;
    finding.stages.assign(std::begin(all_stages), std::end(all_stages));
    finding.kind = "clause";
    finding.subject = clause;
    finding.title = fmt::format("Many minor nonconformities under clause {} point to a systemic failure", clause);
    std::vector<std::string> list;
    for (const RuleFinding* minor : findings | std::views::take(most_named))
      list.push_back(minor->rule_id + " " + minor->subject);
    finding.detail = fmt::format("{} open minors: {}{}.", findings.size(), join(list, ", "),
                                 findings.size() > most_named ? ", …" : "");
    finding.fix = "Find what they have in common and mend the process, not only the records.";
    finding.synthetic = true;
    added.push_back(std::move(finding));
  }
  for (RuleFinding& finding : added) verdict.findings.push_back(std::move(finding));
  return !added.empty();
}

// Majors first, then by rule and subject.
void sort_findings(std::vector<RuleFinding>& findings) {
  std::ranges::stable_sort(findings, [](const RuleFinding& a, const RuleFinding& b) {
    return std::tuple(-static_cast<int>(a.finding_class), std::string_view(a.rule_id), std::string_view(a.subject)) <
           std::tuple(-static_cast<int>(b.finding_class), std::string_view(b.rule_id), std::string_view(b.subject));
  });
}

}  // namespace

std::size_t Verdict::count(FindingClass finding_class) const {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), [&](const RuleFinding& finding) {
    return finding.finding_class == finding_class;
  }));
}

Result<void> create_views(const RuleSet& rules, Connection& connection) {
  // Dropped in reverse, since later views use earlier ones.
  for (auto view = rules.views.rbegin(); view != rules.views.rend(); ++view) {
    CHECK(connection.script(fmt::format("drop view if exists {}", view->name)));
  }
  for (const View& view : rules.views) {
    auto made = connection.script(fmt::format("create temp view {} as {}", view.name, view.sql));
    if (!made)
      return fail(ErrorKind::invalid,
                  fmt::format("views/{}.sql:{}: {}", view.name, view.sql_line, made.error().message));
  }
  return {};
}

Result<Gates> read_gates(Connection& connection) {
  Gates gates;
  CHECK(connection.query(gate_queries[0], {}, [&](const Row& row) { gates.applicable.emplace(row.text(0)); }));
  CHECK(connection.query(gate_queries[1], {}, [&](const Row& row) {
    gates.honestly_planned.emplace(row.text(0));
    if (!row.is_null(1)) gates.honestly_planned_controls.emplace(row.text(1));
  }));
  return gates;
}

bool is_asked(const RuleQuestion& question, const Rule& rule) {
  if (!question.only.empty() && !question.only.contains(rule.id)) return false;
  return question.stage.empty() || rule.has_stage(question.stage);
}

RuleAnswer answer(const Rule& rule, Connection& connection, const Gates& gates, const RuleQuestion& question) {
  RuleAnswer given = timed([&] { return ask(rule, connection, gates, question, {}, {}); });
  given.whole = given.took;
  return given;
}

RuleAnswer answer_again(const Rule& rule, Connection& connection, const Gates& gates, const RuleQuestion& question,
                        const std::set<std::string>& records, const RuleAnswer& before) {
  RuleAnswer given = timed([&] { return ask(rule, connection, gates, question, records, before); });
  given.whole = before.whole;
  return given;
}

RuleAnswer answer_about(const Rule& rule, Connection& connection, const Gates& gates, const RuleQuestion& question,
                        const std::set<std::string>& records) {
  return timed([&]() -> Result<RuleAnswer> {
    RuleAnswer asked;
    CHECK(ask_rows(rule, connection, gates, question, records, asked));
    return asked;
  });
}

Verdict assemble(const RuleSet& rules, const RuleQuestion& question, const Gates& gates,
                 const std::vector<RuleAnswer>& answers) {
  Verdict verdict;
  verdict.as_of = question.as_of;
  verdict.stage = question.stage;
  verdict.applicable = gates.applicable;
  for (const Problem& problem : rules.problems) verdict.not_evaluated.push_back({problem.place, problem.message});
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    if (!is_asked(question, rules.rules[i])) continue;
    const RuleAnswer& given = answers[i];
    verdict.timings.push_back({rules.rules[i].id, given.took});
    if (!given.not_evaluated.empty()) {
      verdict.not_evaluated.push_back({rules.rules[i].id, given.not_evaluated});
      continue;
    }
    ++verdict.rules_evaluated;
    verdict.findings.insert(verdict.findings.end(), given.findings.begin(), given.findings.end());
  }
  sort_findings(verdict.findings);
  if (question.only.empty() && add_synthetic(verdict)) sort_findings(verdict.findings);
  return verdict;
}

Result<Verdict> evaluate(const RuleSet& rules, Connection& connection,
                         const std::map<std::string, double, std::less<>>& parameters, const RuleQuestion& question) {
  CHECK(connection.ask({question.as_of, parameters}));
  TRY(Gates gates, read_gates(connection));
  std::vector<RuleAnswer> answers(rules.rules.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (is_asked(question, rules.rules[i])) answers[i] = answer(rules.rules[i], connection, gates, question);
  }
  return assemble(rules, question, gates, answers);
}

}  // namespace assay
