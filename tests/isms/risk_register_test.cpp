// The register as a picture, risks told from their parts, and the development out of events.
#include <gtest/gtest.h>

#include "isms/risk/risk_description.h"
#include "isms/risk/risk_picture.h"
#include "isms/risk/risk_trend.h"

namespace assay::test {
namespace {

Record method_record(RiskMethodologyFormula formula = RiskMethodologyFormula::multiply,
                     std::optional<double> threshold = 9) {
  RiskMethodology method;
  method.id = "RM-1";
  method.version = 1;
  method.likelihood_min = method.impact_min = 1;
  method.likelihood_max = method.impact_max = 5;
  method.formula = formula;
  method.acceptance_threshold = threshold;
  return encode(method);
}

Risk risk(std::string id, RiskPlace inherent, std::optional<RiskPlace> residual = {},
          std::optional<RiskPlace> target = {}) {
  Risk out;
  out.id = std::move(id);
  out.status = RiskStatus::assessed;
  auto score = [](const RiskPlace& place) { return static_cast<double>(place.likelihood * place.impact); };
  out.inherent_likelihood = inherent.likelihood;
  out.inherent_impact = inherent.impact;
  out.inherent_score = score(inherent);
  if (residual) {
    out.residual_likelihood = residual->likelihood;
    out.residual_impact = residual->impact;
    out.residual_score = score(*residual);
  }
  if (target) {
    out.target_likelihood = target->likelihood;
    out.target_impact = target->impact;
    out.target_score = score(*target);
  }
  return out;
}

TEST(RiskScale, has_every_level_and_bands_around_the_threshold) {
  RiskScale scale = RiskScale::of(method_record());
  ASSERT_EQ(scale.likelihoods.size(), 5U);
  EXPECT_EQ(scale.likelihoods.front().words(), "1");
  EXPECT_EQ(scale.least(), 1);
  EXPECT_EQ(scale.most(), 25);
  EXPECT_EQ(scale.band(9).tone, "fair");
  EXPECT_EQ(scale.band(10).tone, "warn");
  EXPECT_EQ(scale.band(25).tone, "bad");
  EXPECT_EQ(scale.band(1).tone, "good");
  EXPECT_EQ(scale.is_above_threshold(9), false);
  EXPECT_EQ(scale.is_above_threshold(9.5), true);
}

TEST(RiskScale, without_a_threshold_judges_nothing) {
  RiskScale scale = RiskScale::of(method_record(RiskMethodologyFormula::sum, std::nullopt));
  EXPECT_EQ(scale.most(), 10);
  EXPECT_EQ(scale.is_above_threshold(10), std::nullopt);
  EXPECT_EQ(scale.bands.size(), 1U);
}

TEST(RiskPicture, counts_cells_moves_and_what_lies_above) {
  RiskScale scale = RiskScale::of(method_record());
  std::vector<Risk> risks{risk("R-1", {4, 5}, RiskPlace{2, 4}, RiskPlace{1, 4}), risk("R-2", {4, 5}, RiskPlace{2, 4}),
                          risk("R-3", {3, 3}, RiskPlace{3, 3}), risk("R-4", {5, 5}),
                          risk("R-5", {4, 5}, RiskPlace{4, 4})};
  risks[3].methodology = Ref<RiskMethodology>{"RM-0"};
  RiskPicture picture = draw_risks(risks, scale, 3);
  EXPECT_EQ(picture.of(RiskView::inherent).placed, 5U);
  EXPECT_EQ(picture.of(RiskView::inherent).above, 4U);
  EXPECT_EQ((picture.of(RiskView::inherent).cells.at({4, 5})), 3U);
  EXPECT_EQ(picture.of(RiskView::residual).placed, 4U);
  EXPECT_EQ(picture.of(RiskView::residual).unplaced, 1U);
  EXPECT_EQ(picture.of(RiskView::residual).above, 1U);
  EXPECT_EQ(picture.of(RiskView::target).placed, 1U);
  EXPECT_EQ(picture.other_method, 1U);
  EXPECT_EQ(picture.unmoved, 1U);
  ASSERT_EQ(picture.treated.size(), 2U);
  EXPECT_EQ(picture.treated.front().risks, 2U);
  EXPECT_EQ((picture.treated.front().to), (RiskPlace{2, 4}));
  ASSERT_EQ(picture.planned.size(), 1U);
  ASSERT_EQ(picture.top.size(), 3U);
  EXPECT_EQ(picture.top[0]->id, "R-4");  // never scored with its controls: what it is without them counts
  EXPECT_EQ(picture.top[1]->id, "R-5");
  std::size_t in_bands = 0;
  for (std::size_t count : picture.of(RiskView::residual).bands) in_bands += count;
  EXPECT_EQ(in_bands, 4U);
}

TEST(RiskPicture, tells_what_is_off_the_scale) {
  RiskScale scale = RiskScale::of(method_record());
  std::vector<Risk> risks{risk("R-1", {9, 9})};
  RiskPicture picture = draw_risks(risks, scale, 5);
  EXPECT_EQ(picture.of(RiskView::inherent).off_scale, 1U);
  EXPECT_TRUE(picture.of(RiskView::inherent).cells.empty());
}

TEST(Risk, refuses_a_target_above_today_and_levels_without_a_score) {
  Risk one = risk("R-1", {4, 5}, RiskPlace{2, 4}, RiskPlace{3, 4});
  Problems problems = one.validate();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].place, "target_impact");
  one.status = RiskStatus::accepted;
  EXPECT_TRUE(one.validate().empty());
  Risk two = risk("R-2", {4, 5}, RiskPlace{2, 4});
  two.residual_score.reset();
  problems = two.validate();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].place, "residual_likelihood");
  two.status = RiskStatus::draft;
  EXPECT_TRUE(two.validate().empty());
}

TEST(RiskDescription, is_composed_of_its_parts) {
  RiskParts parts{"Criminal group phishing administrators",
                  "Administrators sign in without a second factor.",
                  "Orders stop for three days",
                  {"Order database", "Web shop"}};
  EXPECT_EQ(composed_risk_title(parts), "Criminal group phishing administrators: Order database and 1 more");
  EXPECT_EQ(composed_risk_scenario(parts),
            "Criminal group phishing administrators: this hits Order database and Web shop. What makes it possible: "
            "administrators sign in without a second factor. "
            "What follows: orders stop for three days.");
  EXPECT_TRUE(vague_points(parts, "", "", 40).empty());
  parts.weakness = "VPN without a second factor";
  EXPECT_NE(composed_risk_scenario(parts).find("possible: VPN without"), std::string::npos);
}

TEST(RiskDescription, vague_risks_are_told_why) {
  struct Case {
    RiskParts parts;
    std::string place;
  };
  const RiskParts good{"Phishing of administrators",
                       "No second factor on the console",
                       "Orders stop for three days",
                       {"Order database"}};
  auto with = [&](auto change) {
    RiskParts parts = good;
    change(parts);
    return parts;
  };
  const Case cases[] = {
      {with([](RiskParts& parts) { parts.threat = "Cyber attack"; }), "threat"},
      {with([](RiskParts& parts) { parts.threat = "Hackers"; }), "threat"},
      {with([](RiskParts& parts) { parts.threat = " "; }), "threat"},
      {with([](RiskParts& parts) { parts.weakness = "Lack of controls"; }), "weakness"},
      {with([](RiskParts& parts) { parts.weakness = parts.threat; }), "weakness"},
      {with([](RiskParts& parts) { parts.consequence = "Loss of reputation and data"; }), "consequence"},
      {with([](RiskParts& parts) { parts.consequence = ""; }), "consequence"},
      {with([](RiskParts& parts) { parts.assets.clear(); }), "assets"},
  };
  EXPECT_TRUE(vague_points(good, "", "", 40).empty());
  for (const Case& each : cases) {
    Problems points = vague_points(each.parts, "", "", 40);
    ASSERT_EQ(points.size(), 1U) << each.place << " " << each.parts.threat << " / " << each.parts.weakness;
    EXPECT_EQ(points[0].place, each.place);
    EXPECT_FALSE(points[0].message.empty());
  }
  EXPECT_EQ(vague_points(good, "Data breach", "", 40).at(0).place, "title");
  EXPECT_EQ(vague_points(good, "", "Too short", 40).at(0).place, "scenario");
}

TEST(RiskDescription, likeness_is_about_words_that_say_something) {
  EXPECT_EQ(likeness("Phishing of the administrators", "phishing administrators"), 1);
  EXPECT_EQ(likeness("", "phishing"), 0);
  EXPECT_EQ(likeness("of the", "of the"), 0);
  EXPECT_LT(likeness("Fire in the server room", "Phishing of administrators"), 0.1);
}

TEST(RiskTrend, counts_open_risks_and_those_above) {
  auto at = [](const char* text) { return *Instant::parse(text); };
  std::vector<RiskEvent> events{
      {at("2026-01-01T08:00:00Z"), "R-1", std::optional<double>(12), "assessed"},
      {at("2026-01-01T09:00:00Z"), "R-2", std::optional<double>(4), "assessed"},
      {at("2026-01-03T09:00:00Z"), "R-3", std::optional<double>(20), "draft"},       // drafts do not count
      {at("2026-01-05T09:00:00Z"), "R-2", std::optional<double>(10), std::nullopt},  // grows
      // Its score is taken away.
      {at("2026-01-06T09:00:00Z"), "R-1", std::optional<std::optional<double>>(std::optional<double>()), std::nullopt},
      {at("2026-01-07T09:00:00Z"), "R-2", std::nullopt, "closed"},
      {at("2026-01-08T09:00:00Z"), "R-3", std::nullopt, "assessed"},
  };
  auto day = [](const char* text) { return *Date::parse(text); };
  std::vector<RiskTrendPoint> expected{{day("2026-01-01"), 2, 1},
                                       {day("2026-01-05"), 2, 2},
                                       {day("2026-01-06"), 2, 1},
                                       {day("2026-01-07"), 1, 0},
                                       {day("2026-01-08"), 2, 1}};
  EXPECT_EQ(risk_trend(events, 9), expected);
  EXPECT_TRUE(risk_trend({}, 9).empty());
}

}  // namespace
}  // namespace assay::test
