// Agreement of assessors, against figures that others have published.
#include "isms/risk/agreement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay {
namespace {

using Row = std::vector<std::optional<double>>;
constexpr std::nullopt_t none = std::nullopt;

// K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: four observers, twelve units. The
// same data and figures stand in the documentation of kripp.alpha() of the R package irr.
const ScoreTable krippendorff_c = {
    {1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none},
    {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3},
    {none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none},
    {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none},
};

TEST(Agreement, AlphaIsThePublishedOne) {
  EXPECT_NEAR(krippendorff_alpha(krippendorff_c, AlphaMetric::nominal).value(), 0.743, 0.0005);
  EXPECT_NEAR(krippendorff_alpha(krippendorff_c, AlphaMetric::ordinal).value(), 0.815, 0.0005);
  EXPECT_NEAR(krippendorff_alpha(krippendorff_c, AlphaMetric::interval).value(), 0.849, 0.0005);
}

// J. Cohen, Psychological Bulletin 70 (1968), table 1: two judges, 200 cases, kappa .492 and weighted kappa .348 with
// the weights of disagreement 1, 3 and 6. Also in the documentation of cohen.kappa() of the R package psych.
TEST(Agreement, KappaOfATableIsThePublishedOne) {
  const std::vector<std::vector<double>> counts = {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}};
  EXPECT_NEAR(weighted_kappa(counts, {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}).value(), 0.492, 0.0005);
  EXPECT_NEAR(weighted_kappa(counts, {{0, 1, 3}, {1, 0, 6}, {3, 6, 0}}).value(), 0.348, 0.0005);
}

// 91 married couples on "sex is fun" (A. Agresti, Categorical Data Analysis, 1990; the data set SexualFun of the R
// package vcd, whose documentation gives 0.1293 without and 0.2374 with linear weights).
TEST(Agreement, LinearKappaIsThePublishedOne) {
  const int couples[4][4] = {{7, 7, 2, 3}, {2, 8, 3, 7}, {1, 5, 4, 9}, {2, 8, 9, 14}};
  Row husband, wife;
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) {
      for (int n = 0; n < couples[i][j]; ++n) {
        husband.emplace_back(i + 1);
        wife.emplace_back(j + 1);
      }
    }
  }
  EXPECT_NEAR(weighted_kappa(husband, wife, KappaWeights::none).value(), 0.1293, 0.00005);
  EXPECT_NEAR(weighted_kappa(husband, wife, KappaWeights::linear).value(), 0.2374, 0.00005);
}

// Nine ratings of the documentation of cohen.kappa() (psych): no agreement beyond chance without weights, much with
// squared ones.
TEST(Agreement, QuadraticKappaOfThePsychExample) {
  const Row first = {1, 2, 3, 4, 5, 6, 7, 8, 9}, second = {1, 3, 1, 6, 1, 5, 5, 6, 7};
  EXPECT_NEAR(weighted_kappa(first, second, KappaWeights::none).value(), 0.0, 1e-9);
  EXPECT_NEAR(weighted_kappa(first, second, KappaWeights::quadratic).value(), 0.678, 0.0005);
}

// Cohen (1968): with quadratic weights and equal margins kappa is the product-moment correlation.
TEST(Agreement, QuadraticKappaIsTheCorrelationWhereMarginsAreEqual) {
  const Row first = {1, 1, 2, 3, 3, 4, 5, 5}, second = {1, 2, 1, 3, 4, 3, 5, 5};
  const double mean = 3;
  double product = 0, square = 0;
  for (std::size_t n = 0; n < first.size(); ++n) {
    product += (*first[n] - mean) * (*second[n] - mean);
    square += (*first[n] - mean) * (*first[n] - mean);
  }
  EXPECT_NEAR(weighted_kappa(first, second, KappaWeights::quadratic).value(), product / square, 1e-12);
}

TEST(Agreement, PerfectAgreementIsOne) {
  const Row same = {1, 2, 3, 4, 5, 2};
  EXPECT_DOUBLE_EQ(krippendorff_alpha({same, same, same}, AlphaMetric::ordinal).value(), 1);
  EXPECT_DOUBLE_EQ(weighted_kappa(same, same, KappaWeights::linear).value(), 1);
  EXPECT_DOUBLE_EQ(weighted_kappa(same, same, KappaWeights::quadratic).value(), 1);
  auto interval = alpha_interval({same, same, same}, AlphaMetric::ordinal);
  ASSERT_TRUE(interval);
  EXPECT_DOUBLE_EQ(interval->low, 1);
}

TEST(Agreement, OrderOfAssessorsAndScenariosDoesNotMatter) {
  ScoreTable other = {krippendorff_c[2], krippendorff_c[0], krippendorff_c[3], krippendorff_c[1]};
  for (Row& row : other) std::rotate(row.begin(), row.begin() + 5, row.end());
  EXPECT_DOUBLE_EQ(krippendorff_alpha(other, AlphaMetric::ordinal).value(),
                   krippendorff_alpha(krippendorff_c, AlphaMetric::ordinal).value());
  auto one = alpha_interval(krippendorff_c, AlphaMetric::ordinal), two = alpha_interval(other, AlphaMetric::ordinal);
  ASSERT_TRUE(one && two);
  EXPECT_DOUBLE_EQ(one->low, two->low);
  EXPECT_DOUBLE_EQ(one->high, two->high);
  EXPECT_DOUBLE_EQ(weighted_kappa(krippendorff_c[0], krippendorff_c[1], KappaWeights::linear).value(),
                   weighted_kappa(krippendorff_c[1], krippendorff_c[0], KappaWeights::linear).value());
}

TEST(Agreement, OrdinalAlphaDoesNotHangOnTheDistancesOfLevels) {
  ScoreTable stretched = krippendorff_c;
  for (Row& row : stretched) {
    for (auto& value : row) {
      if (value) value = std::exp(*value);
    }
  }
  EXPECT_NEAR(krippendorff_alpha(stretched, AlphaMetric::ordinal).value(),
              krippendorff_alpha(krippendorff_c, AlphaMetric::ordinal).value(), 1e-12);
}

TEST(Agreement, TheIntervalHoldsTheFigureAndIsTheSameForTheSameSeed) {
  const double alpha = krippendorff_alpha(krippendorff_c, AlphaMetric::ordinal).value();
  auto interval = alpha_interval(krippendorff_c, AlphaMetric::ordinal),
       again = alpha_interval(krippendorff_c, AlphaMetric::ordinal);
  ASSERT_TRUE(interval && again);
  EXPECT_LT(interval->low, alpha);
  EXPECT_GT(interval->high, alpha);
  EXPECT_EQ(interval->low, again->low);
  EXPECT_EQ(interval->high, again->high);
  auto other = alpha_interval(krippendorff_c, AlphaMetric::ordinal, 1);
  ASSERT_TRUE(other);
  EXPECT_TRUE(other->low != interval->low || other->high != interval->high);
  EXPECT_FALSE(alpha_interval({{1, 2}, {1, 3}}, AlphaMetric::ordinal)) << "two scenarios are too few to draw from";
}

TEST(Agreement, WhereThereIsNoFigureItSaysWhy) {
  EXPECT_EQ(krippendorff_alpha({{1, 2, 3}}, AlphaMetric::ordinal).error(), NoAgreement::too_few_assessors);
  EXPECT_EQ(krippendorff_alpha({{1, none}, {none, 2}}, AlphaMetric::ordinal).error(), NoAgreement::nothing_in_common);
  EXPECT_EQ(krippendorff_alpha({{3, 3, 3}, {3, 3, 3}}, AlphaMetric::ordinal).error(), NoAgreement::no_variation);
  EXPECT_EQ(weighted_kappa(Row{3, 3}, Row{3, 3}, KappaWeights::linear).error(), NoAgreement::no_variation);
  EXPECT_EQ(weighted_kappa(Row{1, none}, Row{none, 2}, KappaWeights::linear).error(), NoAgreement::nothing_in_common);
}

TEST(Agreement, WordsFollowTheConventions) {
  EXPECT_EQ(alpha_words(0.8), "reliable");
  EXPECT_EQ(alpha_words(0.667), "good enough for tentative conclusions");
  EXPECT_EQ(alpha_words(0.666), "too low to rely on");
  EXPECT_EQ(alpha_words(-0.1), "no better than chance");
  EXPECT_EQ(kappa_words(0.61), "substantial");
  EXPECT_EQ(kappa_words(0.2), "slight");
}

}  // namespace
}  // namespace assay
