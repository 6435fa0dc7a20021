#include "isms/loss/loss_model.h"

#include <algorithm>
#include <cmath>

#include "isms/loss/philox.h"
#include "isms/loss/portable_math.h"

namespace assay {
namespace {

constexpr double z95 = 1.6448536269514722;  // normal_quantile(0.95)
constexpr std::size_t beta_cells = 4096;

struct LognormalTerms {
  double mu, sigma;
  explicit LognormalTerms(const LossRange& range)
      : mu((portable::log(range.low) + portable::log(range.high)) / 2),
        sigma((portable::log(range.high) - portable::log(range.low)) / (2 * z95)) {}
  double value(double p) const { return portable::exp(mu + sigma * portable::normal_quantile(p)); }
  // The part of the mean that lies below the quantile of p.
  double mean_below(double p) const {
    if (p <= 0) return 0;
    const double mean = portable::exp(mu + sigma * sigma / 2);
    return p >= 1 ? mean : mean * portable::normal_probability(portable::normal_quantile(p) - sigma);
  }
};

// The probability below each of beta_cells + 1 equal steps of the unit interval, for the beta distribution of a PERT
// range.
std::vector<double> beta_steps(const LossRange& range) {
  const double width = range.high - range.low;
  // Exponents: shapes less one.
  const double a = 4 * (range.likely - range.low) / width, b = 4 * (range.high - range.likely) / width;
  auto density = [&](double x) {
    return (a > 0 ? portable::power(x, a) : 1) * (b > 0 ? portable::power(1 - x, b) : 1);
  };
  std::vector<double> below(beta_cells + 1);
  for (std::size_t i = 0; i < beta_cells; ++i) {
    // Gauss's rule with two points: never at the ends, where the density may have no slope.
    constexpr double aside = 0.28867513459481288;
    const double middle = static_cast<double>(i) + 0.5;
    const double mass = density((middle - aside) / beta_cells) + density((middle + aside) / beta_cells);
    below[i + 1] = below[i] + mass;
  }
  for (double& each : below) each /= below.back();
  return below;
}

double beta_quantile(const std::vector<double>& below, double p) {
  const auto above = std::ranges::upper_bound(below, p);
  if (above == below.end()) return 1;
  const auto i = static_cast<std::size_t>(above - below.begin());
  const double mass = below[i] - below[i - 1];
  return (static_cast<double>(i - 1) + (mass > 0 ? (p - below[i - 1]) / mass : 0.5)) / beta_cells;
}

// Values that stand for equally likely parts of a range, each the mean of its part; together they have the mean of the
// range.
std::vector<double> equal_parts(const LossRange& range, std::size_t parts) {
  if (range.model == RangeModel::fixed) return {range.likely};
  std::vector<double> out(parts);
  const auto count = static_cast<double>(parts);
  if (range.model == RangeModel::lognormal) {
    const LognormalTerms terms(range);
    double before = 0;
    for (std::size_t i = 0; i < parts; ++i) {
      const double upto = terms.mean_below(static_cast<double>(i + 1) / count);
      out[i] = std::max(0.0, upto - before) * count;
      before = upto;
    }
    return out;
  }
  const std::vector<double> below = beta_steps(range);
  double sum = 0;
  for (std::size_t i = 0; i < parts; ++i)
    sum += out[i] = range.low + (range.high - range.low) * beta_quantile(below, (static_cast<double>(i) + 0.5) / count);
  const double off = range.mean() - sum / count;
  for (double& each : out) each = std::max(0.0, each + off);
  return out;
}

}  // namespace

double LossRange::mean() const {
  if (model == RangeModel::fixed) return likely;
  if (model == RangeModel::pert) return (low + 4 * likely + high) / 6;
  const LognormalTerms terms(*this);
  return portable::exp(terms.mu + terms.sigma * terms.sigma / 2);
}

double LossRange::variance() const {
  if (model == RangeModel::fixed) return 0;
  if (model == RangeModel::pert) return (mean() - low) * (high - mean()) / 7;
  const LognormalTerms terms(*this);
  return mean() * mean() * (portable::exp(terms.sigma * terms.sigma) - 1);
}

double LossRange::quantile(double p) const {
  if (model == RangeModel::fixed) return likely;
  if (model == RangeModel::lognormal) return LognormalTerms(*this).value(p);
  return low + (high - low) * beta_quantile(beta_steps(*this), p);
}

double LossScenario::mean() const { return frequency.mean() * loss.mean(); }

double LossScenario::variance() const {
  // Within a year of a given rate, and between rates.
  const double square = loss.variance() + loss.mean() * loss.mean();
  return frequency.mean() * square + frequency.variance() * loss.mean() * loss.mean();
}

SizeTable::SizeTable(const LossRange& range) : exact_ends_(range.model != RangeModel::fixed), nodes_(cells + 1) {
  if (range.model == RangeModel::fixed) {
    std::ranges::fill(nodes_, range.likely);
  } else if (range.model == RangeModel::lognormal) {
    const LognormalTerms terms(range);
    mu_ = terms.mu;
    sigma_ = terms.sigma;
    for (std::uint32_t i = 1; i < cells; ++i) nodes_[i] = terms.value(static_cast<double>(i) / cells);
    nodes_[cells] = terms.value(1 - 0.25 / cells);  // never used by draws: the ends are exact
  } else {
    low_ = range.low;
    width_ = range.high - range.low;
    steps_ = beta_steps(range);
    for (std::uint32_t i = 0; i <= cells; ++i)
      nodes_[i] = low_ + width_ * beta_quantile(steps_, static_cast<double>(i) / cells);
  }
  // Moments below the two highest cells, from eight draws a cell.
  constexpr std::uint32_t draws = (cells - 2) * 8;
  auto place = [](std::uint32_t i) { return (i << 18U) + (1U << 17U); };
  for (std::uint32_t i = 0; i < draws; ++i) body_mean_ += draw(place(i));
  body_mean_ /= draws;
  double second = 0, third = 0;
  for (std::uint32_t i = 0; i < draws; ++i) {
    const double off = draw(place(i)) - body_mean_;
    second += off * off;
    third += off * off * off;
  }
  body_deviation_ = std::sqrt(second / draws);
  if (body_deviation_ > 0) body_skewness_ = third / draws / (body_deviation_ * body_deviation_ * body_deviation_);
}

double SizeTable::end(std::uint32_t bits) const {
  const double p = unit_interval(bits);
  return steps_.empty() ? portable::exp(mu_ + sigma_ * portable::normal_quantile(p))
                        : low_ + width_ * beta_quantile(steps_, p);
}

std::uint64_t SizeTable::high_events(std::uint64_t events, std::uint32_t bits) const {
  // Binomial with the probability 1/1024, by inversion.
  constexpr double p = 1.0 / 1024, log_of_rest = -0.00097703964782661278;  // ln(1 - p)
  const double u = unit_interval(bits);
  double mass = portable::exp(static_cast<double>(events) * log_of_rest), below = mass;
  std::uint64_t count = 0;
  while (u > below && count < events && (mass > 0 || count == 0)) {
    ++count;
    mass *= static_cast<double>(events - count + 1) / static_cast<double>(count) * (p / (1 - p));
    below += mass;
  }
  return count;
}

double SizeTable::body_sum(std::uint64_t events, std::uint32_t bits) const {
  const auto n = static_cast<double>(events);
  const double z = portable::normal_quantile(unit_interval(bits));
  const double root = std::sqrt(n);
  // The normal value bent by the skewness that is left in a sum of n (Cornish and Fisher).
  const double bent = z + body_skewness_ / (6 * root) * (z * z - 1);
  return std::max(0.0, n * body_mean_ + root * body_deviation_ * bent);
}

CountTable::CountTable(const LossRange& frequency) {
  const std::vector<double> rates = equal_parts(frequency, frequency.mean() > 500 ? 256 : 1024);
  std::vector<double> mass;
  auto add = [&](std::uint64_t count, double probability) {
    if (count >= mass.size()) mass.resize(count + 1);
    mass[count] += probability;
  };
  for (double rate : rates) {
    rate = std::min(rate, most_rate);
    // Outward from the most likely count, until nothing is left that would show.
    const auto top = static_cast<std::uint64_t>(rate);
    const double at_top =
        rate > 0 ? portable::exp(static_cast<double>(top) * portable::log(rate) - rate - portable::log_factorial(top))
                 : 1;
    double probability = at_top;
    for (std::uint64_t k = top; probability > 1e-15;) {
      add(k, probability);
      ++k;
      probability *= rate / static_cast<double>(k);
    }
    probability = at_top;
    for (std::uint64_t k = top; k > 0 && probability > 1e-15; --k) {
      probability *= static_cast<double>(k) / rate;
      add(k - 1, probability);
    }
  }
  double all = 0;
  for (double each : mass) all += each;
  double sum = 0;
  for (double each : mass) below_.push_back((sum += each) / all);
  below_.back() = 1;
}

void CountTable::prepare_normal() {
  if (!normal_.empty()) return;
  for (double p : below_) normal_.push_back(p <= 1e-16 ? -40 : p >= 1 - 1e-16 ? 40 : portable::normal_quantile(p));
}

namespace {

// The first count whose step reaches `value`, 1 at least; most often it is the first.
std::uint64_t first_reaching(const std::vector<double>& steps, double value) {
  for (std::size_t k = 1; k < std::min<std::size_t>(steps.size(), 6); ++k) {
    if (steps[k] >= value) return k;
  }
  if (steps.size() <= 6) return steps.size() - 1;
  const auto found = std::lower_bound(steps.begin() + 6, steps.end() - 1, value);
  return static_cast<std::uint64_t>(found - steps.begin());
}

}  // namespace

std::uint64_t CountTable::above(double u) const { return first_reaching(below_, u); }
std::uint64_t CountTable::above_normal(double z) const { return first_reaching(normal_, z); }

}  // namespace assay
