#include "kernel/rules/forecast.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::int64_t stride = 7;
constexpr std::int64_t farthest = 731;

auto identity(const RuleFinding& finding) {
  return std::tuple(std::string_view(finding.kind), std::string_view(finding.subject), finding.finding_class);
}

using Findings = std::vector<RuleFinding>;

Findings sorted(Findings findings) {
  std::ranges::sort(findings, {}, identity);
  return findings;
}

bool same(const Findings& a, const Findings& b) {
  return std::ranges::equal(a, b,
                            [](const RuleFinding& x, const RuleFinding& y) { return identity(x) == identity(y); });
}

// What differs between two days that follow each other. A finding that only changes its class opens anew.
void compare(const Findings& before, const Findings& after, Date day, std::vector<ForecastEvent>& events) {
  auto less = [](const RuleFinding& a, const RuleFinding& b) { return identity(a) < identity(b); };
  Findings opened, ended;
  std::ranges::set_difference(after, before, std::back_inserter(opened), less);
  std::ranges::set_difference(before, after, std::back_inserter(ended), less);
  std::erase_if(ended, [&](const RuleFinding& old) {
    return std::ranges::any_of(
        opened, [&](const RuleFinding& fresh) { return fresh.kind == old.kind && fresh.subject == old.subject; });
  });
  for (RuleFinding& finding : opened) events.push_back({day, true, std::move(finding)});
  for (RuleFinding& finding : ended) events.push_back({day, false, std::move(finding)});
}

// Searches one rule's answers for the days on which they turn.
template <class Ask>
class Search {
 public:
  Search(Ask ask, std::vector<ForecastEvent>& events) : ask_(std::move(ask)), events_(events) {}

  void between(Date a, const Findings& at_a, Date b, const Findings& at_b) {
    if (same(at_a, at_b)) return;
    std::int64_t days = days_between(a, b);
    if (days == 1) return compare(at_a, at_b, b, events_);
    Date middle = a.plus_days(days / 2);
    Findings at_middle = ask_(middle);
    between(a, at_a, middle, at_middle);
    between(middle, at_middle, b, at_b);
  }

 private:
  Ask ask_;
  std::vector<ForecastEvent>& events_;
};

bool earlier(const ForecastEvent& a, const ForecastEvent& b) {
  auto order = [](const ForecastEvent& event) {
    return std::tuple(event.on, -static_cast<int>(event.finding.finding_class), std::string_view(event.finding.rule_id),
                      std::string_view(event.finding.subject));
  };
  return order(a) < order(b);
}

}  // namespace

Result<std::shared_ptr<const Forecast>> Forecaster::until(Date end) {
  std::lock_guard lock(mutex_);
  Date today = auditor_.workspace().clock().today();
  end = std::clamp(end, today, today.plus_days(farthest));
  TRY(std::int64_t revision, auditor_.workspace().revision());
  if (!kept_ || kept_->from != today || kept_->until != end) kept_ = Kept{today, end, nullptr, -1, 0, {}, nullptr};
  if (kept_->revision != revision) {
    auto done = work_out(*kept_);
    days_.clear();
    if (!done) {
      kept_.reset();
      return std::unexpected(std::move(done).error());
    }
    kept_->revision = revision;
  }
  return kept_->forecast;
}

Result<void> Forecaster::work_out(Kept& kept) {
  TRY(RuleAuditor::Basis basis, auditor_.basis());
  const RuleSet& rules = *basis.rules;
  const RuleDependencies& dependencies = *basis.dependencies;
  if (kept.rules != &rules) kept = Kept{kept.from, kept.until, &rules, -1, 0, {}, nullptr};
  TRY(auto snapshot, connection_.look(auditor_.workspace(), rules));
  TRY(DataChanges changes, snapshot.changes_since(kept.forecast ? std::optional(kept.entries) : std::nullopt));
  bool first = kept.by_rule.empty();
  kept.by_rule.resize(rules.rules.size());
  bool gates_turn = dependencies.concerns_gates(changes);
  bool changed = first;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const Rule& rule = rules.rules[i];
    if (!dependencies.of(i).asks_day()) continue;
    if (!first && !dependencies.concerns(i, changes) && !(gates_turn && rule.applicability_gate)) continue;
    TRY(kept.by_rule[i], of_rule(rule, kept.from, kept.until, snapshot.connection()));
    changed = true;
  }
  kept.entries = snapshot.entries;
  if (!changed) return {};
  auto forecast = std::make_shared<Forecast>(Forecast{kept.from, kept.until, {}});
  for (const auto& events : kept.by_rule) forecast->events.insert(forecast->events.end(), events.begin(), events.end());
  std::ranges::stable_sort(forecast->events, earlier);
  kept.forecast = std::move(forecast);
  return {};
}

Result<const Forecaster::OnDay*> Forecaster::on(Date day, Connection& connection) {
  auto found = days_.find(day);
  if (found == days_.end()) {
    OnDay facts;
    TRY(auto reader, auditor_.workspace().read());
    TRY(facts.parameters, reader->parameters(day));
    CHECK(connection.ask({day, facts.parameters}));
    TRY(facts.gates, read_gates(connection));
    found = days_.emplace(day, std::move(facts)).first;
  }
  CHECK(connection.ask({day, found->second.parameters}));
  return &found->second;
}

Result<std::vector<ForecastEvent>> Forecaster::of_rule(const Rule& rule, Date from, Date until,
                                                       Connection& connection) {
  std::vector<ForecastEvent> events;
  Result<void> failure;
  bool judged = true;
  auto ask = [&](Date day) -> Findings {
    auto facts = on(day, connection);
    if (!facts) {
      failure = std::unexpected(std::move(facts).error());
      return {};
    }
    RuleAnswer given = answer(rule, connection, (*facts)->gates, {day, {}, {}});
    judged = judged && given.not_evaluated.empty();
    return sorted(std::move(given.findings));
  };
  Search search(ask, events);
  Date day = from;
  Findings at_day = ask(day);
  while (day < until) {
    Date next = std::min(day.plus_days(stride), until);
    Findings at_next = ask(next);
    search.between(day, at_day, next, at_next);
    day = next;
    at_day = std::move(at_next);
  }
  CHECK(failure);
  if (!judged) events.clear();
  return events;
}

}  // namespace assay
