// The life of an audit (domain model 4.16), with the gates before Stage 1 and Stage 2. Audits of the certification body
// are recorded by the ISMS owner; internal ones are run by an auditor.
#include <algorithm>

#include "base/text.h"
#include "isms/audit/audit.h"
#include "isms/audit/audit_programme.h"
#include "isms/audit/audit_sample.h"
#include "isms/audit/auditor.h"
#include "isms/audit/finding.h"
#include "isms/audit/nonconformity.h"
#include "isms/certification/certificate.h"
#include "isms/certification/certification_body.h"
#include "isms/certification/readiness.h"
#include "isms/controls/control.h"
#include "isms/organisation/site.h"
#include "isms/people/competence_record.h"
#include "isms/record_checks.h"
#include "isms/soa/soa_entry.h"

namespace assay {
namespace {

Audit audit_after(const StepContext& step) { return decode<Audit>(step.after); }

bool is_internal(const Audit& audit) { return audit.kind == AuditKind::internal; }

bool is_certification_audit(const Audit& audit) {
  return audit.kind == AuditKind::stage1 || audit.kind == AuditKind::stage2 || audit.kind == AuditKind::surveillance ||
         audit.kind == AuditKind::recertification;
}

bool audit_scope_is_defined(const StepContext& step) {
  auto audit = audit_after(step);
  return !audit.scope_clauses.empty() || !audit.scope_controls.empty();
}

bool remote_method_is_judged(const StepContext& step) {
  auto audit = audit_after(step);
  return audit.method == AuditMethod::on_site || audit.remote_feasibility_recorded;
}

bool internal_audit_has_auditor(const StepContext& step) {
  return !is_internal(audit_after(step)) || checks::acts_as(step, Role::internal_auditor);
}

bool audit_lead_is_named(const StepContext& step) {
  auto audit = audit_after(step);
  return !is_internal(audit) || checks::refers(audit.lead);
}

// Competence record of an internal auditor with evidence, valid when the audit begins.
bool audit_lead_is_competent(const StepContext& step) {
  auto audit = audit_after(step);
  if (!is_internal(audit)) return true;
  auto lead = step.lookup.find<Auditor>(checks::id_of(audit.lead));
  if (!lead) return false;
  Date begin = audit.started_on.value_or(audit.planned_start);
  return std::ranges::any_of(lead->competence, [&](const Ref<CompetenceRecord>& ref) {
    auto record = step.lookup.find<CompetenceRecord>(ref.id);
    return record && record->role == "internal_auditor" && checks::refers(record->evidence) &&
           (!record->valid_to || *record->valid_to >= begin);
  });
}

// What an auditor owns, runs or built: as declared, and the controls the person behind the auditor owns.
std::vector<std::string> own_area(const Lookup& lookup, const Auditor& auditor) {
  std::vector<std::string> refs = auditor.responsible_for;
  if (!checks::refers(auditor.person)) return refs;
  for (const Control& control : lookup.where<Control>("owner", auditor.person->id)) {
    refs.push_back(control.code);
    for (const SoAEntry& entry : lookup.where<SoAEntry>("control", control.id)) refs.push_back(entry.control_ref);
  }
  return refs;
}

// Every sample is examined by somebody who is not responsible for it; where no sample names its auditor, nobody of the
// team may be responsible for anything in the scope.
bool audit_team_is_independent(const StepContext& step) {
  auto audit = audit_after(step);
  if (!is_internal(audit)) return true;
  bool assigned = false;
  for (const AuditSample& sample : step.lookup.where<AuditSample>("audit", audit.id)) {
    auto auditor = step.lookup.find<Auditor>(checks::id_of(sample.auditor));
    if (!auditor) continue;
    assigned = true;
    if (readiness::covers(own_area(step.lookup, *auditor), sample.ref)) return false;
  }
  if (assigned) return true;
  std::vector<Ref<Auditor>> team = audit.team;
  if (checks::refers(audit.lead)) team.push_back(*audit.lead);
  std::vector<std::string> scope = audit.scope_clauses;
  scope.insert(scope.end(), audit.scope_controls.begin(), audit.scope_controls.end());
  return std::ranges::none_of(team, [&](const Ref<Auditor>& member) {
    auto auditor = step.lookup.find<Auditor>(member.id);
    if (!auditor) return false;
    auto area = own_area(step.lookup, *auditor);
    // A scope of "8" holds the auditor's own "8.13" just as a scope of "8.13" lies within an own area "8".
    return std::ranges::any_of(scope, [&](const std::string& ref) { return readiness::covers(area, ref); }) ||
           std::ranges::any_of(area, [&](const std::string& own) { return readiness::covers(scope, own); });
  });
}

// Nobody certifies what they advised on within the last two years.
bool certification_team_is_impartial(const StepContext& step) {
  auto audit = audit_after(step);
  if (!is_certification_audit(audit)) return true;
  Date limit = audit.started_on.value_or(audit.planned_start).plus_days(-730);
  std::vector<Ref<Auditor>> team = audit.team;
  if (checks::refers(audit.lead)) team.push_back(*audit.lead);
  auto body = step.lookup.find<CertificationBody>(checks::id_of(audit.cb));
  if (body && body->consultancy_to_us_until && *body->consultancy_to_us_until > limit) return false;
  return std::ranges::none_of(team, [&](const Ref<Auditor>& member) {
    auto auditor = step.lookup.find<Auditor>(member.id);
    return auditor && auditor->consulted_until && *auditor->consulted_until > limit;
  });
}

bool is_not(const StepContext& step, AuditKind kind) { return audit_after(step).kind != kind; }

bool stage1_has_documents(const StepContext& step) {
  return is_not(step, AuditKind::stage1) || readiness::documents_are_ready(step.lookup);
}

bool stage1_has_readiness_decision(const StepContext& step) {
  return is_not(step, AuditKind::stage1) || readiness::top_management_decided_ready(step.lookup);
}

bool stage_has_full_internal_audit(const StepContext& step) {
  if (is_not(step, AuditKind::stage1) && is_not(step, AuditKind::stage2)) return true;
  return readiness::full_internal_audit_reported(step.lookup, audit_after(step).planned_start);
}

bool stage_has_no_internal_major(const StepContext& step) {
  if (is_not(step, AuditKind::stage1) && is_not(step, AuditKind::stage2)) return true;
  return readiness::internal_majors_are_closed(step.lookup);
}

bool stage2_follows_stage1(const StepContext& step) {
  return is_not(step, AuditKind::stage2) || readiness::stage1_passed(step.lookup);
}

bool stage2_has_no_stage1_major(const StepContext& step) {
  return is_not(step, AuditKind::stage2) || readiness::stage1_majors_are_resolved(step.lookup);
}

bool stage2_interval_is_workable(const StepContext& step) {
  if (is_not(step, AuditKind::stage2)) return true;
  auto stage1_end = readiness::stage1_ended_on(step.lookup);
  auto most_months = static_cast<std::int64_t>(step.lookup.parameter("stage_gap_max_months"));
  return !stage1_end || audit_after(step).planned_start <= stage1_end->plus_months(most_months);
}

bool stage2_has_management_review(const StepContext& step) {
  return is_not(step, AuditKind::stage2) || readiness::management_review_held(step.lookup, step.today);
}

bool stage2_has_operating_time(const StepContext& step) {
  if (is_not(step, AuditKind::stage2)) return true;
  return readiness::key_controls_have_operated(step.lookup, audit_after(step).planned_start);
}

bool audit_days_are_past(const StepContext& step) {
  return !checks::lies_ahead(step, "started_on") && !checks::lies_ahead(step, "ended_on") &&
         !checks::lies_ahead(step, "reported_on");
}

// An internal audit rests on samples of records, observation or tests, not on documents and talk alone.
bool samples_show_evidence(const StepContext& step) {
  auto audit = audit_after(step);
  if (!is_internal(audit)) return true;
  bool looked_at_evidence = false;
  for (const AuditSample& sample : step.lookup.where<AuditSample>("audit", audit.id)) {
    if (sample.techniques.empty()) return false;
    looked_at_evidence |= std::ranges::any_of(sample.techniques, [](AuditSampleTechniques technique) {
      return technique != AuditSampleTechniques::document_review && technique != AuditSampleTechniques::interview;
    });
  }
  return looked_at_evidence;
}

bool findings_are_well_stated(const StepContext& step) {
  return std::ranges::all_of(step.lookup.where<Finding>("audit", step.after.id), [](const Finding& finding) {
    if (finding.grade != FindingGrade::major && finding.grade != FindingGrade::minor) return true;
    return !is_blank(finding.statement.value_or("")) && !is_blank(finding.requirement.value_or("")) &&
           !is_blank(finding.objective_evidence.value_or(""));
  });
}

bool managers_are_informed(const StepContext& step) {
  auto audit = audit_after(step);
  return !is_internal(audit) || !audit.reported_to.empty();
}

bool certification_audit_has_conclusion(const StepContext& step) {
  auto audit = audit_after(step);
  return !is_certification_audit(audit) || audit.conclusion.has_value();
}

// Verified, withdrawn, or handed to the next audit with a plan that was accepted (a major cannot be handed on).
bool nonconformities_are_settled_or_handed_on(const StepContext& step) {
  return std::ranges::all_of(step.lookup.where<Finding>("audit", step.after.id), [&](const Finding& finding) {
    if (finding.grade != FindingGrade::major && finding.grade != FindingGrade::minor) return true;
    auto nc = step.lookup.find<Nonconformity>(checks::id_of(finding.nonconformity));
    if (!nc || nc->status == NonconformityStatus::open || nc->status == NonconformityStatus::root_cause) return false;
    if (nc->status != NonconformityStatus::action_plan && nc->status != NonconformityStatus::implemented) return true;
    bool external = nc->source == NonconformitySource::external_audit;
    return nc->grade == NonconformityGrade::minor && (!external || checks::given(nc->plan_accepted_by_cb_on));
  });
}

// An internal audit is dropped only when another one of the programme keeps to the planned interval.
bool replacement_is_planned(const StepContext& step) {
  auto audit = audit_after(step);
  if (!is_internal(audit)) return true;
  auto programme = step.lookup.find<AuditProgramme>(checks::id_of(audit.programme));
  std::int64_t interval = programme && programme->frequency_days > 0
                              ? programme->frequency_days
                              : static_cast<std::int64_t>(step.lookup.parameter("ia_interval_days"));
  Date latest = audit.planned_start.plus_days(interval);
  return std::ranges::any_of(step.lookup.where<Audit>("kind", "internal"), [&](const Audit& other) {
    return other.id != audit.id && other.status != AuditStatus::cancelled && other.planned_start <= latest &&
           other.planned_start >= audit.planned_start.plus_days(-interval);
  });
}

constexpr Guard confirm_guards[] = {
    {.reason = "State the criteria of the audit.", .rule = "AUD-07", .filled = "criteria"},
    {.reason = "Name the clauses or controls that the audit covers.",
     .rule = "AUD-07",
     .holds = audit_scope_is_defined},
    {.reason = "Judge and record whether remote methods suit this audit.",
     .rule = "AUD-07",
     .holds = remote_method_is_judged},
    {.reason = "An internal audit needs a lead auditor.", .rule = "AUD-06", .holds = audit_lead_is_named},
    {.reason = "The lead auditor has no valid competence record as internal_auditor with evidence.",
     .rule = "AUD-06",
     .holds = audit_lead_is_competent},
    {.reason = "Somebody in the team would audit what they own, run or built: change the team, or enter the samples "
               "with an auditor for each.",
     .rule = "AUD-05",
     .holds = audit_team_is_independent},
    {.reason = "The body or one of its auditors advised on this ISMS within the last two years.",
     .rule = "CERT-03",
     .holds = certification_team_is_impartial},
    {.reason = "Stage 1 examines documents that are not ready: scope, policy, risk method, assessment report, "
               "treatment plan, Statement of Applicability and audit programme must be approved.",
     .rule = "CERT-06",
     .holds = stage1_has_documents},
    {.reason = "Top management has not decided in a review that the organisation is ready.",
     .rule = "C9.3.3-04",
     .holds = stage1_has_readiness_decision},
    {.reason = "The internal audits reported so far do not cover every clause, every applicable control and every "
               "site.",
     .rule = "AUD-03",
     .holds = stage_has_full_internal_audit},
    {.reason = "A major nonconformity of the internal audit is still open.",
     .rule = "CERT-10",
     .holds = stage_has_no_internal_major},
    {.reason = "Stage 1 is not reported yet, or it ended \"not ready\".",
     .rule = "CERT-07",
     .holds = stage2_follows_stage1},
    {.reason = "A major finding of Stage 1 is not resolved.", .rule = "CERT-07", .holds = stage2_has_no_stage1_major},
    {.reason = "Too much time has passed since Stage 1: it would have to be repeated.",
     .rule = "CERT-08",
     .holds = stage2_interval_is_workable},
    {.reason = "No management review was held in the planned interval.",
     .rule = "C9.3.1-01",
     .holds = stage2_has_management_review},
    {.reason = "Key controls have not been in operation long enough to be judged.",
     .rule = "CERT-09",
     .holds = stage2_has_operating_time},
};

constexpr Guard audit_start_guards[] = {
    {.reason = "An internal audit is started by an internal auditor.",
     .rule = "AUD-05",
     .holds = internal_audit_has_auditor},
    {.reason = "Somebody in the team would audit what they own, run or built.",
     .rule = "AUD-05",
     .holds = audit_team_is_independent},
    {.reason = "The body or one of its auditors advised on this ISMS within the last two years.",
     .rule = "CERT-03",
     .holds = certification_team_is_impartial},
    {.reason = "The audit cannot have begun on a day that lies ahead.", .rule = "AUD-07", .holds = audit_days_are_past},
};

constexpr Guard fieldwork_guards[] = {
    {.reason = "The fieldwork of an internal audit is finished by an internal auditor.",
     .rule = "AUD-05",
     .holds = internal_audit_has_auditor},
    {.reason = "Enter the samples with their techniques; at least one must be of records, observation or a technical "
               "test.",
     .rule = "AUD-10",
     .holds = samples_show_evidence},
    {.reason = "A sample was examined by somebody who is responsible for it.",
     .rule = "AUD-05",
     .holds = audit_team_is_independent},
    {.reason = "The last day lies ahead.", .rule = "AUD-07", .holds = audit_days_are_past},
};

constexpr Guard report_guards[] = {
    {.reason = "An internal audit is reported by an internal auditor.",
     .rule = "AUD-05",
     .holds = internal_audit_has_auditor},
    {.reason = "Attach the report.", .rule = "AUD-08", .filled = "report"},
    {.reason = "Name the managers who received the results.", .rule = "AUD-08", .holds = managers_are_informed},
    {.reason = "Each major and minor finding needs a statement, the requirement it fails and what was seen.",
     .rule = "AUD-11",
     .holds = findings_are_well_stated},
    {.reason = "Enter the conclusion of the certification body.",
     .rule = "CERT-07",
     .holds = certification_audit_has_conclusion},
    {.reason = "The day of the report lies ahead.", .rule = "AUD-08", .holds = audit_days_are_past},
};

constexpr Guard audit_close_guards[] = {
    {.reason = "Each nonconformity must be verified, or be a minor one with an accepted plan for the next audit.",
     .rule = "CERT-20",
     .holds = nonconformities_are_settled_or_handed_on},
};

constexpr Guard audit_cancel_guards[] = {
    {.reason = "Plan another internal audit within the interval of the programme first.",
     .rule = "AUD-02",
     .holds = replacement_is_planned},
};

constexpr Who audit_keepers{.roles = {Role::internal_auditor, Role::isms_owner}};

constexpr Step audit_steps[] = {
    {.name = "confirm",
     .from = "planned",
     .to = "confirmed",
     .label = "Confirm",
     .help = "Criteria, scope, method and team are settled; for Stage 1 and Stage 2 the organisation is ready.",
     .who = audit_keepers,
     .guards = confirm_guards,
     .asks = "criteria remote_feasibility_recorded"},
    {.name = "replan",
     .from = "confirmed",
     .to = "planned",
     .label = "Back to planning",
     .who = audit_keepers,
     .asks = "planned_start",
     .reason_needed = true},
    {.name = "start",
     .from = "confirmed",
     .to = "in_progress",
     .label = "Start",
     .who = audit_keepers,
     .guards = audit_start_guards,
     .asks = "started_on",
     .sets = "started_on=today"},
    {.name = "finish_fieldwork",
     .from = "in_progress",
     .to = "fieldwork_done",
     .label = "Finish the fieldwork",
     .who = audit_keepers,
     .guards = fieldwork_guards,
     .asks = "ended_on days",
     .sets = "ended_on=today"},
    {.name = "report",
     .from = "fieldwork_done",
     .to = "reported",
     .label = "Issue the report",
     .who = audit_keepers,
     .guards = report_guards,
     .asks = "report reported_on reported_to conclusion",
     .sets = "reported_on=today"},
    {.name = "close",
     .from = "reported",
     .to = "closed",
     .label = "Close",
     .who = audit_keepers,
     .guards = audit_close_guards},
    {.name = "cancel",
     .from = "planned confirmed",
     .to = "cancelled",
     .label = "Cancel",
     .who = audit_keepers,
     .guards = audit_cancel_guards,
     .reason_needed = true},
};

}  // namespace

constinit const Lifecycle audit_lifecycle = {.field = "status", .steps = audit_steps};

}  // namespace assay
