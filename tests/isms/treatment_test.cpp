// Treatment in time, what an approval is bound to, and what a change touches.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/operations/asset.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/person.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/threat_category.h"
#include "isms/risk/touch.h"
#include "isms/risk/treatment_approval.h"
#include "isms/risk/treatment_gaps.h"
#include "isms/risk/treatment_schedule.h"
#include "isms/soa/statement_of_applicability.h"

namespace assay {
namespace {

Date day(std::string_view iso) { return *Date::parse(iso); }

TreatmentAction action(std::string id, std::string_view start, std::string_view due, std::vector<Id> after = {}) {
  TreatmentAction out;
  out.id = std::move(id);
  out.risk.id = "R-1";
  out.plan.id = "RTP-1";
  out.description = "Do " + out.id;
  if (!start.empty()) out.start_on = day(start);
  if (!due.empty()) out.due_on = day(due);
  for (Id& id_before : after) out.depends_on.push_back({std::move(id_before)});
  return out;
}

std::string times_of(const TreatmentSchedule& schedule) {
  std::string out;
  for (const ActionTimes& times : schedule.times)
    out += fmt::format("{} {}..{} slack {}\n", times.action, times.earliest_start.iso(), times.earliest_end.iso(),
                       times.slack);
  return out;
}

TEST(TreatmentSchedule, TheLongestChainDecidesTheEnd) {
  const std::vector<TreatmentAction> actions{action("A", "2026-03-01", "2026-03-10"),
                                             action("B", "2026-03-05", "2026-03-24", {"A"}),
                                             action("C", "2026-03-01", "2026-03-05")};
  const TreatmentSchedule schedule = schedule_of(actions, day("2026-02-01"));
  // B takes twenty days and can begin on the day after A.
  EXPECT_EQ(times_of(schedule),
            "A 2026-03-01..2026-03-10 slack 0\nB 2026-03-11..2026-03-30 slack 0\nC 2026-03-01..2026-03-05 slack 25\n");
  EXPECT_EQ(schedule.critical_path, (std::vector<Id>{"A", "B"}));
  EXPECT_EQ(schedule.earliest_end, day("2026-03-30"));
  EXPECT_EQ(schedule.planned_end, day("2026-03-24"));
  EXPECT_EQ(schedule.of("B")->clashes, (std::vector<Id>{"A"}));
  EXPECT_TRUE(schedule.of("A")->clashes.empty());
}

TEST(TreatmentSchedule, NoOpenWorkLiesInThePast) {
  std::vector<TreatmentAction> actions{action("A", "2026-03-01", "2026-03-10"),
                                       action("B", "2026-03-11", "2026-03-12", {"A"}),
                                       action("C", "2026-01-01", "2026-01-31", {"A"}), action("D", "", "")};
  actions[0].status = TreatmentActionStatus::in_progress;
  actions[2].status = TreatmentActionStatus::done;
  const TreatmentSchedule schedule = schedule_of(actions, day("2026-04-01"));
  EXPECT_EQ(times_of(schedule), "A 2026-03-01..2026-04-01 slack 0\nB 2026-04-02..2026-04-03 slack 0\n")
      << "work that is late ends today at the earliest";
  EXPECT_EQ(schedule.undated, (std::vector<Id>{"D"}));
  EXPECT_TRUE(is_late(actions[0], day("2026-04-01")));
  EXPECT_FALSE(is_late(actions[2], day("2026-04-01"))) << "what is done is late no more";
}

TEST(TreatmentSchedule, ACircleIsNamedAndNothingIsWorkedOut) {
  const std::vector<TreatmentAction> actions{action("A", "", "2026-03-10", {"C"}), action("B", "", "2026-03-12", {"A"}),
                                             action("C", "", "2026-03-12", {"B"})};
  const TreatmentSchedule schedule = schedule_of(actions, day("2026-02-01"));
  EXPECT_EQ(schedule.circle, (std::vector<Id>{"A", "C", "B", "A"}));
  EXPECT_FALSE(schedule.earliest_end);
  EXPECT_TRUE(schedule_of({}, day("2026-02-01")).critical_path.empty());
}

TEST(TreatmentApprovals, AreBoundToScoresAndActionsNotToProgress) {
  Risk risk;
  risk.residual_score = 12;
  risk.target_score = 6;
  risk.treatment = RiskTreatment::modify;
  std::vector<TreatmentAction> actions{action("TA-2", "2026-03-01", "2026-03-10"),
                                       action("TA-1", "", "2026-04-10", {"TA-2"})};
  actions[0].cost = 2500;
  const std::string seen = approval_text(risk, actions);
  EXPECT_EQ(seen,
            "Residual score: 12\nTarget score: 6\nTreatment: Modify (treat)\nTA-1: Do TA-1 | due 2026-04-10 | after "
            "TA-2\nTA-2: Do TA-2 | due 2026-03-10 | cost 2500\n");
  actions[0].status = TreatmentActionStatus::in_progress;
  actions[0].start_on = day("2026-03-02");
  actions[1].plan.id = "RTP-2";
  EXPECT_TRUE(moves_between(seen, approval_text(risk, actions)).empty()) << "progress, or a later plan, moves nothing";

  risk.residual_score = 16;
  actions[0].due_on = day("2026-05-10");
  actions[1].status = TreatmentActionStatus::cancelled;
  actions.push_back(action("TA-3", "", ""));
  std::string moved;
  for (const ApprovalMove& move : moves_between(seen, approval_text(risk, actions)))
    moved += fmt::format("{}: [{}] [{}]\n", move.what, move.before, move.after);
  EXPECT_EQ(moved,
            "Residual score: [12] [16]\nTA-1: [Do TA-1 | due 2026-04-10 | after TA-2] []\nTA-2: [Do TA-2 | due "
            "2026-03-10 | cost 2500] [Do TA-2 | due 2026-05-10 | cost 2500]\nTA-3: [] [Do TA-3]\n");

  const TreatmentApproval approval{{"R-1"}, {"P-1"}, day("2026-02-01"), seen};
  EXPECT_FALSE(approval_covers(approval, actions[0], "", "")) << "its deadline moved";
  EXPECT_FALSE(approval_covers(approval, actions[2], "", "")) << "it is new";
  actions[0].due_on = day("2026-03-10");
  EXPECT_TRUE(approval_covers(approval, actions[0], "", ""));
}

TEST(TreatmentApprovals, ThatDoNotSayWhatWasSeenCoverWhatWasThere) {
  const TreatmentApproval approval{{"R-1"}, {"P-1"}, day("2026-02-01"), std::nullopt};
  const TreatmentAction any = action("TA-1", "", "");
  EXPECT_TRUE(approval_covers(approval, any, "2026-01-01T00:00:00Z", "2026-02-01T18:00:00Z")) << "made by that day";
  EXPECT_FALSE(approval_covers(approval, any, "2026-01-01T00:00:00Z", "2026-02-02T08:00:00Z")) << "added later";
  EXPECT_TRUE(approval_covers(approval, any, "2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z"))
      << "brought in with the plan";
  EXPECT_FALSE(approval_covers(approval, "", "2026-01-01T00:00:00Z",
                               std::vector<std::string>{"2026-01-01T00:00:00Z", "2026-02-02T08:00:00Z"}));
}

TEST(TreatmentGaps, NameTheRemedy) {
  Risk risk;
  risk.residual_score = 12;
  risk.treatment = RiskTreatment::modify;
  risk.target_score = 10;
  std::vector<TreatmentAction> actions{action("TA-1", "", "2026-01-10")};
  const std::vector<std::string> gaps = gaps_in_treatment({risk, actions, {}, 9.0, false, day("2026-01-20")});
  EXPECT_EQ(gaps,
            (std::vector<std::string>{
                "Nobody owns the risk.", "It has no priority, though the score lies above the threshold.",
                "The target score 10 stays above the threshold of 9: what remains will have to be accepted.",
                "TA-1 lacks a responsible person, resources, the control it puts in place.", "TA-1 is 10 days late."}));
  risk.owner = Ref<Person>{"P-1"};
  risk.priority = 1;
  risk.treatment = RiskTreatment::retain;
  EXPECT_EQ(gaps_in_treatment({risk, {}, {}, 9.0, false, day("2026-01-20")}),
            (std::vector<std::string>{"It is retained above the threshold and nobody has accepted it."}));
  EXPECT_TRUE(gaps_in_treatment({risk, {}, {}, 9.0, true, day("2026-01-20")}).empty());
}

// ---- What a change touches ------------------------------------------------------------------------------------------

struct Register {
  std::vector<TouchedRisk> risks;
  std::vector<TouchedRow> rows;

  Register() {
    for (std::string_view ref : {"5.9", "5.19", "5.20", "5.21", "5.22", "5.23", "5.24", "5.26", "5.27", "5.31", "5.34",
                                 "7.10", "8.8", "8.13", "8.19", "8.20", "8.22", "8.29"}) {
      SoAEntry row;
      row.id = fmt::format("SE-{}", ref);
      row.control_ref = ref;
      row.implementation_status = SoAEntryImplementationStatus::implemented;
      row.control = Ref<Control>{fmt::format("CTL-{}", ref)};
      rows.push_back({row, "2026-01-01T00:00:00Z"});
    }
    Risk risk;
    risk.id = "R-1";
    risk.title = "Data lost";
    risk.status = RiskStatus::accepted;
    risk.assets = {{"A-1"}};
    risk.assessed_on = day("2026-01-01");
    risks.push_back({risk, "2026-01-01T00:00:00Z"});
    rows[1].row.linked_risks = {{"R-1"}};
  }

  std::string touched_by(TouchSource source) const {
    if (source.at.empty()) source.at = "2026-03-01T10:00:00Z";
    const std::vector<TouchSource> sources{std::move(source)};
    std::vector<std::string> lines;
    for (const Touch& touch : touches_of({sources, risks, rows}))
      lines.push_back(fmt::format("{} {}", name_of(touch.key.what),
                                  touch.key.target.empty() ? touch.target_title : touch.key.target));
    std::ranges::sort(lines);
    return fmt::format("{}", fmt::join(lines, ", "));
  }
};

TouchSource source(std::string register_name, std::set<std::string, std::less<>> tags = {}) {
  return {std::move(register_name), "X-1", "X", 7, {}, true, std::move(tags), {}, {}, {}, {}};
}

TEST(Touches, KindsOfRecordsTouchTheirRows) {
  const Register all;
  const std::pair<TouchSource, std::string_view> cases[] = {
      {source("supplier"), "review_row SE-5.19, review_row SE-5.20, review_row SE-5.22"},
      {source("supplier", {"cloud", "personal_data", "weighty", "components"}),
       "reassess R-1, review_row SE-5.19, review_row SE-5.20, review_row SE-5.21, review_row SE-5.22, review_row "
       "SE-5.23, review_row SE-5.34"},
      {source("incident", {"incident"}), "link_incident X-1"},
      {source("incident", {"incident", "severe", "personal_data"}),
       "link_incident X-1, review_row SE-5.24, review_row SE-5.26, review_row SE-5.27, review_row SE-5.34"},
      {source("obligation", {"applicable"}), "link_obligation SE-5.31, review_row SE-5.31"},
      {source("change", {"network", "release"}), "review_row SE-8.20, review_row SE-8.22, review_row SE-8.29"},
      {source("asset", {"media"}), "review_row SE-7.10"},
  };
  for (const auto& [given, expected] : cases) EXPECT_EQ(all.touched_by(given), expected) << given.register_name;
}

TEST(Touches, FollowReferencesBetweenRecords) {
  Register all;
  TouchSource asset = source("asset", {"wants_risk"});
  asset.assets = {"A-9"};
  EXPECT_EQ(all.touched_by(asset), "identify A-9") << "no risk names it";
  asset.assets = {"A-1"};
  EXPECT_EQ(all.touched_by(asset), "") << "new, and a risk names it already";
  asset.is_new = false;
  EXPECT_EQ(all.touched_by(asset), "reassess R-1");

  TouchSource incident = source("incident", {"incident"});
  incident.risks = {"R-1"};
  EXPECT_EQ(all.touched_by(incident), "reassess R-1");
  incident.risks.clear();
  incident.assets = {"A-1"};
  EXPECT_EQ(all.touched_by(incident), "link_incident X-1, reassess R-1");

  TouchSource vulnerability = source("vulnerability_finding", {"severe", "wants_risk"});
  vulnerability.assets = {"A-1"};
  EXPECT_EQ(all.touched_by(vulnerability), "reassess R-1, review_row SE-8.8");

  TouchSource risk{"risk", "R-1", "Data lost", 7, {}, false, {}, {}, {}, {}, {"CTL-8.13"}};
  EXPECT_EQ(all.touched_by(risk), "link_risk SE-8.13, review_row SE-5.19");

  all.rows[9].row.linked_obligations = {{"X-1"}};
  EXPECT_EQ(all.touched_by(source("obligation", {"applicable"})), "review_row SE-5.31");

  TouchSource rule = source("rule");
  rule.id = "8.13";
  EXPECT_EQ(all.touched_by(rule), "review_row SE-8.13");
  all.rows[13].row.implementation_status = SoAEntryImplementationStatus::planned;
  EXPECT_EQ(all.touched_by(rule), "") << "the row does not say that the control works";
}

TEST(Touches, EndWhenTheTargetWasLookedAtAfterwards) {
  Register all;
  TouchSource incident = source("incident", {"incident"});
  incident.risks = {"R-1"};
  all.risks[0].risk.assessed_on = day("2026-03-02");
  EXPECT_EQ(all.touched_by(incident), "");
  all.risks[0].risk.assessed_on = day("2026-03-01");
  EXPECT_EQ(all.touched_by(incident), "reassess R-1") << "the same day, and stored before";
  all.risks[0].updated_at = "2026-03-01T11:00:00Z";
  EXPECT_EQ(all.touched_by(incident), "");
  all.risks[0].risk.status = RiskStatus::closed;
  all.risks[0].risk.assessed_on = day("2026-01-01");
  EXPECT_EQ(all.touched_by(incident), "") << "a closed risk is not assessed";

  for (TouchedRow& row : all.rows) row.updated_at = "2026-03-01T10:00:01Z";
  EXPECT_EQ(all.touched_by(source("supplier")), "");
}

}  // namespace
}  // namespace assay
