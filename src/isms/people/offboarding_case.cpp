#include "isms/people/offboarding_case.h"

#include <algorithm>

#include "isms/operations/account.h"
#include "isms/operations/asset.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

constexpr State offboarding_states[] = {{"open", "Open"}, {"closed", "Closed"}};

std::string_view offboarding_state(const Record& record) {
  return is_unset(record.at("closed_on")) ? "open" : "closed";
}

// A leaver keeps no enabled account. A mover keeps those of the new role, which only the manager can tell apart.
bool leaver_has_no_enabled_account(const StepContext& step) {
  auto person = step.lookup.find<Person>(step.after.text("person"));
  if (!person || !person->end_date) return true;
  auto accounts = step.lookup.where<Account>("person", person->id);
  return std::ranges::all_of(accounts, [](const Account& account) {
    return account.kind != AccountKind::human || checks::given(account.disabled_at);
  });
}

bool offboarding_days_are_past(const StepContext& step) {
  return !checks::lies_ahead(step, "access_revoked_at") && !checks::lies_ahead(step, "assets_returned_on") &&
         !checks::lies_ahead(step, "duties_reminded_on");
}

bool assets_are_back(const StepContext& step) {
  auto leaving = decode<OffboardingCase>(step.after);
  return leaving.assets_to_return.empty() || checks::given(leaving.assets_returned_on);
}

constexpr Guard access_ended_guards[] = {
    {.reason = "The person still has an enabled account: disable it first.",
     .rule = "A5.18-03",
     .holds = leaver_has_no_enabled_account},
    {.reason = "The time lies ahead.", .rule = "A6.5-01", .holds = offboarding_days_are_past},
};

constexpr Guard offboarding_past_guards[] = {
    {.reason = "The day lies ahead.", .rule = "A6.5-01", .holds = offboarding_days_are_past},
};

constexpr Guard offboarding_close_guards[] = {
    {.reason = "All access must have ended.", .rule = "A6.5-01", .filled = "access_revoked_at"},
    {.reason = "The person still has an enabled account.", .rule = "A5.18-03", .holds = leaver_has_no_enabled_account},
    {.reason = "Not all assets are back.", .rule = "A6.5-01", .holds = assets_are_back},
    {.reason = "Remind the person of the duties that continue.", .rule = "A6.5-01", .filled = "duties_reminded_on"},
    {.reason = "Nobody closes their own case.", .rule = "A6.5-01", .four_eyes = "person"},
};

constexpr Who offboarding_handlers{.roles = {Role::isms_owner, Role::consultant, Role::control_owner}};

constexpr Step offboarding_steps[] = {
    {.name = "end_access",
     .from = "open",
     .to = "open",
     .label = "All access has ended",
     .help = "Accounts are disabled where they live; here the moment is recorded.",
     .who = offboarding_handlers,
     .guards = access_ended_guards,
     .asks = "access_revoked_at",
     .sets = "access_revoked_at=now"},
    {.name = "return_assets",
     .from = "open",
     .to = "open",
     .label = "All assets are back",
     .who = offboarding_handlers,
     .guards = offboarding_past_guards,
     .asks = "assets_to_return assets_returned_on",
     .sets = "assets_returned_on=today"},
    {.name = "remind_of_duties",
     .from = "open",
     .to = "open",
     .label = "Continuing duties confirmed",
     .who = offboarding_handlers,
     .guards = offboarding_past_guards,
     .asks = "duties_reminded_on",
     .sets = "duties_reminded_on=today"},
    {.name = "close",
     .from = "open",
     .to = "closed",
     .label = "Close",
     .who = offboarding_handlers,
     .guards = offboarding_close_guards,
     .sets = "closed_on=today"},
    {.name = "reopen",
     .from = "closed",
     .to = "open",
     .label = "Reopen",
     .who = offboarding_handlers,
     .sets = "closed_on=null",
     .reason_needed = true},
};

constexpr Lifecycle offboarding_lifecycle = {
    .states = offboarding_states, .state_of = offboarding_state, .steps = offboarding_steps};

}  // namespace

const EntityDef& OffboardingCase::def() {
  static constexpr FieldDef fields[] = {
      field<&OffboardingCase::person>({.label = "Person", .title = true, .in_list = true}),
      field<&OffboardingCase::last_day>(
          {.label = "Last day", .help = "Of work; for a change of role, of the old role.", .in_list = true}),
      field<&OffboardingCase::access_revoked_at>(
          {.label = "Access ended at",
           .help = "All accounts, keys and cards; for a change of role, those the new role does not need.",
           .in_list = true}),
      field<&OffboardingCase::assets_to_return>(
          {.label = "Assets to return", .help = "Devices, cards, media, papers."}),
      field<&OffboardingCase::assets_returned_on>({.label = "Assets returned on", .in_list = true}),
      field<&OffboardingCase::duties_reminded_on>(
          {.label = "Continuing duties confirmed on",
           .help = "The person was reminded of confidentiality and other duties that go on.",
           .in_list = true}),
      field<&OffboardingCase::closed_on>({.label = "Closed on", .in_list = true}),
  };
  static constexpr EntityDef def = entity<OffboardingCase>(
      {
          .name = "offboarding_case",
          .label = "Offboarding case",
          .plural = "Offboarding cases",
          .help = "What has to be settled when somebody leaves or changes role. Controls A.5.11 and A.6.5 ask that "
                  "access ends, assets come back and continuing duties are known.",
          .clause = "A.6.5",
          .example = "Jana Weber leaves on 31 May: access ended the same evening, laptop and card returned.",
          .phase = Phase::people,
          .access = AccessClass::confidential,
          .prefix = "OFF",
          .holder = "person",
          .default_sort = "-last_day",
          .frozen_in = "closed",
      },
      fields, &offboarding_lifecycle);
  return def;
}

}  // namespace assay
