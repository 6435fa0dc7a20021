// The computations of a gap analysis: keys and tallies, the order and dates of the roadmap, the estimate, proposals,
// comparison.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/text.h"
#include "isms/frameworks/gap_comparison.h"
#include "isms/frameworks/gap_estimate.h"
#include "isms/frameworks/gap_proposal.h"
#include "isms/frameworks/gap_questions.h"
#include "isms/frameworks/gap_roadmap.h"
#include "isms/frameworks/gap_typical.h"

namespace assay {
namespace {

using enum GapItemResult;
using Severity = GapItemRiskSeverity;
using Complexity = GapItemComplexity;

GapItem gap(std::string key, GapItemResult result, std::optional<Severity> severity = {},
            std::optional<Complexity> complexity = {}, std::vector<std::string> after = {}) {
  GapItem item;
  item.id = "GI-" + key;
  item.dimension = key.starts_with("A.") ? GapItemDimension::control : GapItemDimension::clause;
  item.ref = key.starts_with("A.") ? key.substr(2) : key;
  item.result = result;
  item.risk_severity = severity;
  item.complexity = complexity;
  for (const std::string& before : after) item.depends_on.push_back({"GI-" + before});
  return item;
}

std::string order_of(const std::vector<GapItem>& items) {
  std::string out;
  for (const RoadmapStep& step : gap_roadmap(items, {*Date::parse("2026-01-05"), 1, 2.5}).steps)
    out += (out.empty() ? "" : " ") + step.key;
  return out;
}

TEST(Gap, KeysTellClausesFromControls) {
  EXPECT_EQ(gap_key(GapItemDimension::clause, "5.1"), "5.1");
  EXPECT_EQ(gap_key(GapItemDimension::control, "5.1"), "A.5.1");
  EXPECT_EQ(gap_key(GapItemDimension::control, "A.5.1"), "A.5.1");
  for (std::string_view good : {"4.1", "10.2", "7.5.3", "A.5.37", "A.6.8", "A.7.14", "A.8.34"})
    EXPECT_TRUE(is_gap_key(good)) << good;
  for (std::string_view bad : {"", "4", "6.1", "9.2", "A.5.38", "A.9.1", "A.", "8.13", "a.8.13"})
    EXPECT_FALSE(is_gap_key(bad)) << bad;
  EXPECT_EQ(gap_group("6.1.2"), "6");
  EXPECT_EQ(gap_group("A.8.13"), "A.8");
  std::size_t count = 0;
  for_each_gap_key([&](const std::string& key) { count += is_gap_key(key); });
  EXPECT_EQ(count, gap_question_count);
  EXPECT_EQ(gap_question_count, 123U);
}

TEST(Gap, TalliesCountWhatIsNotAnsweredAsNotMet) {
  std::vector<GapItem> items{gap("4.1", conformant), gap("4.2", partial), gap("4.3", not_applicable),
                             gap("A.5.1", conformant)};
  GapTally four = gap_tally(items, "4");
  EXPECT_EQ(four.asked, 4U);
  EXPECT_EQ(four.answered(), 3U);
  EXPECT_DOUBLE_EQ(four.conformity(), 1.0 / 3);
  EXPECT_EQ(gap_tally(items).asked, 123U);
  EXPECT_DOUBLE_EQ(gap_tally(items).conformity(), 2.0 / 122);
  EXPECT_DOUBLE_EQ(gap_tally({}, "A.6").conformity(), 0);
}

struct OrderCase {
  std::string_view name;
  std::vector<GapItem> items;
  std::string_view order;
};

TEST(Gap, TheRoadmapIsOrderedBySeverityComplexityAndDependencies) {
  const OrderCase cases[] = {
      {"severity first",
       {gap("4.1", absent, Severity::low), gap("4.2", absent, Severity::critical), gap("4.3", absent, Severity::high)},
       "4.2 4.3 4.1"},
      {"then what is easier",
       {gap("4.1", absent, Severity::high, Complexity::high), gap("4.2", absent, Severity::high, Complexity::low)},
       "4.2 4.1"},
      {"then the number, clauses before controls",
       {gap("A.5.10", absent), gap("A.5.9", absent), gap("10.1", absent), gap("9.1", absent)},
       "9.1 10.1 A.5.9 A.5.10"},
      {"what is not judged counts as medium",
       {gap("4.1", absent, Severity::low), gap("4.2", absent), gap("4.3", absent, Severity::high)},
       "4.3 4.2 4.1"},
      {"met requirements are no steps",
       {gap("4.1", conformant, Severity::critical), gap("4.2", partial), gap("4.3", not_applicable)},
       "4.2"},
      {"a step waits for what it depends on",
       {gap("4.1", absent, Severity::critical, {}, {"4.3"}), gap("4.2", absent, Severity::high),
        gap("4.3", absent, Severity::low)},
       "4.3 4.1 4.2"},
      {"along a chain",
       {gap("4.1", absent, Severity::critical, {}, {"4.2"}), gap("4.2", absent, Severity::low, {}, {"4.3"}),
        gap("4.3", absent, Severity::low), gap("4.4", absent, Severity::high)},
       "4.3 4.2 4.1 4.4"},
      {"what is met holds nothing up", {gap("4.1", absent, Severity::low, {}, {"4.2"}), gap("4.2", conformant)}, "4.1"},
  };
  for (const OrderCase& each : cases) EXPECT_EQ(order_of(each.items), each.order) << each.name;
}

TEST(Gap, ACircleIsFoundAndCutAndNeverEndless) {
  std::vector<GapItem> items{gap("4.1", absent, {}, {}, {"4.2"}), gap("4.2", absent, {}, {}, {"4.3"}),
                             gap("4.3", absent)};
  std::vector<std::string> keys{"4.1"};
  EXPECT_EQ(join(dependency_circle(items, "4.3", keys), " "), "4.3 4.1 4.2 4.3");
  EXPECT_TRUE(dependency_circle(items, "4.4", keys).empty());
  keys = {"4.3"};
  EXPECT_EQ(join(dependency_circle(items, "4.3", keys), " "), "4.3 4.3");
  // Already in the data, by way of an import.
  items[2].depends_on.push_back({"GI-4.1"});
  Roadmap roadmap = gap_roadmap(items, {*Date::parse("2026-01-05")});
  EXPECT_EQ(roadmap.steps.size(), 3U);
  EXPECT_EQ(roadmap.cycle.size(), 1U);
}

TEST(Gap, DatesFollowFromEffortAndCapacityAndPromisesAreKept) {
  std::vector<GapItem> items{gap("4.1", absent, Severity::critical), gap("4.2", absent, Severity::high),
                             gap("4.3", absent, Severity::low, {}, {"4.1"})};
  items[0].effort_days = 5;
  items[1].effort_days = 10;
  items[2].effort_days = 5;
  Date from = *Date::parse("2026-01-05");
  auto days = [&](const Roadmap& roadmap) {
    std::string out;
    for (const RoadmapStep& step : roadmap.steps)
      out += fmt::format("{} {}..{} ", step.key, step.from.iso().substr(5), step.to.iso().substr(5));
    return out;
  };
  // Five days a week: a week is five person-days; two persons work side by side.
  EXPECT_EQ(days(gap_roadmap(items, {from, 1, 5})), "4.1 01-05..01-11 4.2 01-12..01-25 4.3 01-26..02-01 ");
  EXPECT_EQ(days(gap_roadmap(items, {from, 2, 5})), "4.1 01-05..01-11 4.2 01-05..01-18 4.3 01-12..01-18 ");
  // Half a person takes twice as long.
  EXPECT_EQ(gap_roadmap(items, {from, 0.5, 5}).steps[0].to.iso(), "2026-01-18");
  items[0].target_on = *Date::parse("2026-01-08");
  Roadmap promised = gap_roadmap(items, {from, 1, 5});
  EXPECT_EQ(promised.steps[0].to.iso(), "2026-01-08");
  EXPECT_TRUE(promised.steps[0].tight());
  EXPECT_EQ(promised.steps[0].by_capacity.iso(), "2026-01-11");
  items[0].target_on = *Date::parse("2026-03-01");
  Roadmap later = gap_roadmap(items, {from, 1, 5});
  EXPECT_FALSE(later.steps[0].tight());
  EXPECT_EQ(later.steps[2].from.iso(), "2026-03-02");  // waits for the promise
  EXPECT_DOUBLE_EQ(later.effort_days, 20);
  GapItem unjudged = gap("5.1", partial);
  EXPECT_DOUBLE_EQ(assumed_effort(unjudged), 2.5);
  unjudged.complexity = Complexity::high;
  unjudged.result = absent;
  EXPECT_DOUBLE_EQ(assumed_effort(unjudged), 12);
}

TEST(Gap, TheEstimateAgreesWithItsTable) {
  const struct {
    double persons, little, some, mature;
  } rows[] = {{15, 116, 70, 29},    {25, 150, 90, 38},    {60, 232, 139, 58},   {120, 329, 197, 82},
              {250, 474, 285, 119}, {500, 671, 402, 168}, {1000, 949, 569, 237}};
  for (const auto& row : rows) {
    EXPECT_NEAR(gap_estimate({.persons = row.persons, .maturity = 0.10}).build_days.likely, row.little, 0.6)
        << row.persons;
    EXPECT_NEAR(gap_estimate({.persons = row.persons, .maturity = 0.50}).build_days.likely, row.some, 0.6)
        << row.persons;
    EXPECT_NEAR(gap_estimate({.persons = row.persons, .maturity = 0.90}).build_days.likely, row.mature, 0.6)
        << row.persons;
  }
  const std::pair<double, double> factors[] = {{0, 1.0},   {0.19, 1.0}, {0.2, 0.8},   {0.4, 0.6},
                                               {0.6, 0.4}, {0.8, 0.4},  {0.81, 0.25}, {1, 0.25}};
  for (const auto& [maturity, factor] : factors) EXPECT_DOUBLE_EQ(maturity_factor(maturity), factor) << maturity;
}

TEST(Gap, CircumstancesMultiplyAndRangesAreOrdered) {
  // 120 persons at three sites with plant technology, half of it met.
  GapEstimate estimate =
      gap_estimate({.persons = 120, .maturity = 0.5, .further_site_groups = 2, .operational_technology = true});
  EXPECT_NEAR(estimate.build_days.likely, 313, 1);
  EXPECT_NEAR(estimate.own_cost.likely, 156'000, 1000);
  EXPECT_NEAR(estimate.consultancy_days.low, 19, 1);
  EXPECT_NEAR(estimate.consultancy_days.high, 41, 1);
  EXPECT_DOUBLE_EQ(estimate.tooling_a_year.low, 15'000);
  EXPECT_NEAR(estimate.months.likely, 9.5 * 1.1 * 1.1 * 1.15, 1e-9);
  EXPECT_NEAR(gap_estimate({.persons = 120, .maturity = 0.5, .automation = true}).build_days.likely, 197 * 0.8, 0.6);
  for (double maturity : {0.0, 0.3, 0.5, 0.7, 1.0}) {
    GapEstimate each = gap_estimate({.persons = 60, .maturity = maturity});
    for (const EstimateRange& range : {each.build_days, each.own_cost, each.consultancy_days, each.consultancy_cost,
                                       each.tooling_a_year, each.months}) {
      EXPECT_LT(range.low, range.likely) << maturity;
      EXPECT_LT(range.likely, range.high) << maturity;
    }
  }
  EXPECT_DOUBLE_EQ(gap_estimate({.persons = 25, .maturity = 0.1}).months.likely, 7);
  EXPECT_DOUBLE_EQ(gap_estimate({.persons = 26, .maturity = 0.6}).months.likely, 8);
  EXPECT_DOUBLE_EQ(gap_estimate({.persons = 5000, .maturity = 0.61}).months.high, 15);
  EXPECT_DOUBLE_EQ(gap_estimate({}).build_days.high, 0);
}

struct ProposalCase {
  std::string_view name;
  GapFacts facts;
  std::optional<GapItemResult> result;
  std::optional<Severity> severity;
};

GapFacts facts(std::string key, const std::function<void(GapFacts&)>& set) {
  GapFacts out;
  out.key = std::move(key);
  set(out);
  return out;
}

TEST(Gap, ProposalsFollowFromWhatIsKnown) {
  const ProposalCase cases[] = {
      {"silence proves nothing", facts("4.1", [](GapFacts&) {}), {}, {}},
      {"a major and no record", facts("4.1", [](GapFacts& f) { f.majors = 1; }), absent, Severity::high},
      {"a minor and some records", facts("4.1", [](GapFacts& f) { f.minors = 2, f.records = 5; }), partial,
       Severity::medium},
      {"records and no finding", facts("4.1", [](GapFacts& f) { f.records = 5; }), conformant, {}},
      {"records alone do not prove a control", facts("A.5.9", [](GapFacts& f) { f.records = 5; }), partial,
       Severity::low},
      {"an excluded control", facts("A.7.1", [](GapFacts& f) { f.excluded = true, f.majors = 1; }), not_applicable, {}},
      {"implemented with evidence",
       facts("A.8.13", [](GapFacts& f) { f.control = GapControlState::implemented, f.evidence = {"EV-1"}; }),
       conformant,
       {}},
      {"implemented without evidence", facts("A.8.13", [](GapFacts& f) { f.control = GapControlState::implemented; }),
       partial, Severity::low},
      {"implemented, a test failed",
       facts(
           "A.8.13",
           [](GapFacts& f) { f.control = GapControlState::implemented, f.evidence = {"EV-1"}, f.ineffective = true; }),
       partial, Severity::low},
      {"implemented, a rule complains",
       facts("A.8.13",
             [](GapFacts& f) { f.control = GapControlState::implemented, f.evidence = {"EV-1"}, f.majors = 1; }),
       partial, Severity::high},
      {"in design", facts("A.8.13", [](GapFacts& f) { f.control = GapControlState::begun; }), partial, Severity::low},
      {"not started", facts("A.8.13", [](GapFacts& f) { f.control = GapControlState::not_started; }), absent,
       Severity::medium},
      {"only planned in the statement", facts("A.8.13", [](GapFacts& f) { f.planned = true, f.records = 3; }), absent,
       Severity::medium},
  };
  for (const ProposalCase& each : cases) {
    auto proposal = propose_gap(each.facts);
    ASSERT_EQ(proposal.has_value(), each.result.has_value()) << each.name;
    if (!proposal) continue;
    EXPECT_EQ(proposal->result, *each.result) << each.name;
    EXPECT_EQ(proposal->severity, each.severity) << each.name;
  }
  GapFacts told = facts("4.1", [](GapFacts& f) {
    f.majors = 1;
    f.fix = "Hold a workshop.";
    f.facts = {{GapFactKind::finding, "Major: nothing is recorded.", false, {}, {}, "C4.1-01"}};
  });
  EXPECT_EQ(propose_gap(told)->rationale, "Major: nothing is recorded.");
  EXPECT_EQ(propose_gap(told)->action, "Hold a workshop.");
}

TEST(Gap, TypicalGapsAreRecognisedFromCounts) {
  for (const TypicalFinding& finding : typical_gap_findings({})) EXPECT_TRUE(finding.holds) << finding.title;
  TypicalCounts good{.methods_approved = 1,
                     .risks_open = 10,
                     .risks_assessed = 8,
                     .assets = 5,
                     .assets_owned = 4,
                     .incident_documents = 1,
                     .incidents = 5,
                     .incidents_answered = 4,
                     .suppliers = 3,
                     .relevant_suppliers = 2,
                     .with_terms = 2,
                     .assessed = 2,
                     .log_sources = 5,
                     .log_sources_heard = 4,
                     .detection_rules = 3,
                     .detection_rules_tested = 1};
  for (const TypicalFinding& finding : typical_gap_findings(good)) EXPECT_FALSE(finding.holds) << finding.title;
  const std::pair<std::size_t TypicalCounts::*, std::string_view> spoilers[] = {
      {&TypicalCounts::risks_assessed, "No risk method"},
      {&TypicalCounts::assets_owned, "No asset inventory"},
      {&TypicalCounts::incident_documents, "No incident process"},
      {&TypicalCounts::with_terms, "Weak supplier security"},
      {&TypicalCounts::log_sources_heard, "No logging and monitoring"}};
  for (const auto& [member, title] : spoilers) {
    TypicalCounts spoiled = good;
    spoiled.*member = 0;
    for (const TypicalFinding& finding : typical_gap_findings(spoiled))
      EXPECT_EQ(finding.holds, finding.title == title) << title << " / " << finding.title;
  }
}

TEST(Gap, TwoAnalysesAreCompared) {
  std::vector<GapItem> before{gap("4.1", absent),  gap("4.2", absent),     gap("4.3", partial), gap("4.4", conformant),
                              gap("5.1", partial), gap("5.2", conformant), gap("A.5.1", absent)};
  std::vector<GapItem> after{gap("4.1", conformant), gap("4.2", partial),    gap("4.3", absent),  gap("4.4", partial),
                             gap("5.1", partial),    gap("5.2", conformant), gap("A.8.1", absent)};
  std::string out;
  constexpr std::string_view words[] = {"opened", "worse", "remaining", "better", "closed"};
  for (const GapChange& change : gap_changes(before, after))
    out += fmt::format("{} {}; ", change.key, words[static_cast<std::size_t>(change.kind)]);
  EXPECT_EQ(out, "4.1 closed; 4.2 better; 4.3 worse; 4.4 opened; 5.1 remaining; A.5.1 remaining; A.8.1 opened; ");
}

}  // namespace
}  // namespace assay
