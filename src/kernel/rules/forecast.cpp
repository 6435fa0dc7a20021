#include "kernel/rules/forecast.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::int64_t farthest = 731;

bool earlier(const ForecastEvent& a, const ForecastEvent& b) {
  auto order = [](const ForecastEvent& event) {
    return std::tuple(event.on, -static_cast<int>(event.finding.finding_class), std::string_view(event.finding.rule_id),
                      std::string_view(event.finding.subject));
  };
  return order(a) < order(b);
}

}  // namespace

Forecaster::~Forecaster() {
  stopping_ = true;
  if (worker_.joinable()) worker_.join();
}

Date Forecaster::latest(Date end) const {
  Date today = auditor_.workspace().clock().today();
  return std::clamp(end, today, today.plus_days(farthest));
}

Result<std::shared_ptr<const Forecast>> Forecaster::until(Date end) {
  std::lock_guard lock(mutex_);
  Date today = auditor_.workspace().clock().today();
  end = latest(end);
  TRY(std::int64_t revision, auditor_.workspace().revision());
  if (!kept_ || kept_->from != today || kept_->until != end) kept_ = Kept{today, end, nullptr, -1, 0, {}, nullptr};
  if (kept_->revision != revision) {
    progress_ = 0;
    auto done = work_out(*kept_);
    days_.clear();
    if (!done) {
      kept_.reset();
      return std::unexpected(std::move(done).error());
    }
    kept_->revision = revision;
  }
  std::lock_guard state(state_mutex_);
  known_ = {revision, kept_->forecast};
  return kept_->forecast;
}

std::shared_ptr<const Forecast> Forecaster::at_hand(Date end, std::int64_t revision) const {
  const Forecast* known = known_.forecast.get();
  const bool fits = known && known_.revision == revision && known->until == latest(end) &&
                    known->from == auditor_.workspace().clock().today();
  return fits ? known_.forecast : nullptr;
}

void Forecaster::begin_locked(Date end) {
  if (working_) return;
  if (worker_.joinable()) worker_.join();
  working_ = true;
  failure_.reset();
  worker_ = std::thread([this, end] {
    auto forecast = until(end);
    std::lock_guard lock(state_mutex_);
    if (!forecast) failure_ = std::move(forecast).error();
    working_ = false;
    done_.notify_all();
  });
}

Result<void> Forecaster::begin(Date end) {
  TRY(std::int64_t revision, auditor_.workspace().revision());
  std::lock_guard lock(state_mutex_);
  if (!at_hand(end, revision)) begin_locked(end);
  return {};
}

Result<std::shared_ptr<const Forecast>> Forecaster::within(Date end, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  TRY(std::int64_t revision, auditor_.workspace().revision());
  std::unique_lock lock(state_mutex_);
  std::shared_ptr<const Forecast> forecast;
  // Twice when what was under way is of older data.
  while (!(forecast = at_hand(end, revision))) {
    begin_locked(end);
    if (!done_.wait_until(lock, deadline, [&] { return !working_; })) return nullptr;
    if (failure_) return std::unexpected(*failure_);
    TRY(revision, auditor_.workspace().revision());
  }
  return forecast;
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
    progress_ = static_cast<double>(i) / static_cast<double>(rules.rules.size());
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
  return turns_of(rule, from, until, [&](Date day, const std::set<std::string>* records) -> Result<RuleAnswer> {
    if (stopping_) return fail(ErrorKind::internal, "The forecast is given up.");
    TRY(const OnDay* facts, on(day, connection));
    const RuleQuestion question{day, {}, {}};
    return records ? answer_about(rule, connection, facts->gates, question, *records)
                   : answer(rule, connection, facts->gates, question);
  });
}

}  // namespace assay
