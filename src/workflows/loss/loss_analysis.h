// The simulation of a portfolio and what its pages and documents show of it.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "workflows/loss/loss_portfolio.h"

namespace assay {

struct LossQuestion {
  std::uint64_t seed = 1;
  std::size_t years = 100'000;  // simulated, LossRun::least_trials to LossRun::most_trials
  int correlation = 0;          // between the yearly counts of any two risks, in percent

  static constexpr std::uint64_t most_seed = 999'999'999;
  static constexpr int most_correlation = 90;
  // Reads what an address says; empty texts keep the defaults. Problems have the places "seed", "years" and
  // "correlation".
  static Result<LossQuestion> parse(std::string_view seed, std::string_view years, std::string_view correlation);
  friend bool operator==(const LossQuestion&, const LossQuestion&) = default;
};

// A bad year: one that only a share 1 - p of the years surpasses.
struct LossLevel {
  double p = 0, loss = 0;      // value at risk
  double least = 0, most = 0;  // range that holds the true value with 95 %
  double shortfall = 0;        // mean loss of the years beyond
};

struct LossFigures {
  double exact_mean = 0;  // worked out from the ranges
  double mean = 0, error = 0, deviation = 0;
  double any = 0;                                     // share of the years with a loss at all
  std::vector<LossLevel> levels = {};                 // 80 %, 90 %, 95 %, 99 %, 99.5 %
  std::vector<std::pair<double, double>> curve = {};  // loss, and the probability of more, by growing loss
};

struct ToleranceCheck {
  double loss = 0, tolerated = 0, now = 0;  // probabilities of more than `loss` in a year
  std::optional<double> planned;
  double error = 0;  // standard error of `now`
};

struct LossAnalysis {
  LossQuestion question;
  std::vector<std::string> risks = {};  // ids, in the order of the shares
  std::vector<LossShare> shares = {}, shares_planned = {};
  LossFigures now = {};
  std::optional<LossFigures> planned = {};  // when any risk has a plan
  // With the plan: what it saves in a year, by the same simulated years, and the share of the years in which that is
  // more than its cost.
  double avoided = 0, avoided_error = 0, pays_off = 0;
  std::vector<ToleranceCheck> tolerance = {};
  std::vector<double> crossings = {}, crossings_planned = {};
  std::vector<LossSwing> swings = {};
  std::vector<LossCheckpoint> convergence = {};
  std::size_t enough_years = 0;             // for a mean known to within 1 %
  static constexpr double bad_year = 0.95;  // of swings and convergence
};

// Simulates; takes up to about a second for a million years. `portfolio` has at least one estimated risk.
LossAnalysis analyse_losses(const LossPortfolio& portfolio, const LossQuestion& question, unsigned threads);

// Keeps the last analyses and lets one simulation run at a time, so that they never take the processors from everybody
// else. Safe from many threads.
class LossDesk {
 public:
  // Error: limit when too many wait already.
  Result<std::shared_ptr<const LossAnalysis>> analysis(const LossPortfolio& portfolio, const LossQuestion& question);

 private:
  struct Kept {
    std::string key;
    std::shared_ptr<const LossAnalysis> analysis;
  };
  std::shared_ptr<const LossAnalysis> find(const std::string& key);

  static constexpr std::size_t most_kept = 24;
  static constexpr int most_waiting = 3;
  std::mutex mutex_, working_;
  std::list<Kept> kept_;  // most recently asked for first
  int waiting_ = 0;
};
LossDesk& loss_desk();

}  // namespace assay
