// How far assessors agree: weighted kappa for two of them, Krippendorff's alpha for any number and with missing scores.
//
// Sources of the formulas:
//   J. Cohen, "Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial credit",
//     Psychological Bulletin 70 (1968) 213-220: kappa = 1 - sum(v o) / sum(v e) with disagreement weights v.
//   D. V. Cicchetti, T. Allison (1971): linear weights |i - j|; J. L. Fleiss, J. Cohen (1973): quadratic weights (i - j)^2.
//   K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): alpha = 1 - D_o / D_e over the matrix of
//     coincidences; ordinal difference of ranks c and k = (n_c/2 + ... + n_k/2)^2.
//   A. Zapf et al., BMC Medical Research Methodology 16:93 (2016): percentile bootstrap over the units for the interval.
// Sources of the words: K. Krippendorff, Content Analysis (2nd ed. 2004, p. 241) for alpha; J. R. Landis, G. G. Koch,
//   Biometrics 33 (1977) 159-174 for kappa. Both are conventions, not tests.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

namespace assay {

// Why there is no figure.
enum class NoAgreement {
  too_few_assessors,  // one alone agrees with nobody
  nothing_in_common,  // no scenario was scored by two of them
  no_variation,       // everything got the same level: agreement by design cannot be told from chance
};
std::string_view words_of(NoAgreement why);
using Agreement = std::expected<double, NoAgreement>;

// scores[assessor][scenario]; nothing where the assessor gave none. Every row has the same length.
using ScoreTable = std::vector<std::vector<std::optional<double>>>;

// Weighted kappa of a table of counts (rows: first assessor's category, columns: second's) with a weight of
// disagreement for each cell, zero on the diagonal. Both are square and of the same size.
Agreement weighted_kappa(const std::vector<std::vector<double>>& counts,
                         const std::vector<std::vector<double>>& disagreement);

enum class KappaWeights { none, linear, quadratic };
// Of two rows of a score table, over the scenarios that both scored. Distances are those of the values.
Agreement weighted_kappa(const std::vector<std::optional<double>>& first,
                         const std::vector<std::optional<double>>& second, KappaWeights weights);

enum class AlphaMetric { nominal, ordinal, interval };
Agreement krippendorff_alpha(const ScoreTable& scores, AlphaMetric metric);

struct AgreementInterval {
  double low = 0, high = 0;
};
// The 95 % interval of alpha, by drawing the scenarios anew with replacement: the same on every machine for the same
// seed. Nothing where fewer than three scenarios were scored by two assessors, or where most draws leave no variation.
std::optional<AgreementInterval> alpha_interval(const ScoreTable& scores, AlphaMetric metric,
                                                std::uint64_t seed = 27001, std::size_t draws = 1000);

// What a figure is taken to mean, as part of a sentence.
std::string_view alpha_words(double alpha);
std::string_view kappa_words(double kappa);

}  // namespace assay
