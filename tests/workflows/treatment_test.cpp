// Treatment, approval, acceptance and proposals over the example organisation, as its people decide them.
#include <boost/json.hpp>

#include "isms/controls/control.h"
#include "isms/operations/asset.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/person.h"
#include "tests/service/fixture.h"
#include "workflows/live/touched.h"
#include "workflows/records.h"
#include "workflows/treatment/acceptances.h"
#include "workflows/treatment/approve_plan.h"
#include "workflows/treatment/treatment_view.h"

namespace assay::test {
namespace {

Principal who(Role role, std::string person, bool signed_now = false) {
  return {.account = "A-" + person,
          .name = "Person " + person,
          .person = person,
          .roles = {role},
          .signed_now = signed_now};
}

Patch patch(std::string_view register_name, std::initializer_list<std::pair<std::string_view, Value>> values) {
  return patch_of(*registers().find(register_name), values);
}

class Treatment : public ServiceTest {
 protected:
  void SetUp() override {
    tenant_ = example("treatment");
    owner_ = std::string(read(*tenant_, "risk", "R-024").text("owner"));
    superior_ = std::string(read(*tenant_, "person", owner_).text("manager"));
  }
  const RegisterService& registers_of() { return tenant_->registers; }
  Record risk(std::string_view id = "R-024") { return read(*tenant_, "risk", id); }
  TreatmentView view() { return expect(treatment_view(registers_of(), who(Role::isms_owner, "P-006"))); }
  TreatmentCase item(std::string_view id = "R-024") { return *view().of(id); }
  void approve(const Principal& signer, std::string_view id = "R-024") {
    expect(approve_treatment(registers_of(), signer, id, approval_fingerprint(item(id).approval.text)));
  }

  std::unique_ptr<Tenant> tenant_;
  Id owner_, superior_;
};

TEST_F(Treatment, ActionsThatWaitForEachOtherInACircleAreRefusedByEveryFace) {
  const EntityDef& def = TreatmentAction::def();
  const Principal keeper = who(Role::isms_owner, "P-006");
  expect(registers_of().change(keeper, def, "TA-015", 0,
                               patch("treatment_action", {{"depends_on", std::vector<std::string>{"TA-016"}}})));
  auto refused =
      registers_of().change(keeper, def, "TA-016", 0,
                            patch("treatment_action", {{"depends_on", std::vector<std::string>{"TA-003", "TA-015"}}}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(line(refused.error().problems),
            "depends_on: must not lead back to where it began: TA-016 → TA-015 → TA-016 [TA-015]\n");
  // As the API and files bring it.
  auto upserted = registers_of().upsert(keeper,
                                        {{&def, "TA-016",
                                          [](Record& record) {
                                            record.at("depends_on") = std::vector<std::string>{"TA-015"};
                                            return Problems{};
                                          }}},
                                        "", false);
  ASSERT_FALSE(upserted);
  EXPECT_EQ(line(upserted.error().problems),
            "items[0].depends_on: must not lead back to where it began: TA-016 → TA-015 → TA-016 [TA-015]\n");
  auto self = registers_of().change(keeper, def, "TA-003", 0,
                                    patch("treatment_action", {{"depends_on", std::vector<std::string>{"TA-003"}}}));
  ASSERT_FALSE(self);
  EXPECT_EQ(self.error().problems.front().place, "depends_on");
  // Nobody is above themselves either.
  auto manager =
      registers_of().change(keeper, Person::def(), "P-003", 0, patch("person", {{"manager", std::string("P-005")}}));
  ASSERT_FALSE(manager);
  EXPECT_EQ(manager.error().problems.front().message, "must not lead back to where it began: P-003 → P-005 → P-003");
}

TEST_F(Treatment, AnApprovalFallsWhenActionsOrScoresMove) {
  const Principal unsigned_owner = who(Role::risk_owner, owner_);
  const std::string shown = approval_fingerprint(item().approval.text);
  auto refused = approve_treatment(registers_of(), unsigned_owner, "R-024", shown);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
  EXPECT_FALSE(approve_treatment(registers_of(), who(Role::risk_owner, "P-012", true), "R-024", shown))
      << "somebody else's risk";
  approve(who(Role::risk_owner, owner_, true));
  EXPECT_EQ(item().approval.state, ApprovalState::stands);

  Id first;
  for (const TreatmentAction& action : item().actions) {
    if (action.status == TreatmentActionStatus::planned) first = action.id;
  }
  ASSERT_FALSE(first.empty());
  expect(registers_of().take_step(unsigned_owner, TreatmentAction::def(), first, 0, "replan",
                                  patch("treatment_action", {{"due_on", std::string("2027-02-26")}}),
                                  "The supplier delivers later."));
  const TreatmentCase moved = item();
  EXPECT_EQ(moved.approval.state, ApprovalState::fallen);
  ASSERT_EQ(moved.approval.moves.size(), 1U);
  EXPECT_EQ(moved.approval.moves.front().what, first);
  EXPECT_NE(moved.approval.moves.front().after.find("due 2027-02-26"), std::string::npos);
  EXPECT_EQ(moved.approval.wanted, (std::vector<Id>{owner_}));
  // Work on what nobody approved does not begin.
  const Id doer(read(*tenant_, "treatment_action", first).text("owner"));
  auto start =
      registers_of().take_step(who(Role::action_owner, doer), TreatmentAction::def(), first, 0, "start", {}, "");
  ASSERT_FALSE(start);
  EXPECT_EQ(start.error().rule, "C6.1.3-f-01");
  // What was signed must be what was shown.
  auto stale = approve_treatment(registers_of(), who(Role::risk_owner, owner_, true), "R-024", shown);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().kind, ErrorKind::conflict);
  approve(who(Role::risk_owner, owner_, true));
  EXPECT_EQ(item().approval.state, ApprovalState::stands);
  expect(registers_of().take_step(who(Role::action_owner, doer), TreatmentAction::def(), first, 0, "start", {}, ""));
  EXPECT_EQ(item().approval.state, ApprovalState::stands) << "progress is no move";
}

TEST_F(Treatment, AboveTheLevelOfEscalationTheSuperiorApprovesAsWell) {
  approve(who(Role::risk_owner, owner_, true));
  expect(registers_of().change(who(Role::isms_owner, "P-006"), RiskTreatmentPlan::def(), "RTP-2", 0,
                               patch("risk_treatment_plan", {{"escalation_score", 10.0}})));
  const TreatmentCase wanting = item();
  EXPECT_EQ(wanting.approval.state, ApprovalState::wanting);
  EXPECT_EQ(wanting.approval.wanted, (std::vector<Id>{superior_}));
  approve(who(Role::top_management, superior_, true));
  EXPECT_EQ(item().approval.state, ApprovalState::stands);
  EXPECT_EQ(item().approval.given.size(), 2U);
  // An owner who is away is stood in for.
  expect(registers_of().change(
      who(Role::isms_owner, "P-006"), Person::def(), owner_, 0,
      patch("person", {{"leave_from", std::string("2026-10-01")}, {"leave_to", std::string("2026-11-30")}})));
  const Approvers approvers = item().approval.approvers;
  EXPECT_TRUE(approvers.owner_is_away);
  EXPECT_EQ(approvers.acting, superior_);
}

TEST_F(Treatment, SeveralActionsAreAddedAllOrNone) {
  const std::size_t before = item().actions.size();
  const Principal owner = who(Role::risk_owner, owner_);
  auto refused = add_actions(
      registers_of(), owner, "RTP-2", "R-024",
      {patch("treatment_action", {{"description", std::string("Encrypt the backups")}, {"cost", 1200.0}}),
       patch("treatment_action", {{"start_on", std::string("2026-12-01")}, {"due_on", std::string("2026-11-01")}})});
  ASSERT_FALSE(refused);
  EXPECT_EQ(line(refused.error().problems),
            "rows[1].description: is required []\nrows[1].due_on: must not be before the start [2026-11-01]\n");
  EXPECT_EQ(item().actions.size(), before);
  EXPECT_FALSE(add_actions(registers_of(), owner, "RTP-2", "R-024", {}));
  EXPECT_EQ(item().approval.state, ApprovalState::stands) << "approved before what was seen was kept";
  clock_.set(*Instant::parse("2026-10-16T09:00:00Z"));
  auto made = expect(add_actions(registers_of(), owner, "RTP-2", "R-024",
                                 {patch("treatment_action", {{"description", std::string("Encrypt the backups")},
                                                             {"cost", 1200.0},
                                                             {"due_on", std::string("2027-02-01")}})}));
  EXPECT_EQ(item().actions.size(), before + 1);
  ASSERT_EQ(view().costs.size(), 1U);
  EXPECT_EQ(view().costs.front().quarters.at("2027 Q1"), 1200.0);
  EXPECT_EQ(made.size(), 1U);
  EXPECT_EQ(item().approval.state, ApprovalState::wanting) << "nobody has approved the new action";
}

TEST_F(Treatment, AnAcceptanceIsSignedAndFallsInTheTransactionThatRaisesTheScore) {
  const Principal owner = who(Role::risk_owner, owner_, true);
  AcceptRisk decision{"R-024", risk().version, " ", Date::parse("2026-10-15")};
  auto refused = accept_risk(registers_of(), owner, decision);
  ASSERT_FALSE(refused);
  EXPECT_EQ(line(refused.error().problems),
            "rationale: must say why the organisation may carry this risk []\nexpires_on: must lie in the future "
            "[2026-10-15]\n");
  decision = {"R-024", risk().version, "The old gateway is replaced in spring.", Date::parse("2027-03-31")};
  auto without = accept_risk(registers_of(), who(Role::risk_owner, owner_), decision);
  ASSERT_FALSE(without) << "a session without a fresh password, or a token, does not sign";
  EXPECT_EQ(without.error().kind, ErrorKind::forbidden);
  EXPECT_FALSE(accept_risk(registers_of(), who(Role::risk_owner, "P-012", true), decision)) << "not theirs";
  decision.version += 1;
  EXPECT_EQ(accept_risk(registers_of(), owner, decision).error().kind, ErrorKind::conflict);
  decision.version -= 1;
  const Record first = expect(accept_risk(registers_of(), owner, decision));
  EXPECT_EQ(number_of(first.at("score_at_acceptance")), 12);
  EXPECT_EQ(risk().text("status"), "accepted");
  {
    auto reader = expect(tenant_->workspace->read());
    EXPECT_FALSE(expect(reader->history("signature", "risk_acceptance " + first.id, 0, 5)).empty());
  }
  // Renewed: the former one is taken back.
  decision = {"R-024", risk().version, "Until the summer.", Date::parse("2027-06-30")};
  const Record second = expect(accept_risk(registers_of(), owner, decision));
  EXPECT_EQ(read(*tenant_, "risk_acceptance", first.id).text("status"), "revoked");

  expect(registers_of().change(who(Role::isms_owner, "P-006"), Risk::def(), "R-024", 0,
                               patch("risk", {{"residual_likelihood", std::int64_t{4}},
                                              {"residual_impact", std::int64_t{4}},
                                              {"inherent_likelihood", std::int64_t{5}},
                                              {"inherent_impact", std::int64_t{5}}})));
  EXPECT_EQ(number_of(risk().at("residual_score")), 16);
  EXPECT_EQ(read(*tenant_, "risk_acceptance", second.id).text("status"), "revoked");
  EXPECT_EQ(risk().text("status"), "assessed") << "back with its owner";
  const AcceptanceView acceptances = expect(acceptance_view(registers_of(), who(Role::isms_owner, "P-006")));
  auto fallen =
      std::ranges::find_if(acceptances.over, [&](const AcceptanceCase& one) { return one.acceptance.id == second.id; });
  ASSERT_NE(fallen, acceptances.over.end());
  EXPECT_EQ(fallen->state, AcceptanceState::fallen);
  EXPECT_EQ(fallen->words, "the score rose from 12 to 16");
  EXPECT_TRUE(
      std::ranges::any_of(acceptances.uncarried, [](const UncarriedRisk& one) { return one.risk.id == "R-024"; }));
}

TEST_F(Treatment, AcceptancesEndAndAreListedBeforehand) {
  clock_.set(*Instant::parse("2027-03-01T09:00:00Z"));
  AcceptanceView soon = expect(acceptance_view(registers_of(), who(Role::isms_owner, "P-006")));
  EXPECT_GT(soon.ending_within(30), 5U);
  EXPECT_EQ(soon.valid.front().state, AcceptanceState::ends_in_30);
  clock_.set(*Instant::parse("2027-12-01T09:00:00Z"));
  AcceptanceView later = expect(acceptance_view(registers_of(), who(Role::isms_owner, "P-006")));
  EXPECT_EQ(later.ending_within(90), 0U);
  EXPECT_EQ(later.over.front().state, AcceptanceState::ended);
}

TEST_F(Treatment, ThePlanIsApprovedAndIssuedTogether) {
  const Principal keeper = who(Role::isms_owner, "P-006", true);
  const Record draft = expect(begin_plan(registers_of(), keeper));
  EXPECT_EQ(number_of(draft.at("version")), 3);
  EXPECT_EQ(begin_plan(registers_of(), keeper).error().kind, ErrorKind::conflict);
  expect(add_actions(registers_of(), who(Role::risk_owner, owner_), draft.id, "R-024",
                     {patch("treatment_action", {{"description", std::string("Encrypt the backups")},
                                                 {"owner", owner_},
                                                 {"due_on", std::string("2027-02-01")},
                                                 {"resources", std::string("3 days")}})}));
  const NewIssue issue{"treatment_plan", "Risk treatment plan", "3", "Somebody", "{}", "<!doctype html><p>Plan</p>"};
  auto early = approve_and_issue(registers_of(), tenant_->issues, keeper, draft.id, draft.version, issue);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().rule, "C6.1.3-f-01");
  EXPECT_TRUE(expect(tenant_->issues.list(keeper, "treatment_plan")).empty()) << "both or nothing";
  approve(who(Role::risk_owner, owner_, true));
  const Record approved = read(*tenant_, "risk_treatment_plan", draft.id);
  const std::int64_t number =
      expect(approve_and_issue(registers_of(), tenant_->issues, keeper, draft.id, approved.version, issue));
  EXPECT_EQ(read(*tenant_, "risk_treatment_plan", draft.id).text("status"), "approved");
  EXPECT_TRUE(expect(tenant_->issues.read(keeper, number)).intact);
}

// ---- Proposals -----------------------------------------------------------------------------------------------------

class Proposals : public Treatment {
 protected:
  std::vector<Touch> open(std::string_view register_name = {}, std::string_view id = {}) {
    std::vector<Touch> all = expect(touched(registers_of(), tenant_->findings, who(Role::isms_owner, "P-006"))).open;
    std::erase_if(all, [&](const Touch& touch) {
      return (!register_name.empty() && touch.key.register_name != register_name) ||
             (!id.empty() && touch.key.record != id);
    });
    return all;
  }
  std::string targets(const std::vector<Touch>& touches) {
    std::vector<std::string> out;
    for (const Touch& touch : touches) out.push_back(fmt::format("{} {}", name_of(touch.key.what), touch.key.target));
    std::ranges::sort(out);
    return join(out, ", ");
  }
  Record make(std::string_view register_name, std::initializer_list<std::pair<std::string_view, Value>> values) {
    Record record(*registers().find(register_name));
    for (const auto& [name, value] : values) record.at(name) = value;
    return expect(registers_of().create(who(Role::isms_owner, "P-006"), record, ""));
  }
};

TEST_F(Proposals, WhatWasBroughtInByABundleTouchesNothing) { EXPECT_TRUE(open().empty()); }

TEST_F(Proposals, ANewSupplierTouchesTheRowsAboutSuppliersUntilTheyAreLookedAt) {
  clock_.set(*Instant::parse("2026-10-16T09:00:00Z"));
  const Record supplier = make("supplier", {{"name", std::string("Payroll bureau")},
                                            {"service", std::string("Payroll")},
                                            {"tier", std::string("important")},
                                            {"processes_personal_data", true},
                                            {"in_scope", true},
                                            {"status", std::string("onboarding")},
                                            {"component_provenance_known", true}});
  const std::string before = targets(open("supplier"));
  for (std::string_view row : {"SE-5.19", "SE-5.20", "SE-5.22", "SE-5.34"})
    EXPECT_NE(before.find(row), std::string::npos) << before;
  EXPECT_NE(before.find("reassess R-"), std::string::npos) << "the risks that these rows name";

  clock_.set(*Instant::parse("2026-10-17T09:00:00Z"));
  expect(registers_of().change(who(Role::isms_owner, "P-006"), SoAEntry::def(), "SE-5.19", 0,
                               patch("soa_entry", {{"last_reviewed_on", std::string("2026-10-17")}})));
  EXPECT_EQ(targets(open("supplier")).find("SE-5.19"), std::string::npos);

  auto row = open("supplier");
  auto declined = std::ranges::find_if(row, [](const Touch& touch) { return touch.key.target == "SE-5.34"; });
  ASSERT_NE(declined, row.end());
  auto without = decline_touch(registers_of(), tenant_->findings, who(Role::isms_owner, "P-006"), declined->key, " ");
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().problems.front().place, "reason");
  EXPECT_FALSE(
      decline_touch(registers_of(), tenant_->findings, who(Role::internal_auditor, "P-012"), declined->key, "No."));
  expect(decline_touch(registers_of(), tenant_->findings, who(Role::isms_owner, "P-006"), declined->key,
                       "The row covers all processors."));
  EXPECT_EQ(targets(open("supplier")).find("SE-5.34"), std::string::npos);
  const auto decided = expect(touched(registers_of(), tenant_->findings, who(Role::isms_owner, "P-006"))).decided;
  ASSERT_EQ(decided.size(), 1U);
  EXPECT_EQ(decided.front().reason, "The row covers all processors.");
  // A later change of what matters proposes it anew, any other change does not.
  clock_.set(*Instant::parse("2026-10-18T09:00:00Z"));
  expect(registers_of().change(who(Role::isms_owner, "P-006"), *registers().find("supplier"), supplier.id, 0,
                               patch("supplier", {{"exit_plan", true}})));
  EXPECT_EQ(targets(open("supplier")).find("SE-5.34"), std::string::npos);
  expect(registers_of().change(who(Role::isms_owner, "P-006"), *registers().find("supplier"), supplier.id, 0,
                               patch("supplier", {{"tier", std::string("critical")}})));
  EXPECT_NE(targets(open("supplier")).find("SE-5.34"), std::string::npos);
}

TEST_F(Proposals, ANewAssetWantsARiskUntilOneNamesIt) {
  const Record asset = make("asset", {{"name", std::string("Plant historian")},
                                      {"kind", std::string("server")},
                                      {"in_scope", true},
                                      {"lifecycle", std::string("active")},
                                      {"source", std::string("register")}});
  EXPECT_EQ(targets(open("asset")), "identify ");
  make("risk", {{"title", std::string("The historian fails")}, {"assets", std::vector<std::string>{asset.id}}});
  EXPECT_TRUE(open("asset").empty());
}

TEST_F(Proposals, TakingOverALinkChangesTheRowInOneTransaction) {
  const Record row = read(*tenant_, "soa_entry", "SE-8.13");
  const std::string control(row.text("control"));
  ASSERT_EQ(std::ranges::count(list_of(row.at("linked_risks")), "R-024"), 0);
  std::vector<std::string> controls = list_of(risk().at("controls"));
  controls.push_back(control);
  expect(registers_of().change(who(Role::isms_owner, "P-006"), Risk::def(), "R-024", 0,
                               patch("risk", {{"controls", controls}})));
  auto proposals = open("risk", "R-024");
  auto link = std::ranges::find_if(proposals, [](const Touch& touch) {
    return touch.key.what == TouchWhat::link_risk && touch.key.target == "SE-8.13";
  });
  ASSERT_NE(link, proposals.end()) << targets(proposals);
  EXPECT_FALSE(take_touch(registers_of(), tenant_->findings, who(Role::internal_auditor, "P-012"), link->key));
  expect(take_touch(registers_of(), tenant_->findings, who(Role::isms_owner, "P-006"), link->key));
  const Record changed = read(*tenant_, "soa_entry", "SE-8.13");
  EXPECT_EQ(std::ranges::count(list_of(changed.at("linked_risks")), "R-024"), 1);
  EXPECT_EQ(std::ranges::count(list_of(changed.at("inclusion_reasons")), "risk"), 1);
  EXPECT_EQ(take_touch(registers_of(), tenant_->findings, who(Role::isms_owner, "P-006"), link->key).error().kind,
            ErrorKind::not_found)
      << "once";
}

}  // namespace
}  // namespace assay::test
