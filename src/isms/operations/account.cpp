#include "isms/operations/account.h"

#include <algorithm>

#include "isms/controls/control_exception.h"
#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

constexpr State account_states[] = {
    {"requested", "Waiting for approval"}, {"enabled", "Enabled"}, {"disabled", "Disabled"}};

std::string_view account_state(const Record& record) {
  if (!is_unset(record.at("disabled_at"))) return "disabled";
  return is_unset(record.at("approved_on")) ? "requested" : "enabled";
}

bool somebody_answers_for_account(const StepContext& step) {
  auto account = decode<Account>(step.after);
  Id person = account.kind == AccountKind::human ? checks::id_of(account.person) : checks::id_of(account.owner);
  auto found = step.lookup.find<Person>(person);
  return found && found->status != PersonStatus::terminated;
}

bool shared_account_has_exception(const StepContext& step) {
  auto account = decode<Account>(step.after);
  if (account.kind != AccountKind::shared) return true;
  auto exceptions = step.lookup.where<ControlException>("subject", account.id);
  return std::ranges::any_of(exceptions, [&](const ControlException& exception) {
    return exception.status == ControlExceptionStatus::approved && exception.expires_on >= step.today;
  });
}

bool disabling_is_past(const StepContext& step) { return !checks::lies_ahead(step, "disabled_at"); }

constexpr Guard account_approve_guards[] = {
    {.reason = "A human account needs its user, any other an owner who is still with us.",
     .rule = "A5.16-01",
     .holds = somebody_answers_for_account},
    {.reason = "A shared account needs an approved exception in force.",
     .rule = "A5.16-01",
     .holds = shared_account_has_exception},
    {.reason = "Nobody approves an account for themselves or on their own request.",
     .rule = "A5.3-01",
     .four_eyes = "person requested_by"},
    {.reason = "The approval needs a person: this account belongs to none.",
     .rule = "A5.16-01",
     .filled = "approved_by"},
};

constexpr Guard account_disable_guards[] = {
    {.reason = "The time lies ahead.", .rule = "A5.18-03", .holds = disabling_is_past},
};

constexpr Roles account_keepers{Role::isms_owner, Role::consultant, Role::control_owner};

constexpr Step account_steps[] = {
    {.name = "approve",
     .from = "requested",
     .to = "enabled",
     .label = "Approve",
     .who = {.roles = {Role::isms_owner, Role::control_owner}},
     .guards = account_approve_guards,
     .asks = "person owner roles",
     .sets = "approved_by=actor approved_on=today"},
    {.name = "disable",
     .from = "requested enabled",
     .to = "disabled",
     .label = "Record as disabled",
     .help = "The account is disabled in its system; here the moment is recorded.",
     .who = {.roles = account_keepers, .holder = "owner", .or_superior = true},
     .guards = account_disable_guards,
     .asks = "disabled_at",
     .sets = "disabled_at=now"},
    {.name = "request_again",
     .from = "disabled",
     .to = "requested",
     .label = "Request again",
     .help = "The account needs a new approval before it is used again.",
     .who = {.roles = account_keepers, .holder = "owner", .or_superior = true},
     .asks = "requested_by",
     .sets = "disabled_at=null approved_by=null approved_on=null requested_by=actor",
     .reason_needed = true},
};

// Approving and enabling are one step: the record has no field for being switched on. Nor does a last day disable the
// record by itself: the real account may still be open, and the record must not say otherwise (rule A5.18-03).
constexpr Lifecycle account_lifecycle = {.states = account_states, .state_of = account_state, .steps = account_steps};

}  // namespace

const EntityDef& Account::def() {
  static constexpr FieldDef fields[] = {
      field<&Account::system>({.label = "System", .in_list = true}),
      field<&Account::login>({.label = "Login", .example = "jweber", .title = true, .in_list = true}),
      field<&Account::kind>({.label = "Kind", .in_list = true}),
      field<&Account::person>({.label = "User", .help = "Who uses a human account.", .in_list = true}),
      field<&Account::owner>(
          {.label = "Owner", .help = "Who answers for a shared, service or emergency account.", .in_list = true}),
      field<&Account::privileged>({.label = "Privileged", .help = "Has elevated rights.", .in_list = true}),
      field<&Account::roles>(
          {.label = "Rights", .help = "Roles or groups in the system.", .example = "create_payment"}),
      field<&Account::requested_by>({.label = "Requested by"}),
      field<&Account::approved_by>({.label = "Approved by", .help = "Somebody other than the user."}),
      field<&Account::approved_on>({.label = "Approved on"}),
      field<&Account::created_on>({.label = "Created on"}),
      field<&Account::mfa_enabled>({.label = "Second factor on"}),
      field<&Account::last_login_at>({.label = "Last login", .in_list = true}),
      field<&Account::disabled_at>({.label = "Disabled at"}),
      field<&Account::secret_rotated_on>({.label = "Secret changed on", .help = "For service accounts."}),
  };
  static constexpr EntityDef def = entity<Account>(
      {
          .name = "account",
          .label = "Account",
          .plural = "Accounts",
          .help = "Who can get into which system, and with what rights. Controls A.5.16 and A.5.18 ask for identities "
                  "with an accountable person and for access that is approved, reviewed and removed.",
          .clause = "A.5.18",
          .example = "jweber on the ERP system: human, second factor on, approved by the head of finance.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "AC",
          .unique_together = "system login",
          .holder = "owner",
          .default_sort = "login",
      },
      fields, &account_lifecycle);
  return def;
}

Problems Account::validate() const {
  Problems problems;
  if (disabled_at) {
    checks::refuse_before(problems, created_on, "disabled_at", disabled_at->day(),
                          "must not be before the account was created");
  }
  if (last_login_at) {
    checks::refuse_before(problems, created_on, "last_login_at", last_login_at->day(),
                          "must not be before the account was created");
  }
  checks::refuse_before(problems, created_on, "secret_rotated_on", secret_rotated_on,
                        "must not be before the account was created");
  return problems;
}

}  // namespace assay
