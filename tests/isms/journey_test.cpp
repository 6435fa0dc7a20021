#include "isms/readiness/journey.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "isms/audit/audit.h"
#include "isms/audit/finding.h"
#include "isms/audit/nonconformity.h"
#include "isms/certification/certificate.h"
#include "isms/certification/certification_body.h"
#include "isms/certification/certification_quote.h"
#include "isms/controls/control.h"
#include "isms/frameworks/gap_assessment.h"
#include "isms/frameworks/gap_item.h"
#include "isms/organisation/role_assignment.h"
#include "isms/organisation/scope_statement.h"
#include "isms/readiness/duties.h"
#include "isms/registers.h"
#include "isms/review/management_review.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/risk_treatment_plan.h"
#include "isms/soa/soa_entry.h"
#include "isms/soa/statement_of_applicability.h"

namespace assay::journey {
namespace {

using Phase = CertificationProjectPhase;

Date day(std::string_view iso) { return *Date::parse(iso); }

// Records in memory, found the way the store finds them.
class MemoryLookup : public Lookup {
 public:
  template <class T>
  void put(const T& typed) {
    auto& records = records_[&T::def()];
    std::erase_if(records, [&](const Record& record) { return record.id == typed.id; });
    records.push_back(encode(typed));
  }
  std::optional<Record> find(const EntityDef& def, std::string_view id) const override {
    for (const Record& record : all(def)) {
      if (record.id == id) return record;
    }
    return std::nullopt;
  }
  std::vector<Record> where(const EntityDef& def, std::string_view field, std::string_view value) const override {
    std::vector<Record> out;
    for (const Record& record : all(def)) {
      if (matches(record.at(field), value)) out.push_back(record);
    }
    return out;
  }
  double parameter(std::string_view key) const override { return key == "min_quotes" ? 2 : 365; }
  using Lookup::find;
  using Lookup::where;

 private:
  static bool matches(const Value& value, std::string_view wanted) {
    if (const bool* truth = std::get_if<bool>(&value)) return (*truth ? "true" : "false") == wanted;
    if (!list_of(value).empty()) return std::ranges::find(list_of(value), wanted) != list_of(value).end();
    return text_of(value) == wanted;
  }
  const std::vector<Record>& all(const EntityDef& def) const {
    static const std::vector<Record> none;
    auto found = records_.find(&def);
    return found == records_.end() ? none : found->second;
  }
  std::map<const EntityDef*, std::vector<Record>> records_;
};

class JourneyTest : public testing::Test {
 protected:
  JourneyTest() { verdict.known = true; }
  Journey now() const { return derive(records, verdict, today); }
  State state(Phase phase) const { return now().at(phase).state; }
  bool says(Phase phase, PointKind kind, std::string_view words) const {
    Journey journey = now();
    for (const Point& point : journey.at(phase).points) {
      if (point.kind == kind && point.text.contains(words)) return true;
    }
    return false;
  }
  Audit audit(std::string id, AuditKind kind, AuditStatus status, std::string_view start) {
    Audit audit;
    audit.id = std::move(id);
    audit.kind = kind;
    audit.status = status;
    audit.planned_start = day(start);
    return audit;
  }

  void put_framework() {
    CertificationBody body;
    body.id = "CB-1";
    body.name = "Certifier";
    body.accredited_for_27001 = true;
    body.mra_signatory = true;
    body.accreditation_body = "UKAS";
    body.accreditation_verified_on = day("2026-05-01");
    records.put(body);
    CertificationProject project;
    project.id = "PRJ-1";
    project.edition = "27001:2022";
    project.chosen_cb = Ref<CertificationBody>{"CB-1"};
    records.put(project);
    put_quote("Q-1", "CB-1");
  }
  void put_quote(std::string id, std::string body) {
    CertificationQuote quote;
    quote.id = std::move(id);
    quote.cb = {std::move(body)};
    records.put(quote);
  }
  void put_design() {
    ScopeStatement scope;
    scope.id = "SC-1";
    scope.version = 1;
    scope.status = VersionStatus::approved;
    records.put(scope);
    int number = 0;
    for (auto role : {RoleAssignmentRole::isms_owner, RoleAssignmentRole::internal_audit_lead,
                      RoleAssignmentRole::information_security_committee_chair}) {
      RoleAssignment held;
      held.id = "RA-" + std::to_string(++number);
      held.role = role;
      records.put(held);
    }
  }
  void put_risk() {
    RiskMethodology method;
    method.id = "RM-1";
    method.status = PlanStatus::effective;
    records.put(method);
    RiskAssessmentRun run;
    run.id = "RUN-1";
    run.performed_on = day("2026-03-01");
    records.put(run);
    RiskTreatmentPlan plan;
    plan.id = "RTP-1";
    plan.status = PlanStatus::approved;
    records.put(plan);
    StatementOfApplicability soa;
    soa.id = "SOA-1";
    soa.version = 1;
    soa.status = VersionStatus::effective;
    records.put(soa);
  }

  MemoryLookup records;
  VerdictSummary verdict;
  Date today = day("2026-07-01");
};

TEST_F(JourneyTest, nothing_is_begun_in_an_empty_workspace) {
  Journey journey = now();
  for (const PhaseStatus& phase : journey.phases) {
    EXPECT_EQ(phase.state, State::not_begun) << static_cast<int>(phase.phase);
    EXPECT_FALSE(phase.points.empty());
  }
  EXPECT_EQ(journey.current, 0U);
  EXPECT_FALSE(journey.recorded_differs());
  EXPECT_EQ(verdict_sentence(journey, verdict),
            "Not ready for Stage 1 (no date yet): no major is open, but \"Scope and roles\" is not done.");
}

TEST_F(JourneyTest, framework_needs_two_quotes_and_a_living_accreditation) {
  put_framework();
  EXPECT_EQ(state(Phase::framework), State::in_progress);
  EXPECT_TRUE(says(Phase::framework, PointKind::missing, "1 of 2 quotes"));
  CertificationBody other;
  other.id = "CB-2";
  other.accredited_for_27001 = true;
  records.put(other);
  put_quote("Q-2", "CB-2");
  EXPECT_EQ(state(Phase::framework), State::done);
  auto body = *records.find<CertificationBody>("CB-1");
  body.accreditation_valid_to = day("2026-06-30");
  records.put(body);
  EXPECT_EQ(state(Phase::framework), State::blocked);
}

TEST_F(JourneyTest, gap_is_done_when_lines_and_estimate_are_complete) {
  put_framework();
  GapAssessment gap;
  gap.id = "GA-1";
  gap.edition = "27001:2022";
  gap.performed_on = day("2026-01-10");
  records.put(gap);
  EXPECT_EQ(state(Phase::gap), State::in_progress);
  GapItem item;
  item.id = "GI-1";
  item.assessment = {"GA-1"};
  item.result = GapItemResult::conformant;
  records.put(item);
  gap.effort_person_days = 10;
  gap.tooling_cost = 0;
  gap.consultancy_cost = 0;
  records.put(gap);
  EXPECT_TRUE(says(Phase::gap, PointKind::missing, "0 of 1 lines"));
  item.rationale = "Seen in the policy.";
  records.put(item);
  EXPECT_EQ(state(Phase::gap), State::done);
}

TEST_F(JourneyTest, design_and_risk_follow_approvals) {
  put_design();
  EXPECT_EQ(state(Phase::design), State::done);
  auto role = *records.find<RoleAssignment>("RA-1");
  role.ended_on = day("2026-06-01");
  records.put(role);
  EXPECT_EQ(state(Phase::design), State::in_progress);
  put_risk();
  EXPECT_EQ(state(Phase::risk), State::done);
  SoAEntry entry;
  entry.id = "SE-1";
  entry.soa = {"SOA-1"};
  entry.control_ref = "5.1";
  records.put(entry);
  EXPECT_TRUE(says(Phase::risk, PointKind::missing, "has 1 row without justification"));
}

TEST_F(JourneyTest, controls_need_evidence) {
  Control control;
  control.id = "C-1";
  control.status = ControlStatus::implemented;
  records.put(control);
  EXPECT_EQ(state(Phase::controls), State::done);
  verdict.by_rule["EV-01"] = {1, 1};
  EXPECT_EQ(state(Phase::controls), State::in_progress);
  EXPECT_TRUE(says(Phase::controls, PointKind::missing, "without evidence"));
  verdict.known = false;
  EXPECT_NE(state(Phase::controls), State::done);
}

TEST_F(JourneyTest, internal_audit_is_blocked_by_its_open_majors) {
  Audit internal = audit("A-1", AuditKind::internal, AuditStatus::planned, "2026-05-01");
  records.put(internal);
  EXPECT_EQ(state(Phase::internal_audit), State::in_progress);
  internal.status = AuditStatus::reported;
  internal.ended_on = day("2026-05-05");
  internal.scope_clauses = {"4", "5", "6", "7", "8", "9", "10"};
  records.put(internal);
  EXPECT_EQ(state(Phase::internal_audit), State::done);
  Nonconformity nc;
  nc.id = "NC-1";
  nc.source = NonconformitySource::internal_audit;
  nc.grade = NonconformityGrade::major;
  nc.status = NonconformityStatus::action_plan;
  records.put(nc);
  EXPECT_EQ(state(Phase::internal_audit), State::blocked);
  EXPECT_TRUE(says(Phase::internal_audit, PointKind::obstacle, "Majors open: NC-1"));
  nc.status = NonconformityStatus::verified;
  records.put(nc);
  EXPECT_EQ(state(Phase::internal_audit), State::done);
}

TEST_F(JourneyTest, management_review_needs_the_decision) {
  ManagementReview review;
  review.id = "MR-1";
  review.planned_on = day("2026-06-01");
  review.readiness_decision = ManagementReviewReadinessDecision::not_ready;
  records.put(review);
  EXPECT_EQ(state(Phase::management_review), State::in_progress);
  review.held_on = day("2026-06-01");
  records.put(review);
  EXPECT_EQ(state(Phase::management_review), State::blocked);
  review.readiness_decision = ManagementReviewReadinessDecision::ready;
  records.put(review);
  EXPECT_EQ(state(Phase::management_review), State::done);
}

TEST_F(JourneyTest, external_audits_to_the_certificate) {
  records.put(audit("A-2", AuditKind::stage1, AuditStatus::planned, "2026-08-11"));
  verdict.majors_by_stage["stage1"] = 4;
  EXPECT_EQ(state(Phase::stage1), State::blocked);
  EXPECT_EQ(verdict_sentence(now(), verdict), "Not ready for Stage 1 on 2026-08-11: 4 majors stand in the way.");
  Audit stage1 = audit("A-2", AuditKind::stage1, AuditStatus::reported, "2026-06-11");
  stage1.conclusion = AuditConclusion::ready;
  records.put(stage1);
  EXPECT_EQ(state(Phase::stage1), State::done);
  EXPECT_EQ(state(Phase::remediation), State::done);
  Finding finding;
  finding.id = "F-1";
  finding.audit = Ref<Audit>{"A-2"};
  finding.grade = FindingGrade::area_of_concern;
  records.put(finding);
  EXPECT_EQ(state(Phase::remediation), State::in_progress);
  finding.addressed_on = day("2026-06-20");
  records.put(finding);
  EXPECT_EQ(state(Phase::remediation), State::done);
  EXPECT_EQ(now().next_stage(), "stage2");

  records.put(audit("A-3", AuditKind::stage2, AuditStatus::confirmed, "2026-09-01"));
  verdict.majors_by_stage["stage2"] = 1;
  EXPECT_EQ(state(Phase::stage2), State::blocked);
  EXPECT_EQ(verdict_sentence(now(), verdict), "Not ready for Stage 2 on 2026-09-01: 1 major stands in the way.");
  records.put(audit("A-3", AuditKind::stage2, AuditStatus::reported, "2026-06-25"));
  EXPECT_EQ(state(Phase::stage2), State::done);
  EXPECT_EQ(state(Phase::decision), State::in_progress);
  Certificate certificate;
  certificate.id = "CERT-1";
  certificate.number = "IS 1";
  certificate.expires_on = day("2029-06-30");
  records.put(certificate);
  EXPECT_EQ(state(Phase::decision), State::done);
  EXPECT_EQ(state(Phase::certified), State::done);
  certificate.status = CertificateStatus::suspended;
  records.put(certificate);
  EXPECT_EQ(state(Phase::certified), State::blocked);
}

TEST_F(JourneyTest, what_the_project_says_decides_nothing) {
  put_framework();
  auto project = *records.find<CertificationProject>("PRJ-1");
  project.phase = Phase::stage2;
  records.put(project);
  Journey journey = now();
  EXPECT_EQ(journey.current, 0U);
  EXPECT_TRUE(journey.recorded_differs());
  EXPECT_EQ(journey.at(Phase::risk).state, State::not_begun);
}

TEST(Duties, name_fields_that_exist) {
  for (const Duty& duty : duties()) {
    const EntityDef* def = registers().find(duty.register_name);
    ASSERT_TRUE(def) << duty.register_name;
    for (std::string_view field : {duty.person, duty.due, duty.open_field})
      EXPECT_TRUE(def->find(field)) << duty.register_name << " " << field;
    EXPECT_TRUE(def->find(duty.person)->refers());
  }
}

}  // namespace
}  // namespace assay::journey
