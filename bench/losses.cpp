// How long a simulation of losses takes: a portfolio of fifty risks over a million years, by threads and correlation.
// usage: loss_bench   (cmake --build build/release --target loss_bench; build/release/tests/loss_bench)
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "isms/loss/loss_simulation.h"

namespace {

// Between once in fifty years and once in two, as registers of risks are; together some nine events a year.
std::vector<assay::LossScenario> portfolio() {
  using assay::RangeModel;
  std::vector<assay::LossScenario> out;
  for (int i = 0; i < 50; ++i) {
    const double rate = 0.02 * (1 + i % 10) * (i % 7 == 0 ? 2.5 : 1), loss = 4'000.0 * (1 + i % 13);
    const RangeModel frequency = i % 3 == 0 ? RangeModel::pert : i % 3 == 1 ? RangeModel::lognormal : RangeModel::fixed;
    out.push_back({"R-" + std::to_string(i),
                   {frequency, rate / 3, rate, rate * 3},
                   {i % 2 ? RangeModel::lognormal : RangeModel::pert, loss / 4, loss, loss * 20}});
  }
  return out;
}

}  // namespace

int main() {
  using Clock = std::chrono::steady_clock;
  const std::vector<assay::LossScenario> risks = portfolio();
  double events = 0;
  for (const assay::LossScenario& risk : risks) events += risk.frequency.mean();
  std::printf("50 risks, %.1f events a year, 1,000,000 years; best of five\n", events);
  for (double correlation : {0.0, 0.3}) {
    for (unsigned threads : {1U, 2U}) {
      double simulation = 1e9, measures = 1e9, processor = 1e9;
      for (int run = 0; run < 5; ++run) {
        const auto begin = Clock::now();
        const std::clock_t spent = std::clock();
        assay::SimulatedYears years = assay::simulate_years(
            risks, {.seed = 1, .trials = 1'000'000, .correlation = correlation, .threads = threads});
        const auto middle = Clock::now();
        processor = std::min(processor, static_cast<double>(std::clock() - spent) / CLOCKS_PER_SEC);
        const assay::LossDistribution losses(std::move(years.totals));
        const double used = losses.quantile(0.95) + losses.shortfall(0.99);
        const auto end = Clock::now();
        if (used < 0) return 1;
        simulation = std::min(simulation, std::chrono::duration<double>(middle - begin).count());
        measures = std::min(measures, std::chrono::duration<double>(end - middle).count());
      }
      std::printf(
          "correlation %.1f, %u thread%s: simulated in %.2f s (%.2f s of processor), sorted and measured in %.2f s\n",
          correlation, threads, threads == 1 ? "" : "s", simulation, processor, measures);
    }
  }
}
