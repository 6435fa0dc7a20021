#include "isms/risk/agreement.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace assay {

std::string_view words_of(NoAgreement why) {
  switch (why) {
    case NoAgreement::too_few_assessors: return "at least two assessors are needed";
    case NoAgreement::nothing_in_common: return "no scenario was scored by two assessors";
    case NoAgreement::no_variation: return "every score is the same, so agreement cannot be told from chance";
  }
  return {};
}

Agreement weighted_kappa(const std::vector<std::vector<double>>& counts,
                         const std::vector<std::vector<double>>& disagreement) {
  const std::size_t size = counts.size();
  std::vector<double> rows(size), columns(size);
  double total = 0, observed = 0, expected = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      rows[i] += counts[i][j];
      columns[j] += counts[i][j];
      total += counts[i][j];
      observed += disagreement[i][j] * counts[i][j];
    }
  }
  if (total <= 0) return std::unexpected(NoAgreement::nothing_in_common);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) expected += disagreement[i][j] * rows[i] * columns[j] / total;
  }
  if (expected <= 0) return std::unexpected(NoAgreement::no_variation);
  return 1 - observed / expected;
}

Agreement weighted_kappa(const std::vector<std::optional<double>>& first,
                         const std::vector<std::optional<double>>& second, KappaWeights weights) {
  std::map<double, std::size_t> categories;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (!first[i] || !second[i]) continue;
    categories.emplace(*first[i], 0);
    categories.emplace(*second[i], 0);
  }
  std::vector<double> values;
  for (auto& [value, position] : categories) {
    position = values.size();
    values.push_back(value);
  }
  std::vector<std::vector<double>> counts(values.size(), std::vector<double>(values.size())), disagreement = counts;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      const double distance = std::abs(values[i] - values[j]);
      disagreement[i][j] = weights == KappaWeights::none     ? (i == j ? 0 : 1)
                           : weights == KappaWeights::linear ? distance
                                                             : distance * distance;
    }
  }
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] && second[i]) ++counts[categories[*first[i]]][categories[*second[i]]];
  }
  return weighted_kappa(counts, disagreement);
}

namespace {

// What two or more assessors said about one scenario.
using AgreementUnit = std::vector<double>;

std::vector<AgreementUnit> pairable_units(const ScoreTable& scores) {
  std::vector<AgreementUnit> units;
  const std::size_t count = scores.empty() ? 0 : scores.front().size();
  for (std::size_t scenario = 0; scenario < count; ++scenario) {
    AgreementUnit unit;
    for (const auto& row : scores) {
      if (row[scenario]) unit.push_back(*row[scenario]);
    }
    if (unit.size() >= 2) units.push_back(std::move(unit));
  }
  return units;
}

// The squared difference of two values under the metric; for ordinal values by how many scores lie between them.
class AlphaDistance {
 public:
  AlphaDistance(AlphaMetric metric, const std::map<double, double>& frequencies) : metric_(metric) {
    double below = 0;
    for (const auto& [value, frequency] : frequencies) {
      rank_[value] = below + frequency / 2;
      below += frequency;
    }
  }
  double operator()(double a, double b) const {
    if (metric_ == AlphaMetric::nominal) return a == b ? 0 : 1;
    const double difference = metric_ == AlphaMetric::ordinal ? rank_.at(a) - rank_.at(b) : a - b;
    return difference * difference;
  }

 private:
  AlphaMetric metric_;
  std::map<double, double> rank_;  // the middle of the value's place among all scores
};

Agreement alpha_of(const std::vector<AgreementUnit>& units, AlphaMetric metric) {
  std::map<double, double> frequencies;
  double total = 0;
  for (const AgreementUnit& unit : units) {
    for (double value : unit) ++frequencies[value];
    total += static_cast<double>(unit.size());
  }
  if (units.empty()) return std::unexpected(NoAgreement::nothing_in_common);
  const AlphaDistance distance(metric, frequencies);
  double observed = 0, expected = 0;
  for (const AgreementUnit& unit : units) {
    double within = 0;
    for (std::size_t i = 0; i < unit.size(); ++i) {
      for (std::size_t j = i + 1; j < unit.size(); ++j) within += 2 * distance(unit[i], unit[j]);
    }
    observed += within / static_cast<double>(unit.size() - 1);
  }
  for (const auto& [a, count_a] : frequencies) {
    for (const auto& [b, count_b] : frequencies) expected += count_a * count_b * distance(a, b);
  }
  if (expected <= 0) return std::unexpected(NoAgreement::no_variation);
  return 1 - observed * (total - 1) / expected;
}

}  // namespace

Agreement krippendorff_alpha(const ScoreTable& scores, AlphaMetric metric) {
  if (scores.size() < 2) return std::unexpected(NoAgreement::too_few_assessors);
  return alpha_of(pairable_units(scores), metric);
}

std::optional<AgreementInterval> alpha_interval(const ScoreTable& scores, AlphaMetric metric, std::uint64_t seed,
                                                std::size_t draws) {
  if (scores.size() < 2) return std::nullopt;
  // In one order whatever the order of the scenarios and assessors, so that the figure does not hang on it.
  std::vector<AgreementUnit> units = pairable_units(scores);
  for (AgreementUnit& unit : units) std::ranges::sort(unit);
  std::ranges::sort(units);
  if (units.size() < 3) return std::nullopt;
  std::mt19937_64 engine(seed);  // the standard fixes its sequence; its distributions are not fixed, so none is used
  std::vector<double> values;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    std::vector<AgreementUnit> drawn;
    drawn.reserve(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) drawn.push_back(units[engine() % units.size()]);
    if (auto alpha = alpha_of(drawn, metric)) values.push_back(*alpha);
  }
  if (values.size() * 2 < draws) return std::nullopt;
  std::ranges::sort(values);
  auto at = [&](double share) {
    return values[static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)))];
  };
  return AgreementInterval{at(0.025), at(0.975)};
}

std::string_view alpha_words(double alpha) {
  if (alpha >= 0.8) return "reliable";
  if (alpha >= 0.667) return "good enough for tentative conclusions";
  if (alpha > 0) return "too low to rely on";
  return "no better than chance";
}

std::string_view kappa_words(double kappa) {
  if (kappa > 0.8) return "almost perfect";
  if (kappa > 0.6) return "substantial";
  if (kappa > 0.4) return "moderate";
  if (kappa > 0.2) return "fair";
  if (kappa >= 0) return "slight";
  return "worse than chance";
}

}  // namespace assay
