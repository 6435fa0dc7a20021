// The Statement of Applicability without a database: numbers of controls, derived status, built justification,
// difference.
#include <gtest/gtest.h>

#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/operations/change.h"
#include "isms/operations/code_repository.h"
#include "isms/operations/data_store.h"
#include "isms/operations/system.h"
#include "isms/operations/tls_endpoint.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/party_requirement.h"
#include "isms/organisation/process.h"
#include "isms/organisation/site.h"
#include "isms/risk/risk.h"
#include "isms/risk/treatment_action.h"
#include "isms/soa/control_number.h"
#include "isms/soa/soa_facts.h"
#include "isms/soa/soa_needs.h"
#include "isms/soa/soa_snapshot.h"
#include "isms/soa/soa_status.h"
#include "isms/suppliers/supplier.h"

namespace assay {
namespace {

Date day(std::string_view iso) { return *Date::parse(iso); }
const Date today = day("2026-06-30");

TEST(ControlNumbers, AreReadAsPeopleWriteThem) {
  struct Case {
    std::string_view text;
    ControlNumberKind kind;
    std::string_view ref;
  };
  constexpr Case cases[] = {
      {"A.5.1", ControlNumberKind::annex_a, "5.1"},
      {"5.1", ControlNumberKind::annex_a, "5.1"},
      {"A 5.1", ControlNumberKind::annex_a, "5.1"},
      {" a5.01 ", ControlNumberKind::annex_a, "5.1"},
      {"Annex A 8.34", ControlNumberKind::annex_a, "8.34"},
      {"ISO/IEC 27001:2022 A.7.14", ControlNumberKind::annex_a, "7.14"},
      {"A.5.10 Acceptable use", ControlNumberKind::annex_a, "5.10"},
      {"A.12.3.1", ControlNumberKind::edition_2013, "12.3.1"},
      {"9.2", ControlNumberKind::edition_2013, "9.2"},
      {"A.12", ControlNumberKind::edition_2013, "12"},
      {"A.8.35", ControlNumberKind::edition_2013, "8.35"},
      {"L.1", ControlNumberKind::own, "L.1"},
      {"CTL-8", ControlNumberKind::own, "CTL-8"},
      {"Policies", ControlNumberKind::unreadable, ""},
      {"", ControlNumberKind::unreadable, ""},
      {"4.1", ControlNumberKind::unreadable, ""},
      {"5", ControlNumberKind::unreadable, ""},
      {"5.1.2.3", ControlNumberKind::unreadable, ""},
      {"99999999999999999999.1", ControlNumberKind::unreadable, ""},
  };
  for (const Case& each : cases) {
    const ControlNumber number = read_control_number(each.text);
    EXPECT_EQ(number.kind, each.kind) << each.text;
    EXPECT_EQ(number.ref, each.ref) << each.text;
  }
}

TEST(ControlNumbers, Of2013TellWhereTheyWent) {
  const ControlNumber backup = read_control_number("A.12.3.1");
  EXPECT_EQ(backup.successors, std::vector<std::string>{"8.13"});
  EXPECT_TRUE(backup.one_to_one);
  const ControlNumber policy = read_control_number("A.5.1.1");  // merged with 5.1.2
  EXPECT_EQ(policy.successors, std::vector<std::string>{"5.1"});
  EXPECT_FALSE(policy.one_to_one);
  EXPECT_TRUE(read_control_number("A.12").successors.empty());
}

TEST(ControlNumbers, AnnexAHas93InTheirOrder) {
  const auto& refs = annex_a_refs();
  ASSERT_EQ(refs.size(), 93U);
  EXPECT_EQ(refs.front(), "5.1");
  EXPECT_EQ(refs.back(), "8.34");
  EXPECT_TRUE(std::ranges::is_sorted(refs, control_ref_less));
  EXPECT_TRUE(control_ref_less("5.2", "5.10"));
  EXPECT_TRUE(control_ref_less("8.34", "L.1"));
  EXPECT_FALSE(control_ref_less("L.1", "5.1"));
}

Evidence evidence_until(std::string_view id, std::string_view end,
                        EvidenceReviewStatus review = EvidenceReviewStatus::accepted) {
  Evidence out;
  out.id = id;
  out.period_start = out.period_end = out.collected_on = day(end);
  out.review_status = review;
  return out;
}

TEST(SoaStatus, FollowsFromControlEvidenceAndActions) {
  using Status = SoAEntryImplementationStatus;
  const Evidence fresh = evidence_until("EV-1", "2026-06-20"), older = evidence_until("EV-2", "2026-06-01"),
                 stale = evidence_until("EV-3", "2025-01-01");
  const Evidence waiting = evidence_until("EV-4", "2026-06-20", EvidenceReviewStatus::pending);
  TreatmentAction open, done;
  open.id = "TA-1";
  open.status = TreatmentActionStatus::in_progress;
  done.status = TreatmentActionStatus::done;
  struct Case {
    std::string_view name;
    ControlStatus control;
    std::vector<const Evidence*> evidence;
    std::vector<const TreatmentAction*> actions;
    Status expected;
    std::string_view missing;
  };
  const Case cases[] = {
      {"proven", ControlStatus::implemented, {&older, &fresh, &stale}, {}, Status::implemented, ""},
      {"no evidence", ControlStatus::implemented, {}, {}, Status::partial, "No evidence of its operation is recorded."},
      {"stale",
       ControlStatus::implemented,
       {&stale},
       {},
       Status::partial,
       "Its evidence is rejected, superseded or too old."},
      {"not reviewed",
       ControlStatus::implemented,
       {&waiting},
       {},
       Status::partial,
       "Its evidence waits to be reviewed."},
      {"under way",
       ControlStatus::implementing,
       {&fresh},
       {},
       Status::partial,
       "The control is still being implemented."},
      {"in design", ControlStatus::designing, {}, {}, Status::planned, "The control is still being designed."},
      {"an action", ControlStatus::not_started, {}, {&open}, Status::planned, "The control is not started."},
      {"an action that is over",
       ControlStatus::not_started,
       {},
       {&done},
       Status::not_implemented,
       "The control is not started, and no action is planned for it."},
      {"retired", ControlStatus::retired, {&fresh}, {}, Status::not_implemented, "The control is retired."},
  };
  for (const Case& each : cases) {
    Control control;
    control.id = "CTL-1";
    control.status = each.control;
    control.frequency = ControlFrequency::monthly;
    const DerivedSoaStatus derived = derived_soa_status({&control, each.evidence, each.actions}, today);
    EXPECT_EQ(derived.status, each.expected) << each.name;
    EXPECT_EQ(derived.missing, each.missing) << each.name;
  }
  Control control;
  control.status = ControlStatus::implemented;
  control.frequency = ControlFrequency::monthly;  // fresh for 45 days
  const DerivedSoaStatus derived = derived_soa_status({&control, {&older, &fresh, &stale}, {}}, today);
  EXPECT_EQ(derived.evidence, (std::vector<Id>{"EV-1", "EV-2"}));
  EXPECT_EQ(derived.holds_until, day("2026-06-20").plus_days(45));
  EXPECT_EQ(derived_soa_status({&control, {&fresh}, {}}, *derived.holds_until).status, Status::implemented);
  EXPECT_EQ(derived_soa_status({&control, {&fresh}, {}}, derived.holds_until->plus_days(1)).status, Status::partial);
  EXPECT_EQ(derived_soa_status({}, today).missing, "No control is linked.");
}

TEST(SoaNeeds, BuildTheJustification) {
  using Ground = SoAEntryInclusionReasons;
  const std::vector<SoaNeed> needs = {{Ground::contractual, &Obligation::def(), "OB-3", "Contract with laboratories"},
                                      {Ground::risk, &Risk::def(), "R-007", "Lost backup"},
                                      {Ground::legal, &Obligation::def(), "OB-1", "GDPR"},
                                      {Ground::risk, &Risk::def(), "R-001", "Ransomware"},
                                      {Ground::risk, &Risk::def(), "R-001", "Ransomware"},
                                      {Ground::business, &PartyRequirement::def(), "PR-2", "Back in four hours"}};
  const BuiltSoaLine built = built_soa_line(needs);
  EXPECT_EQ(built.text,
            "Treats the risks R-001 Ransomware; R-007 Lost backup.\nRequired by law: OB-1 GDPR.\nAgreed by contract: "
            "OB-3 Contract with laboratories.\nExpected: PR-2 Back in four hours.");
  EXPECT_EQ(built.grounds, (std::vector{Ground::risk, Ground::legal, Ground::contractual, Ground::business}));
  EXPECT_EQ(built.risks.size(), 2U);
  EXPECT_EQ(built.obligations.size(), 2U);
  EXPECT_EQ(built_soa_line({needs.rbegin(), needs.rend()}).text, built.text);
  EXPECT_TRUE(built_soa_line({}).text.empty());
  std::vector<SoaNeed> many;
  for (int i = 10; i < 22; ++i)
    many.push_back({Ground::risk, &Risk::def(), "R-" + std::to_string(i), "R-" + std::to_string(i)});
  EXPECT_EQ(built_soa_line(many).text, "Treats the risks R-10; R-11; R-12; R-13; R-14; R-15; R-16; R-17; and 4 more.");
}

TEST(SoaNeeds, ATextIsBuiltUntilSomebodyEditsIt) {
  SoAEntry entry;
  EXPECT_TRUE(entry.is_undecided());
  EXPECT_FALSE(entry.is_built());
  entry.inclusion_justification = "Treats the risk R-001.";
  entry.built_mark = built_mark_of("Treats the risk R-001.");
  EXPECT_TRUE(entry.is_built());
  EXPECT_FALSE(entry.is_undecided());
  entry.inclusion_justification = "Treats the risk R-001, and customers ask for it.";
  EXPECT_FALSE(entry.is_built());
}

TEST(SoaFactsTest, SpeakAgainstTheControlsOfTheRule) {
  EXPECT_EQ(SoaFacts({}, today).against("8.28"), nullptr);
  SoaFactSources sources;
  System shop;
  shop.id = "S-1";
  shop.in_scope = true;
  sources.systems = {shop};
  CodeRepository repository;
  repository.id = "CR-1";
  repository.system.id = "S-1";
  sources.repositories = {repository};
  Supplier hoster;
  hoster.id = "SUP-1";
  hoster.name = "Hoster";
  hoster.in_scope = hoster.cloud_service = true;
  hoster.status = SupplierStatus::active;
  sources.suppliers = {hoster};
  Site office;
  office.id = "SITE-1";
  office.in_scope = true;
  office.opened_on = day("2020-01-01");
  office.closed_on = day("2026-06-29");
  sources.sites = {office};
  SoaFacts facts(sources, today);
  ASSERT_NE(facts.against("8.28"), nullptr);
  EXPECT_EQ(facts.against("8.28")->id, "CR-1");
  EXPECT_EQ(facts.against("8.30"), nullptr);  // outsourced development is another fact
  EXPECT_EQ(facts.against("5.23")->title, "Hoster");
  EXPECT_EQ(facts.against("7.4"), nullptr);  // the site was closed yesterday
  EXPECT_NE(SoaFacts(sources, day("2026-06-29")).against("7.4"), nullptr);
  facts.hide_records(Supplier::def());
  ASSERT_NE(facts.against("5.19"), nullptr);
  EXPECT_TRUE(facts.against("5.19")->title.empty());
}

TEST(SoaDifference, TellsWhatAReaderNotices) {
  SoaLine backup{"8.13",    "Backup",    "technological", "applicable",   {"risk"}, "Treats R-1.", "partial",
                 "partial", "",          "CTL-1",         "Daily backup", "Anna",   {"R-1"},       {},
                 {"EV-1"},  "2026-01-01"};
  SoaLine own{"L.1",
              "Signed firmware",
              "",
              "applicable",
              {"risk"},
              "x",
              "implemented",
              "implemented",
              "",
              "",
              "",
              "",
              {},
              {},
              {},
              ""};
  SoaSnapshot before, after;
  before.lines = {backup, own};
  backup.declared = backup.derived = "implemented";
  backup.evidence = {"EV-9"};  // passing facts are no change
  backup.reviewed_on = "2026-06-01";
  SoaLine development{"8.25",
                      "Secure development",
                      "technological",
                      "excluded",
                      {},
                      "No software is written.",
                      "",
                      "",
                      "",
                      "",
                      "",
                      "",
                      {},
                      {},
                      {},
                      ""};
  after.lines = {backup, development};
  const auto changes = soa_difference(before, after);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].ref, "8.13");
  EXPECT_EQ(changes[0].details,
            (std::vector<SoaLineChange::Detail>{{"Declared status", "Partly implemented", "Implemented"},
                                                {"Status shown by evidence", "Partly implemented", "Implemented"}}));
  EXPECT_EQ(changes[1].kind, SoaLineChange::Kind::added);
  EXPECT_EQ(changes[2].kind, SoaLineChange::Kind::removed);
  EXPECT_TRUE(soa_difference(after, after).empty());
}

}  // namespace
}  // namespace assay
