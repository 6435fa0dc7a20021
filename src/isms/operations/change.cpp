#include "isms/operations/change.h"

#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

constexpr State change_states[] = {{"requested", "Requested"},
                                   {"assessed", "Assessed"},
                                   {"approved", "Approved"},
                                   {"implemented", "Implemented"},
                                   {"reviewed", "Reviewed"}};

std::string_view change_state(const Record& record) {
  if (!is_unset(record.at("retrospective_review_on"))) return "reviewed";
  if (!is_unset(record.at("implemented_on"))) return "implemented";
  if (!is_unset(record.at("approved_on"))) return "approved";
  return truth_of(record.at("risk_assessed")) ? "assessed" : "requested";
}

bool change_has_fallback(const StepContext& step) {
  auto change = decode<Change>(step.after);
  bool needs_one = change.kind == ChangeKind::normal || change.kind == ChangeKind::release;
  return !needs_one || change.rollback_plan;
}

bool implementer_did_not_approve(const StepContext& step) {
  auto change = decode<Change>(step.after);
  return change.kind == ChangeKind::standard || !checks::same_record(change.approved_by, change.implemented_by);
}

bool release_is_tested(const StepContext& step) {
  auto change = decode<Change>(step.after);
  return change.kind != ChangeKind::release || (change.tested && change.security_tested);
}

bool approval_came_first(const StepContext& step) {
  auto change = decode<Change>(step.after);
  return change.approved_on && change.implemented_on && *change.approved_on <= *change.implemented_on;
}

bool change_days_are_past(const StepContext& step) {
  return !checks::lies_ahead(step, "implemented_on") && !checks::lies_ahead(step, "retrospective_review_on");
}

bool needs_no_prior_approval(const StepContext& step) {
  auto kind = decode<Change>(step.after).kind;
  return kind == ChangeKind::standard || kind == ChangeKind::emergency;
}

bool emergency_waits_for_approval(const StepContext& step) {
  return step.before.text("kind") == "emergency" && is_unset(step.before.at("approved_on"));
}

// Standard changes are approved as a kind, once; every other change needs its own approval before it can be reviewed.
bool change_is_approved_or_standard(const StepContext& step) {
  auto change = decode<Change>(step.after);
  return change.kind == ChangeKind::standard || (checks::refers(change.approved_by) && change.approved_on);
}

constexpr Guard change_approve_guards[] = {
    {.reason = "Whoever asked for the change or carries it out cannot approve it.",
     .rule = "A5.3-01",
     .four_eyes = "requested_by implemented_by"},
    {.reason = "The approval needs a person: this account belongs to none.",
     .rule = "A8.32-01",
     .filled = "approved_by"},
    {.reason = "A fallback is needed in case the change goes wrong.", .rule = "A8.32-01", .holds = change_has_fallback},
};

constexpr Guard change_implement_guards[] = {
    {.reason = "Name who carried it out.", .rule = "A8.32-01", .filled = "implemented_by"},
    {.reason = "Whoever approved the change cannot carry it out.",
     .rule = "A5.3-01",
     .holds = implementer_did_not_approve},
    {.reason = "A release must be tested, and tested for security, before it goes live.",
     .rule = "A8.29-01",
     .holds = release_is_tested},
    {.reason = "The change was carried out before it was approved.", .rule = "A8.32-01", .holds = approval_came_first},
    {.reason = "The day lies ahead.", .rule = "A8.32-01", .holds = change_days_are_past},
};

constexpr Guard carry_out_guards[] = {
    {.reason = "Only standard and emergency changes are carried out without an approval beforehand.",
     .rule = "A8.32-01",
     .holds = needs_no_prior_approval},
    {.reason = "Name who carried it out.", .rule = "A8.32-01", .filled = "implemented_by"},
    {.reason = "The day lies ahead.", .rule = "A8.32-01", .holds = change_days_are_past},
};

constexpr Guard emergency_approval_guards[] = {
    {.reason = "Only an emergency change that is not approved yet is approved afterwards.",
     .rule = "A8.32-01",
     .holds = emergency_waits_for_approval},
    {.reason = "Whoever asked for the change or carried it out cannot approve it.",
     .rule = "A5.3-01",
     .four_eyes = "requested_by implemented_by"},
    {.reason = "The approval needs a person: this account belongs to none.",
     .rule = "A8.32-01",
     .filled = "approved_by"},
};

constexpr Guard change_review_guards[] = {
    {.reason = "The change has no approval.", .rule = "A8.32-01", .holds = change_is_approved_or_standard},
    {.reason = "Whoever carried out the change does not review it.", .rule = "A5.3-01", .four_eyes = "implemented_by"},
    {.reason = "The day lies ahead.", .rule = "A8.32-01", .holds = change_days_are_past},
};

constexpr Roles change_team{Role::isms_owner, Role::consultant, Role::control_owner, Role::action_owner};
constexpr Who change_workers{.roles = change_team, .holder = "requested_by", .or_superior = true};
constexpr Who change_approvers{.roles = {Role::isms_owner, Role::control_owner, Role::top_management}};

constexpr Step change_steps[] = {
    {.name = "assess",
     .from = "requested",
     .to = "assessed",
     .label = "Record the assessment",
     .help = "What the change means for information security, and how to go back if it fails.",
     .who = change_workers,
     .asks = "system affects_network rollback_plan tested",
     .sets = "risk_assessed=true"},
    {.name = "send_back",
     .from = "assessed",
     .to = "requested",
     .label = "Send back",
     .who = change_approvers,
     .sets = "risk_assessed=false",
     .reason_needed = true},
    {.name = "approve",
     .from = "assessed",
     .to = "approved",
     .label = "Approve",
     .who = change_approvers,
     .guards = change_approve_guards,
     .sets = "approved_by=actor approved_on=today"},
    {.name = "withdraw_approval",
     .from = "approved",
     .to = "assessed",
     .label = "Withdraw the approval",
     .who = change_approvers,
     .sets = "approved_by=null approved_on=null",
     .reason_needed = true},
    {.name = "implement",
     .from = "approved",
     .to = "implemented",
     .label = "Mark as implemented",
     .who = change_workers,
     .guards = change_implement_guards,
     .asks = "implemented_by implemented_on tested security_tested affects_network",
     .sets = "implemented_by=actor implemented_on=today"},
    {.name = "carry_out",
     .from = "requested assessed",
     .to = "implemented",
     .label = "Mark as implemented (standard or emergency)",
     .help = "A standard change is approved beforehand as a kind; an emergency is approved and reviewed afterwards.",
     .who = change_workers,
     .guards = carry_out_guards,
     .asks = "implemented_by implemented_on risk_assessed tested affects_network",
     .sets = "implemented_by=actor implemented_on=today"},
    {.name = "approve_afterwards",
     .from = "implemented",
     .to = "implemented",
     .label = "Approve the emergency change",
     .who = change_approvers,
     .guards = emergency_approval_guards,
     .sets = "approved_by=actor approved_on=today"},
    {.name = "review",
     .from = "implemented",
     .to = "reviewed",
     .label = "Record the review",
     .help = "The change did what it should and had no side effects on security.",
     .who = {.roles = {Role::isms_owner, Role::consultant, Role::control_owner, Role::top_management}},
     .guards = change_review_guards,
     .asks = "retrospective_review_on",
     .sets = "retrospective_review_on=today"},
};

// Diagrams are not stamped "to be verified" by a change that affects the network: that they are older than the change
// can be seen from the dates (rule A8.20-01), and what can be derived is not stored.
constexpr Lifecycle change_lifecycle = {.states = change_states, .state_of = change_state, .steps = change_steps};

}  // namespace

const EntityDef& Change::def() {
  static constexpr FieldDef fields[] = {
      field<&Change::title>(
          {.label = "Title", .example = "Update of the ERP system to version 12.4", .title = true, .in_list = true}),
      field<&Change::kind>({.label = "Kind",
                            .help = "Standard: routine, approved once as a kind. Emergency: approved afterwards.",
                            .in_list = true}),
      field<&Change::system>(
          {.label = "System", .help = "Empty where no single system is concerned.", .in_list = true}),
      field<&Change::requested_by>({.label = "Requested by", .in_list = true}),
      field<&Change::approved_by>({.label = "Approved by", .help = "Neither who asked for it nor who carries it out."}),
      field<&Change::approved_on>({.label = "Approved on", .in_list = true}),
      field<&Change::implemented_by>({.label = "Carried out by"}),
      field<&Change::implemented_on>({.label = "Carried out on", .in_list = true}),
      field<&Change::risk_assessed>({.label = "Security risk assessed"}),
      field<&Change::tested>({.label = "Tested before going live"}),
      field<&Change::security_tested>({.label = "Security tested", .help = "Needed for releases."}),
      field<&Change::rollback_plan>({.label = "Fallback exists", .help = "It is clear how to go back if it fails."}),
      field<&Change::retrospective_review_on>({.label = "Reviewed on"}),
      field<&Change::affects_network>(
          {.label = "Alters the network", .help = "The network diagrams of the place have to be verified afterwards."}),
  };
  static constexpr EntityDef def = entity<Change>(
      {
          .name = "change",
          .label = "Change",
          .plural = "Changes",
          .help =
              "Changes to systems and facilities, releases and projects. Control A.8.32 asks that they are assessed, "
              "approved by somebody else, and can be undone.",
          .clause = "A.8.32",
          .example =
              "Firewall rule for the new warehouse: assessed, approved by the head of IT, implemented, reviewed.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "CH",
          .holder = "requested_by",
          .frozen_in = "reviewed",
      },
      fields, &change_lifecycle);
  return def;
}

Problems Change::validate() const {
  Problems problems;
  checks::refuse_before(problems, implemented_on, "retrospective_review_on", retrospective_review_on,
                        "must not be before the change was carried out");
  return problems;
}

}  // namespace assay
