#include "isms/controls/control_exception.h"

#include "isms/controls/control.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"

namespace assay {
namespace {

bool exception_is_compensated(const StepContext& context) {
  return !is_empty(context.after.at("compensating_control")) || !is_empty(context.after.at("risk"));
}

bool exception_end_is_within_the_limit(const StepContext& context) {
  const auto approved = checks::day_of(context.after, "approved_on");
  const auto ends = checks::day_of(context.after, "expires_on");
  const auto longest = static_cast<std::int64_t>(context.lookup.parameter("exception_max_days"));
  return approved && ends && *ends >= *approved && *ends <= approved->plus_days(longest);
}

bool exception_has_ended(const StepContext& context) {
  const auto ends = checks::day_of(context.after, "expires_on");
  return ends && *ends < context.today;
}

constexpr Guard exception_approve_guards[] = {
    {.reason = "Who asked for the exception cannot approve it.", .rule = "A5.3-01", .four_eyes = "requested_by"},
    {.reason = "An approval needs a person's name: this account is linked to nobody.",
     .rule = "EXC-01",
     .filled = "approved_by"},
    {.reason = "Say what stands in for the control, or name the risk that carries the exception.",
     .rule = "EXC-01",
     .holds = exception_is_compensated},
    {.reason = "The end is in the past or further away than exceptions may last.",
     .rule = "EXC-01",
     .holds = exception_end_is_within_the_limit},
};

constexpr Guard exception_reject_guards[] = {
    {.reason = "Who asked for the exception cannot decide on it.", .rule = "A5.3-01", .four_eyes = "requested_by"},
};

constexpr Guard exception_expire_guards[] = {
    {.reason = "The exception has not ended.", .rule = "EXC-01", .holds = exception_has_ended},
};

constexpr Who exception_deciders{.roles = {Role::isms_owner, Role::risk_owner, Role::top_management}};

constexpr Step exception_steps[] = {
    {.name = "approve",
     .from = "requested",
     .to = "approved",
     .label = "Approve",
     .who = exception_deciders,
     .guards = exception_approve_guards,
     .asks = "compensating_control risk expires_on",
     .sets = "approved_by=actor approved_on=today"},
    {.name = "reject",
     .from = "requested",
     .to = "rejected",
     .label = "Reject",
     .who = exception_deciders,
     .guards = exception_reject_guards,
     .reason_needed = true},
    {.name = "expire",
     .from = "approved",
     .to = "expired",
     .label = "Expire",
     .help = "Taken by the product on the day after the end.",
     .guards = exception_expire_guards,
     .automatic = true},
    {.name = "revoke",
     .from = "requested approved",
     .to = "revoked",
     .label = "Revoke",
     .help = "Before a decision this takes the request back.",
     .who = {.roles = {Role::isms_owner, Role::risk_owner, Role::top_management}, .holder = "requested_by"},
     .reason_needed = true},
};

constexpr Lifecycle exception_lifecycle{.field = "status", .steps = exception_steps};

}  // namespace

const EntityDef& ControlException::def() {
  static constexpr FieldDef fields[] = {
      field<&ControlException::subject>(
          {.label = "Applies to",
           .help = "Id of the asset, account, device, finding, system, person or control.",
           .example = "A-0042",
           .title = true,
           .in_list = true}),
      field<&ControlException::control>(
          {.label = "Control", .help = "The control that is not followed.", .in_list = true}),
      field<&ControlException::reason>({.label = "Reasons",
                                        .example = "The controller's vendor offers no agent; it is replaced in March.",
                                        .multiline = true}),
      field<&ControlException::compensating_control>(
          {.label = "What stands in",
           .example = "Separate network segment without access from the office",
           .multiline = true}),
      field<&ControlException::risk>(
          {.label = "Risk", .help = "The risk in the register that carries the exception.", .in_list = true}),
      field<&ControlException::requested_by>({.label = "Requested by"}),
      field<&ControlException::approved_by>(
          {.label = "Approved by", .help = "Never the person who asked.", .in_list = true}),
      field<&ControlException::approved_on>({.label = "Approved on"}),
      field<&ControlException::expires_on>({.label = "Ends on", .in_list = true}),
      field<&ControlException::status>({.label = "Status", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ControlException>(
      {
          .name = "control_exception",
          .label = "Exception",
          .plural = "Exceptions",
          .help = "A departure from a control or policy, granted for a time and by somebody else. Control A.5.36 asks "
                  "to review whether rules are kept; an exception on record is kept, a silent one is a finding.",
          .clause = "A.5.36",
          .example = "Controller A-0042 runs without endpoint protection until 31 March, in a separate segment, "
                     "carried by R-017.",
          .phase = Phase::applicability,
          .access = AccessClass::control,
          .prefix = "EX",
          .holder = "requested_by",
          .default_sort = "expires_on",
      },
      fields, &exception_lifecycle);
  return def;
}

Problems ControlException::validate() const {
  Problems problems;
  checks::refuse_before(problems, approved_on, "expires_on", expires_on, "must not be before the approval");
  if (!requested_by.empty() && checks::id_of(approved_by) == requested_by.id) {
    problems.push_back({"approved_by", "must be somebody other than the person who asked", requested_by.id});
  }
  return problems;
}

}  // namespace assay
