// How well the cases of the rules test the rules: puts one small fault at a time into a rule or a shared view and
// counts the faults that no case notices (docs/rules.md). Usage: rules_mutation [--suggest TRIALS] [RULE or VIEW …];
// exit status 1 under 90 %. With --suggest it looks for cases that would notice what survives and prints them, a JSON
// line each.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "base/text.h"
#include "kernel/rules/sql_text.h"
#include "mutation/mutants.h"
#include "mutation/suggest.h"
#include "rules/case_bench.h"

namespace assay::testing {
namespace {

namespace fs = std::filesystem;

constexpr double least_share = 90;  // per cent

// What a case shows of a rule: its findings, each as often as it is there, or that there are none.
using Shown = std::multiset<std::string>;

std::map<std::string, Shown> shown_by(const Verdict& verdict) {
  std::map<std::string, Shown> out;
  for (const RuleFinding& finding : verdict.findings) {
    out[finding.rule_id].insert(finding.kind + " " + finding.subject + " " +
                                std::string(name_of(finding.finding_class)));
  }
  for (const NotEvaluated& item : verdict.not_evaluated) out[item.rule].insert("not evaluated");
  return out;
}

std::map<std::string, std::vector<Case>> all_cases() {
  Case nothing_changed;
  nothing_changed.question.as_of = *base().as_of;
  std::map<std::string, std::vector<Case>> out;
  for (const auto& entry : fs::directory_iterator(rules_folder().parent_path() / "tests/rules/cases")) {
    std::vector<Case> cases = read_cases(entry.path());
    std::string rule = cases.empty() ? entry.path().stem().string() : cases[0].rule;
    cases.push_back(nothing_changed);
    for (Case& item : cases) item.question.limits = {std::chrono::seconds(2), 10'000};
    out[rule] = std::move(cases);
  }
  return out;
}

// Faults that change no verdict whatever the data, each with its reason (equivalent_mutants.txt).
class Equivalents {
 public:
  Equivalents() {
    std::string text = read(rules_folder().parent_path() / "tests/rules/equivalent_mutants.txt");
    std::string last;
    for (std::string_view line : split(text, '\n')) {
      if (is_blank(line) || line.starts_with('#')) continue;
      if (line.starts_with(' ')) unused_reason_.erase(last);
      else unused_reason_.insert(last = line);
      known_.insert(last);
    }
  }
  bool contains(const Mutant& mutant) {
    std::string key = mutant.file + ": " + mutant.change;
    if (!known_.contains(key)) return false;
    used_.insert(key);
    return true;
  }
  const std::set<std::string>& without_reason() const { return unused_reason_; }
  std::vector<std::string> outdated() const {
    std::vector<std::string> out;
    std::set_difference(known_.begin(), known_.end(), used_.begin(), used_.end(), std::back_inserter(out));
    return out;
  }

 private:
  std::set<std::string> known_, used_, unused_reason_;
};

struct Count {
  std::size_t killed = 0, all = 0;
};

class Run {
 public:
  Run(const std::set<std::string>& only, std::size_t trials) : only_(only), trials_(trials) {}

  void rules() {
    for (const Rule& rule : rule_set().rules) {
      if (wanted(rule.id)) judge(rule);
    }
  }

  void views() {
    for (const View& view : rule_set().views) {
      if (wanted(view.name)) judge(view);
    }
    must(create_views(rule_set(), bench_.connection()));
  }

  int finish() {
    double share = total_.all ? 100.0 * static_cast<double>(total_.killed) / static_cast<double>(total_.all) : 100;
    fmt::print("{} of {} faults noticed: {:.1f} %\n", total_.killed, total_.all, share);
    bool tidy = equivalents_.without_reason().empty();
    for (const std::string& key : equivalents_.without_reason())
      fmt::print("equivalent_mutants.txt gives no reason for: {}\n", key);
    if (only_.empty()) {
      for (const std::string& key : equivalents_.outdated()) {
        fmt::print("equivalent_mutants.txt names a fault that is noticed or gone: {}\n", key);
        tidy = false;
      }
    }
    return share >= least_share && tidy ? 0 : 1;
  }

 private:
  bool wanted(const std::string& name) const { return only_.empty() || only_.contains(name); }

  void judge(const Rule& rule) {
    std::vector<Mutant> mutants;
    RuleSet faulty;
    faulty.rules.push_back(rule);
    auto add = [&](std::string Rule::*part, std::size_t line) {
      for (Mutant& mutant : mutants_of(rule.file, line, rule.*part)) {
        if (!bench_.connection().prepare(with_asked(mutant.sql, 0).sql)) continue;
        Rule changed = rule;
        changed.id = fmt::format("{}#{}", rule.id, mutants.size());
        changed.*part = mutant.sql;
        faulty.rules.push_back(std::move(changed));
        mutants.push_back(std::move(mutant));
      }
    };
    add(&Rule::sql, rule.sql_line);
    add(&Rule::population, rule.population_line);
    add(&Rule::share, rule.share_line);
    add(&Rule::needs, rule.needs_line);
    std::vector<bool> killed(mutants.size(), false);
    for (Case item : cases_[rule.id]) {
      item.question.only.clear();
      std::map<std::string, Shown> shown = shown_by(bench_.ask(item, faulty));
      for (std::size_t i = 0; i < mutants.size(); ++i) {
        if (shown[fmt::format("{}#{}", rule.id, i)] != shown[rule.id]) killed[i] = true;
      }
    }
    report(rule.id, mutants, killed);
    if (trials_) suggest(rule, faulty, mutants, killed);
  }

  void suggest(const Rule& rule, const RuleSet& faulty, const std::vector<Mutant>& mutants,
               const std::vector<bool>& killed) {
    RuleSet open;
    open.rules.push_back(rule);
    for (std::size_t i = 0; i < mutants.size(); ++i) {
      if (!killed[i] && !equivalents_.contains(mutants[i])) open.rules.push_back(faulty.rules[i + 1]);
    }
    if (open.rules.size() == 1) return;
    for (const auto& item : suggest_cases(bench_, cases_[rule.id], open, trials_))
      fmt::print("+{}:{}\n", rule.id, boost::json::serialize(item));
    std::fflush(stdout);
  }

  void judge(const View& view) {
    std::vector<Mutant> mutants = mutants_of("views/" + view.name + ".sql", view.sql_line, view.sql);
    std::vector<const Rule*> affected = dependents(view.name);
    std::vector<bool> killed;
    std::vector<Mutant> counted;
    for (Mutant& mutant : mutants) {
      RuleSet faulty;
      for (const View& other : rule_set().views)
        faulty.views.push_back(other.name == view.name ? View{other.name, mutant.sql, other.sql_line} : other);
      if (!create_views(faulty, bench_.connection()) || !bench_.connection().prepare("select * from " + view.name))
        continue;
      killed.push_back(noticed(affected));
      counted.push_back(std::move(mutant));
    }
    must(create_views(rule_set(), bench_.connection()));
    report(view.name, counted, killed);
  }

  // Whether a case of these rules shows anything else than it does on the true views.
  bool noticed(const std::vector<const Rule*>& affected) {
    for (const Rule* rule : affected) {
      RuleSet one;
      one.rules.push_back(*rule);
      std::vector<Case>& cases = cases_[rule->id];
      for (std::size_t i = 0; i < cases.size(); ++i) {
        if (shown_by(bench_.ask(cases[i], one)) != truth(*rule)[i]) return true;
      }
    }
    return false;
  }

  // What the cases of the rule show; asked of a connection whose views are never changed.
  const std::vector<std::map<std::string, Shown>>& truth(const Rule& rule) {
    auto [found, fresh] = truth_.try_emplace(rule.id);
    if (fresh) {
      RuleSet one;
      one.rules.push_back(rule);
      for (Case& item : cases_[rule.id]) found->second.push_back(shown_by(true_bench_.ask(item, one)));
    }
    return found->second;
  }

  // The rules whose verdict the view can change, those with few cases first.
  std::vector<const Rule*> dependents(const std::string& view) {
    std::set<std::string> names{view};
    for (const View& other : rule_set().views) {  // in an order in which each follows those it uses
      if (mentions_any(other.sql, names)) names.insert(other.name);
    }
    bool gates = names.contains("applicable_control") || names.contains("honestly_planned");
    std::vector<const Rule*> out;
    for (const Rule& rule : rule_set().rules) {
      bool gated = gates && (rule.applicability_gate || rule.honest_plan_gate);
      if (gated || mentions_any(rule.sql, names) || mentions_any(rule.population, names) ||
          mentions_any(rule.share, names) || mentions_any(rule.needs, names))
        out.push_back(&rule);
    }
    return out;
  }

  static bool mentions_any(std::string_view sql, const std::set<std::string>& names) {
    for (const SqlToken& token : sql_tokens(sql)) {
      if (names.contains(std::string(token.text))) return true;
    }
    return false;
  }

  void report(const std::string& name, const std::vector<Mutant>& mutants, const std::vector<bool>& killed) {
    Count count;
    std::vector<const Mutant*> survivors;
    for (std::size_t i = 0; i < mutants.size(); ++i) {
      if (!killed[i] && equivalents_.contains(mutants[i])) continue;
      ++count.all;
      if (killed[i]) ++count.killed;
      else survivors.push_back(&mutants[i]);
    }
    fmt::print("{:<28}{:>4} of {:>4}\n", name, count.killed, count.all);
    for (const Mutant* mutant : survivors) fmt::print("  {}:{}: {}\n", mutant->file, mutant->line, mutant->change);
    std::fflush(stdout);
    total_.killed += count.killed;
    total_.all += count.all;
  }

  std::set<std::string> only_;
  std::size_t trials_;
  Bench bench_{Engine::sqlite};
  Bench true_bench_{Engine::sqlite};
  std::map<std::string, std::vector<Case>> cases_ = all_cases();
  std::map<std::string, std::vector<std::map<std::string, Shown>>> truth_;
  Equivalents equivalents_;
  Count total_;
};

}  // namespace
}  // namespace assay::testing

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  std::size_t trials = 0;
  if (arguments.size() >= 2 && arguments[0] == "--suggest") {
    trials = std::stoul(arguments[1]);
    arguments.erase(arguments.begin(), arguments.begin() + 2);
  }
  assay::testing::Run run({arguments.begin(), arguments.end()}, trials);
  run.rules();
  if (!trials) run.views();
  return run.finish();
}
