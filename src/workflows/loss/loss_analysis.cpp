#include "workflows/loss/loss_analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <thread>

#include "base/hash.h"
#include "base/text.h"
#include "isms/loss/portable_math.h"

namespace assay {
namespace {

constexpr double shown_levels[] = {0.8, 0.9, 0.95, 0.99, 0.995};
constexpr std::size_t most_swings = 8, swing_years = 50'000;

// A whole number of the range, or what was expected.
template <class Number>
void read_number(Problems& problems, std::string_view place, std::string_view text, Number least, Number most,
                 Number& out) {
  text = trim(text);
  if (text.empty()) return;
  Number value{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    problems.push_back(
        {std::string(place), fmt::format("must be a whole number from {} to {}", least, most), shorten(text, 40)});
    return;
  }
  out = value;
}

// Where a curve has something to say: from the smallest loss worth a point to the largest seen.
std::pair<double, double> curve_ends(const LossDistribution& losses) {
  const double most = losses.most(), nearly_all = losses.quantile(std::min(0.999, 1 - losses.exceeded(0) + 0.005));
  return {std::min(std::max({1.0, most / 1e6, nearly_all}), most / 2), most};
}

// At equal steps of the logarithm.
std::vector<std::pair<double, double>> curve_of(const LossDistribution& losses, std::pair<double, double> ends) {
  std::vector<std::pair<double, double>> out;
  if (ends.second <= 0) return out;
  constexpr int steps = 160;
  const double from = portable::log(ends.first), to = portable::log(ends.second);
  for (int i = 0; i <= steps; ++i) {
    const double loss = portable::exp(from + (to - from) * i / steps);
    out.emplace_back(loss, losses.exceeded(loss));
  }
  return out;
}

LossFigures figures_of(const LossDistribution& losses, std::span<const LossScenario> scenarios) {
  LossFigures out{
      .mean = losses.mean(), .error = losses.error(), .deviation = losses.deviation(), .any = losses.exceeded(0)};
  for (const LossScenario& scenario : scenarios) out.exact_mean += scenario.mean();
  for (double p : shown_levels) {
    auto [least, most] = losses.quantile_range(p);
    out.levels.push_back({p, losses.quantile(p), least, most, losses.shortfall(p)});
  }
  return out;
}

// Everything that the figures follow from.
std::string key_of(const LossPortfolio& portfolio, const LossQuestion& question) {
  std::string text = fmt::format("{} {} {}\n", question.seed, question.years, question.correlation);
  auto add = [&](const LossRange& range) {
    text += fmt::format("{} {} {} {}|", static_cast<int>(range.model), range.low, range.likely, range.high);
  };
  for (const EstimatedRisk* each : portfolio.estimated()) {
    text += fmt::format("{}:{}|{}|", each->risk.id.size(), each->risk.id, each->has_plan() ? each->yearly_cost() : -1);
    for (const LossScenario& scenario : {*each->scenario(), *each->scenario_planned()}) {
      add(scenario.frequency);
      add(scenario.loss);
    }
    text += '\n';
  }
  for (const TolerancePoint& point :
       portfolio.tolerance ? portfolio.tolerance->curve() : std::vector<TolerancePoint>()) {
    text += fmt::format("{} {};", point.loss, point.probability);
  }
  return hex(sha256(text));
}

void compare_with_plan(LossAnalysis& out, std::span<const double> now, std::span<const double> planned, double cost) {
  double sum = 0, square = 0;
  std::size_t pays = 0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const double avoided = now[i] - planned[i];
    sum += avoided;
    square += avoided * avoided;
    pays += avoided > cost;
  }
  const auto years = static_cast<double>(now.size());
  out.avoided = sum / years;
  out.avoided_error = std::sqrt(std::max(0.0, square / years - out.avoided * out.avoided) / years);
  out.pays_off = static_cast<double>(pays) / years;
}

}  // namespace

Result<LossQuestion> LossQuestion::parse(std::string_view seed, std::string_view years, std::string_view correlation) {
  LossQuestion out;
  Problems problems;
  read_number<std::uint64_t>(problems, "seed", seed, 0, most_seed, out.seed);
  read_number<std::size_t>(problems, "years", years, LossRun::least_trials, LossRun::most_trials, out.years);
  read_number<int>(problems, "correlation", correlation, 0, most_correlation, out.correlation);
  if (!problems.empty()) return fail(std::move(problems), "The simulation cannot be run as asked.");
  return out;
}

LossAnalysis analyse_losses(const LossPortfolio& portfolio, const LossQuestion& question, unsigned threads) {
  LossAnalysis out{.question = question};
  std::vector<LossScenario> now, planned;
  bool any_plan = false;
  double cost = 0;
  for (const EstimatedRisk* each : portfolio.estimated()) {
    out.risks.push_back(each->risk.id);
    now.push_back(*each->scenario());
    planned.push_back(*each->scenario_planned());
    if (!each->has_plan()) continue;
    any_plan = true;
    cost += each->yearly_cost();
  }
  const LossRun run{
      .seed = question.seed, .trials = question.years, .correlation = question.correlation / 100.0, .threads = threads};
  const std::vector<TolerancePoint> points =
      portfolio.tolerance ? portfolio.tolerance->curve() : std::vector<TolerancePoint>();

  SimulatedYears years = simulate_years(now, run);
  out.shares = std::move(years.shares);
  out.convergence = convergence_of(years.totals, LossAnalysis::bad_year);
  LossRun swing_run = run;
  swing_run.trials = std::min(run.trials, swing_years);
  out.swings = swings_of(now, swing_run, years.totals, LossAnalysis::bad_year, most_swings);
  const LossDistribution losses(years.totals);
  out.now = figures_of(losses, now);
  out.enough_years = trials_for_mean(losses, 0.01);
  out.crossings = tolerance_crossings(losses, points);
  for (const TolerancePoint& point : points) {
    const double share = losses.exceeded(point.loss);
    out.tolerance.push_back(
        {point.loss, point.probability, share, {}, std::sqrt(share * (1 - share) / static_cast<double>(run.trials))});
  }
  auto ends = curve_ends(losses);
  if (!any_plan) {
    out.now.curve = curve_of(losses, ends);
    return out;
  }
  SimulatedYears years_planned = simulate_years(planned, run);
  out.shares_planned = std::move(years_planned.shares);
  compare_with_plan(out, years.totals, years_planned.totals, cost);
  const LossDistribution losses_planned(std::move(years_planned.totals));
  out.planned = figures_of(losses_planned, planned);
  // Both over the same losses, so that they can be compared.
  if (auto [least, most] = curve_ends(losses_planned); most > 0)
    ends = {ends.second > 0 ? std::min(ends.first, least) : least, std::max(ends.second, most)};
  out.now.curve = curve_of(losses, ends);
  out.planned->curve = curve_of(losses_planned, ends);
  out.crossings_planned = tolerance_crossings(losses_planned, points);
  for (ToleranceCheck& check : out.tolerance) check.planned = losses_planned.exceeded(check.loss);
  return out;
}

std::shared_ptr<const LossAnalysis> LossDesk::find(const std::string& key) {
  auto found = std::ranges::find(kept_, key, &Kept::key);
  if (found == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found);
  return found->analysis;
}

Result<std::shared_ptr<const LossAnalysis>> LossDesk::analysis(const LossPortfolio& portfolio,
                                                               const LossQuestion& question) {
  const std::string key = key_of(portfolio, question);
  {
    std::lock_guard lock(mutex_);
    if (auto found = find(key)) return found;
    if (waiting_ > most_waiting)
      return fail(ErrorKind::limit, "Several simulations are running already. Try again in a moment.");
    ++waiting_;
  }
  std::lock_guard work(working_);
  {
    std::lock_guard lock(mutex_);
    --waiting_;
    if (auto found = find(key)) return found;  // somebody asked for the same
  }
  auto made = std::make_shared<const LossAnalysis>(
      analyse_losses(portfolio, question, std::clamp(std::thread::hardware_concurrency(), 1U, 2U)));
  std::lock_guard lock(mutex_);
  kept_.push_front({key, made});
  if (kept_.size() > most_kept) kept_.pop_back();
  return made;
}

LossDesk& loss_desk() {
  static LossDesk desk;
  return desk;
}

}  // namespace assay
