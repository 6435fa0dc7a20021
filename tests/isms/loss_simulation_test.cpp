// The simulation of losses against published vectors, closed forms and itself.
#include "isms/loss/loss_simulation.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "isms/loss/philox.h"
#include "isms/loss/portable_math.h"

namespace assay {
namespace {

LossRange known(double value) { return {.model = RangeModel::fixed, .likely = value}; }
LossRange pert(double low, double likely, double high) { return {RangeModel::pert, low, likely, high}; }
LossRange nine_in_ten(double low, double high) { return {.model = RangeModel::lognormal, .low = low, .high = high}; }

double deviation_of(const std::vector<double>& values, double mean) {
  double sum = 0;
  for (double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

std::vector<LossScenario> a_portfolio() {
  return {{"R-1", pert(0.05, 0.2, 1), nine_in_ten(10'000, 400'000)},
          {"R-2", known(0.5), pert(1'000, 5'000, 40'000)},
          {"R-3", nine_in_ten(0.02, 0.6), nine_in_ten(50'000, 900'000)},
          {"R-4", pert(2, 6, 20), pert(0, 800, 6'000)},
          {"R-5", known(150), nine_in_ten(5, 90)}};
}

// The known-answer vectors that the authors publish with their Random123 library (kat_vectors, philox 4x32 10).
TEST(Philox, GivesThePublishedVectors) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}), (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(PortableMath, AgreesWithTheLibraryToTheLastDigits) {
  for (double x = -690; x < 690; x += 0.73) EXPECT_NEAR(portable::exp(x) / std::exp(x), 1, 1e-15) << x;
  for (double x = 1e-300; x < 1e300; x *= 1.9)
    EXPECT_NEAR(portable::log(x), std::log(x), 4e-16 * std::max(1.0, std::abs(std::log(x)))) << x;
  for (double x = -8; x < 8; x += 0.021)
    EXPECT_NEAR(portable::normal_probability(x), 0.5 * std::erfc(-x / std::sqrt(2.0)), 3e-15) << x;
  for (std::uint64_t n = 0; n < 400; ++n)
    EXPECT_NEAR(portable::log_factorial(n), std::lgamma(static_cast<double>(n) + 1),
                1e-12 * std::max(1.0, std::lgamma(static_cast<double>(n) + 1)))
        << n;
  EXPECT_EQ(portable::exp(-1000), 0);
  EXPECT_TRUE(std::isfinite(portable::exp(1e6)));
}

// Values given with algorithm AS 241, and points of printed tables.
TEST(PortableMath, NormalQuantileGivesThePublishedValues) {
  EXPECT_DOUBLE_EQ(portable::normal_quantile(0.25), -0.6744897501960817);
  EXPECT_DOUBLE_EQ(portable::normal_quantile(0.001), -3.090232306167814);
  EXPECT_DOUBLE_EQ(portable::normal_quantile(1e-20), -9.262340089798408);
  EXPECT_DOUBLE_EQ(portable::normal_quantile(0.975), 1.959963984540054);
  EXPECT_EQ(portable::normal_quantile(0.5), 0);
  for (double p = 0.0005; p < 1; p += 0.0005)
    EXPECT_NEAR(portable::normal_probability(portable::normal_quantile(p)), p, 2e-15) << p;
}

TEST(LossRanges, HaveTheMomentsAndQuantilesOfTheirDistributions) {
  LossRange beta = pert(10, 20, 60);
  EXPECT_DOUBLE_EQ(beta.mean(), 25);
  EXPECT_DOUBLE_EQ(beta.variance(), (25.0 - 10) * (60 - 25) / 7);
  EXPECT_EQ(beta.quantile(1e-12) < 10.1, true);
  // Shapes 1 and 5: 1 - (1 - x)^5.
  EXPECT_NEAR(pert(0, 0, 1).quantile(0.5), 1 - std::pow(0.5, 0.2), 1e-7);
  EXPECT_NEAR(pert(0, 1, 1).quantile(0.5), std::pow(0.5, 0.2), 1e-7);
  EXPECT_NEAR(pert(0, 0.5, 1).quantile(0.5), 0.5, 1e-9);
  LossRange log = nine_in_ten(1'000, 100'000);
  EXPECT_NEAR(log.quantile(0.05), 1'000, 1e-6);
  EXPECT_NEAR(log.quantile(0.95), 100'000, 1e-4);
  EXPECT_NEAR(log.quantile(0.5), 10'000, 1e-6);
  double sigma = std::log(100.0) / (2 * 1.6448536269514722);
  EXPECT_NEAR(log.mean(), 10'000 * std::exp(sigma * sigma / 2), 1e-6);
  EXPECT_NEAR(log.variance() / (log.mean() * log.mean()), std::exp(sigma * sigma) - 1, 1e-9);
}

// Draws at equal steps of the unit interval: the integral of the quantile function, without the noise of random
// numbers.
TEST(LossRanges, AreDrawnFromAsTheyAre) {
  for (const LossRange& range :
       {pert(10, 20, 60), pert(0, 0, 7), pert(5, 90, 100), nine_in_ten(1, 30), nine_in_ten(1'000, 90'000), known(5)}) {
    SizeTable table(range);
    constexpr std::uint32_t steps = 1U << 22U;
    std::vector<double> draws;
    for (std::uint32_t i = 0; i < steps; ++i) draws.push_back(table.draw((i << 10U) + 512));
    double mean = 0;
    for (double draw : draws) mean += draw;
    mean /= steps;
    EXPECT_NEAR(mean / range.mean(), 1, 2e-4) << range.low << " " << range.high;
    EXPECT_NEAR(deviation_of(draws, mean), std::sqrt(range.variance()), 1e-2 * std::sqrt(range.variance()) + 1e-9)
        << range.low << " " << range.high;
    EXPECT_TRUE(std::ranges::is_sorted(draws));
    for (double p : {0.02, 0.5, 0.9, 0.999})
      EXPECT_NEAR(draws[static_cast<std::size_t>(p * steps)] / range.quantile(p), 1, 2e-3) << p;
  }
}

TEST(LossSimulation, CountsAreThoseOfPoisson) {
  for (double rate : {0.01, 0.3, 1.0, 4.0, 30.0, 64.0, 200.0, 5'000.0}) {
    LossScenario scenario{"R-1", known(rate), known(1)};
    LossRun run{.seed = 11, .trials = 200'000};
    SimulatedYears years = simulate_years({&scenario, 1}, run);
    auto n = static_cast<double>(run.trials);
    EXPECT_NEAR(years.shares[0].mean, rate, 4 * std::sqrt(rate / n)) << rate;
    double variance = std::pow(deviation_of(years.totals, years.shares[0].mean), 2);
    EXPECT_NEAR(variance, rate, 4 * rate * std::sqrt(2 / n + 1 / (rate * n))) << rate;
    double none = std::exp(-rate);
    EXPECT_NEAR(1 - years.shares[0].any, none, 4 * std::sqrt(none * (1 - none) / n) + 1e-6) << rate;
    EXPECT_NEAR(years.shares[0].error, std::sqrt(rate / n), 0.05 * std::sqrt(rate / n));
  }
}

// Mean λE[X] and variance λE[X²], with an uncertain rate as well.
TEST(LossSimulation, CompoundSumsHaveTheirMeanAndVariance) {
  for (const LossScenario& scenario :
       {LossScenario{"A", known(0.4), nine_in_ten(1'000, 20'000)}, LossScenario{"B", known(7), pert(100, 300, 2'000)},
        LossScenario{"C", pert(0.1, 1, 6), pert(10, 50, 90)},
        LossScenario{"D", nine_in_ten(0.2, 3), nine_in_ten(500, 5'000)},
        LossScenario{"E", known(90), nine_in_ten(10, 400)}, LossScenario{"F", pert(50, 100, 400), pert(1, 2, 30)}}) {
    LossRun run{.seed = 5, .trials = 400'000, .threads = 2};
    LossDistribution losses(simulate_years({&scenario, 1}, run).totals);
    EXPECT_NEAR(losses.mean(), scenario.mean(), 4 * losses.error()) << scenario.name;
    EXPECT_NEAR(losses.deviation() / std::sqrt(scenario.variance()), 1, 0.02) << scenario.name;
  }
}

TEST(LossSimulation, ManyIndependentEventsComeNearTheNormalDistribution) {
  LossScenario scenario{"R-1", known(2'000), pert(0, 50, 100)};
  LossDistribution losses(simulate_years({&scenario, 1}, {.seed = 3, .trials = 200'000}).totals);
  for (double p : {0.05, 0.5, 0.95, 0.99}) {
    double normal = scenario.mean() + std::sqrt(scenario.variance()) * portable::normal_quantile(p);
    EXPECT_NEAR(losses.quantile(p), normal, 0.03 * std::sqrt(scenario.variance())) << p;
  }
}

TEST(LossSimulation, TheSameSeedGivesTheSameBitsWithAnyNumberOfThreads) {
  std::vector<LossScenario> portfolio = a_portfolio();
  for (double correlation : {0.0, 0.4}) {
    SimulatedYears one =
        simulate_years(portfolio, {.seed = 9, .trials = 30'001, .correlation = correlation, .threads = 1});
    for (unsigned threads : {2U, 3U}) {
      SimulatedYears other =
          simulate_years(portfolio, {.seed = 9, .trials = 30'001, .correlation = correlation, .threads = threads});
      EXPECT_EQ(one.totals, other.totals);
      for (std::size_t i = 0; i < portfolio.size(); ++i) EXPECT_EQ(one.shares[i].mean, other.shares[i].mean);
    }
    EXPECT_NE(one.totals, simulate_years(portfolio, {.seed = 10, .trials = 30'001, .correlation = correlation}).totals);
  }
}

TEST(LossSimulation, TheFirstYearsStayWhenMoreAreSimulatedAndWhenRisksCome) {
  std::vector<LossScenario> portfolio = a_portfolio();
  SimulatedYears few = simulate_years(portfolio, {.seed = 9, .trials = 10'000}),
                 many = simulate_years(portfolio, {.seed = 9, .trials = 50'000});
  EXPECT_TRUE(std::equal(few.totals.begin(), few.totals.end(), many.totals.begin()));
  double mean = few.shares[1].mean;
  portfolio.insert(portfolio.begin(), {"R-0", known(1), known(10)});
  EXPECT_EQ(simulate_years(portfolio, {.seed = 9, .trials = 10'000}).shares[2].mean, mean);
}

// Figures of this very program: a change of any of them changes every report that names its seed.
TEST(LossSimulation, GoldenFiguresOfASeed) {
  LossDistribution alone(simulate_years(a_portfolio(), {.seed = 2026, .trials = 100'000}).totals);
  LossDistribution together(
      simulate_years(a_portfolio(), {.seed = 2026, .trials = 100'000, .correlation = 0.3}).totals);
  auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
  EXPECT_EQ(bits(alone.mean()), 0x40fc7cefe8a8c76dU) << alone.mean();
  EXPECT_EQ(bits(alone.quantile(0.95)), 0x4120374351df62a7U) << alone.quantile(0.95);
  EXPECT_EQ(bits(together.mean()), 0x40fca08cea6ef96dU) << together.mean();
  EXPECT_EQ(bits(together.quantile(0.99)), 0x4132c5c49327f773U) << together.quantile(0.99);
}

TEST(LossSimulation, CorrelationWidensTheTailAndKeepsTheMean) {
  std::vector<LossScenario> portfolio;
  for (int i = 0; i < 20; ++i) portfolio.push_back({"R-" + std::to_string(i), known(0.2), known(1'000)});
  double before = 0;
  for (double correlation : {0.0, 0.2, 0.5, 0.9}) {
    LossDistribution losses(
        simulate_years(portfolio, {.seed = 4, .trials = 200'000, .correlation = correlation}).totals);
    EXPECT_NEAR(losses.mean(), 4'000, 5 * losses.error()) << correlation;
    EXPECT_GT(losses.deviation(), before * 1.1) << correlation;
    before = losses.deviation();
  }
}

// Exponential losses by their quantile function: VaR is -ln(1-p), ES one more.
TEST(LossDistributions, RiskMeasuresOfAKnownDistribution) {
  std::vector<double> losses;
  constexpr std::size_t n = 500'000;
  for (std::size_t i = 0; i < n; ++i) losses.push_back(-std::log(1 - (static_cast<double>((i * 7'919) % n) + 0.5) / n));
  LossDistribution known_losses(losses);
  for (double p : {0.5, 0.9, 0.95, 0.99}) {
    EXPECT_NEAR(known_losses.quantile(p), -std::log(1 - p), 1e-3);
    EXPECT_NEAR(known_losses.shortfall(p), -std::log(1 - p) + 1, 2e-3);
    EXPECT_NEAR(known_losses.exceeded(-std::log(1 - p)), 1 - p, 1e-5);
    auto [least, most] = known_losses.quantile_range(p);
    EXPECT_LT(least, -std::log(1 - p));
    EXPECT_GT(most, -std::log(1 - p));
  }
  EXPECT_NEAR(known_losses.mean(), 1, 1e-4);
  EXPECT_NEAR(known_losses.deviation(), 1, 1e-3);
  EXPECT_EQ(known_losses.exceeded(known_losses.most()), 0);
}

TEST(LossDistributions, SortsAsTheLibraryDoes) {
  std::vector<double> values;
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    PhiloxBlock bits = philox({i, 0, 0, 0}, {1, 2});
    values.push_back(bits[0] % 3 == 0 ? 0 : portable::exp(unit_interval(bits[1]) * 60 - 20));
  }
  LossDistribution losses(values);
  std::ranges::sort(values);
  for (std::size_t i = 0; i < values.size(); ++i)
    ASSERT_EQ(losses.quantile((static_cast<double>(i) + 0.5) / 5'000), values[i]) << i;
}

TEST(LossDistributions, ConvergenceEndsAtTheWholeRunAndNarrows) {
  SimulatedYears years = simulate_years(a_portfolio(), {.seed = 1, .trials = 64'000});
  LossDistribution losses(years.totals);
  auto steps = convergence_of(years.totals, 0.95);
  ASSERT_GT(steps.size(), 5U);
  EXPECT_EQ(steps.back().trials, 64'000U);
  EXPECT_NEAR(steps.back().mean, losses.mean(), 1e-6 * losses.mean());
  EXPECT_EQ(steps.back().bad_year, losses.quantile(0.95));
  EXPECT_LT(steps.back().error, steps.front().error);
  // After so many years the error is one percent, by the deviation that was seen.
  double half_width = 1.96 * losses.deviation() / std::sqrt(static_cast<double>(trials_for_mean(losses, 0.01)));
  EXPECT_NEAR(half_width / losses.mean(), 0.01, 1e-4);
  EXPECT_EQ(trials_for_mean(LossDistribution({0, 0}), 0.01), 0U);
}

TEST(LossSensitivity, TheWidestInputMovesTheMostAndMeansAreExact) {
  std::vector<LossScenario> portfolio{{"R-1", known(1), pert(90, 100, 110)}, {"R-2", pert(0.5, 1, 10), known(100)}};
  LossRun run{.seed = 1, .trials = 20'000};
  SimulatedYears years = simulate_years(portfolio, run);
  auto swings = swings_of(portfolio, run, years.totals, 0.95, 8);
  ASSERT_EQ(swings.size(), 2U);  // what is known has no swing
  EXPECT_EQ(swings[0].scenario, 1U);
  EXPECT_TRUE(swings[0].frequency);
  EXPECT_DOUBLE_EQ(swings[0].mean_low, 100 + 50);
  EXPECT_DOUBLE_EQ(swings[0].mean_high, 100 + 1'000);
  EXPECT_LT(swings[0].bad_year_low, swings[0].bad_year_high);
  EXPECT_FALSE(swings[1].frequency);
  EXPECT_DOUBLE_EQ(swings[1].mean_high - swings[1].mean_low, 20);
}

TEST(LossTolerances, LieOnALineOverTheLogarithmAndAreCrossedWhereTheCurveIsHigher) {
  std::vector<TolerancePoint> points{{1'000, 0.5}, {100'000, 0.1}};
  EXPECT_DOUBLE_EQ(tolerated(points, 1'000), 0.5);
  EXPECT_NEAR(tolerated(points, 10'000), 0.3, 1e-12);
  EXPECT_DOUBLE_EQ(tolerated(points, 100'000), 0.1);
  EXPECT_EQ(tolerated(points, 999), -1);
  EXPECT_EQ(tolerated(points, 100'001), -1);
  EXPECT_EQ(tolerated({}, 5), -1);
  // Losses of 20,000 in 40 % of the years: tolerated with 0.24 there, so the curve lies above the tolerance between
  // where that is 0.4 and 20,000.
  std::vector<double> losses(1'000, 0);
  std::fill(losses.begin(), losses.begin() + 400, 20'000);
  auto crossings = tolerance_crossings(LossDistribution(losses), points);
  ASSERT_EQ(crossings.size(), 2U);
  EXPECT_NEAR(crossings[0], 1'000 * std::pow(100, 0.25), 1);
  EXPECT_NEAR(crossings[1], 20'000, 1);
  EXPECT_TRUE(tolerance_crossings(LossDistribution({0, 0, 0}), points).empty());
}

// Whatever passes the checks of the register, however odd, gives figures.
TEST(LossSimulation, OddRangesNeverGiveAnythingButNumbers) {
  for (std::uint32_t i = 0; i < 300; ++i) {
    PhiloxBlock a = philox({i, 0, 0, 0}, {77, 0}), b = philox({i, 1, 0, 0}, {77, 0});
    auto range = [](std::uint32_t kind, std::uint32_t x, std::uint32_t y, double most) -> LossRange {
      double low = most * portable::exp(-30 * unit_interval(x)),
             high = std::min(most, low * (1 + portable::exp(9.2 * unit_interval(y))));
      if (kind % 3 == 0) return known(low);
      if (kind % 3 == 1) return pert(kind % 2 ? 0 : low, low + (high - low) * unit_interval(x * 7), high);
      return nine_in_ten(low, std::max(high, low * 1.0001));
    };
    std::vector<LossScenario> scenarios{
        {"R-1", range(a[0], a[1], a[2], 10'000), range(a[3] % 2 ? 1 : 2, b[0], b[1], 1e12)}};
    LossRun run{.seed = b[2], .trials = 300, .correlation = (b[3] % 10) / 10.0};
    LossDistribution losses(simulate_years(scenarios, run).totals);
    EXPECT_TRUE(std::isfinite(losses.mean()) && losses.mean() >= 0) << i;
    EXPECT_TRUE(std::isfinite(losses.deviation())) << i;
    EXPECT_TRUE(std::isfinite(losses.shortfall(0.95)) && losses.quantile(0.01) >= 0) << i;
    EXPECT_TRUE(std::isfinite(scenarios[0].mean()) && scenarios[0].variance() >= 0) << i;
  }
}

}  // namespace
}  // namespace assay
