// A gap analysis from its start to its approval.
#include "tests/service/fixture.h"
#include "workflows/gap/gap_suggestions.h"

namespace assay::test {
namespace {

class GapWorkflow : public ServiceTest {
 protected:
  static Principal keeper(std::string person = {}) {
    return {.account = "A-1", .name = "Keeper", .person = std::move(person), .roles = {Role::isms_owner}};
  }
  static Principal owner(std::string person) {
    return {.account = "A-2", .name = "Owner", .person = std::move(person), .roles = {Role::control_owner}};
  }

  Id start(Tenant& tenant, const Principal& principal) {
    Record record(def("gap_assessment"));
    record.at("performed_on") = std::string("2026-10-15");
    record.at("edition") = std::string("27001:2022+Amd1:2024");
    return expect(tenant.registers.create(principal, record)).id;
  }
  static GapAnalysis analysis(Tenant& tenant, const Id& id) {
    return expect(read_gap_analysis(tenant.registers, somebody(), id));
  }
  Result<Record> answer(Tenant& tenant, const Principal& principal, const Id& id, std::string_view key,
                        std::string_view result, std::string_view waits_for = {}) {
    GapAnalysis now = analysis(tenant, id);
    Record typed(def("gap_item"));
    if (!result.empty()) typed.at("result") = std::string(result);
    typed.at("rationale") = std::string("Seen in a workshop.");
    const Record* stored = now.record_of(key);
    return answer_gap(tenant.registers, principal, now, *gap_question(library_, key), typed, waits_for,
                      stored ? stored->version : 0);
  }

  Library library_;
};

TEST_F(GapWorkflow, AnswersKeepWhoAndWhenAndRefuseCircles) {
  auto tenant = example("answers");
  Id id = start(*tenant, keeper("P-006"));
  Record first = expect(answer(*tenant, keeper("P-006"), id, "4.1", "absent"));
  EXPECT_EQ(first.text("assessor"), "P-006");
  EXPECT_EQ(first.text("assessed_on"), "2026-10-15");
  expect(answer(*tenant, keeper(), id, "A.5.1", "partial", "4.1"));
  expect(answer(*tenant, keeper(), id, "5.1", "partial"));  // a clause of the same number
  GapAnalysis now = analysis(*tenant, id);
  EXPECT_EQ(now.items.size(), 3U);
  EXPECT_EQ(now.find("A.5.1")->depends_on.front().id, first.id);
  auto circle = answer(*tenant, keeper(), id, "4.1", "absent", "a.5.1");
  ASSERT_FALSE(circle);
  EXPECT_EQ(line(circle.error().problems),
            "depends_on: must not lead in a circle: 4.1 waits for A.5.1 waits for 4.1 [a.5.1]\n");
  auto unknown = answer(*tenant, keeper(), id, "4.2", "absent", "9.9, 10.1");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(line(unknown.error().problems),
            "depends_on: must be clauses such as 6.1.2 or controls such as A.8.13 [9.9]\ndepends_on: 10.1 has no "
            "answer yet: answer it first [10.1]\n");
  auto bare = answer(*tenant, keeper(), id, "4.2", "");
  ASSERT_FALSE(bare);
  EXPECT_EQ(bare.error().problems.front().place, "result");
  // Nothing of what was refused is there.
  EXPECT_EQ(analysis(*tenant, id).items.size(), 3U);
  EXPECT_TRUE(analysis(*tenant, id).find("4.1")->depends_on.empty());
}

TEST_F(GapWorkflow, WhatSomebodyElseAnsweredMeanwhileIsNotLost) {
  auto tenant = example("meanwhile");
  Id id = start(*tenant, keeper());
  GapAnalysis shown = analysis(*tenant, id);
  expect(answer(*tenant, keeper(), id, "4.1", "absent"));
  Record typed(def("gap_item"));
  typed.at("result") = std::string("conformant");
  auto late = answer_gap(tenant->registers, keeper(), shown, *gap_question(library_, "4.1"), typed, {}, 0);
  EXPECT_FALSE(late);
  late = answer_gap(tenant->registers, keeper(), analysis(*tenant, id), *gap_question(library_, "4.1"), typed, {}, 0);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::conflict);
  EXPECT_EQ(analysis(*tenant, id).find("4.1")->result, GapItemResult::absent);
}

TEST_F(GapWorkflow, QuestionsAreHandedToThoseWhoKnow) {
  auto tenant = example("handed");
  Id id = start(*tenant, keeper());
  expect(hand_out_gap_questions(tenant->registers, keeper(), analysis(*tenant, id), "P-009", {"A.6"}, "A.8.13, 4.1"));
  GapAnalysis now = analysis(*tenant, id);
  ASSERT_EQ(now.assessment.assignments.size(), 1U);
  EXPECT_EQ(now.assessment.assignments[0].questions.size(), 10U);
  EXPECT_EQ(now.person_for("A.6.3"), "P-009");
  expect(hand_out_gap_questions(tenant->registers, keeper(), now, "P-006", {}, "4.1"));
  EXPECT_EQ(analysis(*tenant, id).person_for("4.1"), "P-006");
  EXPECT_EQ(analysis(*tenant, id).assessment.assignments[0].questions.size(), 9U);

  expect(answer(*tenant, owner("P-009"), id, "A.8.13", "conformant"));
  auto other = answer(*tenant, owner("P-009"), id, "4.1", "conformant");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().message, "This question is not handed to you.");
  auto refused = hand_out_gap_questions(tenant->registers, owner("P-009"), analysis(*tenant, id), "P-009", {"4"}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
  auto nobody = hand_out_gap_questions(tenant->registers, keeper(), analysis(*tenant, id), "P-404", {"4"}, {});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().problems.front().place, "person");
  auto nothing = hand_out_gap_questions(tenant->registers, keeper(), analysis(*tenant, id), "P-009", {}, "8.13");
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().problems.front().place, "questions");
  expect(hand_out_gap_questions(tenant->registers, keeper(), analysis(*tenant, id), "", {"A.6"}, "A.8.13"));
  EXPECT_EQ(analysis(*tenant, id).person_for("A.8.13"), "");
}

TEST_F(GapWorkflow, ProposalsComeFromTheDataAndAreTakenOverInOneTransaction) {
  auto tenant = example("proposals");
  Id id = start(*tenant, keeper());
  GapSuggestions suggestions = expect(gap_suggestions(tenant->registers, keeper(), nullptr));
  EXPECT_EQ(suggestions.size(), gap_question_count);
  // Supplier registers are full, controls have evidence, the statement names exclusions.
  EXPECT_TRUE(suggestions.at("4.1").proposal);
  EXPECT_EQ(suggestions.at("4.1").proposal->result, GapItemResult::conformant);
  std::size_t proposed = 0, excluded = 0;
  for (const auto& [key, suggestion] : suggestions) {
    proposed += suggestion.proposal.has_value();
    excluded += suggestion.proposal && suggestion.proposal->result == GapItemResult::not_applicable;
    EXPECT_TRUE(!suggestion.proposal || !suggestion.proposal->rationale.empty()) << key;
  }
  EXPECT_GT(proposed, 90U);
  EXPECT_GT(excluded, 0U);
  // A finding turns it.
  Verdict verdict;
  RuleFinding finding;
  finding.rule_id = "C4.1-01";
  finding.finding_class = FindingClass::major;
  finding.ref = "4.1";
  finding.stages = {"gap", "stage1"};
  finding.kind = "organisation";
  finding.subject = "ORG";
  finding.title = "Issues are not reviewed";
  finding.fix = "Review them.";
  verdict.findings = {finding};
  GapSuggestion turned = expect(gap_suggestions(tenant->registers, keeper(), &verdict, "4.1")).at("4.1");
  EXPECT_EQ(turned.proposal->result, GapItemResult::partial);
  EXPECT_EQ(turned.proposal->action, "Review them.");
  EXPECT_EQ(turned.proposal->severity, GapItemRiskSeverity::high);

  expect(answer(*tenant, keeper(), id, "4.1", "absent"));
  EXPECT_EQ(
      expect(take_over_gap_proposals(tenant->registers, keeper(), analysis(*tenant, id), suggestions, {"4.2", "4.1"})),
      1U);
  EXPECT_EQ(expect(take_over_gap_proposals(tenant->registers, keeper(), analysis(*tenant, id), suggestions)),
            proposed - 2);
  GapAnalysis now = analysis(*tenant, id);
  EXPECT_EQ(now.items.size(), proposed);
  EXPECT_EQ(now.find("4.1")->result, GapItemResult::absent);  // a person's answer stays
  EXPECT_TRUE(now.find("4.2")->rationale->starts_with("Proposed from the data of 2026-10-15:\n"));
  EXPECT_EQ(expect(take_over_gap_proposals(tenant->registers, keeper(), now, suggestions)), 0U);
  auto refused = take_over_gap_proposals(tenant->registers, owner("P-009"), analysis(*tenant, start(*tenant, keeper())),
                                         suggestions);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
}

TEST_F(GapWorkflow, AnEmptyWorkspaceProposesNothingButGaps) {
  auto tenant = create("empty");
  for (const auto& [key, suggestion] : expect(gap_suggestions(tenant->registers, keeper(), nullptr)))
    EXPECT_FALSE(suggestion.proposal) << key;
  for (const TypicalFinding& finding : typical_gap_findings(expect(typical_counts(tenant->registers, keeper()))))
    EXPECT_TRUE(finding.holds) << finding.title;
}

TEST_F(GapWorkflow, RanksAndDatesAreWrittenAndPromisesStay) {
  auto tenant = example("roadmap");
  Id id = start(*tenant, keeper());
  expect(answer(*tenant, keeper(), id, "4.1", "absent"));
  expect(answer(*tenant, keeper(), id, "4.2", "absent"));
  expect(tenant->registers.change(keeper(), def("gap_item"), analysis(*tenant, id).find("4.2")->id, 0,
                                  {{def("gap_item").find("target_on"), std::string("2027-01-31")}}, "Promised"));
  EXPECT_EQ(expect(adopt_gap_roadmap(tenant->registers, keeper(), analysis(*tenant, id))), 2U);
  GapAnalysis now = analysis(*tenant, id);
  EXPECT_EQ(now.find("4.1")->priority, 1);
  EXPECT_EQ(now.find("4.1")->target_on->iso(), "2026-10-28");  // five days' work at two and a half a week
  EXPECT_EQ(now.find("4.2")->priority, 2);
  EXPECT_EQ(now.find("4.2")->target_on->iso(), "2027-01-31");
  EXPECT_EQ(expect(adopt_gap_roadmap(tenant->registers, keeper(), now)), 0U);
  // A date that the roadmap wrote moves with the next plan.
  expect(tenant->registers.change(keeper(), def("gap_assessment"), id, 0,
                                  {{def("gap_assessment").find("days_a_week"), 5.0}}, "More time"));
  EXPECT_EQ(expect(adopt_gap_roadmap(tenant->registers, keeper(), analysis(*tenant, id))), 1U);
  EXPECT_EQ(analysis(*tenant, id).find("4.1")->target_on->iso(), "2026-10-21");
  EXPECT_EQ(analysis(*tenant, id).find("4.2")->target_on->iso(), "2027-01-31");
}

TEST_F(GapWorkflow, TheEstimateRestsOnWhatIsRecorded) {
  auto tenant = example("estimate");
  GapAnalysis second = analysis(*tenant, "GA-2");
  GapEstimateFacts facts = expect(gap_estimate_facts(tenant->registers, keeper(), second));
  EXPECT_EQ(facts.basis.persons, 54);
  EXPECT_EQ(facts.persons_from, "declared in the certification project");
  EXPECT_EQ(facts.basis.further_site_groups, 1);  // the cloud has no staff
  EXPECT_GT(facts.basis.maturity, 0.5);
  EXPECT_LT(facts.basis.maturity, 1.0);
  EXPECT_EQ(analysis(*tenant, "GA-1").items.size(), gap_question_count);
}

TEST_F(GapWorkflow, TheSponsorSignsACompleteAnalysisAndItStandsStill) {
  auto tenant = example("approval");
  const EntityDef& gap = def("gap_assessment");
  Principal sponsor{.account = "A-9", .name = "Sponsor", .person = "P-001", .roles = {Role::top_management}};
  Id id = start(*tenant, keeper("P-006"));
  auto early = tenant->registers.take_step(sponsor, gap, id, 0, "approve", {}, "");
  ASSERT_FALSE(early);
  expect(tenant->registers.change(keeper("P-006"), gap, id, 0,
                                  {{gap.find("assessor"), std::string("P-006")},
                                   {gap.find("effort_person_days"), 10.0},
                                   {gap.find("tooling_cost"), 0.0},
                                   {gap.find("consultancy_cost"), 0.0}},
                                  ""));
  for_each_gap_key([&](const std::string& key) { expect(answer(*tenant, keeper("P-006"), id, key, "conformant")); });
  sponsor.signed_now = true;
  Record approved = expect(tenant->registers.take_step(sponsor, gap, id, 0, "approve", {}, ""));
  EXPECT_EQ(approved.text("approved_by"), "P-001");
  EXPECT_EQ(approved.text("approved_on"), "2026-10-15");
  EXPECT_EQ(approved.state(), "approved");
  auto late = answer(*tenant, keeper("P-006"), id, "4.1", "absent");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().message, "The analysis is approved and does not change any more.");
  EXPECT_FALSE(tenant->registers.change(keeper(), gap, id, 0, {{gap.find("edition"), std::string("2013")}}, ""));
}

}  // namespace
}  // namespace assay::test
