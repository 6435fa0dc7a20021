// Simulated years of a portfolio of risks, and what they say: mean, bad years, the loss exceedance curve, sensitivity,
// convergence. The same scenarios, seed and number of years give the same figures to the last bit on any machine and
// with any number of threads.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "isms/loss/loss_model.h"

namespace assay {

struct LossRun {
  std::uint64_t seed = 1;
  std::size_t trials = 100'000;  // simulated years, most_trials at the most
  double correlation = 0;        // between the yearly counts of any two risks: one common normal factor, 0 <= r < 1
  unsigned threads = 1;

  static constexpr std::size_t least_trials = 10'000, most_trials = 1'000'000;
};

// What one risk brings, in the order of the scenarios.
struct LossShare {
  double mean = 0, error = 0;  // of the loss in a year, and the standard error of the mean
  double any = 0;              // share of the years with an event
};

struct SimulatedYears {
  std::vector<double> totals;  // the loss of each year, in the order of the years
  std::vector<LossShare> shares;
};
SimulatedYears simulate_years(std::span<const LossScenario> scenarios, const LossRun& run);

// The losses of many years in growing order.
class LossDistribution {
 public:
  explicit LossDistribution(std::vector<double> totals);  // at least one; none negative

  std::size_t trials() const { return sorted_.size(); }
  double mean() const { return mean_; }
  double deviation() const { return deviation_; }
  double error() const;  // standard error of the mean
  double most() const { return sorted_.back(); }
  // Value at risk: the loss that is not exceeded in a share p of the years, 0 < p < 1.
  double quantile(double p) const;
  // Expected shortfall: the mean loss of the worst share 1 - p of the years.
  double shortfall(double p) const;
  // A range that holds the true quantile with a probability of 95 %, by the ranks of the sample.
  std::pair<double, double> quantile_range(double p) const;
  // The share of the years whose loss is above `loss`.
  double exceeded(double loss) const;

 private:
  std::vector<double> sorted_;
  double mean_ = 0, deviation_ = 0;
};

// Mean and quantile as the years come in, for as many years as are enough.
struct LossCheckpoint {
  std::size_t trials = 0;
  double mean = 0, error = 0, bad_year = 0;  // bad_year: the quantile asked for
};
std::vector<LossCheckpoint> convergence_of(std::span<const double> totals, double p);
// Years after which the mean is known to within `share` of itself (half the width of a 95 % interval); 0 when nothing
// is lost.
std::size_t trials_for_mean(const LossDistribution& losses, double share);

// How much one input moves the result: everything else as estimated, this one at its low and at its high end.
struct LossSwing {
  std::size_t scenario = 0;
  bool frequency = false;                      // else the loss of one event
  double low = 0, high = 0;                    // what was put in
  double mean_low = 0, mean_high = 0;          // of the portfolio, worked out
  double bad_year_low = 0, bad_year_high = 0;  // the quantile of the portfolio, simulated
};
// The inputs of the scenarios with the highest means, at most `most` scenarios, by falling swing of the mean. `totals`
// are the portfolio's years of the same run or the first of them; run.trials says how many of them are used.
std::vector<LossSwing> swings_of(std::span<const LossScenario> scenarios, const LossRun& run,
                                 std::span<const double> totals, double p, std::size_t most);

// ---- Tolerance -----------------------------------------------------------------------------------------------------

// Losses above `loss` are tolerated with this probability in a year.
struct TolerancePoint {
  double loss = 0, probability = 0;
  friend bool operator==(const TolerancePoint&, const TolerancePoint&) = default;
};
// Between two points the tolerated probability lies on a line over the logarithm of the loss. `points` by growing loss,
// none empty; below the first and above the last point nothing is said: -1.
double tolerated(std::span<const TolerancePoint> points, double loss);
// The losses at which the curve of `losses` passes from below the tolerance to above it or back.
std::vector<double> tolerance_crossings(const LossDistribution& losses, std::span<const TolerancePoint> points);

}  // namespace assay
