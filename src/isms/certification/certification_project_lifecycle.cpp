// The way to the certificate, phase by phase (domain model 4.20): a phase is left when its result is there.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "isms/certification/certificate.h"
#include "isms/certification/certification_body.h"
#include "isms/certification/certification_project.h"
#include "isms/certification/certification_quote.h"
#include "isms/certification/readiness.h"
#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/frameworks/gap_assessment.h"
#include "isms/frameworks/gap_item.h"
#include "isms/organisation/person.h"
#include "isms/organisation/role_assignment.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

std::optional<CertificationBody> chosen_body(const StepContext& step) {
  return step.lookup.find<CertificationBody>(step.after.text("chosen_cb"));
}

bool body_is_accredited(const StepContext& step) {
  auto body = chosen_body(step);
  return body && body->accredited_for_27001 && body->mra_signatory &&
         !is_blank(body->accreditation_body.value_or("")) &&
         (!body->accreditation_valid_to || *body->accreditation_valid_to >= step.today);
}

bool accreditation_was_looked_up(const StepContext& step) {
  auto body = chosen_body(step);
  return body && body->accreditation_verified_on && *body->accreditation_verified_on >= step.today.plus_days(-365);
}

bool body_is_impartial(const StepContext& step) {
  auto body = chosen_body(step);
  return body && (!body->consultancy_to_us_until || *body->consultancy_to_us_until <= step.today.plus_days(-730));
}

// That enough other bodies made an offer is judged by rule CERT-02, which sees all quotes.
bool body_made_an_offer(const StepContext& step) {
  return !step.lookup.where<CertificationQuote>("cb", step.after.text("chosen_cb")).empty();
}

bool gap_item_is_complete(const GapItem& item) {
  if (is_blank(item.rationale.value_or(""))) return false;
  if (item.result != GapItemResult::partial && item.result != GapItemResult::absent) return true;
  return !is_blank(item.action.value_or("")) && checks::refers(item.owner) && item.target_on && item.risk_severity &&
         item.complexity && item.priority;
}

std::optional<GapAssessment> latest_gap_assessment(const StepContext& step) {
  auto assessments = step.lookup.where<GapAssessment>("edition", step.after.text("edition"));
  auto latest = std::ranges::max_element(assessments, {}, &GapAssessment::performed_on);
  if (latest == assessments.end()) return std::nullopt;
  return *latest;
}

bool gap_analysis_was_held(const StepContext& step) { return latest_gap_assessment(step).has_value(); }

bool gap_items_are_complete(const StepContext& step) {
  auto assessment = latest_gap_assessment(step);
  if (!assessment) return false;
  auto items = step.lookup.where<GapItem>("assessment", assessment->id);
  return !items.empty() && std::ranges::all_of(items, gap_item_is_complete);
}

bool effort_is_estimated(const StepContext& step) {
  auto assessment = latest_gap_assessment(step);
  return assessment && assessment->effort_person_days && assessment->tooling_cost && assessment->consultancy_cost;
}

bool project_scope_is_approved(const StepContext& step) { return readiness::scope_is_approved(step.lookup); }

bool governance_is_named(const StepContext& step) {
  constexpr std::array<std::string_view, 3> roles = {"isms_owner", "internal_audit_lead",
                                                     "information_security_committee_chair"};
  return std::ranges::all_of(roles, [&](std::string_view role) {
    return std::ranges::any_of(step.lookup.where<RoleAssignment>("role", role),
                               [](const RoleAssignment& held) { return !held.ended_on; });
  });
}

bool project_risk_records_are_approved(const StepContext& step) {
  return readiness::risk_records_are_approved(step.lookup);
}

bool claimed_controls_have_evidence(const StepContext& step) {
  auto controls = step.lookup.where<Control>("status", "implemented");
  return !controls.empty() && std::ranges::all_of(controls, [&](const Control& control) {
    return step.lookup.any<Evidence>("controls", control.id, [](const Evidence& evidence) {
      return evidence.review_status == EvidenceReviewStatus::accepted;
    });
  });
}

bool project_internal_audit_is_full(const StepContext& step) {
  return readiness::full_internal_audit_reported(step.lookup, step.today);
}

bool project_internal_majors_are_closed(const StepContext& step) {
  return readiness::internal_majors_are_closed(step.lookup);
}

bool project_actions_are_under_way(const StepContext& step) {
  return readiness::internal_findings_are_under_way(step.lookup);
}

bool project_review_was_held(const StepContext& step) {
  return readiness::management_review_held(step.lookup, step.today);
}

bool project_is_decided_ready(const StepContext& step) { return readiness::top_management_decided_ready(step.lookup); }

bool project_stage1_passed(const StepContext& step) { return readiness::stage1_passed(step.lookup); }

bool project_stage1_is_addressed(const StepContext& step) {
  return readiness::stage1_findings_are_addressed(step.lookup);
}

bool project_stage2_reported(const StepContext& step) { return readiness::stage2_reported(step.lookup); }

bool project_findings_allow_certificate(const StepContext& step) {
  return readiness::external_nonconformities_allow_a_certificate(step.lookup);
}

bool certificate_is_there(const StepContext& step) {
  return !step.lookup.where<Certificate>("status", "active").empty();
}

constexpr Guard framework_guards[] = {
    {.reason = "Choose a certification body.", .rule = "CERT-02", .filled = "chosen_cb"},
    {.reason = "The body is not accredited for ISMS certification under the international arrangement.",
     .rule = "CERT-01",
     .holds = body_is_accredited},
    {.reason = "Look the accreditation up in the accreditor's directory; that was not done in the last year.",
     .rule = "CERT-01",
     .holds = accreditation_was_looked_up},
    {.reason = "The body advised this organisation within the last two years.",
     .rule = "CERT-03",
     .holds = body_is_impartial},
    {.reason = "Enter the quote of the body chosen and those it was compared with.",
     .rule = "CERT-02",
     .holds = body_made_an_offer},
};

constexpr Guard gap_guards[] = {
    {.reason = "There is no gap analysis against the edition sought.",
     .rule = "GAP-01",
     .holds = gap_analysis_was_held},
    {.reason = "Each line of the gap analysis needs a rationale; each gap an action, owner, date, severity, "
               "complexity and rank.",
     .rule = "GAP-02",
     .holds = gap_items_are_complete},
    {.reason = "The estimate of effort, tools and consultancy is incomplete.",
     .rule = "GAP-02",
     .holds = effort_is_estimated},
};

constexpr Guard design_guards[] = {
    {.reason = "The scope is not approved.", .rule = "C4.3-01", .holds = project_scope_is_approved},
    {.reason = "Name an ISMS owner, a lead of internal audit and the chair of the committee.",
     .rule = "C5.3-01",
     .holds = governance_is_named},
};

constexpr Guard risk_guards[] = {
    {.reason = "Risk method, treatment plan and Statement of Applicability must be approved, and an assessment be "
               "held.",
     .rule = "CERT-06",
     .holds = project_risk_records_are_approved},
};

constexpr Guard control_guards[] = {
    {.reason = "A control claimed as implemented has no accepted evidence.",
     .rule = "EV-01",
     .holds = claimed_controls_have_evidence},
};

constexpr Guard internal_audit_guards[] = {
    {.reason = "The internal audits reported do not cover every clause, every applicable control and every site.",
     .rule = "AUD-03",
     .holds = project_internal_audit_is_full},
    {.reason = "A major nonconformity of the internal audit is still open.",
     .rule = "CERT-10",
     .holds = project_internal_majors_are_closed},
    {.reason = "A nonconformity of the internal audit has no action plan yet.",
     .rule = "CERT-10",
     .holds = project_actions_are_under_way},
};

constexpr Guard review_guards[] = {
    {.reason = "No management review was held in the planned interval.",
     .rule = "C9.3.1-01",
     .holds = project_review_was_held},
    {.reason = "Top management has not decided in a review that the organisation is ready.",
     .rule = "C9.3.3-04",
     .holds = project_is_decided_ready},
};

constexpr Guard stage1_guards[] = {
    {.reason = "Stage 1 is not reported, or it ended \"not ready\".",
     .rule = "CERT-07",
     .holds = project_stage1_passed},
};

constexpr Guard remediation_guards[] = {
    {.reason = "A finding or area of concern of Stage 1 is not dealt with.",
     .rule = "CERT-07",
     .holds = project_stage1_is_addressed},
};

constexpr Guard stage2_guards[] = {
    {.reason = "Stage 2 is not reported.", .rule = "CERT-08", .holds = project_stage2_reported},
};

constexpr Guard decision_guards[] = {
    {.reason = "A major finding is not verified by the body, or a minor one has no accepted plan.",
     .rule = "CERT-13",
     .holds = project_findings_allow_certificate},
    {.reason = "Enter the certificate.", .rule = "CERT-17", .holds = certificate_is_there},
};

constexpr Who project_lead{.roles = checks::isms_staff};

constexpr Step project_steps[] = {
    {.name = "choose_body",
     .from = "framework",
     .to = "gap",
     .label = "Body chosen: go on to the gap analysis",
     .who = project_lead,
     .guards = framework_guards,
     .asks = "chosen_cb contract_signed_on"},
    {.name = "finish_gap",
     .from = "gap",
     .to = "design",
     .label = "Gaps known: go on to the design",
     .who = project_lead,
     .guards = gap_guards},
    {.name = "finish_design",
     .from = "design",
     .to = "risk",
     .label = "Scope and roles set: go on to the risks",
     .who = project_lead,
     .guards = design_guards},
    {.name = "finish_risk",
     .from = "risk",
     .to = "controls",
     .label = "Treatment decided: go on to the controls",
     .who = project_lead,
     .guards = risk_guards},
    {.name = "finish_controls",
     .from = "controls",
     .to = "internal_audit",
     .label = "Controls shown: go on to the internal audit",
     .who = project_lead,
     .guards = control_guards},
    {.name = "finish_internal_audit",
     .from = "internal_audit",
     .to = "management_review",
     .label = "Audited: go on to the management review",
     .who = project_lead,
     .guards = internal_audit_guards},
    {.name = "finish_management_review",
     .from = "management_review",
     .to = "stage1",
     .label = "Decided ready: go on to Stage 1",
     .who = project_lead,
     .guards = review_guards},
    {.name = "finish_stage1",
     .from = "stage1",
     .to = "remediation",
     .label = "Stage 1 reported: go on to its findings",
     .who = project_lead,
     .guards = stage1_guards},
    {.name = "repeat_stage1",
     .from = "remediation stage2",
     .to = "stage1",
     .label = "Back to Stage 1",
     .help = "The body asks for Stage 1 to be repeated.",
     .who = project_lead,
     .reason_needed = true},
    {.name = "finish_remediation",
     .from = "remediation",
     .to = "stage2",
     .label = "Findings settled: go on to Stage 2",
     .who = project_lead,
     .guards = remediation_guards},
    {.name = "finish_stage2",
     .from = "stage2",
     .to = "decision",
     .label = "Stage 2 reported: wait for the decision",
     .who = project_lead,
     .guards = stage2_guards},
    {.name = "repeat_stage2",
     .from = "decision",
     .to = "stage2",
     .label = "Back to Stage 2",
     .help = "The body cannot decide, for instance because a major was not verified within six months.",
     .who = project_lead,
     .reason_needed = true},
    {.name = "certify",
     .from = "decision",
     .to = "certified",
     .label = "Record the certification",
     .who = project_lead,
     .guards = decision_guards},
};

}  // namespace

constinit const Lifecycle certification_project_lifecycle = {.field = "phase", .steps = project_steps};

}  // namespace assay
