// Phases up to the controls.
#include "isms/readiness/phase_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "isms/certification/certification_body.h"
#include "isms/certification/certification_quote.h"
#include "isms/choices.h"
#include "isms/controls/control.h"
#include "isms/frameworks/gap_assessment.h"
#include "isms/frameworks/gap_item.h"
#include "isms/organisation/role_assignment.h"
#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/risk_methodology.h"
#include "isms/risk/risk_treatment_plan.h"
#include "isms/soa/soa_entry.h"
#include "isms/soa/statement_of_applicability.h"

namespace assay::journey {
namespace {

Target list_of_register(const EntityDef& def, std::string filter = {}) {
  return {.def = &def, .filter = std::move(filter)};
}
Target record_of(const EntityDef& def, Id id) { return {.def = &def, .record = std::move(id)}; }

// The version in force, else the highest one approved.
template <class T>
std::optional<T> current_version(const Lookup& lookup) {
  for (std::string_view status : {"effective", "approved"}) {
    auto versions = lookup.where<T>("status", status);
    if (!versions.empty()) return *std::ranges::max_element(versions, {}, &T::version);
  }
  return std::nullopt;
}

// "… is approved (version 3)" with the record, or what is missing with the list.
template <class T>
void note_version(const View& view, PhaseNotes& notes, std::string_view what) {
  if (auto version = current_version<T>(view.lookup)) {
    notes.proof(fmt::format("{} is approved (version {})", what, version->version), record_of(T::def(), version->id));
    return;
  }
  if (!view.lookup.where<T>("status", "draft").empty()) notes.begin();
  notes.missing(fmt::format("{} is not approved", what), list_of_register(T::def()));
}

// ---- Framework -----------------------------------------------------------------------------------------------------

void note_accreditation(const View& view, const CertificationBody& body, PhaseNotes& notes) {
  Target target = record_of(CertificationBody::def(), body.id);
  bool current = body.accredited_for_27001 && body.mra_signatory && checks::given(body.accreditation_body) &&
                 (!body.accreditation_valid_to || *body.accreditation_valid_to >= view.today);
  if (!current) {
    notes.obstacle(
        fmt::format("{} has no accreditation for ISMS certification in force under the international arrangement",
                    body.name),
        target);
  } else if (!body.accreditation_verified_on || *body.accreditation_verified_on < view.today.plus_days(-365)) {
    notes.missing(fmt::format("The accreditation of {} was not looked up within the last year", body.name), target);
  } else {
    notes.proof(fmt::format("Accreditation of {} looked up on {}", body.name, body.accreditation_verified_on->iso()),
                target);
  }
  if (body.consultancy_to_us_until && *body.consultancy_to_us_until > view.today.plus_days(-730)) {
    notes.obstacle(fmt::format("{} advised this organisation until {}: it may not certify within two years", body.name,
                               body.consultancy_to_us_until->iso()),
                   target);
  }
}

// Bodies, accredited or not, that made an offer.
std::size_t bodies_with_quotes(const Lookup& lookup, std::string_view accredited) {
  std::size_t bodies = 0;
  for (const CertificationBody& body : lookup.where<CertificationBody>("accredited_for_27001", accredited)) {
    bodies += !lookup.where<CertificationQuote>("cb", body.id).empty();
  }
  return bodies;
}

// ---- Gap -----------------------------------------------------------------------------------------------------------

bool is_complete(const GapItem& item) {
  if (!checks::given(item.rationale)) return false;
  if (item.result != GapItemResult::partial && item.result != GapItemResult::absent) return true;
  return checks::given(item.action) && checks::refers(item.owner) && item.target_on && item.risk_severity &&
         item.complexity && item.priority;
}

// An analysis against the edition sought counts; without a project the one whose lines were entered last.
std::optional<GapAssessment> latest_gap(const View& view) {
  std::vector<GapAssessment> found;
  if (view.project) found = view.lookup.where<GapAssessment>("edition", view.project->edition);
  if (!view.project) {
    std::set<Id> seen;
    for (const GapItem& item : view.lookup.where<GapItem>("dimension", "clause")) {
      if (!seen.insert(item.assessment.id).second) continue;
      if (auto assessment = view.lookup.find<GapAssessment>(item.assessment.id))
        found.push_back(std::move(*assessment));
    }
  }
  if (found.empty()) return std::nullopt;
  return *std::ranges::max_element(found, {}, &GapAssessment::performed_on);
}

void note_gap_items(const std::vector<GapItem>& items, const GapAssessment& gap, PhaseNotes& notes) {
  auto complete = std::ranges::count_if(items, is_complete);
  Target target = list_of_register(GapItem::def(), "assessment=" + gap.id);
  if (items.empty()) return notes.missing("The gap analysis has no lines", record_of(GapAssessment::def(), gap.id));
  if (complete < std::ssize(items)) {
    notes.missing(fmt::format("{} of {} lines are complete: each needs a rationale, each gap an action, owner, date, "
                              "severity, complexity and rank",
                              complete, items.size()),
                  target);
  } else {
    notes.proof(fmt::format("All {} lines are complete, with the roadmap", items.size()), target);
  }
}

// ---- Design --------------------------------------------------------------------------------------------------------

void note_role(const View& view, PhaseNotes& notes, RoleAssignmentRole role) {
  std::string_view name = name_of_choice(role);
  std::string_view label = choices_of<RoleAssignmentRole>[static_cast<std::size_t>(role)].label;
  for (const RoleAssignment& held : view.lookup.where<RoleAssignment>("role", name)) {
    if (held.ended_on && *held.ended_on <= view.today) continue;
    return notes.proof(fmt::format("{} is named", label), record_of(RoleAssignment::def(), held.id));
  }
  notes.missing(fmt::format("{} is not named", label), list_of_register(RoleAssignment::def()));
}

// ---- Statement of Applicability ------------------------------------------------------------------------------------

bool is_justified(const SoAEntry& entry) {
  return checks::given(entry.applicability == SoAEntryApplicability::applicable ? entry.inclusion_justification
                                                                                : entry.exclusion_justification);
}

void note_justifications(const View& view, PhaseNotes& notes) {
  auto soa = current_version<StatementOfApplicability>(view.lookup);
  if (!soa) return;
  auto entries = view.lookup.where<SoAEntry>("soa", soa->id);
  auto bare = std::ranges::count_if(entries, [](const SoAEntry& entry) { return !is_justified(entry); });
  if (bare == 0) return;
  notes.missing(
      fmt::format("The Statement of Applicability has {} {} without justification", bare, bare == 1 ? "row" : "rows"),
      record_of(StatementOfApplicability::def(), soa->id));
}

// A control that is openly planned is no obstacle: only claims need evidence.
void note_planned_rows(const View& view, PhaseNotes& notes) {
  auto soa = current_version<StatementOfApplicability>(view.lookup);
  if (!soa) return;
  std::size_t open = 0;
  for (const SoAEntry& entry : view.lookup.where<SoAEntry>("soa", soa->id)) {
    bool applicable = entry.applicability == SoAEntryApplicability::applicable;
    open += applicable && entry.implementation_status.value_or(SoAEntryImplementationStatus::not_implemented) !=
                              SoAEntryImplementationStatus::implemented;
  }
  if (open == 0) return;
  notes.note(
      fmt::format("{} applicable {} not declared as implemented", open, open == 1 ? "control is" : "controls are"),
      list_of_register(SoAEntry::def(),
                       fmt::format("soa={}&applicability=applicable&implementation_status.not=implemented", soa->id)));
}

}  // namespace

void note_framework(const View& view, PhaseNotes& notes) {
  if (!view.project) notes.missing("There is no certification project", list_of_register(CertificationProject::def()));
  std::optional<CertificationBody> body;
  if (view.project) body = view.lookup.find<CertificationBody>(checks::id_of(view.project->chosen_cb));
  if (body) {
    notes.proof(fmt::format("{} is chosen", body->name), record_of(CertificationBody::def(), body->id));
    note_accreditation(view, *body, notes);
  } else {
    if (view.project) notes.begin();
    notes.missing("No certification body is chosen", list_of_register(CertificationBody::def()));
  }
  std::size_t quotes = bodies_with_quotes(view.lookup, "true");
  auto wanted = static_cast<std::size_t>(view.lookup.parameter("min_quotes"));
  std::string text = fmt::format("{} of {} quotes of accredited bodies", quotes, wanted);
  Target target = list_of_register(CertificationQuote::def());
  if (quotes >= wanted) notes.proof(std::move(text), target);
  else notes.missing(std::move(text), target);
  if (quotes > 0 || bodies_with_quotes(view.lookup, "false") > 0) notes.begin();
}

void note_gap(const View& view, PhaseNotes& notes) {
  auto gap = latest_gap(view);
  if (!gap)
    return notes.missing("There is no gap analysis against the edition sought", list_of_register(GapAssessment::def()));
  notes.proof("Gap analysis of " + gap->performed_on.iso(), record_of(GapAssessment::def(), gap->id));
  note_gap_items(view.lookup.where<GapItem>("assessment", gap->id), *gap, notes);
  Target target = record_of(GapAssessment::def(), gap->id);
  if (gap->effort_person_days && gap->tooling_cost && gap->consultancy_cost)
    notes.proof("Effort, tools and consultancy are estimated", target);
  else notes.missing("The estimate of effort, tools and consultancy is incomplete", target);
}

void note_design(const View& view, PhaseNotes& notes) {
  note_version<ScopeStatement>(view, notes, "The scope");
  for (RoleAssignmentRole role : {RoleAssignmentRole::isms_owner, RoleAssignmentRole::internal_audit_lead,
                                  RoleAssignmentRole::information_security_committee_chair}) {
    note_role(view, notes, role);
  }
}

void note_risk(const View& view, PhaseNotes& notes) {
  note_version<RiskMethodology>(view, notes, "The risk method");
  auto runs = checks::all_by_choice<RiskAssessmentRun>(view.lookup, "kind");
  if (runs.empty()) {
    notes.missing("No risk assessment was held", list_of_register(RiskAssessmentRun::def()));
  } else {
    const auto& latest = *std::ranges::max_element(runs, {}, &RiskAssessmentRun::performed_on);
    notes.proof("Risks assessed on " + latest.performed_on.iso(), record_of(RiskAssessmentRun::def(), latest.id));
  }
  note_version<RiskTreatmentPlan>(view, notes, "The risk treatment plan");
  note_version<StatementOfApplicability>(view, notes, "The Statement of Applicability");
  note_justifications(view, notes);
}

void note_controls(const View& view, PhaseNotes& notes) {
  // That a claim has evidence is judged by rule EV-01, which sees all evidence at once.
  constexpr std::string_view evidence_rule = "EV-01";
  auto claimed = view.lookup.where<Control>("status", "implemented").size();
  std::size_t bare = std::min(view.verdict.findings(evidence_rule), claimed);
  if (claimed == 0) {
    if (!view.lookup.where<Control>("status", "implementing").empty()) notes.begin();
    notes.missing("No control is implemented", list_of_register(Control::def()));
  } else if (!view.verdict.known) {
    notes.begin();
    notes.missing("Whether the controls have evidence was not evaluated", list_of_register(Control::def()));
  } else {
    notes.proof(fmt::format("{} of {} implemented controls have evidence", claimed - bare, claimed),
                list_of_register(Control::def(), "status=implemented"));
  }
  if (bare > 0) {
    notes.missing(fmt::format("{} {} claimed without evidence", bare, bare == 1 ? "control is" : "controls are"),
                  Target{.rule = std::string(evidence_rule)});
  }
  note_planned_rows(view, notes);
}

}  // namespace assay::journey
