#include "kernel/rules/auditor.h"

#include <algorithm>

namespace assay {
namespace {

// Today, the stages of a certification and a day or two that somebody looks ahead to.
constexpr std::size_t most_kept = 8;

auto identity(const RuleFinding& finding) {
  return std::tuple(std::string_view(finding.rule_id), std::string_view(finding.kind),
                    std::string_view(finding.subject));
}

std::vector<const RuleFinding*> by_identity(const Verdict& verdict) {
  std::vector<const RuleFinding*> list;
  for (const RuleFinding& finding : verdict.findings) list.push_back(&finding);
  std::ranges::sort(list, {}, [](const RuleFinding* finding) { return identity(*finding); });
  return list;
}

}  // namespace

VerdictChange difference(const Verdict& before, const Verdict& after) {
  auto old_list = by_identity(before);
  auto new_list = by_identity(after);
  auto less = [](const RuleFinding* a, const RuleFinding* b) { return identity(*a) < identity(*b); };
  VerdictChange change;
  std::ranges::set_difference(new_list, old_list, std::back_inserter(change.opened), less);
  std::ranges::set_difference(old_list, new_list, std::back_inserter(change.closed), less);
  return change;
}

Result<std::shared_ptr<const Verdict>> RuleAuditor::today() { return verdict(workspace_.clock().today()); }

Result<std::shared_ptr<const Verdict>> RuleAuditor::verdict(Date as_of, const std::string& stage) {
  std::lock_guard lock(mutex_);
  // Read before the data is: what is written meanwhile makes the next question look again.
  TRY(std::int64_t revision, workspace_.revision());
  CHECK(take_up_rules());
  Kept& found = kept({as_of, stage, {}});
  if (!found.verdict || found.revision != revision) {
    auto done = bring_up_to_date(found, revision);
    if (!done) {
      kept_.pop_front();
      return std::unexpected(std::move(done).error());
    }
  }
  return found.verdict;
}

Result<Verdict> RuleAuditor::ask(const RuleQuestion& question) {
  std::lock_guard lock(mutex_);
  CHECK(take_up_rules());
  TRY(auto reader, workspace_.read());
  TRY(auto parameters, reader->parameters(question.as_of));
  TRY(auto snapshot, connection_.look(workspace_, *rules_));
  return evaluate(*rules_, snapshot.connection(), parameters, question);
}

Result<WhatIf> RuleAuditor::what_if(const Principal& actor, const std::function<Result<void>(Transaction&)>& work,
                                    Date as_of, const std::string& stage) {
  TRY(auto now, verdict(as_of, stage));
  std::lock_guard lock(mutex_);
  CHECK(learn());
  Kept proposed = kept({as_of, stage, {}});
  CHECK(workspace_.rehearse(actor, [&](Transaction& transaction) -> Result<void> {
    CHECK(work(transaction));
    Connection& connection = transaction.connection();
    CHECK(create_views(*rules_, connection));
    TRY(std::int64_t entries, ledger_entries(connection));
    TRY(DataChanges changes, DataChanges::between(connection, proposed.entries, entries));
    CHECK(answer_again(proposed, changes, connection, transaction));
    return {};
  }));
  return WhatIf{
      now, std::make_shared<const Verdict>(assemble(*rules_, proposed.question, proposed.gates, proposed.answers))};
}

Result<RuleAuditor::Basis> RuleAuditor::basis() {
  std::lock_guard lock(mutex_);
  CHECK(take_up_rules());
  CHECK(learn());
  return Basis{rules_, dependencies_};
}

Result<std::shared_ptr<const RuleDependencies>> RuleAuditor::dependencies() {
  TRY(Basis found, basis());
  return found.dependencies;
}

std::chrono::microseconds RuleAuditor::cost() {
  std::lock_guard lock(mutex_);
  std::chrono::microseconds sum{};
  if (kept_.empty()) return sum;
  for (const RuleAnswer& given : kept_.front().answers) sum += given.whole;
  return sum;
}

// Answers stand at the positions of their rules: with other rules in force they are worth nothing any more.
Result<void> RuleAuditor::take_up_rules() {
  TRY(const RuleSet* current, book_.current());
  if (current == rules_) return {};
  rules_ = current;
  dependencies_.reset();
  kept_.clear();
  return {};
}

Result<void> RuleAuditor::learn() {
  if (dependencies_) return {};
  TRY(RuleDependencies learned, RuleDependencies::learn(*rules_, workspace_.registry()));
  dependencies_ = std::make_shared<const RuleDependencies>(std::move(learned));
  return {};
}

RuleAuditor::Kept& RuleAuditor::kept(const RuleQuestion& question) {
  auto found = std::ranges::find_if(kept_, [&](const Kept& kept) {
    return kept.question.as_of == question.as_of && kept.question.stage == question.stage;
  });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
  } else {
    kept_.emplace_front().question = question;
    if (kept_.size() > most_kept) kept_.pop_back();
  }
  return kept_.front();
}

Result<void> RuleAuditor::bring_up_to_date(Kept& kept, std::int64_t revision) {
  CHECK(learn());
  TRY(auto snapshot, connection_.look(workspace_, *rules_));
  TRY(DataChanges changes, snapshot.changes_since(kept.verdict ? std::optional(kept.entries) : std::nullopt));
  TRY(auto reader, workspace_.read());
  TRY(bool changed, answer_again(kept, changes, snapshot.connection(), *reader));
  if (changed) {
    Verdict verdict = assemble(*rules_, kept.question, kept.gates, kept.answers);
    verdict.entries = snapshot.entries;
    kept.verdict = std::make_shared<const Verdict>(std::move(verdict));
  }
  kept.entries = snapshot.entries;
  kept.revision = revision;
  return {};
}

Result<bool> RuleAuditor::answer_again(Kept& kept, const DataChanges& changes, Connection& connection,
                                       const Reader& reader) {
  bool first = kept.answers.empty();
  bool new_parameters = false;
  if (first || changes.touches("policy_parameter")) {
    TRY(auto parameters, reader.parameters(kept.question.as_of));
    new_parameters = parameters != kept.parameters;
    kept.parameters = std::move(parameters);
  }
  CHECK(connection.ask({kept.question.as_of, kept.parameters}));
  bool new_gates = false;
  if (first || dependencies_->concerns_gates(changes)) {
    TRY(Gates gates, read_gates(connection));
    new_gates = gates != kept.gates;
    kept.gates = std::move(gates);
  }
  kept.answers.resize(rules_->rules.size());
  bool asked = first || new_gates;
  for (std::size_t i = 0; i < rules_->rules.size(); ++i) {
    const Rule& rule = rules_->rules[i];
    if (!is_asked(kept.question, rule)) continue;
    bool gated = new_gates && (rule.applicability_gate || rule.honest_plan_gate);
    bool tuned = new_parameters && dependencies_->of(i).asks_parameters();
    if (!first && !gated && !tuned && !dependencies_->concerns(i, changes)) continue;
    std::optional<std::set<std::string>> records;
    if (!first && !gated && !tuned && kept.answers[i].not_evaluated.empty()) {
      TRY(records, dependencies_->records_to_ask(rule, i, changes, kept.answers[i], workspace_.registry(), connection));
    }
    if (records && records->empty()) continue;  // what changed belongs to none of the records that the rule judges
    kept.answers[i] = records
                          ? assay::answer_again(rule, connection, kept.gates, kept.question, *records, kept.answers[i])
                          : answer(rule, connection, kept.gates, kept.question);
    asked = true;
  }
  return asked;
}

}  // namespace assay
