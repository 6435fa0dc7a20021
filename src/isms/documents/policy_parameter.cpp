#include "isms/documents/policy_parameter.h"

#include <fmt/format.h>

#include "base/text.h"
#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"

namespace assay {
namespace {

constexpr State policy_parameter_states[] = {
    {"proposed", "Proposed"}, {"approved", "Approved"}, {"declined", "Declined"}};

std::string_view policy_parameter_state(const Record& record) {
  if (!record.text("approved_by").empty()) return "approved";
  return record.text("declined_by").empty() ? "proposed" : "declined";
}

// Whoever wrote the value, or changed it last, does not approve it.
bool another_wrote_the_value(const StepContext& context) {
  const Principal& actor = context.actor;
  return actor.system || (context.before.created_by != actor.account && context.before.updated_by != actor.account);
}

constexpr Guard policy_parameter_approve_guards[] = {
    {.reason = "An own threshold is approved by somebody other than the one who wrote it.",
     .holds = another_wrote_the_value},
    {.reason = "The approval bears a name: the account must belong to a person of the register.",
     .filled = "approved_by"},
    {.reason = "Say from what day it is in force, and which document sets it.", .filled = "effective_on source"},
};

constexpr Guard policy_parameter_decline_guards[] = {
    {.reason = "The refusal bears a name: the account must belong to a person of the register.",
     .filled = "declined_by"},
};

constexpr Step policy_parameter_steps[] = {
    {.name = "approve",
     .from = "proposed",
     .to = "approved",
     .label = "Approve the threshold",
     .help = "From its day on it replaces the value before it, and the rules judge by it.",
     .who = {.roles = {Role::top_management}},
     .guards = policy_parameter_approve_guards,
     .sets = "approved_by=actor"},
    {.name = "decline",
     .from = "proposed",
     .to = "declined",
     .label = "Decline the proposal",
     .help = "The value in force stays; the proposal and the reason stay in the history.",
     .who = {.roles = {Role::top_management}},
     .guards = policy_parameter_decline_guards,
     .sets = "declined_by=actor",
     .reason_needed = true},
    {.name = "propose_again",
     .from = "declined",
     .to = "proposed",
     .label = "Propose it again",
     .help = "It can be changed and approved then.",
     .who = {.roles = {Role::isms_owner}},
     .sets = "declined_by=null",
     .reason_needed = true},
    {.name = "withdraw",
     .from = "approved",
     .to = "proposed",
     .label = "Withdraw the approval",
     .help = "The value before it is in force again.",
     .who = {.roles = {Role::top_management}},
     .sets = "approved_by=null",
     .reason_needed = true},
};

constexpr Lifecycle policy_parameter_lifecycle{
    .states = policy_parameter_states, .state_of = policy_parameter_state, .steps = policy_parameter_steps};

// A share of a whole. The unit is typed in, so the name that the product gave the parameter tells as well.
bool is_percentage(const PolicyParameter& parameter) {
  const std::string unit = lower(trim(parameter.unit));
  return unit == "%" || unit == "percent" || unit == "per cent" || parameter.key.ends_with("_pct");
}

}  // namespace

const EntityDef& PolicyParameter::def() {
  static constexpr FieldDef fields[] = {
      field<&PolicyParameter::key>(
          {.label = "Name",
           .help = "The product's name of the parameter, with a dot and the class where it has several values.",
           .example = "patch_days.critical",
           .title = true,
           .in_list = true,
           .pattern = "[a-z][a-z0-9_]*(\\.[a-z0-9_]+)?",
           .pattern_text = "a parameter name, such as patch_days.critical",
           .max_length = 80}),
      field<&PolicyParameter::value>({.label = "Value", .example = "5", .in_list = true, .least = 0}),
      field<&PolicyParameter::unit>({.label = "Unit", .example = "days", .in_list = true, .max_length = 30}),
      field<&PolicyParameter::source>(
          {.label = "Set by", .help = "The document version that states this value.", .in_list = true}),
      field<&PolicyParameter::approved_by>({.label = "Approved by"}),
      field<&PolicyParameter::effective_on>({.label = "In force from", .in_list = true}),
      field<&PolicyParameter::declined_by>({.label = "Declined by"}),
  };
  static constexpr EntityDef def = entity<PolicyParameter>(
      {
          .name = "policy_parameter",
          .label = "Own threshold",
          .plural = "Own thresholds",
          .help = "Deadlines and limits that the organisation set for itself. Once approved they replace the product's "
                  "default, and missing a stricter own rule counts as not meeting a requirement.",
          .clause = "7.5.3",
          .example =
              "Critical vulnerabilities are fixed within 5 days, set by version 1.2 of the vulnerability policy.",
          .phase = Phase::documents,
          .access = AccessClass::documented,
          .prefix = "PP",
          .unique_together = "key effective_on",
          .default_sort = "key",
          .frozen_in = "approved declined",
      },
      fields, &policy_parameter_lifecycle);
  return def;
}

Problems PolicyParameter::validate() const {
  Problems problems;
  if (is_percentage(*this) && value > 100)
    problems.push_back({"value", "must be at most 100, since it is a percentage", fmt::format("{}", value)});
  return problems;
}

}  // namespace assay
