// The life of a Statement of Applicability and of its lines (6.1.3 d): complete, approved, in force, kept true.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/frameworks/annex_a_control.h"
#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_assessment_run.h"
#include "isms/risk/treatment_action.h"
#include "isms/soa/soa_entry.h"
#include "isms/soa/statement_of_applicability.h"

namespace assay {
namespace {

bool soa_every_entry(const StepContext& context, bool (*holds)(const SoAEntry&, const StepContext&)) {
  return std::ranges::all_of(context.lookup.where<SoAEntry>("soa", context.after.id),
                             [&](const SoAEntry& entry) { return holds(entry, context); });
}

bool soa_entry_applies(const SoAEntry& entry) { return entry.applicability == SoAEntryApplicability::applicable; }

bool soa_entry_has_ground(const SoAEntry& entry, SoAEntryInclusionReasons ground) {
  return std::ranges::find(entry.inclusion_reasons, ground) != entry.inclusion_reasons.end();
}

// ---- Guards of the statement ---------------------------------------------------------------------------------------

bool soa_accounts_for_annex_a(const StepContext& context) {
  std::set<std::string> seen;
  for (const SoAEntry& entry : context.lookup.where<SoAEntry>("soa", context.after.id)) {
    if (entry.origin != SoAEntryOrigin::annex_a) continue;
    if (!is_annex_a_ref(entry.control_ref) || !seen.insert(entry.control_ref).second) return false;
  }
  return seen.size() == annex_a_size;
}

bool soa_inclusions_are_justified(const StepContext& context) {
  return soa_every_entry(context, [](const SoAEntry& entry, const StepContext&) {
    return !soa_entry_applies(entry) ||
           (checks::given(entry.inclusion_justification) && !entry.inclusion_reasons.empty());
  });
}

bool soa_statuses_are_declared(const StepContext& context) {
  return soa_every_entry(context, [](const SoAEntry& entry, const StepContext&) {
    return !soa_entry_applies(entry) || entry.implementation_status.has_value();
  });
}

bool soa_exclusions_are_justified(const StepContext& context) {
  return soa_every_entry(context, [](const SoAEntry& entry, const StepContext& step) {
    const auto least = static_cast<std::size_t>(step.lookup.parameter("min_justification_chars"));
    return soa_entry_applies(entry) || utf8_length(trim(entry.exclusion_justification.value_or(""))) >= least;
  });
}

bool soa_grounds_are_linked(const StepContext& context) {
  return soa_every_entry(context, [](const SoAEntry& entry, const StepContext& step) {
    if (!soa_entry_applies(entry)) return true;
    const bool by_law = soa_entry_has_ground(entry, SoAEntryInclusionReasons::legal) ||
                        soa_entry_has_ground(entry, SoAEntryInclusionReasons::contractual);
    if (by_law && entry.linked_obligations.empty()) return false;
    if (!soa_entry_has_ground(entry, SoAEntryInclusionReasons::risk)) return true;
    return std::ranges::any_of(entry.linked_risks, [&](const Ref<Risk>& ref) {
      const auto risk = step.lookup.find<Risk>(ref.id);
      return risk && risk->status != RiskStatus::closed;
    });
  });
}

// The highest version in force, else the highest approved one.
bool soa_scope_is_the_current_one(const StepContext& context) {
  for (const std::string_view status : {"effective", "approved"}) {
    const auto versions = context.lookup.where<ScopeStatement>("status", status);
    if (versions.empty()) continue;
    return std::ranges::max_element(versions, {}, &ScopeStatement::version)->id == context.after.text("scope");
  }
  return false;
}

bool soa_run_is_the_latest(const StepContext& context) {
  const auto own = context.lookup.find<RiskAssessmentRun>(context.after.text("run"));
  if (!own) return false;
  for (const std::string_view kind : {"initial", "planned"}) {
    for (const RiskAssessmentRun& run : context.lookup.where<RiskAssessmentRun>("kind", kind)) {
      if (run.performed_on > own->performed_on && run.performed_on <= context.today) return false;
    }
  }
  return true;
}

bool soa_exclusions_fit_the_facts(const StepContext& context) {
  return soa_every_entry(context, [](const SoAEntry& entry, const StepContext& step) {
    if (soa_entry_applies(entry)) return true;
    const auto control = step.lookup.find<Control>(checks::id_of(entry.control));
    return entry.linked_risks.empty() && entry.linked_obligations.empty() &&
           (!control || control->status != ControlStatus::implemented);
  });
}

bool soa_exclusions_spare_the_treatment(const StepContext& context) {
  return soa_every_entry(context, [](const SoAEntry& entry, const StepContext& step) {
    if (soa_entry_applies(entry) || checks::id_of(entry.control).empty()) return true;
    const auto risks = step.lookup.where<Risk>("controls", checks::id_of(entry.control));
    const auto actions = step.lookup.where<TreatmentAction>("control", checks::id_of(entry.control));
    return std::ranges::all_of(risks, [](const Risk& risk) { return risk.status == RiskStatus::closed; }) &&
           std::ranges::all_of(actions, [](const TreatmentAction& action) {
             return action.status == TreatmentActionStatus::cancelled;
           });
  });
}

bool soa_statuses_fit_the_controls(const StepContext& context) {
  return soa_every_entry(context, [](const SoAEntry& entry, const StepContext& step) {
    if (!soa_entry_applies(entry) || !entry.implementation_status) return true;
    const auto control = step.lookup.find<Control>(checks::id_of(entry.control));
    const bool operates = control && control->status == ControlStatus::implemented;
    if (*entry.implementation_status == SoAEntryImplementationStatus::implemented) return operates;
    return *entry.implementation_status == SoAEntryImplementationStatus::partial || !operates;
  });
}

// ---- Steps of the statement ----------------------------------------------------------------------------------------

constexpr Guard soa_scope_guard = {.reason = "The statement must rest on the current scope.",
                                   .rule = "CONSIST-03",
                                   .holds = soa_scope_is_the_current_one};
constexpr Guard soa_run_guard = {.reason = "The statement must name the latest risk assessment.",
                                 .rule = "C6.1.3-d-10",
                                 .holds = soa_run_is_the_latest};

constexpr Guard soa_submit_guards[] = {
    {.reason = "Each of the 93 controls of Annex A needs exactly one line, under its reference of 2022.",
     .rule = "C6.1.3-d-02",
     .holds = soa_accounts_for_annex_a},
    {.reason = "Every applicable line needs grounds and a justification.",
     .rule = "C6.1.3-d-03",
     .holds = soa_inclusions_are_justified},
    {.reason = "Every applicable line needs an implementation status.",
     .rule = "C6.1.3-d-12",
     .holds = soa_statuses_are_declared},
    {.reason = "Every excluded line needs reasons that say more than that it is not applicable.",
     .rule = "C6.1.3-d-04",
     .holds = soa_exclusions_are_justified},
    {.reason = "A line included for risk must link an open risk; one for law or contract must link the obligation.",
     .rule = "C6.1.3-d-07",
     .holds = soa_grounds_are_linked},
    soa_scope_guard,
    soa_run_guard,
};

constexpr Guard soa_approve_guards[] = {
    {.reason = "An approval needs a person's name: this account is linked to nobody.",
     .rule = "C6.1.3-d-09",
     .filled = "approved_by"},
    {.reason = "An excluded control is implemented, or a risk or obligation needs it.",
     .rule = "C6.1.3-d-06",
     .holds = soa_exclusions_fit_the_facts},
    {.reason = "A risk treatment relies on a control that is excluded.",
     .rule = "C6.1.3-d-08",
     .holds = soa_exclusions_spare_the_treatment},
    {.reason = "An implementation status contradicts the state of its control.",
     .rule = "C6.1.3-d-12",
     .holds = soa_statuses_fit_the_controls},
};

constexpr Guard soa_in_force_guards[] = {
    {.reason = "The statement needs its approval and the document that carries it.",
     .rule = "C6.1.3-d-09",
     .filled = "approved_by approved_on document_version"},
};

constexpr Guard soa_review_guards[] = {soa_scope_guard, soa_run_guard};

constexpr Guard soa_superseded_guards[] = {
    {.reason = "No later version is in force.", .rule = "C6.1.3-d-09", .holds = checks::later_version_is_in_force},
};

constexpr Step soa_steps[] = {
    {.name = "submit",
     .from = "draft",
     .to = "in_review",
     .label = "Submit for approval",
     .who = {.roles = {Role::isms_owner, Role::consultant}},
     .guards = soa_submit_guards,
     .asks = "scope run"},
    {.name = "rework",
     .from = "in_review approved",
     .to = "draft",
     .label = "Send back to draft",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .sets = "approved_by=null approved_on=null",
     .reason_needed = true},
    {.name = "approve",
     .from = "in_review",
     .to = "approved",
     .label = "Approve the statement",
     .who = {.roles = {Role::top_management}},
     .guards = soa_approve_guards,
     .sets = "approved_by=actor approved_on=today last_reviewed_on=today",
     .signature = true},
    {.name = "put_into_force",
     .from = "approved",
     .to = "effective",
     .label = "Put into force",
     .help = "The former version is superseded in the same step.",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .guards = soa_in_force_guards,
     .asks = "document_version",
     .effect = checks::supersede_earlier},
    {.name = "review",
     .from = "effective",
     .to = "effective",
     .label = "Record a review",
     .help = "Due after each assessment, after a change of scope, and yearly: say what was looked at.",
     .who = {.roles = {Role::isms_owner}},
     .guards = soa_review_guards,
     .asks = "run",
     .sets = "last_reviewed_on=today",
     .reason_needed = true},
    {.name = "supersede",
     .from = "effective",
     .to = "superseded",
     .label = "Supersede",
     .help = "Taken by the product when a later version is in force.",
     .guards = soa_superseded_guards,
     .automatic = true},
};

// ---- Lines ---------------------------------------------------------------------------------------------------------

std::optional<Control> soa_entry_control(const StepContext& context) {
  return context.lookup.find<Control>(context.after.text("control"));
}

bool soa_entry_is_applicable(const StepContext& context) { return context.after.text("applicability") == "applicable"; }

bool soa_entry_is_worked_on(const StepContext& context) {
  const auto control = soa_entry_control(context);
  if (!control) return false;
  if (control->status == ControlStatus::designing || control->status == ControlStatus::implementing) return true;
  return std::ranges::any_of(
      context.lookup.where<TreatmentAction>("control", control->id), [](const TreatmentAction& action) {
        return action.status == TreatmentActionStatus::planned || action.status == TreatmentActionStatus::in_progress;
      });
}

bool soa_entry_operates_somewhere(const StepContext& context) {
  const auto control = soa_entry_control(context);
  return control && (control->status == ControlStatus::implementing || control->status == ControlStatus::implemented);
}

bool soa_entry_is_proven(const StepContext& context) {
  const auto control = soa_entry_control(context);
  return control && control->status == ControlStatus::implemented &&
         control->has_current_evidence(context.lookup, context.today);
}

bool soa_entry_proof_has_lapsed(const StepContext& context) {
  const auto soa = context.lookup.find<StatementOfApplicability>(context.after.text("soa"));
  return soa && soa->status == VersionStatus::effective && soa_entry_is_applicable(context) &&
         !soa_entry_is_proven(context);
}

constexpr Guard soa_entry_applicable_guard = {.reason = "An excluded control has no implementation status.",
                                              .rule = "C6.1.3-d-12",
                                              .holds = soa_entry_is_applicable};

constexpr Guard soa_entry_plan_guards[] = {
    soa_entry_applicable_guard,
    {.reason = "Nothing is under way: link the control and plan an action for it, or begin its design.",
     .rule = "CONSIST-05",
     .holds = soa_entry_is_worked_on},
};

constexpr Guard soa_entry_partial_guards[] = {
    soa_entry_applicable_guard,
    {.reason = "The control is not linked, or is neither being implemented nor implemented.",
     .rule = "C6.1.3-d-12",
     .holds = soa_entry_operates_somewhere},
};

constexpr Guard soa_entry_implemented_guards[] = {
    soa_entry_applicable_guard,
    {.reason = "The control must be implemented and have accepted evidence that is still fresh.",
     .rule = "C6.1.3-d-12",
     .holds = soa_entry_is_proven},
};

constexpr Guard soa_entry_lapse_guards[] = {
    {.reason = "The control is implemented and its evidence is fresh.",
     .rule = "EV-02",
     .holds = soa_entry_proof_has_lapsed},
};

constexpr Who soa_entry_keepers{.roles = {Role::isms_owner, Role::control_owner, Role::consultant}};

constexpr Step soa_entry_steps[] = {
    {.name = "plan",
     .from = "not_implemented",
     .to = "planned",
     .label = "Planned",
     .who = soa_entry_keepers,
     .guards = soa_entry_plan_guards,
     .asks = "control"},
    {.name = "begin",
     .from = "not_implemented planned",
     .to = "partial",
     .label = "Partly implemented",
     .who = soa_entry_keepers,
     .guards = soa_entry_partial_guards,
     .asks = "control"},
    {.name = "implement",
     .from = "not_implemented planned partial",
     .to = "implemented",
     .label = "Implemented",
     .who = soa_entry_keepers,
     .guards = soa_entry_implemented_guards,
     .asks = "control"},
    {.name = "lapse",
     .from = "implemented",
     .to = "partial",
     .label = "Evidence has lapsed",
     .help = "Taken by the product when the control stopped or its evidence went stale.",
     .guards = soa_entry_lapse_guards,
     .automatic = true},
    {.name = "step_back",
     .from = "*",
     .to = "not_implemented",
     .label = "Not implemented",
     .help = "The declared status was too good, or the line starts anew.",
     .who = soa_entry_keepers,
     .reason_needed = true},
};

}  // namespace

constinit const Lifecycle soa_lifecycle{.field = "status", .steps = soa_steps};
constinit const Lifecycle soa_entry_lifecycle{.field = "implementation_status", .steps = soa_entry_steps};

}  // namespace assay
