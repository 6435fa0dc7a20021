// The settings of a risk method: what holds between them, proposals, and old scores under a new version.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "isms/risk/calibration_result.h"
#include "isms/risk/method_levels.h"
#include "isms/risk/method_migration.h"
#include "isms/risk/method_settings.h"
#include "kernel/model/record.h"

namespace assay {
namespace {

std::string places(const Problems& problems) {
  std::string out;
  for (const Problem& problem : problems) out += problem.place + " ";
  return out;
}

RiskMethodology with_scales(std::int64_t likelihood, std::int64_t impact) {
  RiskMethodology method = proposed_method();
  method.likelihood_max = likelihood;
  method.impact_max = impact;
  method.levels = proposed_levels(MethodScale::likelihood, 1, likelihood);
  for (MethodLevel& level : proposed_levels(MethodScale::impact, 1, impact)) method.levels.push_back(std::move(level));
  method.bands = proposed_bands(method);
  method.acceptance_threshold = proposed_threshold(method);
  return method;
}

TEST(RiskMethod, TheProposalIsCompleteForThreeToFiveLevels) {
  for (std::int64_t likelihood = 3; likelihood <= 5; ++likelihood) {
    for (std::int64_t impact = 3; impact <= 5; ++impact) {
      RiskMethodology method = with_scales(likelihood, impact);
      EXPECT_TRUE(levels_are_described(method));
      for (std::size_t n = 0; n < method_parts.size(); ++n)
        EXPECT_EQ(places(missing_in(method, static_cast<MethodPart>(n))), "")
            << likelihood << "x" << impact << " " << method_parts[n].name;
      EXPECT_EQ(places(method.validate()), "");
      EXPECT_EQ(method.bands.size(), 4U);
    }
  }
  EXPECT_EQ(proposed_threshold(proposed_method()), 9);
  for (const MethodLevel& level : proposed_levels(MethodScale::impact, 1, 7))
    EXPECT_TRUE(level.name.empty()) << "no words are offered for seven levels";
}

TEST(RiskMethod, LevelsWithoutWordsAreMissedWhereTheyStand) {
  RiskMethodology method = proposed_method();
  method.levels[2].meaning = "  ";
  std::erase_if(method.levels,
                [](const MethodLevel& level) { return level.scale == MethodScale::impact && level.level == 5; });
  EXPECT_EQ(places(missing_in(method, MethodPart::scales)),
            "levels.likelihood.3.meaning levels.impact.5.name levels.impact.5.meaning ");
  EXPECT_FALSE(levels_are_described(method));
}

TEST(RiskMethod, WhetherLevelsAreDescribedFollowsFromThem) {
  struct Nowhere : Lookup {
    std::optional<Record> find(const EntityDef&, std::string_view) const override { return std::nullopt; }
    std::vector<Record> where(const EntityDef&, std::string_view, std::string_view) const override { return {}; }
    double parameter(std::string_view) const override { return 0; }
  } nowhere;
  RiskMethodology method = proposed_method();
  method.derive(nowhere);
  EXPECT_TRUE(method.level_definitions);
  method.levels.pop_back();
  method.derive(nowhere);
  EXPECT_FALSE(method.level_definitions);
  method.levels.clear();
  method.level_definitions = true;
  method.derive(nowhere);
  EXPECT_TRUE(method.level_definitions) << "described elsewhere: the statement stands";
}

TEST(RiskMethod, WhatCannotBeMeantIsRefusedAtItsField) {
  RiskMethodology method = proposed_method();
  for (double threshold : {0.0, 25.0, 30.0}) {
    method.acceptance_threshold = threshold;
    EXPECT_EQ(places(method.validate()), "acceptance_threshold ") << threshold;
  }
  method = proposed_method();
  method.levels.push_back({MethodScale::impact, 6, "Beyond", "Off the scale"});
  method.levels.push_back(method.levels.front());
  EXPECT_EQ(places(method.validate()), "levels levels ");
  method = proposed_method();
  std::swap(method.bands[1], method.bands[2]);
  EXPECT_NE(places(method.validate()).find("bands"), std::string::npos);
  method = proposed_method();
  method.bands.back().from = 26;
  EXPECT_EQ(places(method.validate()), "bands ");
}

TEST(RiskMethod, AMatrixIsCompleteAndNeverFalls) {
  RiskMethodology method = with_scales(3, 3);
  method.formula = RiskMethodologyFormula::matrix;
  method.matrix = Json{"[[1,2,3],[2,4,6],[3,6,9]]"};
  EXPECT_EQ(places(missing_in(method, MethodPart::formula)), "");
  method.matrix = Json{"[[1,2,3],[2,null,6],[3,6,9]]"};
  EXPECT_EQ(places(missing_in(method, MethodPart::formula)), "matrix.2.2 ");
  method.matrix = Json{"[[1,2,3],[2,4,3],[3,6,9]]"};
  EXPECT_EQ(places(missing_in(method, MethodPart::formula)), "matrix ");
  method.matrix = Json{"[[1,2,3],[2,4,6],[3,3,9]]"};
  EXPECT_EQ(places(method.validate()), "matrix ");
}

TEST(RiskMethod, WhatNoLongerFitsIsProposedAnew) {
  RiskMethodology method = proposed_method();
  EXPECT_FALSE(refit(method));
  RiskMethodology shorter = with_scales(3, 3);
  shorter.acceptance_threshold = 9;
  shorter.bands = method.bands;
  EXPECT_TRUE(refit(shorter));
  EXPECT_EQ(places(shorter.validate()), "");
  EXPECT_EQ(shorter.acceptance_threshold, 3);
  shorter.formula = RiskMethodologyFormula::matrix;
  shorter.matrix = Json{"[[1,2],[2,4]]"};
  EXPECT_TRUE(refit(shorter));
  EXPECT_EQ(shorter.matrix->text, "[[1,2,3],[2,4,6],[3,6,9]]");
}

TEST(RiskMethod, BandsSayWhereALevelBelongs) {
  RiskMethodology method = proposed_method();
  EXPECT_EQ(band_of(method, 1), Severity::low);
  EXPECT_EQ(band_of(method, 9), Severity::medium);
  EXPECT_EQ(band_of(method, 10), Severity::high);
  EXPECT_EQ(band_of(method, 25), Severity::critical);
  EXPECT_EQ(band_of(method, 0), std::nullopt);
}

TEST(RiskMethod, LevelsMoveToTheSamePlaceOfAnotherScale) {
  EXPECT_EQ(level_at_same_place(3, 1, 5, 1, 3), 2);
  EXPECT_EQ(level_at_same_place(1, 1, 5, 1, 3), 1);
  EXPECT_EQ(level_at_same_place(5, 1, 5, 1, 3), 3);
  EXPECT_EQ(level_at_same_place(2, 1, 5, 1, 3), 2) << "half a level counts upwards";
  EXPECT_EQ(level_at_same_place(2, 1, 3, 1, 5), 3);
  EXPECT_EQ(level_at_same_place(0, 0, 4, 1, 5), 1);
  for (std::int64_t level = 1; level <= 5; ++level) EXPECT_EQ(level_at_same_place(level, 1, 5, 1, 5), level);
  RiskMethodology five = proposed_method(), three = with_scales(3, 3);
  EXPECT_EQ(migrated_level(25, five, three), 9);
  EXPECT_EQ(migrated_level(1, five, three), 1);
  EXPECT_EQ(migrated_level(6, five, five), 6);
  MigratedPair pair = migrated({4, std::nullopt}, five, three);
  EXPECT_EQ(pair.likelihood, 3);
  EXPECT_FALSE(pair.impact);
}

TEST(RiskMethod, DifferencesNameTheSetting) {
  RiskMethodology before = proposed_method(), after = before;
  EXPECT_TRUE(differences(before, after).empty());
  EXPECT_FALSE(scores_differ(before, after));
  after.acceptance_threshold = 8;
  after.levels[0].meaning = "Never seen anywhere.";
  auto found = differences(before, after);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].setting, "Likelihood 1");
  EXPECT_EQ(found[1].setting, "Acceptance threshold");
  EXPECT_EQ(found[1].before + " " + found[1].after, "9 8");
  EXPECT_TRUE(scores_differ(before, after));
}

CalibrationExercise exercise_of(std::initializer_list<CalibrationScore> scores) {
  CalibrationExercise exercise;
  exercise.assessors = {{"P-1"}, {"P-2"}, {"P-3"}};
  exercise.scores = scores;
  return exercise;
}

TEST(Calibration, SpreadsTolerancesAndGapsAreShown) {
  RiskMethodology method = proposed_method();
  CalibrationExercise exercise = exercise_of({{"Fire", {"P-1"}, 1, 5},
                                              {"Fire", {"P-2"}, 3, 5},
                                              {"Theft", {"P-1"}, 3, 2},
                                              {"Theft", {"P-2"}, 4, 2},
                                              {"Theft", {"P-3"}, 4, 3}});
  CalibrationResult result = evaluate(exercise, method);
  ASSERT_EQ(result.rows.size(), 2U);
  EXPECT_EQ(result.rows[0].likelihood_spread, 2);
  EXPECT_TRUE(result.rows[0].beyond_tolerance);
  EXPECT_EQ(result.rows[0].scores[2], nullptr);
  EXPECT_FALSE(result.rows[1].beyond_tolerance);
  EXPECT_EQ(result.unsettled(), 1U);
  EXPECT_EQ(result.pairs.size(), 3U);
  exercise.reconciliations.push_back({"Fire", 2, 5, "One thought of the server room alone.", std::nullopt});
  EXPECT_EQ(evaluate(exercise, method).unsettled(), 0U);
  std::string warnings;
  for (const std::string& warning : result.warnings) warnings += warning;
  EXPECT_NE(warnings.find("With 2 scenarios the figures are rough"), std::string::npos);
  EXPECT_NE(warnings.find("Some scores are missing"), std::string::npos);
}

TEST(Calibration, AgreementIsWorkedOutForEachMeasure) {
  RiskMethodology method = proposed_method();
  CalibrationExercise exercise = exercise_of({{"A", {"P-1"}, 1, 3},
                                              {"A", {"P-2"}, 1, 3},
                                              {"B", {"P-1"}, 3, 3},
                                              {"B", {"P-2"}, 3, 3},
                                              {"C", {"P-1"}, 5, 3},
                                              {"C", {"P-2"}, 5, 3}});
  auto agreement = agreement_of(exercise, &method);
  ASSERT_EQ(agreement.size(), 3U);
  EXPECT_EQ(agreement[0].alpha, 1);
  EXPECT_FALSE(agreement[1].alpha) << "everybody gave the same impact";
  EXPECT_TRUE(agreement[1].remark);
  EXPECT_EQ(agreement[2].alpha, 1);
  EXPECT_EQ(agreement_of(exercise, nullptr).size(), 2U) << "without its method nobody knows the levels of risk";
}

}  // namespace
}  // namespace assay
