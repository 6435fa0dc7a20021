#include "isms/loss/loss_simulation.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <memory>
#include <string_view>
#include <thread>

#include "isms/loss/philox.h"
#include "isms/loss/portable_math.h"

namespace assay {
namespace {

// Years are worked on in chunks, whichever thread takes them: sums are made within a chunk and then added up in the
// chunks' order.
constexpr std::size_t chunk_years = 4096;
// The common factor takes so many equally likely values.
constexpr std::size_t factor_levels = 4096;
// More events of a risk in a year than this are summed up at once.
constexpr std::uint64_t most_single_draws = 64;

// FNV-1a: which draws belong to a risk.
std::uint64_t stream_of(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (unsigned char c : name) hash = (hash ^ c) * 0x100000001B3U;
  return hash;
}

// The values of the factor: standard normal, scaled so that their variance is 1.
std::vector<double> factor_values() {
  std::vector<double> out(factor_levels);
  double square = 0;
  for (std::size_t i = 0; i < factor_levels; ++i) {
    out[i] = portable::normal_quantile((static_cast<double>(i) + 0.5) / factor_levels);
    square += out[i] * out[i];
  }
  const double scale = std::sqrt(factor_levels / square);
  for (double& each : out) each *= scale;
  return out;
}

std::uint32_t steps_of(double probability) {
  return static_cast<std::uint32_t>(std::clamp(probability * 4294967296.0, 0.0, 4294967295.0));
}

// The draws of a chunk: word j of block i belongs to year 4 i + j.
struct ChunkDraws {
  static constexpr std::size_t blocks = chunk_years / 4;
  alignas(32) std::array<std::array<std::uint32_t, blocks>, 4> words;
};

// Written so that the compiler works on several blocks at once; whole numbers come out the same with any instructions.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
__attribute__((optimize("O3"), target_clones("avx2", "default")))
#endif
void fill_draws(ChunkDraws& out, std::uint32_t first_block, std::uint32_t low, std::uint32_t word, std::uint32_t high, PhiloxKey key) {
  for (std::uint32_t i = 0; i < ChunkDraws::blocks; ++i) {
    const PhiloxBlock block = philox({first_block + i, low, word, high}, key);
    for (std::size_t j = 0; j < 4; ++j) out.words[j][i] = block[j];
  }
}

// A risk ready to be drawn from.
class DrawnRisk {
 public:
  DrawnRisk(const LossScenario& scenario, double correlation, std::span<const double> factor)
      : low_(static_cast<std::uint32_t>(stream_of(scenario.name))),
        high_(static_cast<std::uint32_t>(stream_of(scenario.name) >> 32U)),
        counts_(scenario.frequency),
        sizes_(scenario.loss),
        factor_(factor),
        common_(std::sqrt(correlation)),
        own_(std::sqrt(1 - correlation)) {
    if (correlation <= 0) {
      quiet_.assign(1, steps_of(counts_.none()));
      return;
    }
    counts_.prepare_normal();
    const double none = counts_.none();
    const double limit = none <= 1e-16 ? -40 : none >= 1 - 1e-16 ? 40 : portable::normal_quantile(none);
    std::vector<double> any(factor.size());
    double sum = 0;
    for (std::size_t i = 0; i < any.size(); ++i)
      sum += any[i] = portable::normal_probability((common_ * factor[i] - limit) / own_);
    // The steps of the factor leave a trace; over all of them the probability is the one that was estimated.
    const double scale = sum > 0 ? (1 - none) * static_cast<double>(any.size()) / sum : 1;
    for (double each : any) quiet_.push_back(steps_of(1 - std::min(1.0, each * scale)));
  }

  struct Sums {
    double loss = 0, square = 0;
    std::uint64_t years = 0;
  };
  // Adds the losses of `count` years from `first` on (a multiple of chunk_years) to `totals`.
  void draw(std::size_t first, std::size_t count, const std::uint16_t* levels, PhiloxKey key, double* totals,
            Sums& sums) const {
    const bool alone = quiet_.size() == 1;
    ChunkDraws draws;
    fill_draws(draws, static_cast<std::uint32_t>(first / 4), low_, 0, high_, key);
    // The years with an event first, without a branch that could not be foreseen.
    std::array<std::uint16_t, chunk_years> busy;
    std::size_t found = 0;
    for (std::size_t block = 0; block < ChunkDraws::blocks; ++block) {
      for (std::size_t j = 0; j < 4; ++j) {
        const std::size_t i = 4 * block + j;
        busy[found] = static_cast<std::uint16_t>(i);
        found += draws.words[j][block] >= quiet_[alone ? 0 : levels[i]];
      }
    }
    for (std::size_t each = 0; each < found && busy[each] < count; ++each) {
      const std::size_t i = busy[each];
      const double u = unit_interval(draws.words[i % 4][i / 4]);
      const std::uint64_t events =
          alone ? counts_.above(u)
                : counts_.above_normal(common_ * factor_[levels[i]] + own_ * portable::normal_quantile(u));
      const double loss = losses(first + i, events, key);
      totals[i] += loss;
      sums.loss += loss;
      sums.square += loss * loss;
      ++sums.years;
    }
  }

 private:
  double losses(std::size_t year, std::uint64_t events, PhiloxKey key) const {
    std::uint32_t block = 0, used = 4;
    PhiloxBlock bits{};
    auto next = [&] {
      if (used == 4) {
        bits = philox({static_cast<std::uint32_t>(year), low_, ++block, high_}, key);
        used = 0;
      }
      return bits[used++];
    };
    if (events > most_single_draws) return sizes_.sum(events, next);
    double sum = 0;
    for (std::uint64_t i = 0; i < events; ++i) sum += sizes_.draw(next());
    return sum;
  }

  std::uint32_t low_, high_;
  CountTable counts_;
  SizeTable sizes_;
  std::span<const double> factor_;
  double common_, own_;
  std::vector<std::uint32_t> quiet_;  // by level of the factor: draws below this are years without an event
};

void draw_levels(std::size_t first, std::span<std::uint16_t> levels, PhiloxKey key) {
  ChunkDraws draws;
  fill_draws(draws, static_cast<std::uint32_t>(first / 4), 0, 0xFFFFFFFF, 0, key);
  for (std::size_t i = 0; i < levels.size(); ++i)
    levels[i] = static_cast<std::uint16_t>(draws.words[i % 4][i / 4] >> 20U);
}

// Numbers that are not negative order like the bits they are stored in.
void sort_losses(std::vector<double>& values) {
  constexpr unsigned digit_bits = 11, digits = 6;
  constexpr std::size_t buckets = std::size_t{1} << digit_bits;
  auto digit = [](double value, unsigned which) {
    return (std::bit_cast<std::uint64_t>(value) >> (which * digit_bits)) & (buckets - 1);
  };
  std::vector<std::array<std::uint32_t, buckets>> counts(digits);
  for (double value : values) {
    for (unsigned i = 0; i < digits; ++i) ++counts[i][digit(value, i)];
  }
  std::vector<double> other(values.size());
  for (unsigned i = 0; i < digits; ++i) {
    std::uint32_t place = 0;
    bool all_alike = false;
    for (std::uint32_t& count : counts[i]) {
      all_alike = all_alike || count == values.size();
      place += std::exchange(count, place);
    }
    if (all_alike) continue;
    for (double value : values) other[counts[i][digit(value, i)]++] = value;
    values.swap(other);
  }
}

}  // namespace

SimulatedYears simulate_years(std::span<const LossScenario> scenarios, const LossRun& run) {
  const PhiloxKey key = philox_key(run.seed);
  const std::vector<double> factor = run.correlation > 0 ? factor_values() : std::vector<double>();
  const std::size_t chunks = (run.trials + chunk_years - 1) / chunk_years, risks = scenarios.size();
  // One thread takes the next piece of work, then the next, until none is left.
  auto share_out = [&](std::size_t pieces, const auto& work) {
    std::atomic<std::size_t> taken = 0;
    auto take = [&] {
      for (std::size_t i = taken++; i < pieces; i = taken++) work(i);
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < std::min<std::size_t>(run.threads, pieces); ++i) helpers.emplace_back(take);
    take();
  };
  std::vector<std::unique_ptr<const DrawnRisk>> drawn(risks);
  share_out(risks,
            [&](std::size_t i) { drawn[i] = std::make_unique<DrawnRisk>(scenarios[i], run.correlation, factor); });

  SimulatedYears out{std::vector<double>(run.trials), std::vector<LossShare>(risks)};
  std::vector<DrawnRisk::Sums> sums(chunks * risks);
  share_out(chunks, [&](std::size_t chunk) {
    const std::size_t first = chunk * chunk_years, count = std::min(chunk_years, run.trials - first);
    std::array<std::uint16_t, chunk_years> levels{};
    if (!factor.empty()) draw_levels(first, levels, key);
    for (std::size_t i = 0; i < risks; ++i)
      drawn[i]->draw(first, count, levels.data(), key, out.totals.data() + first, sums[chunk * risks + i]);
  });

  const auto years = static_cast<double>(run.trials);
  for (std::size_t i = 0; i < risks; ++i) {
    DrawnRisk::Sums all;
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
      const DrawnRisk::Sums& part = sums[chunk * risks + i];
      all.loss += part.loss;
      all.square += part.square;
      all.years += part.years;
    }
    LossShare& share = out.shares[i];
    share.mean = all.loss / years;
    share.error = std::sqrt(std::max(0.0, all.square / years - share.mean * share.mean) / years);
    share.any = static_cast<double>(all.years) / years;
  }
  return out;
}

LossDistribution::LossDistribution(std::vector<double> totals) : sorted_(std::move(totals)) {
  sort_losses(sorted_);
  const auto years = static_cast<double>(sorted_.size());
  for (double loss : sorted_) mean_ += loss;
  mean_ /= years;
  double square = 0;
  for (double loss : sorted_) square += (loss - mean_) * (loss - mean_);
  deviation_ = std::sqrt(square / years);
}

double LossDistribution::error() const { return deviation_ / std::sqrt(static_cast<double>(trials())); }

double LossDistribution::quantile(double p) const {
  const double rank = std::ceil(p * static_cast<double>(trials()));
  return sorted_[static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(trials()))) - 1];
}

double LossDistribution::shortfall(double p) const {
  const auto from = std::min(static_cast<std::size_t>(p * static_cast<double>(trials())), trials() - 1);
  double sum = 0;
  for (std::size_t i = from; i < trials(); ++i) sum += sorted_[i];
  return sum / static_cast<double>(trials() - from);
}

std::pair<double, double> LossDistribution::quantile_range(double p) const {
  const double off = 1.96 * std::sqrt(p * (1 - p) / static_cast<double>(trials()));
  return {quantile(std::max(0.0, p - off)), quantile(std::min(1.0, p + off))};
}

double LossDistribution::exceeded(double loss) const {
  const auto above = sorted_.end() - std::ranges::upper_bound(sorted_, loss);
  return static_cast<double>(above) / static_cast<double>(trials());
}

std::vector<LossCheckpoint> convergence_of(std::span<const double> totals, double p) {
  std::vector<LossCheckpoint> out;
  std::vector<std::size_t> stops;
  for (std::size_t at = totals.size(); at >= 500 && stops.size() < 10; at /= 2) stops.push_back(at);
  std::ranges::reverse(stops);
  double sum = 0, square = 0;
  std::size_t done = 0;
  for (std::size_t stop : stops) {
    for (; done < stop; ++done) {
      sum += totals[done];
      square += totals[done] * totals[done];
    }
    const auto years = static_cast<double>(stop);
    std::vector<double> part(totals.begin(), totals.begin() + static_cast<std::ptrdiff_t>(stop));
    const auto rank = part.begin() + static_cast<std::ptrdiff_t>(std::ceil(p * years)) - 1;
    std::ranges::nth_element(part, rank);
    const double mean = sum / years;
    out.push_back({stop, mean, std::sqrt(std::max(0.0, square / years - mean * mean) / years), *rank});
  }
  return out;
}

std::size_t trials_for_mean(const LossDistribution& losses, double share) {
  if (losses.mean() <= 0) return 0;
  const double ratio = 1.96 * losses.deviation() / (share * losses.mean());
  return static_cast<std::size_t>(std::min(1e15, std::ceil(ratio * ratio)));
}

std::vector<LossSwing> swings_of(std::span<const LossScenario> scenarios, const LossRun& run,
                                 std::span<const double> totals, double p, std::size_t most) {
  std::vector<std::size_t> order(scenarios.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return scenarios[i].mean(); });
  order.resize(std::min(order.size(), most));
  double portfolio = 0;
  for (const LossScenario& scenario : scenarios) portfolio += scenario.mean();
  const auto rank = static_cast<std::ptrdiff_t>(std::ceil(p * static_cast<double>(run.trials))) - 1;
  std::vector<LossSwing> out;
  for (std::size_t i : order) {
    const LossScenario& scenario = scenarios[i];
    const std::vector<double> own = simulate_years({&scenario, 1}, run).totals;
    // The portfolio's years with another scenario in the place of this one, on the same draws.
    auto bad_year = [&](const LossScenario& instead) {
      std::vector<double> years = simulate_years({&instead, 1}, run).totals;
      for (std::size_t year = 0; year < run.trials; ++year)
        years[year] = std::max(0.0, totals[year] - own[year]) + years[year];
      std::ranges::nth_element(years, years.begin() + rank);
      return years[static_cast<std::size_t>(rank)];
    };
    for (bool frequency : {true, false}) {
      const LossRange& range = frequency ? scenario.frequency : scenario.loss;
      if (range.model == RangeModel::fixed) continue;
      LossSwing swing{.scenario = i, .frequency = frequency, .low = range.low, .high = range.high};
      for (bool high : {false, true}) {
        LossScenario instead = scenario;
        (frequency ? instead.frequency : instead.loss) = {.model = RangeModel::fixed,
                                                          .likely = high ? range.high : range.low};
        (high ? swing.mean_high : swing.mean_low) = portfolio - scenario.mean() + instead.mean();
        (high ? swing.bad_year_high : swing.bad_year_low) = bad_year(instead);
      }
      out.push_back(swing);
    }
  }
  std::ranges::stable_sort(out, std::greater(),
                           [](const LossSwing& swing) { return swing.mean_high - swing.mean_low; });
  return out;
}

double tolerated(std::span<const TolerancePoint> points, double loss) {
  if (points.empty() || loss < points.front().loss || loss > points.back().loss) return -1;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const TolerancePoint &from = points[i - 1], &to = points[i];
    if (loss > to.loss) continue;
    const double share =
        (portable::log(loss) - portable::log(from.loss)) / (portable::log(to.loss) - portable::log(from.loss));
    return from.probability + share * (to.probability - from.probability);
  }
  return points.back().probability;
}

std::vector<double> tolerance_crossings(const LossDistribution& losses, std::span<const TolerancePoint> points) {
  std::vector<double> out;
  if (points.size() < 2) return out;
  const double from = portable::log(points.front().loss), to = portable::log(points.back().loss);
  auto above = [&](double at) {
    const double loss = std::clamp(portable::exp(at), points.front().loss, points.back().loss);
    return losses.exceeded(loss) > tolerated(points, loss);
  };
  constexpr int steps = 400;
  bool before = above(from);
  for (int i = 1; i <= steps; ++i) {
    double low = from + (to - from) * (i - 1) / steps, high = from + (to - from) * i / steps;
    const bool now = above(high);
    if (now == before) continue;
    for (int halving = 0; halving < 40; ++halving) (above((low + high) / 2) == before ? low : high) = (low + high) / 2;
    out.push_back(portable::exp(high));
    before = now;
  }
  return out;
}

}  // namespace assay
