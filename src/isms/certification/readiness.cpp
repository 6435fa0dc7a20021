#include "isms/certification/readiness.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "isms/audit/audit.h"
#include "isms/audit/audit_programme.h"
#include "isms/audit/finding.h"
#include "isms/audit/nonconformity.h"
#include "isms/controls/control.h"
#include "isms/documents/document.h"
#include "isms/documents/document_version.h"
#include "isms/organisation/scope_statement.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"
#include "isms/review/management_review.h"
#include "isms/review/review_input.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/risk_treatment_plan.h"
#include "isms/soa/soa_entry.h"
#include "isms/soa/statement_of_applicability.h"

namespace assay::readiness {
namespace {

// The requirements an audit of the whole ISMS must reach (rulebook 0.4).
constexpr std::array<std::string_view, 30> leaf_clauses = {
    "4.1", "4.2", "4.3", "4.4",   "5.1",   "5.2",   "5.3",   "6.1.1", "6.1.2", "6.1.3",
    "6.2", "6.3", "7.1", "7.2",   "7.3",   "7.4",   "7.5.1", "7.5.2", "7.5.3", "8.1",
    "8.2", "8.3", "9.1", "9.2.1", "9.2.2", "9.3.1", "9.3.2", "9.3.3", "10.1",  "10.2"};

std::string_view without_annex(std::string_view ref) {
  ref = trim(ref);
  return ref.starts_with("A.") || ref.starts_with("a.") ? ref.substr(2) : ref;
}

template <class T>
bool approved_version_exists(const Lookup& lookup) {
  return !lookup.where<T>("status", "effective").empty() || !lookup.where<T>("status", "approved").empty();
}

std::vector<Audit> audits_of(const Lookup& lookup, AuditKind kind) {
  auto audits = lookup.where<Audit>("kind", name_of_choice(kind));
  std::erase_if(audits, [](const Audit& audit) { return audit.status == AuditStatus::cancelled; });
  return audits;
}

bool is_reported(const Audit& audit) {
  return audit.status == AuditStatus::reported || audit.status == AuditStatus::closed;
}

bool is_settled(const Nonconformity& nc) {
  return nc.status == NonconformityStatus::verified || nc.status == NonconformityStatus::closed ||
         nc.status == NonconformityStatus::cancelled;
}

std::vector<Finding> stage1_findings(const Lookup& lookup) {
  std::vector<Finding> out;
  for (const Audit& audit : audits_of(lookup, AuditKind::stage1)) {
    for (Finding& finding : lookup.where<Finding>("audit", audit.id)) out.push_back(std::move(finding));
  }
  return out;
}

std::optional<Nonconformity> nonconformity_of(const Lookup& lookup, const Finding& finding) {
  if (!checks::refers(finding.nonconformity)) return std::nullopt;
  return lookup.find<Nonconformity>(finding.nonconformity->id);
}

bool policy_is_effective(const Lookup& lookup) {
  for (const Document& policy : lookup.where<Document>("topic", "information_security")) {
    if (policy.kind != DocumentKind::policy) continue;
    for (const DocumentVersion& version : lookup.where<DocumentVersion>("document", policy.id)) {
      if (version.status == DocumentVersionStatus::effective) return true;
    }
  }
  return false;
}

bool assessment_report_exists(const Lookup& lookup) {
  return std::ranges::any_of(checks::all_by_choice<RiskAssessmentRun>(lookup, "kind"),
                             [](const RiskAssessmentRun& run) { return checks::refers(run.report); });
}

bool audit_programme_is_approved(const Lookup& lookup) {
  return std::ranges::any_of(audits_of(lookup, AuditKind::internal), [&](const Audit& audit) {
    auto programme = lookup.find<AuditProgramme>(checks::id_of(audit.programme));
    return programme && checks::given(programme->approved_on);
  });
}

struct Coverage {
  std::vector<std::string> clauses;
  std::vector<std::string> controls;
  std::vector<Id> sites;
};

Coverage internal_coverage(const Lookup& lookup, Date day) {
  Coverage seen;
  Date earliest = day.plus_days(-static_cast<std::int64_t>(lookup.parameter("full_ia_window_days")));
  for (const Audit& audit : audits_of(lookup, AuditKind::internal)) {
    if (!is_reported(audit) || !audit.ended_on || *audit.ended_on < earliest || *audit.ended_on > day) continue;
    seen.clauses.insert(seen.clauses.end(), audit.scope_clauses.begin(), audit.scope_clauses.end());
    seen.controls.insert(seen.controls.end(), audit.scope_controls.begin(), audit.scope_controls.end());
    for (const Ref<Site>& site : audit.scope_sites) seen.sites.push_back(site.id);
  }
  return seen;
}

std::vector<std::string> applicable_controls(const Lookup& lookup) {
  auto current = lookup.where<StatementOfApplicability>("status", "effective");
  if (current.empty()) current = lookup.where<StatementOfApplicability>("status", "approved");
  if (current.empty()) return {};
  std::vector<std::string> out;
  auto latest = std::ranges::max_element(current, {}, &StatementOfApplicability::version);
  for (const SoAEntry& entry : lookup.where<SoAEntry>("soa", latest->id)) {
    if (entry.applicability == SoAEntryApplicability::applicable) out.push_back(entry.control_ref);
  }
  return out;
}

}  // namespace

bool covers(const std::vector<std::string>& scope, std::string_view ref) {
  std::string_view wanted = without_annex(ref);
  return std::ranges::any_of(scope, [&](const std::string& listed) {
    std::string_view entry = without_annex(listed);
    if (entry.empty() || !wanted.starts_with(entry)) return false;
    return wanted.size() == entry.size() || wanted[entry.size()] == '.';
  });
}

bool documents_are_ready(const Lookup& lookup) {
  return scope_is_approved(lookup) && policy_is_effective(lookup) && risk_records_are_approved(lookup) &&
         assessment_report_exists(lookup) && audit_programme_is_approved(lookup);
}

bool scope_is_approved(const Lookup& lookup) { return approved_version_exists<ScopeStatement>(lookup); }

bool risk_records_are_approved(const Lookup& lookup) {
  return approved_version_exists<RiskMethodology>(lookup) && approved_version_exists<RiskTreatmentPlan>(lookup) &&
         approved_version_exists<StatementOfApplicability>(lookup) &&
         !checks::all_by_choice<RiskAssessmentRun>(lookup, "kind").empty();
}

bool full_internal_audit_reported(const Lookup& lookup, Date day) {
  Coverage seen = internal_coverage(lookup, day);
  if (!std::ranges::all_of(leaf_clauses, [&](std::string_view clause) { return covers(seen.clauses, clause); }))
    return false;
  for (const std::string& control : applicable_controls(lookup)) {
    if (!covers(seen.controls, control)) return false;
  }
  return std::ranges::all_of(checks::all_by_choice<Site>(lookup, "kind"), [&](const Site& site) {
    bool open = site.in_scope && (!site.closed_on || *site.closed_on > day);
    return !open || std::ranges::find(seen.sites, site.id) != seen.sites.end();
  });
}

bool internal_majors_are_closed(const Lookup& lookup) {
  return std::ranges::all_of(lookup.where<Nonconformity>("source", "internal_audit"), [](const Nonconformity& nc) {
    return nc.grade != NonconformityGrade::major || is_settled(nc);
  });
}

bool internal_findings_are_under_way(const Lookup& lookup) {
  return std::ranges::none_of(lookup.where<Nonconformity>("source", "internal_audit"), [](const Nonconformity& nc) {
    return nc.status == NonconformityStatus::open || nc.status == NonconformityStatus::root_cause;
  });
}

bool management_review_held(const Lookup& lookup, Date today) {
  Date earliest = today.plus_days(-static_cast<std::int64_t>(lookup.parameter("mr_interval_days")));
  auto is_recent = [&](const ManagementReview& review) {
    return review.held_on && *review.held_on >= earliest && *review.held_on <= today;
  };
  if (std::ranges::any_of(checks::all_by_choice<ManagementReview>(lookup, "readiness_decision"), is_recent))
    return true;
  // A review without a readiness decision is found by its inputs.
  return std::ranges::any_of(checks::all_by_choice<ReviewInput>(lookup, "item"), [&](const ReviewInput& input) {
    auto review = lookup.find<ManagementReview>(input.review.id);
    return review && is_recent(*review);
  });
}

bool top_management_decided_ready(const Lookup& lookup) {
  std::optional<ManagementReview> latest;
  for (const ManagementReview& review : checks::all_by_choice<ManagementReview>(lookup, "readiness_decision")) {
    if (review.held_on && (!latest || *review.held_on > *latest->held_on)) latest = review;
  }
  return latest && latest->readiness_decision == ManagementReviewReadinessDecision::ready;
}

bool stage1_passed(const Lookup& lookup) {
  std::optional<Audit> latest;
  for (const Audit& audit : audits_of(lookup, AuditKind::stage1)) {
    if (is_reported(audit) && (!latest || audit.planned_start > latest->planned_start)) latest = audit;
  }
  return latest && latest->conclusion != AuditConclusion::not_ready;
}

bool stage1_majors_are_resolved(const Lookup& lookup) {
  return std::ranges::all_of(stage1_findings(lookup), [&](const Finding& finding) {
    if (finding.grade != FindingGrade::major) return true;
    auto nc = nonconformity_of(lookup, finding);
    return nc && is_settled(*nc);
  });
}

bool stage1_findings_are_addressed(const Lookup& lookup) {
  return stage1_majors_are_resolved(lookup) &&
         std::ranges::all_of(stage1_findings(lookup), [&](const Finding& finding) {
           if (finding.grade != FindingGrade::minor && finding.grade != FindingGrade::area_of_concern) return true;
           auto nc = nonconformity_of(lookup, finding);
           bool planned =
               nc && nc->status != NonconformityStatus::open && nc->status != NonconformityStatus::root_cause;
           return finding.addressed_on || planned;
         });
}

std::optional<Date> stage1_ended_on(const Lookup& lookup) {
  std::optional<Date> latest;
  for (const Audit& audit : audits_of(lookup, AuditKind::stage1)) {
    if (audit.ended_on && (!latest || *audit.ended_on > *latest)) latest = audit.ended_on;
  }
  return latest;
}

bool stage2_reported(const Lookup& lookup) {
  return std::ranges::any_of(audits_of(lookup, AuditKind::stage2), is_reported);
}

bool key_controls_have_operated(const Lookup& lookup, Date day) {
  Date latest = day.plus_days(-static_cast<std::int64_t>(lookup.parameter("min_control_days")));
  return std::ranges::all_of(lookup.where<Control>("status", "implemented"), [&](const Control& control) {
    if (!control.key_control || control.frequency == ControlFrequency::annual) return true;
    return control.operational_since && *control.operational_since <= latest;
  });
}

bool external_nonconformities_allow_a_certificate(const Lookup& lookup) {
  return std::ranges::all_of(lookup.where<Nonconformity>("source", "external_audit"), [](const Nonconformity& nc) {
    if (nc.status == NonconformityStatus::cancelled || nc.status == NonconformityStatus::closed) return true;
    if (nc.grade == NonconformityGrade::major) return checks::given(nc.verified_by_cb_on);
    return checks::given(nc.plan_accepted_by_cb_on);
  });
}

}  // namespace assay::readiness
