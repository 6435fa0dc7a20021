// The life of a control: owned, built, operating with evidence, retired; and what tests say about its effect (9.1).
#include <algorithm>

#include "base/text.h"
#include "isms/audit/nonconformity.h"
#include "isms/controls/control.h"
#include "isms/controls/control_test.h"
#include "isms/documents/document_version.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/treatment_action.h"
#include "isms/soa/soa_entry.h"
#include "isms/soa/statement_of_applicability.h"

namespace assay {
namespace {

// ---- Guards --------------------------------------------------------------------------------------------------------

bool control_is_being_built(const StepContext& context) {
  if (!is_blank(context.reason)) return true;
  const auto actions = context.lookup.where<TreatmentAction>("control", context.after.id);
  return std::ranges::any_of(
      actions, [](const TreatmentAction& action) { return action.status != TreatmentActionStatus::cancelled; });
}

bool control_has_its_procedure(const StepContext& context) {
  if (!truth_of(context.after.at("procedure_required"))) return true;
  const auto versions = context.lookup.where<DocumentVersion>("document", context.after.text("procedure"));
  return std::ranges::any_of(
      versions, [](const DocumentVersion& version) { return version.status == DocumentVersionStatus::effective; });
}

bool control_has_first_evidence(const StepContext& context) {
  return decode<Control>(context.after).has_current_evidence(context.lookup, context.today);
}

bool control_operates_by_today(const StepContext& context) {
  const auto since = checks::day_of(context.after, "operational_since");
  return since && *since <= context.today;
}

bool control_is_excluded_in_the_soa(const StepContext& context) {
  const auto entries = context.lookup.where<SoAEntry>("control", context.after.id);
  return std::ranges::all_of(entries, [&](const SoAEntry& entry) {
    const auto soa = context.lookup.find<StatementOfApplicability>(entry.soa.id);
    return !soa || soa->status == VersionStatus::superseded ||
           (entry.applicability == SoAEntryApplicability::excluded && checks::given(entry.exclusion_justification));
  });
}

bool control_is_relied_on_by_no_risk(const StepContext& context) {
  const auto risks = context.lookup.where<Risk>("controls", context.after.id);
  const auto actions = context.lookup.where<TreatmentAction>("control", context.after.id);
  return std::ranges::all_of(risks, [](const Risk& risk) { return risk.status == RiskStatus::closed; }) &&
         std::ranges::none_of(actions, [](const TreatmentAction& action) {
           return action.status == TreatmentActionStatus::planned ||
                  action.status == TreatmentActionStatus::in_progress;
         });
}

// True when tests or metrics say `said` and the record, as it was, says something else.
bool control_is_newly_found(const StepContext& context, ControlEffectiveness said) {
  const auto before = decode<Control>(context.before);
  return before.observed_effectiveness(context.lookup) == said && before.effectiveness != said;
}

bool control_is_found_effective(const StepContext& context) {
  return control_is_newly_found(context, ControlEffectiveness::effective);
}

bool control_is_found_partly_effective(const StepContext& context) {
  return control_is_newly_found(context, ControlEffectiveness::partly);
}

bool control_is_found_ineffective(const StepContext& context) {
  return control_is_newly_found(context, ControlEffectiveness::ineffective);
}

// ---- Effects -------------------------------------------------------------------------------------------------------

// The reference under which auditors know the control: its line in the SoA, else its own code.
std::string control_reference(const Lookup& lookup, const Control& control) {
  for (const SoAEntry& entry : lookup.where<SoAEntry>("control", control.id)) {
    if (entry.origin == SoAEntryOrigin::annex_a) return entry.control_ref;
  }
  return control.code;
}

bool control_has_open_nonconformity(const Lookup& lookup, const std::string& reference) {
  const auto known = lookup.where<Nonconformity>("ref", reference);
  return std::ranges::any_of(known, [](const Nonconformity& nonconformity) {
    return nonconformity.status != NonconformityStatus::closed &&
           nonconformity.status != NonconformityStatus::cancelled;
  });
}

// A control that does not work is a nonconformity, not a line in a test report.
Result<void> control_opens_nonconformity(StepEffects& effects) {
  const auto control = decode<Control>(effects.record());
  const std::string reference = control_reference(effects.lookup(), control);
  if (control_has_open_nonconformity(effects.lookup(), reference)) return {};
  Record record(Nonconformity::def());
  record.at("source") = std::string("monitoring");
  record.at("ref") = reference;
  record.at("grade") = std::string("minor");
  record.at("raised_on") = effects.today().iso();
  record.at("statement") = "Control " + control.code + " (" + control.title + ") was found ineffective.";
  record.at("status") = std::string("open");
  if (!checks::id_of(control.owner).empty()) record.at("owner") = std::string(checks::id_of(control.owner));
  const auto made = effects.create(std::move(record), "The control was found ineffective.");
  if (!made) return std::unexpected(made.error());
  return {};
}

// ---- Steps ---------------------------------------------------------------------------------------------------------

constexpr Who control_keepers{.roles = {Role::isms_owner, Role::consultant}, .holder = "owner", .or_superior = true};

constexpr Guard control_owner_guard = {.reason = "A control needs an owner.", .rule = "C5.3-03", .filled = "owner"};

constexpr Guard control_design_guards[] = {control_owner_guard};

constexpr Guard control_build_guards[] = {
    control_owner_guard,
    {.reason = "Nothing builds this control: plan a treatment action for it, or name the project as the reason.",
     .rule = "C6.1.3-b-01",
     .holds = control_is_being_built},
};

constexpr Guard control_operate_guards[] = {
    control_owner_guard,
    {.reason = "The first day of operation is missing or lies in the future.",
     .rule = "EV-01",
     .filled = "operational_since",
     .holds = control_operates_by_today},
    {.reason = "The control needs an operating procedure that is in force.",
     .rule = "C8.1-01",
     .holds = control_has_its_procedure},
    {.reason = "No accepted evidence shows that it operates.", .rule = "EV-01", .holds = control_has_first_evidence},
};

constexpr Guard control_retire_guards[] = {
    {.reason = "The Statement of Applicability still counts on it: exclude its line with reasons first.",
     .rule = "C6.1.3-d-04",
     .holds = control_is_excluded_in_the_soa},
    {.reason = "An open risk or treatment action still relies on it.",
     .rule = "C6.1.3-d-08",
     .holds = control_is_relied_on_by_no_risk},
};

constexpr Guard control_effective_guards[] = {
    {.reason = "No new test or measurement says so.", .rule = "C9.1-04", .holds = control_is_found_effective}};
constexpr Guard control_partly_guards[] = {
    {.reason = "No new test or measurement says so.", .rule = "C9.1-04", .holds = control_is_found_partly_effective}};
constexpr Guard control_ineffective_guards[] = {
    {.reason = "No new test or measurement says so.", .rule = "C10.2-10", .holds = control_is_found_ineffective}};

constexpr Step control_steps[] = {
    {.name = "design",
     .from = "not_started",
     .to = "designing",
     .label = "Begin the design",
     .who = control_keepers,
     .guards = control_design_guards,
     .asks = "owner"},
    {.name = "build",
     .from = "designing",
     .to = "implementing",
     .label = "Begin implementation",
     .who = control_keepers,
     .guards = control_build_guards},
    {.name = "operate",
     .from = "implementing",
     .to = "implemented",
     .label = "It operates",
     .who = {.roles = {Role::isms_owner}, .holder = "owner", .or_superior = true},
     .guards = control_operate_guards,
     .asks = "operational_since procedure",
     .sets = "operational_since=today"},
    {.name = "step_back",
     .from = "implemented",
     .to = "implementing",
     .label = "It no longer operates",
     .help = "Operation stopped or was never complete.",
     .who = control_keepers,
     .sets = "effectiveness=not_tested",
     .reason_needed = true},
    {.name = "retire",
     .from = "not_started designing implementing implemented",
     .to = "retired",
     .label = "Retire",
     .who = {.roles = {Role::isms_owner}},
     .guards = control_retire_guards,
     .reason_needed = true},
    {.name = "reinstate",
     .from = "retired",
     .to = "designing",
     .label = "Take up again",
     .who = {.roles = {Role::isms_owner}},
     .guards = control_design_guards,
     .sets = "effectiveness=not_tested operational_since=null",
     .reason_needed = true},
    {.name = "found_effective",
     .from = "implemented",
     .to = "implemented",
     .label = "Found effective",
     .help = "Taken by the product after a test or a measurement of its effect.",
     .guards = control_effective_guards,
     .sets = "effectiveness=effective",
     .automatic = true},
    {.name = "found_partly_effective",
     .from = "implemented",
     .to = "implemented",
     .label = "Found partly effective",
     .help = "Taken by the product after a test or a measurement of its effect.",
     .guards = control_partly_guards,
     .sets = "effectiveness=partly",
     .automatic = true},
    {.name = "found_ineffective",
     .from = "implemented",
     .to = "implemented",
     .label = "Found ineffective",
     .help = "Taken by the product after a failed test; opens a nonconformity.",
     .guards = control_ineffective_guards,
     .sets = "effectiveness=ineffective",
     .effect = control_opens_nonconformity,
     .automatic = true},
};

}  // namespace

constinit const Lifecycle control_lifecycle{.field = "status", .steps = control_steps};

}  // namespace assay
