// What is known about the loss a risk may bring in a year: how often it happens and what one event costs, as ranges.
// From them the tables that a simulation draws from, and the figures that follow without one. Pure: no clock, no store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

// How a range is read.
enum class RangeModel {
  fixed,      // `likely` alone, known well
  pert,       // least, likely and greatest value: a beta distribution with four times the weight on the likely one
  lognormal,  // low and high enclose nine outcomes out of ten; one in twenty is below low, one in twenty above high
};

// fixed: likely >= 0. pert: 0 <= low <= likely <= high, low < high. lognormal: 0 < low < high.
struct LossRange {
  RangeModel model = RangeModel::fixed;
  double low = 0, likely = 0, high = 0;

  double mean() const;
  double variance() const;
  double quantile(double p) const;  // the value that is not exceeded with probability p, 0 < p < 1
  friend bool operator==(const LossRange&, const LossRange&) = default;
};

// One risk: events come by a Poisson process whose yearly rate is itself uncertain; each costs a loss of its own,
// independent of the others.
struct LossScenario {
  std::string name;     // the id of the risk: draws belong to it, so that they stay when other risks come and go
  LossRange frequency;  // events a year
  LossRange loss;       // of one event, in the currency of the workspace

  double mean() const;  // of the loss in a year, exactly
  double variance() const;
  friend bool operator==(const LossScenario&, const LossScenario&) = default;
};

// Quantiles of a range at equal steps. Draws lie between two of them on a line; towards the ends, where the line would
// be off, they are worked out one by one.
class SizeTable {
 public:
  explicit SizeTable(const LossRange& range);
  double draw(std::uint32_t bits) const {
    const std::uint32_t cell = bits >> 21U;
    if (exact_ends_ && (cell < first_on_line || cell >= cells - first_on_line)) return end(bits);
    const double from = nodes_[cell];
    return from + (nodes_[cell + 1] - from) * ((static_cast<double>(bits & 0x1FFFFFU) + 0.5) / 2097152.0);
  }
  // The sum of many events at once: below the highest thousandth by its first three moments, the rest of the events one
  // by one. `next` gives further random bits.
  template <class Next>
  double sum(std::uint64_t events, Next&& next) const;

 private:
  static constexpr std::uint32_t cells = 2048, first_on_line = 48;
  double end(std::uint32_t bits) const;
  std::uint64_t high_events(std::uint64_t events, std::uint32_t bits) const;
  double body_sum(std::uint64_t events, std::uint32_t bits) const;

  bool exact_ends_ = false;
  double mu_ = 0, sigma_ = 0;   // of the logarithm of a lognormal range
  double low_ = 0, width_ = 0;  // of a PERT range
  std::vector<double> steps_;   // and the probability below equal steps of it
  std::vector<double> nodes_;   // cells + 1
  double body_mean_ = 0, body_deviation_ = 0, body_skewness_ = 0;
};

// How many events a year has: the Poisson distribution averaged over the uncertain rate.
class CountTable {
 public:
  // Rates above `most_rate` count as that many: a range with a long tail would otherwise have no end.
  static constexpr double most_rate = 50'000;

  explicit CountTable(const LossRange& frequency);
  double none() const { return below_.front(); }  // the probability of a year without events
  // The count for a point of the unit interval above none(): at least 1.
  std::uint64_t above(double u) const;
  // The same for a standard normal value.
  std::uint64_t above_normal(double z) const;
  void prepare_normal();  // before the first above_normal()

 private:
  std::vector<double> below_;   // P(count <= k)
  std::vector<double> normal_;  // the normal quantile of each
};

template <class Next>
double SizeTable::sum(std::uint64_t events, Next&& next) const {
  const std::uint64_t high = high_events(events, next());
  double total = body_sum(events - high, next());
  for (std::uint64_t i = 0; i < high; ++i) {
    // A draw from the two highest cells: 1/1024 of all.
    total += draw(0xFFC00000U | (next() >> 10U));
  }
  return total;
}

}  // namespace assay
