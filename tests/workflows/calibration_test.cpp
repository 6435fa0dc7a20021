// Calibration: nobody sees anybody's scores before all are in, and what follows then.
#include "workflows/risk/calibration.h"

#include "kernel/service/verify.h"
#include "tests/service/fixture.h"
#include "workflows/records.h"

namespace assay::test {
namespace {

Principal as(Role role, std::string person = {}) {
  return {.account = "A-" + person, .name = "Test Person", .person = std::move(person), .roles = {role}};
}

class Calibrations : public ServiceTest {
 protected:
  void SetUp() override { tenant_ = example("calibration"); }
  RegisterService& registers() { return tenant_->registers; }
  const EntityDef& exercises() { return CalibrationExercise::def(); }

  Record plan(std::vector<Ref<Person>> assessors = {{"P-005"}, {"P-028"}}) {
    CalibrationExercise exercise;
    exercise.methodology = {"METH-1"};
    exercise.held_on = *Date::parse("2026-10-15");
    exercise.assessors = std::move(assessors);
    exercise.scenarios = {{"Fire", "The server room burns."}, {"Theft", std::nullopt}, {"Mistake", std::nullopt}};
    return expect(plan_calibration(registers(), as(Role::isms_owner, "P-005"), encode(exercise)));
  }
  static std::vector<BlindScore> sheet(std::int64_t fire, std::int64_t theft, std::int64_t mistake) {
    return {{"Fire", fire, 4, "secret thought " + std::to_string(fire)},
            {"Theft", theft, 2, ""},
            {"Mistake", mistake, 3, ""}};
  }
  CalibrationView view(const Principal& principal, std::string_view id) {
    return expect(calibration_view(registers(), principal, id));
  }

  std::unique_ptr<Tenant> tenant_;
};

TEST_F(Calibrations, NobodySeesScoresBeforeAllAreIn) {
  const Id id = plan({{"P-005"}, {"P-028"}, {"P-055"}}).id;
  EXPECT_FALSE(expect(hand_in(registers(), as(Role::isms_owner, "P-005"), id, sheet(5, 3, 1))));
  EXPECT_FALSE(expect(hand_in(registers(), as(Role::employee, "P-028"), id, sheet(1, 3, 2))));
  for (const Choice& choice : choices_of<Role>) {
    const auto role = static_cast<Role>(&choice - choices_of<Role>.data());
    // An onlooker, one who has handed in, one who has not, and a colleague; the product itself last.
    for (const std::string person : {"", "P-005", "P-055", "P-001"}) {
      const Principal who = as(role, person);
      if (auto seen = calibration_view(registers(), who, id)) {
        EXPECT_TRUE(seen->sealed) << choice.name;
        EXPECT_TRUE(seen->exercise.scores.empty()) << choice.name;
        EXPECT_TRUE(seen->rationales.empty()) << choice.name;
        EXPECT_TRUE(seen->exercise.agreement.empty()) << choice.name;
      }
      if (auto record = registers().read(who, exercises(), id)) {
        EXPECT_TRUE(rows_of(record->at("scores")).empty()) << choice.name;
      }
      if (auto own = own_sheet(registers(), who, id)) {
        EXPECT_EQ(own->size(), person == "P-005" ? 3U : 0U) << choice.name;
      }
      if (auto entries = registers().history(who, exercises(), id, 0, 100)) {
        for (const LedgerEntry& entry : *entries)
          EXPECT_EQ(entry.changes.find("secret thought"), std::string::npos) << choice.name;
      }
    }
  }
  auto reader = expect(tenant_->workspace->read());
  auto sealed = unsealed_scores(*reader, id, {"P-005", "P-028", "P-055"});
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().kind, ErrorKind::forbidden);
  EXPECT_EQ(bundle_of(*tenant_).find("secret thought"), std::string::npos);
}

TEST_F(Calibrations, TakingANameOffUnsealsNothing) {
  const Id id = plan({{"P-005"}, {"P-028"}, {"P-055"}}).id;
  expect(hand_in(registers(), as(Role::isms_owner, "P-005"), id, sheet(5, 3, 1)));
  expect(hand_in(registers(), as(Role::employee, "P-028"), id, sheet(1, 3, 2)));
  const Principal owner = as(Role::isms_owner, "P-005");
  expect(registers().change(owner, exercises(), id, 0,
                            patch_of(exercises(), {{"assessors", std::vector<std::string>{"P-005", "P-028"}}})));
  EXPECT_TRUE(view(owner, id).sealed);
  // Nor does handing in again, nor scores typed in by hand.
  EXPECT_FALSE(expect(hand_in(registers(), owner, id, sheet(4, 3, 1))));
  CalibrationExercise made_up = decode<CalibrationExercise>(read(*tenant_, "calibration_exercise", id));
  made_up.scores = {{"Fire", {"P-005"}, 1, 1}};
  expect(
      registers().change(owner, exercises(), id, 0, patch_of(exercises(), {{"scores", encode(made_up).at("scores")}})));
  EXPECT_TRUE(view(owner, id).sealed);
  EXPECT_TRUE(view(owner, id).rationales.empty());
}

TEST_F(Calibrations, TheLastSheetOpensTheScoresWithTheirAgreement) {
  const Id id = plan().id;
  EXPECT_FALSE(expect(hand_in(registers(), as(Role::isms_owner, "P-005"), id, sheet(2, 3, 1))));
  // A better thought before everybody is in.
  EXPECT_FALSE(expect(hand_in(registers(), as(Role::isms_owner, "P-005"), id, sheet(5, 3, 1))));
  // Who may change nothing of the register still hands in.
  EXPECT_TRUE(expect(hand_in(registers(), as(Role::employee, "P-028"), id, sheet(2, 3, 1))));
  CalibrationView open = view(as(Role::isms_owner), id);
  EXPECT_FALSE(open.sealed);
  EXPECT_EQ(open.exercise.scores.size(), 6U);
  EXPECT_EQ(open.exercise.max_spread, 3);
  ASSERT_EQ(open.exercise.agreement.size(), 3U);
  EXPECT_TRUE(open.exercise.agreement[0].alpha);
  EXPECT_EQ(open.rationales.size(), 6U);
  auto late = hand_in(registers(), as(Role::employee, "P-028"), id, sheet(5, 3, 1));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::conflict);
  EXPECT_TRUE(expect(verify(*tenant_->workspace)).damages.empty());
}

TEST_F(Calibrations, ScenariosMayBeLeftOut) {
  const Id id = plan().id;
  expect(hand_in(registers(), as(Role::isms_owner, "P-005"), id, {{"Fire", 2, 4, ""}}));
  EXPECT_TRUE(expect(hand_in(registers(), as(Role::employee, "P-028"), id, sheet(2, 3, 1))));
  EXPECT_EQ(view(as(Role::isms_owner), id).exercise.scores.size(), 4U);
}

TEST_F(Calibrations, OnlyAssessorsHandInAndOnlyWhatFits) {
  const Id id = plan().id;
  for (const Principal& who :
       {as(Role::isms_owner), as(Role::isms_owner, "P-001"), as(Role::top_management, "P-055")}) {
    auto refused = hand_in(registers(), who, id, sheet(1, 1, 1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
  }
  Principal reading = as(Role::isms_owner, "P-005");
  reading.read_only = true;
  EXPECT_FALSE(hand_in(registers(), reading, id, sheet(1, 1, 1)));
  auto off = hand_in(registers(), as(Role::isms_owner, "P-005"), id, sheet(6, 0, 1));
  ASSERT_FALSE(off);
  EXPECT_EQ(line(off.error().problems),
            "0.likelihood: choose a level from 1 to 5 [6]\n1.likelihood: choose a level from 1 to 5 [0]\n");
  EXPECT_FALSE(hand_in(registers(), as(Role::isms_owner, "P-005"), id, {}));
  EXPECT_FALSE(hand_in(registers(), as(Role::isms_owner, "P-005"), id, {{"Unheard of", 1, 1, ""}}));
  EXPECT_FALSE(view(as(Role::isms_owner), id).state.begun());
}

TEST_F(Calibrations, AssessorsFindTheExercisesThatNameThem) {
  const Id id = plan().id;
  auto own = expect(calibration_views(registers(), as(Role::employee, "P-028")));
  ASSERT_EQ(own.size(), 2U) << "this one and the one of old";
  EXPECT_EQ(own.front().exercise.id, id) << "the latest first";
  EXPECT_TRUE(own.front().may_score);
  auto others = calibration_views(registers(), as(Role::employee, "P-001"));
  EXPECT_TRUE(!others || others->empty());
  EXPECT_EQ(expect(calibration_views(registers(), as(Role::internal_auditor))).size(), 2U);
}

TEST_F(Calibrations, OneAssessorIsRefused) {
  CalibrationExercise exercise;
  exercise.methodology = {"METH-1"};
  exercise.held_on = *Date::parse("2026-10-15");
  exercise.assessors = {{"P-005"}};
  auto refused = plan_calibration(registers(), as(Role::isms_owner), encode(exercise));
  ASSERT_FALSE(refused);
  EXPECT_EQ(line(refused.error().problems),
            "assessors: must name at least two persons: one alone agrees with nobody []\n"
            "scenarios: must be at least two; ten or more give figures to rely on []\n");
}

TEST_F(Calibrations, DifferencesAreSettledAndTheRecordIsFiled) {
  const Id id = plan().id;
  const Principal owner = as(Role::isms_owner, "P-005");
  auto early = settle(registers(), owner, id, {"Fire", 3, 4, "Too early", std::nullopt});
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().kind, ErrorKind::conflict);
  expect(hand_in(registers(), owner, id, sheet(5, 5, 1)));
  expect(hand_in(registers(), as(Role::employee, "P-028"), id, sheet(2, 1, 1)));
  const StoredFile file{"Calibration.html", "text/html", std::string(64, 'a'), 10};
  EXPECT_FALSE(file_calibration(registers(), owner, id, file)) << "differences are open";
  auto wrong = settle(registers(), owner, id, {"Fire", 9, 4, " ", std::nullopt});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().problems.size(), 2U);
  expect(settle(registers(), owner, id, {"Fire", 3, 4, "One thought of the whole building.", std::nullopt}));
  EXPECT_FALSE(view(owner, id).exercise.reconciled_on);
  expect(
      settle(registers(), owner, id, {"Theft", 2, 2, "Cases of the last three years were looked up.", std::nullopt}));
  EXPECT_EQ(view(owner, id).exercise.reconciled_on, Date::parse("2026-10-15"));
  Record evidence = expect(file_calibration(registers(), owner, id, file));
  EXPECT_EQ(list_of(evidence.at("refs")), std::vector<std::string>{"6.1.2 b"});
  EXPECT_EQ(evidence.text("content_hash"), file.sha256);
}

TEST_F(Calibrations, ExercisesOfOldStayReadable) {
  CalibrationView old = view(as(Role::isms_owner), "CAL-1");
  EXPECT_FALSE(old.sealed);
  EXPECT_FALSE(old.exercise.scores.empty());
  EXPECT_FALSE(old.may_score);
}

}  // namespace
}  // namespace assay::test
