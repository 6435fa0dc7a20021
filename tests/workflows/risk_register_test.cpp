// Entering, scoring again and reviewing risks on the example organisation.
#include "isms/risk/risk.h"
#include "tests/service/fixture.h"
#include "workflows/records.h"
#include "workflows/risk_register/reassessment.h"
#include "workflows/risk_register/risk_entry.h"
#include "workflows/risk_register/risk_reading.h"
#include "workflows/risk_register/risk_review.h"
#include "workflows/risk_register/score_history.h"

namespace assay::test {
namespace {

Principal person(Role role, Id who = {}) {
  return {.account = "A-1", .name = "Test Person", .person = std::move(who), .roles = {role}};
}

class RiskRegister : public ServiceTest {
 protected:
  // A risk that is told as it should be.
  static Record told(std::string_view asset = "A-016") {
    Record risk(Risk::def());
    risk.at("threat") = std::string("Former supplier keeping remote access");
    risk.at("weakness") = std::string("Accounts of suppliers are never closed");
    risk.at("consequence") = std::string("Two weeks of forensic work, and customers ask for proof that nothing left");
    risk.at("assets") = std::vector<std::string>{std::string(asset)};
    return risk;
  }
  static Library library() { return expect(Library::load(content_files())); }
  static std::vector<ContentFile> content_files() {
    static const std::string threats = file_text(source_folder() / "content/threats.csv"),
                             weaknesses = file_text(source_folder() / "content/weaknesses.csv");
    return {{"threats.csv", threats}, {"weaknesses.csv", weaknesses}};
  }
  static Risk first_in(
      Tenant& tenant, std::string_view status,
      const std::function<bool(const Risk&)>& fits = [](const Risk&) { return true; }) {
    for (Risk& risk : expect(all_of<Risk>(tenant.registers, somebody(), "status", status))) {
      if (fits(risk)) return risk;
    }
    throw std::runtime_error("no such risk");
  }
};

TEST_F(RiskRegister, AnEntryIsCompletedWithoutTouchingWhatWasTyped) {
  auto tenant = example("complete");
  Record risk = told();
  expect(complete_entry(tenant->registers, person(Role::isms_owner), library(), risk));
  EXPECT_TRUE(risk.text("title").starts_with("Former supplier keeping remote access: ")) << risk.text("title");
  EXPECT_NE(risk.text("scenario").find("What follows:"), std::string_view::npos);
  EXPECT_FALSE(is_empty(risk.at("threat_category")));
  EXPECT_FALSE(list_of(risk.at("cia")).empty());
  Record typed = told();
  typed.at("title") = std::string("My own words");
  typed.at("cia") = std::vector<std::string>{"A"};
  expect(complete_entry(tenant->registers, person(Role::isms_owner), library(), typed));
  EXPECT_EQ(typed.text("title"), "My own words");
  EXPECT_EQ(list_of(typed.at("cia")), std::vector<std::string>{"A"});
}

TEST_F(RiskRegister, DuplicatesAndVaguenessAreToldBeforeSaving) {
  auto tenant = example("advice");
  EXPECT_TRUE(expect(advice_on(tenant->registers, person(Role::isms_owner), told())).empty());
  Record known = read(*tenant, "risk", "R-001");
  Record same = told(list_of(known.at("assets")).front());
  same.at("threat") = known.at("threat");
  same.at("weakness") = known.at("weakness");
  EntryAdvice advice = expect(advice_on(tenant->registers, person(Role::isms_owner), same));
  ASSERT_EQ(advice.duplicates.size(), 1U);
  EXPECT_EQ(advice.duplicates[0].risk.id, "R-001");
  Record vague(Risk::def());
  vague.at("threat") = std::string("Cyber attack");
  advice = expect(advice_on(tenant->registers, person(Role::isms_owner), vague));
  EXPECT_EQ(advice.vague.size(), 4U) << line(advice.vague);
}

TEST_F(RiskRegister, AnAssetSuggestsWhatFitsItAndWhatOthersHave) {
  auto tenant = example("suggest");
  EntrySuggestions found = expect(suggestions_for(tenant->registers, person(Role::isms_owner), library(), {"A-016"}));
  ASSERT_EQ(found.assets.size(), 1U);
  EXPECT_EQ(found.surroundings.size(), 1U);
  EXPECT_FALSE(found.threats.empty());
  EXPECT_LE(found.threats.size(), 6U);
  EXPECT_FALSE(found.weaknesses.empty());
  for (const NearRisk& near : found.comparable) {
    EXPECT_TRUE(std::ranges::none_of(near.risk.assets, [](const auto& asset) { return asset.id == "A-016"; }))
        << near.risk.id;
  }
  EXPECT_TRUE(expect(suggestions_for(tenant->registers, person(Role::isms_owner), library(), {})).threats.empty());
}

TEST_F(RiskRegister, ARiskIsAssessedAsItIsEnteredOrNotEnteredAtAll) {
  auto tenant = example("enter");
  Record risk = told();
  expect(complete_entry(tenant->registers, person(Role::isms_owner), library(), risk));
  risk.at("inherent_likelihood") = std::int64_t{4};
  risk.at("inherent_impact") = std::int64_t{4};
  risk.at("residual_likelihood") = std::int64_t{3};
  risk.at("residual_impact") = std::int64_t{4};
  std::size_t before = expect(all_of<Risk>(tenant->registers, somebody())).size();
  auto refused = enter_risk(tenant->registers, person(Role::isms_owner), risk, true, "");  // no owner yet
  ASSERT_FALSE(refused);
  EXPECT_EQ(expect(all_of<Risk>(tenant->registers, somebody())).size(), before);
  risk.at("owner") = std::string("P-003");
  risk.at("target_likelihood") = std::int64_t{1};
  risk.at("target_impact") = std::int64_t{4};
  Record stored = expect(enter_risk(tenant->registers, person(Role::isms_owner), risk, true, ""));
  EXPECT_EQ(stored.state(), "assessed");
  EXPECT_EQ(number_of(stored.at("residual_score")), 12);
  EXPECT_EQ(number_of(stored.at("target_score")), 4);
}

TEST_F(RiskRegister, LevelsOffTheScaleAndGrowingScoresAreRefusedAtTheField) {
  auto tenant = example("levels");
  Record risk = told();
  risk.at("title") = std::string("Some title");
  risk.at("inherent_likelihood") = std::int64_t{6};
  risk.at("inherent_impact") = std::int64_t{2};
  Problems problems = expect(level_problems(tenant->registers, person(Role::isms_owner), risk));
  EXPECT_EQ(line(problems), "inherent_likelihood: must be from 1 to 5, the scale of the risk method [6]\n");
  risk.at("inherent_likelihood") = std::int64_t{2};
  risk.at("residual_likelihood") = std::int64_t{3};
  risk.at("residual_impact") = std::int64_t{2};
  problems = expect(level_problems(tenant->registers, person(Role::isms_owner), risk));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].place, "residual_impact");
  EXPECT_FALSE(enter_risk(tenant->registers, person(Role::isms_owner), risk, false, ""));
}

TEST_F(RiskRegister, ManyAreScoredAgainInOneAssessment) {
  auto tenant = example("bulk");
  auto movable = [](const Risk& risk) { return risk.residual_likelihood.value_or(1) > 1 && risk.residual_impact; };
  Risk moved = first_in(*tenant, "in_treatment", movable);
  Risk kept =
      first_in(*tenant, "in_treatment", [&](const Risk& risk) { return risk.id != moved.id && risk.residual_impact; });
  Reassessment work{
      .risks = {{moved.id, *moved.residual_likelihood - 1, moved.residual_impact, 1, 1},
                {kept.id, kept.residual_likelihood, kept.residual_impact, kept.target_likelihood, kept.target_impact}},
      .reason = "Half-yearly assessment with the owners",
      .next_review_on = Date::parse("2027-04-15"),
      .run = {.existing = {}, .fresh = true, .trigger = {}}};
  ReassessmentOutcome outcome = expect(reassess(tenant->registers, person(Role::isms_owner, "P-002"), work));
  EXPECT_EQ(outcome.changed, 1U);
  EXPECT_EQ(outcome.confirmed, 1U);
  ASSERT_FALSE(outcome.run.empty());
  Record run = read(*tenant, "risk_assessment_run", outcome.run);
  EXPECT_EQ(run.text("performed_on"), "2026-10-15");
  EXPECT_EQ(list_of(run.at("participants")), std::vector<std::string>{"P-002"});
  for (const Id& id : {moved.id, kept.id}) {
    Record risk = read(*tenant, "risk", id);
    EXPECT_EQ(risk.text("run"), outcome.run);
    EXPECT_EQ(risk.text("assessed_on"), "2026-10-15");
    EXPECT_EQ(risk.text("next_review_on"), "2027-04-15");
  }
  EXPECT_EQ(number_of(read(*tenant, "risk", moved.id).at("residual_likelihood")), *moved.residual_likelihood - 1);
  EXPECT_EQ(number_of(read(*tenant, "risk", moved.id).at("target_score")), 1);

  auto history = expect(score_history(tenant->registers, person(Role::isms_owner), moved.id));
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history.back().reason, "Half-yearly assessment with the owners");
  EXPECT_EQ(history.back().scores[static_cast<std::size_t>(RiskView::target)], 1);
  EXPECT_EQ(history.back().scores[static_cast<std::size_t>(RiskView::inherent)], moved.inherent_score);
}

TEST_F(RiskRegister, ADraftThatIsCompleteIsAssessedWithTheOthers) {
  auto tenant = example("drafts");
  Record complete = told();
  for (std::string_view field : {"inherent_likelihood", "inherent_impact"}) complete.at(field) = std::int64_t{4};
  expect(complete_entry(tenant->registers, person(Role::isms_owner), library(), complete));
  complete.at("owner") = std::string("P-022");
  Record wanting = complete;
  wanting.at("owner") = Value();
  const Id first = expect(enter_risk(tenant->registers, person(Role::isms_owner), complete, false, "")).id;
  const Id second = expect(enter_risk(tenant->registers, person(Role::isms_owner), wanting, false, "")).id;
  Reassessment work{.risks = {{first, 3, 3, {}, {}}, {second, 2, 3, {}, {}}},
                    .reason = "First assessment",
                    .next_review_on = {},
                    .run = {}};
  ReassessmentOutcome outcome = expect(reassess(tenant->registers, person(Role::isms_owner), work));
  EXPECT_EQ(outcome.changed, 2U);
  EXPECT_EQ(outcome.assessed, 1U);
  ASSERT_EQ(outcome.drafts.size(), 1U);
  EXPECT_EQ(outcome.drafts.front().first, second);
  EXPECT_NE(outcome.drafts.front().second.find("A risk needs an owner."), std::string::npos)
      << outcome.drafts.front().second;
  EXPECT_EQ(read(*tenant, "risk", first).state(), "assessed");
  EXPECT_EQ(read(*tenant, "risk", second).state(), "draft");
  EXPECT_EQ(number_of(read(*tenant, "risk", second).at("residual_score")), 6);
}

TEST_F(RiskRegister, OneBadRowKeepsTheOthersFromBeingChanged) {
  auto tenant = example("rows");
  Risk good = first_in(*tenant, "in_treatment"),
       bad = first_in(*tenant, "in_treatment", [&](const Risk&risk) { return risk.id != good.id; });
  Reassessment work{
      .risks = {{good.id, 1, 1, 1, 1}, {bad.id, 7, 1, {}, {}}}, .reason = "Trying", .next_review_on = {}, .run = {}};
  auto refused = reassess(tenant->registers, person(Role::isms_owner), work);
  ASSERT_FALSE(refused);
  EXPECT_EQ(line(refused.error().problems), bad.id + ".residual_likelihood: must be from 1 to 5 [7]\n");
  EXPECT_EQ(read(*tenant, "risk", good.id).version, 1);
  Risk typed = first_in(*tenant, "in_treatment", [](const Risk& risk) { return risk.target_score.value_or(0) > 1; });
  work.risks = {{typed.id, 1, 1, {}, {}}};
  refused = reassess(tenant->registers, person(Role::isms_owner), work);
  ASSERT_FALSE(refused);
  // A typed target that was reached is given anew.
  EXPECT_EQ(refused.error().problems.at(0).place, typed.id + ".target_likelihood");
  work.risks = {{good.id, 5, 5, {}, {}}};
  refused = reassess(tenant->registers, person(Role::isms_owner), work);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.at(0).place, good.id + ".residual_impact");  // more with controls than without
  work.risks = {{good.id, 1, {}, {}, {}}};
  refused = reassess(tenant->registers, person(Role::isms_owner), work);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.at(0).place, good.id + ".residual_impact");
  work.reason = " ";
  EXPECT_EQ(reassess(tenant->registers, person(Role::isms_owner), work).error().problems.at(0).place, "reason");
  EXPECT_FALSE(reassess(tenant->registers, person(Role::external_auditor),
                        {.risks = {{good.id, 1, 1, {}, {}}}, .reason = "Trying", .next_review_on = {}, .run = {}}));
}

TEST_F(RiskRegister, AnAcceptedRiskThatGrowsIsOpenedAndOneThatStaysIsItsOwnersToConfirm) {
  auto tenant = example("accepted");
  Risk risk = first_in(*tenant, "accepted", [](const Risk& each) {
    return each.owner && each.residual_score && each.inherent_score && *each.residual_score < *each.inherent_score &&
           each.inherent_likelihood && each.inherent_impact;
  });
  Reassessment grown{.risks = {{risk.id, risk.inherent_likelihood, risk.inherent_impact, {}, {}}},
                     .reason = "The control failed",
                     .next_review_on = {},
                     .run = {}};
  Reassessment same{
      .risks = {{risk.id, risk.residual_likelihood, risk.residual_impact, risk.target_likelihood, risk.target_impact}},
      .reason = "Looked at with the owner",
      .next_review_on = {},
      .run = {}};
  auto refused = reassess(tenant->registers, person(Role::isms_owner, "P-065"), same);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
  ReassessmentOutcome outcome = expect(reassess(tenant->registers, person(Role::isms_owner), grown));
  EXPECT_EQ(outcome.reopened, 1U);
  Record after = read(*tenant, "risk", risk.id);
  EXPECT_EQ(after.state(), "assessed");
  EXPECT_EQ(number_of(after.at("residual_score")), risk.inherent_score);
}

TEST_F(RiskRegister, ReviewsAreDueByDayAndByWhatChanged) {
  auto tenant = example("review");
  const Principal owner = person(Role::isms_owner);
  Date until = *Date::parse("2026-09-25");
  auto due = expect(reviews_due(tenant->registers, owner, {.until = until, .owner = {}, .triggered = false}));
  for (const RiskReview& review : due) EXPECT_TRUE(!review.due || *review.due <= until) << review.risk.id;
  auto all =
      expect(reviews_due(tenant->registers, owner, {.until = until.plus_days(3000), .owner = {}, .triggered = false}));
  EXPECT_GT(all.size(), due.size());
  ASSERT_FALSE(all.empty());

  Risk risk = first_in(*tenant, "in_treatment",
                       [](const Risk& each) { return !each.assets.empty() && each.assessed_on.has_value(); });
  const FieldDef* critical = Asset::def().find("licence_valid_to");
  expect(tenant->registers.change(owner, Asset::def(), risk.assets.front().id, 0,
                                  {{critical, Value(std::string("2030-01-01"))}}, "Renewed"));
  auto touched = expect(reviews_due(tenant->registers, owner, {.until = Date{}, .owner = {}, .triggered = true}));
  auto found = std::ranges::find_if(touched, [&](const RiskReview& review) { return review.risk.id == risk.id; });
  ASSERT_NE(found, touched.end());
  auto trigger = std::ranges::find(found->triggers, std::string("Asset changed"), &ReviewTrigger::what);
  ASSERT_NE(trigger, found->triggers.end());
  EXPECT_EQ(trigger->record, risk.assets.front().id);
}

TEST_F(RiskRegister, TheDevelopmentComesOutOfTheLedger) {
  auto tenant = example("trend");
  auto events = expect(register_events(tenant->registers, person(Role::isms_owner)));
  auto risks = expect(read_risks(tenant->registers, person(Role::isms_owner), {}, {"status", "residual_score"}));
  auto trend = risk_trend(events, 9);
  ASSERT_EQ(trend.size(), 1U);
  auto open = [](const Risk& risk) { return risk.status != RiskStatus::closed && risk.status != RiskStatus::draft; };
  EXPECT_EQ(trend[0].open, static_cast<std::size_t>(std::ranges::count_if(risks, open)));
  EXPECT_EQ(trend[0].above, static_cast<std::size_t>(std::ranges::count_if(risks, [&](const Risk& risk) {
              return open(risk) && risk.residual_score.value_or(0) > 9;
            })));
  EXPECT_FALSE(register_events(tenant->registers, person(Role::administrator)));
}

}  // namespace
}  // namespace assay::test
