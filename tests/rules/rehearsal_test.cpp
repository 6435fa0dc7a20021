// Rehearsals: the conclusion of each constellation, comparison, and what is kept of one held on the example
// organisation.
#include "kernel/rules/rehearsal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "case_bench.h"
#include "engines.h"
#include "isms/registers.h"
#include "kernel/service/bundle_service.h"
#include "kernel/service/tenant.h"
#include "kernel/service/verify.h"
#include "tests/base/temp_folder.h"

namespace assay::testing {
namespace {

template <class T>
T got(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return *std::move(result);
}

const Principal& editor() {
  static const Principal principal = Principal::product("test");
  return principal;
}

// ---- The conclusion ------------------------------------------------------------------------------------------------

struct Constellation {
  RehearsalCounts counts;  // majors, minors, observations, opportunities, not evaluated, evaluated
  Outcome outcome;
};

TEST(RehearsalConclusion, FollowsFromTheClassesAtEveryStage) {
  const Constellation constellations[] = {
      {{0, 0, 0, 0, 0, 95}, Outcome::recommended},       {{0, 0, 4, 2, 0, 95}, Outcome::recommended},
      {{0, 0, 0, 0, 1, 94}, Outcome::examine_rest},      {{0, 0, 3, 0, 2, 93}, Outcome::examine_rest},
      {{0, 1, 0, 0, 0, 95}, Outcome::after_corrections}, {{0, 9, 3, 1, 4, 91}, Outcome::after_corrections},
      {{1, 0, 0, 0, 0, 95}, Outcome::not_ready},         {{2, 7, 1, 1, 5, 90}, Outcome::not_ready},
      {{0, 0, 0, 0, 95, 0}, Outcome::no_conclusion},     {{0, 0, 0, 0, 0, 0}, Outcome::no_conclusion},
  };
  for (std::string_view stage : all_stages) {
    std::set<std::string> headlines;
    std::set<Outcome> outcomes;
    for (const Constellation& item : constellations) {
      Conclusion conclusion = conclude(stage, item.counts);
      EXPECT_EQ(conclusion.outcome, item.outcome) << stage << " " << item.counts.majors << "/" << item.counts.minors;
      EXPECT_FALSE(conclusion.text.empty());
      headlines.insert(conclusion.headline);
      outcomes.insert(conclusion.outcome);
      bool rest_told = conclusion.text.find("could not be evaluated") != std::string::npos;
      bool rest_exists =
          item.counts.not_evaluated > 0 && item.counts.rules_evaluated > 0 && item.outcome != Outcome::examine_rest;
      EXPECT_TRUE(rest_told || !rest_exists) << stage << ": " << conclusion.text;
    }
    EXPECT_EQ(headlines.size(), outcomes.size()) << stage;
  }
}

TEST(RehearsalConclusion, SpeaksInTheTermsOfTheStage) {
  auto headline = [](std::string_view stage, std::size_t majors, std::size_t minors) {
    return conclude(stage, {majors, minors, 0, 0, 0, 50}).headline;
  };
  EXPECT_EQ(headline("gap", 1, 0), "Essential elements are missing");
  EXPECT_EQ(headline("internal", 0, 2), "The ISMS conforms except for minor nonconformities");
  EXPECT_EQ(headline("stage1", 1, 0), "Not ready for Stage 2");
  EXPECT_EQ(headline("stage1", 0, 3), "Ready for Stage 2 once the areas of concern are resolved");
  EXPECT_EQ(headline("stage2", 2, 3), "Certification not recommended");
  EXPECT_EQ(headline("stage2", 0, 3), "Certification recommended once the plans are accepted");
  EXPECT_EQ(headline("stage2", 0, 0), "Certification recommended");
  EXPECT_EQ(headline("surveillance", 1, 0), "The certificate is at risk");
  EXPECT_EQ(class_title("stage1", FindingClass::major), "Major area of concern");
  EXPECT_EQ(class_title("stage2", FindingClass::minor), "Minor nonconformity");
  EXPECT_EQ(class_title("gap", FindingClass::minor), "Minor gap");
}

// ---- Comparison and form -------------------------------------------------------------------------------------------

RehearsalFinding finding(const std::string& rule, const std::string& subject, FindingClass finding_class) {
  return {rule, finding_class, "6.1.2", "risk", subject, "Detail of " + subject};
}

TEST(RehearsalComparison, TellsNewGoneChangedSameAndNotJudged) {
  Rehearsal before, after;
  before.findings = {finding("A", "R-1", FindingClass::major), finding("A", "R-2", FindingClass::minor),
                     finding("B", "R-1", FindingClass::minor), finding("C", "R-1", FindingClass::minor)};
  after.findings = {finding("A", "R-1", FindingClass::minor), finding("A", "R-3", FindingClass::major),
                    finding("B", "R-1", FindingClass::minor)};
  after.not_evaluated = {{"C", "the catalogue is not loaded"}};
  RehearsalComparison change = compare(before, after);
  ASSERT_EQ(change.appeared.size(), 1U);
  EXPECT_EQ(change.appeared[0]->subject, "R-3");
  ASSERT_EQ(change.gone.size(), 1U);
  EXPECT_EQ(change.gone[0]->subject, "R-2");
  ASSERT_EQ(change.changed.size(), 1U);
  EXPECT_EQ(change.changed[0].before->finding_class, FindingClass::major);
  EXPECT_EQ(change.changed[0].after->finding_class, FindingClass::minor);
  ASSERT_EQ(change.same.size(), 1U);
  EXPECT_EQ(change.same[0]->rule, "B");
  // What could not be judged is not thereby mended.
  ASSERT_EQ(change.not_judged.size(), 1U);
  EXPECT_EQ(change.not_judged[0]->rule, "C");
}

TEST(RehearsalForm, RefusesWhatIsNone) {
  EXPECT_FALSE(read_rehearsal(""));
  EXPECT_FALSE(read_rehearsal("[]"));
  EXPECT_FALSE(read_rehearsal("{}"));
  EXPECT_FALSE(read_rehearsal(R"({"format":"assay-rehearsal/2"})"));
  EXPECT_FALSE(read_rehearsal(R"({"format":"assay-rehearsal/1","number":"x"})"));
}

TEST(RehearsalForm, HasTheOrderOfTheStandard) {
  std::vector<std::string> refs{"A.8.13", "10.2", "programme", "6.1.2", "A.5.9", "9.2.2", "A.5.18", "6.1.2 c"};
  std::ranges::sort(refs, before_in_standard);
  EXPECT_EQ(refs,
            (std::vector<std::string>{"6.1.2", "6.1.2 c", "9.2.2", "10.2", "A.5.9", "A.5.18", "A.8.13", "programme"}));
}

// ---- Held on the example organisation ------------------------------------------------------------------------------

class RehearsalsTest : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    drop();
    Location location =
        got(Location::parse(GetParam() == Engine::sqlite ? (folder_.path() / "data").string() : postgres_address(),
                            (folder_.path() / "state").string()));
    auto workspace = got(Workspace::create(location, "rehearsals", product_.workspace_settings()));
    Bundle bundle =
        got(read_bundle(registers(), read(std::filesystem::path(ASSAY_SOURCE_DIR) / "content/example/workspace.json")));
    got(import_bundle(*workspace, editor(), bundle, {}));
    if (GetParam() == Engine::postgres) must(got(workspace->connect(false))->script("analyze"));
    tenant_ = std::make_unique<Tenant>(std::move(workspace), product_);
  }
  void TearDown() override {
    tenant_.reset();
    drop();
  }
  static void drop() {
    if (GetParam() != Engine::postgres) return;
    must(got(open_postgres(postgres_address(), "public"))->script("drop schema if exists assay_rehearsals cascade"));
  }
  Rehearsals& rehearsals() { return tenant_->rehearsals; }
  Date today() const { return clock_.today(); }
  void script(std::string_view sql) { must(got(tenant_->workspace->connect(false))->script(sql)); }

  test::TempFolder folder_;
  FixedClock clock_{*Instant::parse("2026-06-30T09:00:00Z")};
  CommonPasswords common_{"qwerty"};
  Product product_{registers(), rule_set(), clock_, common_, [](const KeptRehearsal& kept, const KeptRehearsal*) {
                     return "<h1>" + kept.rehearsal.stage + "</h1>";
                   }};
  std::unique_ptr<Tenant> tenant_;
};

TEST_P(RehearsalsTest, KeepsWhatTheAuditorSays) {
  std::int64_t number = got(rehearsals().hold(editor(), "stage1", today()));
  EXPECT_EQ(number, 1);
  KeptRehearsal kept = got(rehearsals().read(editor(), number));
  const Rehearsal& rehearsal = kept.rehearsal;
  auto verdict = got(tenant_->auditor.verdict(today(), "stage1"));
  ASSERT_EQ(rehearsal.findings.size(), verdict->findings.size());
  for (std::size_t i = 0; i < verdict->findings.size(); ++i) {
    EXPECT_EQ(rehearsal.findings[i].detail, verdict->findings[i].detail);
    EXPECT_EQ(rehearsal.findings[i].finding_class, verdict->findings[i].finding_class);
    EXPECT_TRUE(rehearsal.rules.contains(verdict->findings[i].rule_id));
  }
  EXPECT_EQ(rehearsal.counts.majors, verdict->count(FindingClass::major));
  EXPECT_EQ(rehearsal.counts.rules_evaluated, verdict->rules_evaluated);
  EXPECT_EQ(rehearsal.conclusion.outcome, Outcome::not_ready);
  EXPECT_FALSE(rehearsal.organisation.empty());
  EXPECT_FALSE(rehearsal.scope.empty());
  EXPECT_GT(rehearsal.scope_version, 0);
  EXPECT_GT(rehearsal.soa_version, 0);
  EXPECT_EQ(rehearsal.made_at, "2026-06-30T09:00:00Z");
  EXPECT_TRUE(kept.intact);
  EXPECT_GE(kept.entry, 0);
  EXPECT_EQ(kept.withheld, 0U);
  // The text is read back to what it was.
  EXPECT_EQ(rehearsal_json(got(read_rehearsal(rehearsal_json(rehearsal)))), rehearsal_json(rehearsal));
  auto list = got(rehearsals().list(editor()));
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].counts.majors, rehearsal.counts.majors);
  EXPECT_TRUE(got(rehearsals().list(editor(), "stage2")).empty());
}

TEST_P(RehearsalsTest, StrengthsRestOnRecordsAndHaveNoFinding) {
  KeptRehearsal kept = got(rehearsals().read(editor(), got(rehearsals().hold(editor(), "stage2", today()))));
  const Rehearsal& rehearsal = kept.rehearsal;
  ASSERT_FALSE(rehearsal.strengths.empty());
  EXPECT_TRUE(std::ranges::is_sorted(rehearsal.strengths, before_in_standard, &Strength::ref));
  std::set<std::string> faulted;
  for (const RehearsalFinding& item : rehearsal.findings) {
    std::string_view ref = std::string_view(item.ref).substr(0, item.ref.find_first_of(", "));
    if (item.finding_class != FindingClass::ofi) faulted.emplace(ref);
  }
  bool control = false;
  for (const Strength& strength : rehearsal.strengths) {
    EXPECT_FALSE(faulted.contains(strength.ref)) << strength.ref;
    EXPECT_GT(strength.rules, 0U) << strength.ref;
    EXPECT_GT(strength.records + strength.evidence, 0U) << strength.ref;
    if (!strength.ref.starts_with("A.")) continue;
    control = true;
    EXPECT_GT(strength.evidence, 0U) << strength.ref;
    EXPECT_FALSE(strength.newest.empty()) << strength.ref;
  }
  EXPECT_TRUE(control);
  auto reader = got(tenant_->workspace->read());
  auto accepted =
      got(reader->connection().one_integer("select count(*) from evidence where review_status = 'accepted' and "
                                           "superseded_by is null and period_start <= '2026-06-30'"));
  EXPECT_EQ(static_cast<std::int64_t>(rehearsal.evidence), accepted);
  for (const EvidenceLooked& looked : rehearsal.looked_at) {
    std::size_t sum = 0;
    for (const auto& [kind, pieces] : looked.kinds) sum += pieces;
    EXPECT_EQ(sum, looked.pieces) << looked.ref;
  }
  EXPECT_GT(rehearsal.records, 100U);
}

TEST_P(RehearsalsTest, WhatWasMadeStaysAndTheNextOneIsCompared) {
  std::int64_t first = got(rehearsals().hold(editor(), "stage1", today()));
  KeptRehearsal before = got(rehearsals().read(editor(), first));
  auto mended = std::ranges::find(before.rehearsal.findings, "C6.1.3-f-02", &RehearsalFinding::rule);
  ASSERT_NE(mended, before.rehearsal.findings.end());
  const EntityDef& risk = *registers().find("risk");
  must(tenant_->workspace->write(
      editor(),
      [&](Transaction& transaction) -> Result<void> {
        TRY(Record old, transaction.read(risk, mended->subject));
        Record changed = old;
        changed.at("residual_likelihood") = std::int64_t{1};
        changed.at("residual_impact") = std::int64_t{1};
        changed.at("residual_score") = 1.0;
        return transaction.update(old, changed, "treated");
      },
      Strictness::lenient));
  std::int64_t second = got(rehearsals().hold(editor(), "stage1", today()));
  EXPECT_EQ(second, 2);
  EXPECT_EQ(rehearsal_json(got(rehearsals().read(editor(), first)).rehearsal), rehearsal_json(before.rehearsal));
  KeptRehearsal after = got(rehearsals().read(editor(), second));
  auto earlier = got(rehearsals().before(editor(), after.rehearsal));
  ASSERT_TRUE(earlier);
  EXPECT_EQ(earlier->rehearsal.number, first);
  EXPECT_FALSE(got(rehearsals().before(editor(), before.rehearsal)));
  RehearsalComparison change = compare(earlier->rehearsal, after.rehearsal);
  bool gone = std::ranges::any_of(change.gone, [&](const RehearsalFinding* item) {
    return item->rule == mended->rule && item->subject == mended->subject;
  });
  EXPECT_TRUE(gone);
  std::string json = got(rehearsals().json(editor(), second));
  EXPECT_NE(json.find("\"comparison\":{\"with\":1"), std::string::npos);
  std::string text = rehearsal_text(after.rehearsal, &earlier->rehearsal);
  EXPECT_NE(text.find("gone  C6.1.3-f-02 risk " + mended->subject), std::string::npos) << text;
}

TEST_P(RehearsalsTest, IsRefusedByTheDatabaseToChangeAndAChangeIsSeen) {
  std::int64_t number = got(rehearsals().hold(editor(), "gap", today()));
  auto connection = got(tenant_->workspace->connect(false));
  EXPECT_FALSE(connection->run("update assay_rehearsal set majors = 0"));
  EXPECT_FALSE(connection->run("delete from assay_rehearsal"));
  EXPECT_TRUE(got(verify(*tenant_->workspace)).damages.empty());
  // Somebody who may do everything with the database.
  script(GetParam() == Engine::sqlite ? "drop trigger assay_rehearsal_kept"
                                      : "alter table assay_rehearsal disable trigger all");
  script("update assay_rehearsal set content = replace(content, '\"stage\":\"gap\"', '\"stage\":\"internal\"')");
  EXPECT_FALSE(got(rehearsals().read(editor(), number)).intact);
  auto damages = got(verify(*tenant_->workspace)).damages;
  ASSERT_EQ(damages.size(), 1U);
  EXPECT_EQ(damages[0].place, "rehearsal 1");
  script(
      "update assay_rehearsal set content = replace(content, '\"stage\":\"internal\"', '\"stage\":\"gap\"'), made_at = "
      "'2020-01-01T00:00:00Z'");
  EXPECT_FALSE(got(rehearsals().read(editor(), number)).intact);
  if (GetParam() == Engine::sqlite) script("drop trigger assay_rehearsal_stays");
  script("delete from assay_rehearsal");
  damages = got(verify(*tenant_->workspace)).damages;
  ASSERT_EQ(damages.size(), 1U);
  EXPECT_NE(damages[0].what.find("removed"), std::string::npos);
}

TEST_P(RehearsalsTest, IsHeldForTodayOrALaterDay) {
  auto held = [&](const std::string& stage, Date day) { return rehearsals().hold(editor(), stage, day); };
  auto yesterday = held("stage1", today().plus_days(-1));
  ASSERT_FALSE(yesterday);
  EXPECT_EQ(yesterday.error().problems.at(0).place, "as_of");
  EXPECT_FALSE(held("stage1", today().plus_days(most_days_ahead + 1)));
  auto unknown = held("stage3", today());
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().problems.at(0).place, "stage");
  Date later = today().plus_days(200);
  KeptRehearsal kept = got(rehearsals().read(editor(), got(held("surveillance", later))));
  EXPECT_EQ(kept.rehearsal.as_of, later);
  EXPECT_EQ(kept.rehearsal.counts.majors,
            got(tenant_->auditor.verdict(later, "surveillance"))->count(FindingClass::major));
  EXPECT_EQ(rehearsals().read(editor(), 77).error().kind, ErrorKind::not_found);
}

TEST_P(RehearsalsTest, IsHeldAndReadByThoseWhoMay) {
  std::int64_t number = got(rehearsals().hold(editor(), "gap", today()));
  for (const Choice& choice : choices_of<Role>) {
    Role role = *choice_of<Role>(choice.name);
    Principal who{"a-1", "Somebody", {}, {role}, false, false};
    bool holds = role == Role::isms_owner || role == Role::internal_auditor || role == Role::top_management ||
                 role == Role::consultant;
    bool reads = role != Role::administrator && role != Role::employee && role != Role::collector;
    EXPECT_EQ(may_rehearse(who).allowed, holds) << choice.name;
    EXPECT_EQ(rehearsals().list(who).has_value(), reads) << choice.name;
    EXPECT_EQ(rehearsals().read(who, number).has_value(), reads) << choice.name;
    EXPECT_EQ(rehearsals().json(who, number).has_value(), reads) << choice.name;
    if (!holds) {
      auto refused = rehearsals().hold(who, "gap", today());
      ASSERT_FALSE(refused) << choice.name;
      EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
    }
    who.read_only = true;
    EXPECT_FALSE(may_rehearse(who).allowed);
  }
}

TEST_P(RehearsalsTest, TellsNothingOfRecordsThatAreNotShown) {
  std::int64_t number = got(rehearsals().hold(editor(), "stage2", today()));
  KeptRehearsal all = got(rehearsals().read(editor(), number));
  Principal narrow{"a-1", "Somebody", {}, {Role::action_owner}, false, false};
  KeptRehearsal some = got(rehearsals().read(narrow, number));
  EXPECT_GT(some.withheld, 0U);
  EXPECT_EQ(some.rehearsal.findings.size() + some.withheld, all.rehearsal.findings.size());
  EXPECT_EQ(some.rehearsal.counts, all.rehearsal.counts);
  for (const RehearsalFinding& item : some.rehearsal.findings) {
    const EntityDef* def = registers().find(item.kind);
    EXPECT_TRUE(!def || item.subject == "ORG" || (may(narrow, Action::see, *def).allowed && !row_filter(narrow, *def)))
        << item.kind;
  }
  EXPECT_TRUE(some.intact);
}

INSTANTIATE_TEST_SUITE_P(Engines, RehearsalsTest, ::testing::ValuesIn(engines()),
                         [](const auto& info) { return std::string(name_of(info.param)); });

}  // namespace
}  // namespace assay::testing
