// What the registers of quantitative risk refuse, at which field and why.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <limits>

#include "isms/loss/loss_estimate.h"
#include "isms/loss/loss_tolerance.h"
#include "kernel/model/record.h"

namespace assay {
namespace {

LossEstimate good() {
  LossEstimate out{};
  out.risk.id = "R-1";
  out.frequency_model = LossFrequencyModel::pert;
  out.frequency_low = 0.1;
  out.frequency_likely = 0.3;
  out.frequency_high = 1;
  out.loss_model = LossSizeModel::range_90;
  out.loss_low = 1'000;
  out.loss_high = 50'000;
  return out;
}

std::string places(const Problems& problems) {
  std::string out;
  for (const Problem& problem : problems) out += (out.empty() ? "" : " ") + problem.place;
  return out;
}

TEST(LossEstimates, GiveAScenarioWhenTheFiguresMakeRanges) {
  auto scenario = good().scenario();
  ASSERT_TRUE(scenario);
  EXPECT_EQ(scenario->name, "R-1");
  EXPECT_EQ(scenario->frequency, (LossRange{RangeModel::pert, 0.1, 0.3, 1}));
  EXPECT_EQ(scenario->loss, (LossRange{RangeModel::lognormal, 1'000, 0, 50'000}));
  EXPECT_FALSE(LossEstimate{}.scenario());
}

TEST(LossEstimates, RefuseWhatIsNoRangeAtItsField) {
  struct Case {
    std::string_view place;
    void (*spoil)(LossEstimate&);
  };
  for (const Case& each : std::initializer_list<Case>{
           {"frequency_low", [](LossEstimate& e) { e.frequency_low = -0.1; }},
           {"frequency_low", [](LossEstimate& e) { e.frequency_low.reset(); }},
           {"frequency_low", [](LossEstimate& e) { e.frequency_low = std::numeric_limits<double>::quiet_NaN(); }},
           {"frequency_high", [](LossEstimate& e) { e.frequency_high = std::numeric_limits<double>::infinity(); }},
           {"frequency_high", [](LossEstimate& e) { e.frequency_high = 10'001; }},
           {"frequency_high", [](LossEstimate& e) { e.frequency_high = 0.1; }},
           {"frequency_high", [](LossEstimate& e) { e.frequency_high = 0.05; }},
           {"frequency_likely", [](LossEstimate& e) { e.frequency_likely = 0.05; }},
           {"frequency_likely", [](LossEstimate& e) { e.frequency_likely = 1.5; }},
           {"frequency_low frequency_high", [](LossEstimate& e) { e.frequency_model = LossFrequencyModel::poisson; }},
           {"frequency_likely", [](LossEstimate& e) { e.frequency_model = LossFrequencyModel::range_90; }},
           {"frequency_likely",
            [](LossEstimate& e) {
              e.frequency_model = LossFrequencyModel::poisson;
              e.frequency_low.reset();
              e.frequency_high.reset();
              e.frequency_likely = 0;
            }},
           {"loss_low", [](LossEstimate& e) { e.loss_low = 0; }},
           {"loss_low", [](LossEstimate& e) { e.loss_low = -5; }},
           {"loss_high", [](LossEstimate& e) { e.loss_high = 1'000; }},
           {"loss_high", [](LossEstimate& e) { e.loss_high = 2e12; }},
           {"loss_high",
            [](LossEstimate& e) {
              e.loss_low = 1;
              e.loss_high = 10'001;
            }},
           {"loss_likely", [](LossEstimate& e) { e.loss_model = LossSizeModel::pert; }},
           {"yearly_cost", [](LossEstimate& e) { e.yearly_cost = 5; }},
       }) {
    LossEstimate estimate = good();
    each.spoil(estimate);
    Problems problems = estimate.validate();
    EXPECT_EQ(places(problems), each.place);
    for (const Problem& problem : problems) EXPECT_FALSE(problem.message.empty());
    EXPECT_FALSE(estimate.scenario());
  }
}

TEST(LossEstimates, AllowAPlanItsCostAndALeastLossOfNothing) {
  LossEstimate estimate = good();
  estimate.situation = LossSituation::planned;
  estimate.yearly_cost = 5'000;
  estimate.loss_model = LossSizeModel::pert;
  estimate.loss_low = 0;
  estimate.loss_likely = 0;
  EXPECT_EQ(places(estimate.validate()), "");
  EXPECT_TRUE(estimate.scenario());
}

TEST(LossTolerances, MakeACurveOfGrowingLossesAndFallingProbabilities) {
  LossTolerance tolerance{};
  EXPECT_TRUE(tolerance.validate().empty());  // nothing said yet
  EXPECT_TRUE(tolerance.curve().empty());
  tolerance.points = {{1'000, 50}};
  EXPECT_EQ(places(tolerance.validate()), "points");
  tolerance.points = {{1'000, 50}, {10'000, 5}};
  EXPECT_TRUE(tolerance.validate().empty());
  EXPECT_EQ(tolerance.curve(), (std::vector<TolerancePoint>{{1'000, 0.5}, {10'000, 0.05}}));
  tolerance.points = {{1'000, 50}, {1'000, 60}};
  EXPECT_EQ(places(tolerance.validate()), "points points");
  EXPECT_TRUE(tolerance.curve().empty());
}

}  // namespace
}  // namespace assay
