// Holds a rehearsal: asks the rules, and counts what there was to judge by. Everything is read from one state of the
// data.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "kernel/rules/rehearsal.h"

namespace assay {
namespace {

// The clause or control that a ref names, without the item: "6.1.2 c" -> "6.1.2"; empty for what is not of the
// standard.
std::string_view number_of(std::string_view ref) {
  bool of_standard = ref.starts_with("A.") || (!ref.empty() && ref[0] >= '0' && ref[0] <= '9');
  return of_standard ? ref.substr(0, ref.find(' ')) : std::string_view();
}

// "7.5.3" lies within "7.5", and every number within itself.
bool lies_within(std::string_view number, std::string_view whole) {
  return number.starts_with(whole) && (number.size() == whole.size() || number[whole.size()] == '.');
}

// What is known of one clause or control.
struct ClauseStanding {
  std::size_t rules = 0;            // that judged it
  bool faulted = false;             // a finding concerns it, or a rule about it could not be judged
  std::set<std::string> registers;  // that the rules look at
  std::set<std::string> evidence;
  std::string newest;
};

class Examination {
 public:
  Examination(const Registry& registry, const RuleSet& rules, Connection& connection)
      : registry_(registry), rules_(rules), connection_(connection) {}

  Result<Verdict> judge(const RuleQuestion& question, const std::map<std::string, double, std::less<>>& parameters) {
    TRY(Verdict verdict, evaluate(rules_, connection_, parameters, question));
    TRY(gates_, read_gates(connection_));
    return verdict;
  }

  Result<void> look(const Verdict& verdict, const RuleDependencies& dependencies, Rehearsal& out) {
    CHECK(read_title(out));
    CHECK(read_evidence(out));
    CHECK(read_controls());
    judge_rules(verdict, dependencies);
    fault(verdict);
    CHECK(count_records());
    write_strengths(verdict, out);
    return {};
  }

 private:
  Result<void> read_title(Rehearsal& out) {
    return connection_.query("select organisation, scope, scope_version, soa_version from audit_title", {},
                             [&](const Row& row) {
                               out.organisation = row.text(0);
                               out.scope = row.text(1);
                               out.scope_version = row.integer(2);
                               out.soa_version = row.integer(3);
                             });
  }

  Result<void> read_evidence(Rehearsal& out) {
    std::map<std::string, EvidenceLooked> by_ref;
    std::set<std::string> all;
    CHECK(connection_.query("select ref, evidence, kind, period_end from evidence_looked_at", {}, [&](const Row& row) {
      std::string_view number = number_of(row.text(0));
      std::string ref(number.empty() ? row.text(0) : number);
      ClauseStanding& standing = standings_[ref];
      if (!standing.evidence.emplace(row.text(1)).second) return;
      all.emplace(row.text(1));
      standing.newest = std::max(standing.newest, std::string(row.text(3)));
      EvidenceLooked& looked = by_ref[ref];
      ++looked.kinds[std::string(row.text(2))];
      ++looked.pieces;
      looked.newest = std::max(looked.newest, std::string(row.text(3)));
    }));
    for (auto& [ref, looked] : by_ref) {
      looked.ref = ref;
      out.looked_at.push_back(std::move(looked));
    }
    std::ranges::sort(out.looked_at, before_in_standard, &EvidenceLooked::ref);
    out.evidence = all.size();
    return {};
  }

  Result<void> read_controls() {
    return connection_.query("select control, ref from control_ref", {}, [&](const Row& row) {
      refs_of_control_.emplace(row.text(0), "A." + std::string(row.text(1)));
    });
  }

  // Which clauses and controls the rules judged, and on which registers.
  void judge_rules(const Verdict& verdict, const RuleDependencies& dependencies) {
    std::set<std::string> unknown;
    for (const NotEvaluated& item : verdict.not_evaluated) unknown.insert(item.rule);
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const Rule& rule = rules_.rules[i];
      if (!rule.has_stage(verdict.stage)) continue;
      std::set<std::string> registers = registers_of(rule, dependencies.of(i));
      bool failed = unknown.contains(rule.id);
      if (!failed) looked_at_.insert(registers.begin(), registers.end());
      for (const std::string& ref : rule.refs()) {
        std::string number(number_of(ref));
        if (number.empty()) continue;
        ClauseStanding& standing = standings_[number];
        standing.faulted = standing.faulted || failed;
        if (failed) continue;
        ++standing.rules;
        standing.registers.insert(registers.begin(), registers.end());
      }
      bool of_every_control = !failed && rule.subject == "control" && reads(dependencies.of(i), "evidence");
      if (of_every_control) ++rules_of_every_control_;
    }
  }

  static bool reads(const RuleDependencies::OfRule& rule, std::string_view register_name) {
    return rule.reads.columns.contains(register_name);
  }

  // What the rule judges; for one about the organisation as a whole, all that it reads.
  std::set<std::string> registers_of(const Rule& rule, const RuleDependencies::OfRule& dependencies) const {
    std::set<std::string> out;
    for (std::string_view subject : split(rule.subject, ',')) {
      if (registry_.find(trim(subject))) out.emplace(trim(subject));
    }
    if (!out.empty()) return out;
    for (const auto& [table, columns] : dependencies.reads.columns) {
      if (registry_.find(table)) out.insert(table);
    }
    return out;
  }

  void fault(const Verdict& verdict) {
    for (const RuleFinding& finding : verdict.findings) {
      if (finding.finding_class == FindingClass::ofi) continue;
      for (std::string_view ref : split(finding.ref, ',')) {
        if (std::string_view number = number_of(trim(ref)); !number.empty()) fault_around(number);
      }
      if (finding.kind != "control") continue;
      auto [begin, end] = refs_of_control_.equal_range(finding.subject);
      for (auto it = begin; it != end; ++it) standings_[it->second].faulted = true;
    }
  }

  // What fails in a part fails the whole, and what fails as a whole speaks for none of its parts.
  void fault_around(std::string_view number) {
    for (auto& [other, standing] : standings_) {
      if (lies_within(number, other) || lies_within(other, number)) standing.faulted = true;
    }
  }

  Result<void> count_records() {
    return connection_.query("select register, records from assay_count", {}, [&](const Row& row) {
      records_[std::string(row.text(0))] = static_cast<std::size_t>(row.integer(1));
    });
  }

  std::size_t records_in(const std::set<std::string>& registers) const {
    std::size_t sum = 0;
    for (const std::string& name : registers) {
      auto found = records_.find(name);
      if (found != records_.end()) sum += found->second;
    }
    return sum;
  }

  // A control is a strength on evidence alone; a clause on records that were judged.
  void write_strengths(const Verdict& verdict, Rehearsal& out) {
    for (auto& [ref, standing] : standings_) {
      bool control = ref.starts_with("A.");
      if (standing.faulted) continue;
      if (control) {
        std::string number = ref.substr(2);
        if (!verdict.applicable.contains(number) || gates_.honestly_planned.contains(number) ||
            standing.evidence.empty())
          continue;
        standing.rules += rules_of_every_control_;
      }
      Strength strength{ref, standing.rules, records_in(standing.registers), standing.evidence.size(),
                        {},  standing.newest};
      bool judged = strength.rules > 0 && strength.records + strength.evidence > 0;
      if (!judged) continue;
      for (const std::string& name : standing.registers) {
        if (records_in({name}) > 0) strength.registers.emplace_back(registry_.find(name)->text.plural);
      }
      out.strengths.push_back(std::move(strength));
    }
    std::ranges::sort(out.strengths, before_in_standard, &Strength::ref);
    out.records = records_in(looked_at_);
  }

  const Registry& registry_;
  const RuleSet& rules_;
  Connection& connection_;
  Gates gates_;
  std::map<std::string, ClauseStanding> standings_;
  std::multimap<std::string, std::string, std::less<>> refs_of_control_;
  std::set<std::string> looked_at_;
  std::size_t rules_of_every_control_ = 0;
  std::map<std::string, std::size_t> records_;
};

void keep_words(const RuleSet& rules, const std::string& id, Rehearsal& out) {
  const Rule* rule = rules.find(id);
  if (rule) out.rules.try_emplace(id, RehearsedRule{rule->title, rule->ref, rule->why, rule->fix});
}

void write_verdict(const RuleSet& rules, const Verdict& verdict, Rehearsal& out) {
  for (const RuleFinding& finding : verdict.findings) {
    out.findings.push_back(
        {finding.rule_id, finding.finding_class, finding.ref, finding.kind, finding.subject, finding.detail});
    keep_words(rules, finding.rule_id, out);
    if (finding.synthetic) {
      out.rules.try_emplace(
          finding.rule_id,
          RehearsedRule{finding.title, finding.ref,
                        "Several minor nonconformities under one clause show that the process behind them fails.",
                        finding.fix});
    }
  }
  for (const NotEvaluated& item : verdict.not_evaluated) keep_words(rules, item.rule, out);
  out.not_evaluated = verdict.not_evaluated;
  out.counts = {
      verdict.count(FindingClass::major), verdict.count(FindingClass::minor), verdict.count(FindingClass::observation),
      verdict.count(FindingClass::ofi),   verdict.not_evaluated.size(),       verdict.rules_evaluated};
  out.conclusion = conclude(verdict.stage, out.counts);
}

}  // namespace

Result<Rehearsal> rehearse(RuleAuditor& auditor, const std::string& stage, Date as_of) {
  const RuleSet& rules = auditor.rules();
  TRY(auto dependencies, auditor.dependencies());
  TRY(auto reader, auditor.workspace().read());
  TRY(auto parameters, reader->parameters(as_of));
  RuleConnection connection;
  TRY(auto snapshot, connection.look(auditor.workspace(), rules));
  RuleQuestion question;
  question.as_of = as_of;
  question.stage = stage;
  Examination examination(auditor.workspace().registry(), rules, snapshot.connection());
  TRY(Verdict verdict, examination.judge(question, parameters));
  Rehearsal out;
  out.stage = stage;
  out.as_of = as_of;
  out.entries = snapshot.entries;
  write_verdict(rules, verdict, out);
  CHECK(examination.look(verdict, *dependencies, out));
  return out;
}

}  // namespace assay
