// Roles that are vacant or collide, responsibilities, objectives against their measurements, and what is due to be
// told.
#include <gtest/gtest.h>

#include "isms/measurement/objective_course.h"
#include "isms/organisation/communication_item.h"
#include "isms/organisation/responsibility.h"
#include "isms/organisation/role_gaps.h"

namespace assay {
namespace {

using enum RoleAssignmentRole;

Date on(std::string_view iso) { return *Date::parse(iso); }
const Date today = on("2026-06-01");

Person person(Id id, std::string name, bool top = false) {
  Person out;
  out.id = std::move(id);
  out.name = std::move(name);
  out.status = PersonStatus::active;
  out.is_top_management = top;
  return out;
}

RoleAssignment holds(RoleAssignmentRole role, Id who) {
  RoleAssignment out;
  out.id = "RA-" + std::to_string(static_cast<int>(role)) + who;
  out.role = role;
  out.person = {std::move(who)};
  out.authority_granted_by = Ref<Person>{"P-1"};
  out.assigned_on = on("2026-01-01");
  out.communicated_on = on("2026-01-02");
  out.required_competence = "Knows the standard";
  return out;
}

const std::vector<Person> staff{person("P-1", "Anna", true), person("P-2", "Ben"), person("P-3", "Cleo")};

std::vector<std::string> texts(const std::vector<RoleGap>& gaps) {
  std::vector<std::string> out;
  for (const RoleGap& gap : gaps) out.push_back(gap.text);
  return out;
}

TEST(RoleGaps, RequiredRolesThatNobodyHoldsAreNamed) {
  auto gaps = role_gaps({}, staff, today);
  ASSERT_EQ(gaps.size(), 5U);
  EXPECT_EQ(gaps[0].text, "Nobody holds the role \"ISMS owner\".");
  EXPECT_EQ(gaps[0].rule, "C5.3-01");
  EXPECT_EQ(gaps[3].role, internal_audit_lead);
}

TEST(RoleGaps, WhoRunsItDoesNotAuditIt) {
  std::vector<RoleAssignment> held{holds(isms_owner, "P-2"), holds(top_management_sponsor, "P-1"),
                                   holds(reporting_to_top_management, "P-2"), holds(internal_audit_lead, "P-3"),
                                   holds(incident_manager, "P-2")};
  EXPECT_TRUE(role_gaps(held, staff, today).empty());
  held.push_back(holds(security_officer, "P-3"));
  EXPECT_EQ(texts(role_gaps(held, staff, today)),
            std::vector<std::string>{
                "Cleo leads the internal audit and is Security officer as well: nobody audits their own work."});
  // What has ended collides with nothing.
  held.back().ended_on = on("2026-03-01");
  EXPECT_TRUE(role_gaps(held, staff, today).empty());
}

TEST(RoleGaps, AnAssignmentIsHeldAgainstItsOwnClaims) {
  std::vector<RoleAssignment> held{holds(isms_owner, "P-2"), holds(top_management_sponsor, "P-1"),
                                   holds(reporting_to_top_management, "P-2"), holds(internal_audit_lead, "P-3"),
                                   holds(incident_manager, "P-2")};
  held[0].authority_granted_by = Ref<Person>{"P-3"};
  held[1].communicated_on = std::nullopt;
  held[3].required_competence = std::nullopt;
  held.push_back(holds(isms_owner, "P-3"));
  EXPECT_EQ(texts(role_gaps(held, staff, today)),
            (std::vector<std::string>{
                "The authority came from Cleo, who is not top management.",
                "ISMS owner is held by more than one person: one has to answer for it.",
                "The assignment was not made known.", "The competence it needs is not determined.",
                "Cleo leads the internal audit and is ISMS owner as well: nobody audits their own work."}));
}

TEST(Responsibilities, NobodyHasTwoLetters) {
  Responsibility activity;
  activity.activity = "Assess risks";
  activity.accountable = {"P-1"};
  activity.responsible = {{"P-1"}, {"P-2"}};
  EXPECT_TRUE(activity.validate().empty());
  activity.consulted = {{"P-2"}};
  activity.informed = {{"P-1"}};
  Problems problems = activity.validate();
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].place, "consulted");
  EXPECT_EQ(problems[0].value, "P-2");
  EXPECT_EQ(problems[1].place, "informed");
}

struct Followed {
  SecurityObjective objective;
  Metric metric;
  std::vector<Measurement> values;

  Followed() {
    objective.status = SecurityObjectiveStatus::active;
    objective.metric = Ref<Metric>{"M-1"};
    objective.target_value = 90;
    metric.id = "M-1";
    metric.active = true;
    metric.active_since = on("2026-01-01");
    metric.measure_every_days = 31;
    metric.direction = MetricDirection::up;
  }
  Followed& value(std::string_view day, double number) {
    Measurement& made = values.emplace_back();
    made.period_end = on(day);
    made.value = number;
    return *this;
  }
  ObjectiveCourse course(Date day = today) const { return course_of(objective, &metric, values, day); }
};

TEST(ObjectiveCourse, TheLatestValueStandsAgainstTheTarget) {
  Followed one;
  EXPECT_EQ(one.course().stand, ObjectiveCourse::Stand::no_value);
  // In any order; what lies ahead does not count.
  one.value("2026-05-31", 91).value("2026-04-30", 80).value("2026-06-30", 10);
  EXPECT_EQ(one.course().stand, ObjectiveCourse::Stand::on_target);
  EXPECT_FALSE(one.course().alarming(one.objective));
  one.metric.direction = MetricDirection::down;
  EXPECT_EQ(one.course().stand, ObjectiveCourse::Stand::off_target);
  EXPECT_TRUE(one.course().alarming(one.objective));
  one.objective.status = SecurityObjectiveStatus::achieved;
  EXPECT_FALSE(one.course().alarming(one.objective));
  EXPECT_EQ(course_of(one.objective, nullptr, {}, today).stand, ObjectiveCourse::Stand::no_metric);
}

TEST(ObjectiveCourse, ALateMeasurementAlarms) {
  Followed one;
  one.value("2026-05-01", 95);
  EXPECT_EQ(one.course(on("2026-06-01")).measure_due, on("2026-06-01"));
  EXPECT_FALSE(one.course(on("2026-06-01")).measurement_late);
  EXPECT_TRUE(one.course(on("2026-06-02")).measurement_late);
  one.objective.due_on = on("2026-05-20");
  EXPECT_TRUE(one.course().evaluation_late);
  one.objective.evaluated_on = on("2026-05-21");
  EXPECT_FALSE(one.course().evaluation_late);
}

TEST(ObjectiveCourse, TheTrendIsAStraightLineThroughTheLatestValues) {
  Followed one;
  one.value("2026-04-01", 80).value("2026-04-11", 82);
  EXPECT_FALSE(one.course().trend);
  one.value("2026-04-21", 84);
  one.objective.due_on = on("2026-05-21");
  auto trend = one.course().trend;
  ASSERT_TRUE(trend);
  EXPECT_EQ(trend->values, 3U);
  EXPECT_EQ(trend->on, on("2026-05-21"));
  EXPECT_NEAR(trend->value, 90, 1e-9);
  EXPECT_TRUE(trend->meets);
  one.objective.target_value = 91;
  EXPECT_FALSE(one.course().trend->meets);
}

TEST(CommunicationPlan, ALineIsDueAfterItsInterval) {
  CommunicationItem line;
  EXPECT_FALSE(line.due_on(today));
  line.every_days = 90;
  EXPECT_EQ(line.due_on(today), today);
  line.last_done_on = on("2026-05-01");
  EXPECT_EQ(line.due_on(today), on("2026-07-30"));
}

}  // namespace
}  // namespace assay
