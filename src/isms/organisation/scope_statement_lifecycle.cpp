// The life of a scope version (4.3): drafted with its boundary, approved by top management, in force, superseded.
#include <algorithm>

#include "isms/certification/certificate.h"
#include "isms/operations/system.h"
#include "isms/organisation/isms_change.h"
#include "isms/organisation/scope_item.h"
#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"

namespace assay {
namespace {

std::vector<ScopeItem> scope_items(const StepContext& context) {
  return context.lookup.where<ScopeItem>("scope", context.after.id);
}

bool scope_treats_every_dimension(const StepContext& context) {
  const auto items = scope_items(context);
  const auto has = [&](ScopeItemKind kind) {
    return std::ranges::any_of(items, [kind](const ScopeItem& item) { return item.kind == kind; });
  };
  const bool interfaces = has(ScopeItemKind::interface) || std::ranges::any_of(items, [](const ScopeItem& item) {
                            return item.inclusion == ScopeItemInclusion::interface;
                          });
  return has(ScopeItemKind::org_unit) && has(ScopeItemKind::site) && interfaces &&
         (has(ScopeItemKind::system) || has(ScopeItemKind::asset_class));
}

bool scope_names_the_cloud_regions(const StepContext& context) {
  const auto systems = context.lookup.where<System>("environment", "production");
  const bool in_the_cloud = std::ranges::any_of(
      systems, [](const System& system) { return system.in_scope && checks::given(system.cloud_region); });
  return !in_the_cloud || std::ranges::any_of(scope_items(context), [](const ScopeItem& item) {
    return item.kind == ScopeItemKind::cloud_region;
  });
}

bool scope_exclusions_are_sound(const StepContext& context) {
  const auto items = scope_items(context);
  return std::ranges::all_of(items, [&](const ScopeItem& item) {
    if (item.inclusion != ScopeItemInclusion::out) return true;
    if (!checks::given(item.justification)) return false;
    return !item.in_scope_depends_on_it || std::ranges::any_of(items, [&](const ScopeItem& other) {
      return other.inclusion == ScopeItemInclusion::interface && other.target == item.target;
    });
  });
}

bool scope_interfaces_are_split(const StepContext& context) {
  return std::ranges::all_of(scope_items(context), [](const ScopeItem& item) {
    return item.inclusion != ScopeItemInclusion::interface || checks::given(item.responsibility_split);
  });
}

bool scope_considers_context(const StepContext& context) {
  return truth_of(context.after.at("considers_issues")) && truth_of(context.after.at("considers_requirements"));
}

// The day from which changes belong to the coming version: when the one before it came into force.
std::optional<Date> scope_former_start(const Lookup& lookup, const Record& scope) {
  std::optional<Date> latest;
  for (const Record& former : checks::others_in_force(lookup, scope, {})) {
    const auto start = checks::day_of(former, "effective_on");
    if (start && (!latest || *start > *latest)) latest = start;
  }
  return latest;
}

std::vector<IsmsChange> scope_changes_since(const Lookup& lookup, Date start) {
  auto changes = checks::all_by_choice<IsmsChange>(lookup, "trigger");
  std::erase_if(changes, [&](const IsmsChange& change) {
    const bool recent = !change.implemented_on || *change.implemented_on >= start;
    return !change.affects_scope || !checks::given(change.planned_on) || !recent;
  });
  return changes;
}

bool scope_additions_will_be_assessed(const StepContext& context) {
  const auto start = scope_former_start(context.lookup, context.after);
  if (!start) return true;
  return !context.lookup.where<RiskAssessmentRun>("scope", context.after.id).empty() ||
         !scope_changes_since(context.lookup, *start).empty();
}

// A certified organisation owes its certification body notice of a changed scope: without a planned change that carries
// it, one is opened here, so that it is on somebody's list.
Result<void> scope_opens_the_notification(StepEffects& effects, std::optional<Date> former_start) {
  if (!former_start || effects.lookup().where<Certificate>("status", "active").empty()) return {};
  if (!scope_changes_since(effects.lookup(), *former_start).empty()) return {};
  const Record& scope = effects.record();
  Record notice(IsmsChange::def());
  notice.at("title") = "Notify the certification body of scope " + scope.id;
  notice.at("trigger") = std::string("scope_change");
  notice.at("significant") = true;
  notice.at("purpose") =
      "A new version of the certified scope came into force on " + std::string(scope.text("effective_on")) + ".";
  notice.at("resources_confirmed") = false;
  notice.at("affects_scope") = true;
  notice.at("unintended") = false;
  const auto made = effects.create(std::move(notice), "A scope change must be told to the certification body.");
  if (!made) return std::unexpected(made.error());
  return {};
}

Result<void> scope_comes_into_force(StepEffects& effects) {
  CHECK(scope_opens_the_notification(effects, scope_former_start(effects.lookup(), effects.record())));
  return checks::supersede_earlier(effects);
}

constexpr Guard scope_submit_guards[] = {
    {.reason =
         "The boundary is incomplete: name at least a unit, a site, a system or class of assets, and an interface.",
     .rule = "C4.3-02",
     .holds = scope_treats_every_dimension},
    {.reason = "Systems in scope run in the cloud, but no cloud region is named in the boundary.",
     .rule = "C4.3-02",
     .holds = scope_names_the_cloud_regions},
    {.reason = "Everything left out needs reasons, and what the scope depends on must appear as an interface.",
     .rule = "C4.3-04",
     .holds = scope_exclusions_are_sound},
    {.reason = "Every interface needs a split of responsibilities.",
     .rule = "C4.3-05",
     .holds = scope_interfaces_are_split},
};

constexpr Guard scope_approve_guards[] = {
    {.reason =
         "Confirm that the scope was built from the context issues and from the requirements of interested parties.",
     .rule = "C4.3-06",
     .holds = scope_considers_context},
    {.reason = "The scope is approved by a member of top management.",
     .rule = "C4.3-03",
     .holds = checks::actor_is_top_management},
};

constexpr Guard scope_in_force_guards[] = {
    {.reason = "The document that carries the scope is missing.", .rule = "C4.3-01", .filled = "document_version"},
    {.reason = "A scope cannot be in force before it was approved.",
     .rule = "C4.3-03",
     .holds = checks::in_force_after_approval},
    {.reason = "Take this step on the day the scope comes into force.",
     .rule = "C4.3-03",
     .holds = checks::in_force_by_today},
    {.reason = "Nothing says that what was added will be assessed: plan an ISMS change that affects the scope, or "
               "record a risk assessment of this scope.",
     .rule = "C8.2-02",
     .holds = scope_additions_will_be_assessed},
};

constexpr Guard scope_superseded_guards[] = {
    {.reason = "No later version is in force.", .rule = "C4.3-01", .holds = checks::later_version_is_in_force},
};

constexpr Step scope_steps[] = {
    {.name = "submit",
     .from = "draft",
     .to = "in_review",
     .label = "Submit for approval",
     .who = {.roles = {Role::isms_owner, Role::consultant}},
     .guards = scope_submit_guards},
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
     .label = "Approve the scope",
     .who = {.roles = {Role::top_management}},
     .guards = scope_approve_guards,
     .asks = "considers_issues considers_requirements",
     .sets = "approved_by=actor approved_on=today",
     .signature = true},
    {.name = "put_into_force",
     .from = "approved",
     .to = "effective",
     .label = "Put into force",
     .help =
         "The former version is superseded; with an active certificate the notice to the certification body is opened.",
     .who = {.roles = {Role::isms_owner}},
     .guards = scope_in_force_guards,
     .asks = "document_version effective_on",
     .sets = "effective_on=today",
     .effect = scope_comes_into_force},
    {.name = "supersede",
     .from = "effective",
     .to = "superseded",
     .label = "Supersede",
     .help = "Taken by the product when a later version is in force.",
     .guards = scope_superseded_guards,
     .automatic = true},
};

}  // namespace

constinit const Lifecycle scope_statement_lifecycle{.field = "status", .steps = scope_steps};

}  // namespace assay
