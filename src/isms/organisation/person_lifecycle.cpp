// The life of a person in the organisation (A.6.1, A.6.2, A.6.5): planned, at work, on leave, gone.
#include <algorithm>

#include "isms/operations/asset.h"
#include "isms/operations/endpoint.h"
#include "isms/organisation/person.h"
#include "isms/people/employment_agreement.h"
#include "isms/people/offboarding_case.h"
#include "isms/people/screening_record.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

bool person_is_outside_scope(const StepContext& context) { return !truth_of(context.after.at("in_scope")); }

bool person_is_screened(const StepContext& context) {
  const auto records = context.lookup.where<ScreeningRecord>("person", context.after.id);
  return person_is_outside_scope(context) || std::ranges::any_of(records, [](const ScreeningRecord& record) {
           return record.result == ScreeningRecordResult::clear ||
                  (record.result == ScreeningRecordResult::waived && !checks::id_of(record.waiver_approved_by).empty());
         });
}

bool person_has_signed(const StepContext& context) {
  const auto agreements = context.lookup.where<EmploymentAgreement>("person", context.after.id);
  return person_is_outside_scope(context) || std::ranges::any_of(agreements, [](const EmploymentAgreement& agreement) {
           return checks::given(agreement.signed_on) && agreement.security_terms;
         });
}

bool person_has_begun(const StepContext& context) {
  const auto start = checks::day_of(context.after, "start_date");
  return start && *start <= context.today;
}

bool person_has_left(const StepContext& context) {
  const auto end = checks::day_of(context.after, "end_date");
  return end && *end <= context.today;
}

// Notice opens the case that ends access, brings equipment back and reminds of lasting duties.
Result<void> person_opens_offboarding(StepEffects& effects) {
  const Id& person = effects.record().id;
  // A closed case belongs to an earlier change of role or employment.
  for (const OffboardingCase& known : effects.lookup().where<OffboardingCase>("person", person)) {
    if (!known.closed_on || known.last_day.iso() == effects.record().text("end_date")) return {};
  }
  std::vector<std::string> assets;
  for (const Endpoint& endpoint : effects.lookup().where<Endpoint>("user", person)) assets.push_back(endpoint.asset.id);
  Record leaving(OffboardingCase::def());
  leaving.at("person") = person;
  leaving.at("last_day") = std::string(effects.record().text("end_date"));
  leaving.at("assets_to_return") = std::move(assets);
  const auto made = effects.create(std::move(leaving), "The person is leaving.");
  if (!made) return std::unexpected(made.error());
  return {};
}

constexpr Guard person_start_guards[] = {
    {.reason = "The first day has not come yet.", .rule = "A6.1-01", .holds = person_has_begun},
    {.reason = "The screening is neither clear nor waived by somebody who may waive it.",
     .rule = "A6.1-01",
     .holds = person_is_screened},
    {.reason = "No signed agreement with security terms is recorded.", .rule = "A6.2-01", .holds = person_has_signed},
};

constexpr Guard person_leave_guards[] = {
    {.reason = "Give the first day of the leave.", .rule = "C5.3-03", .filled = "leave_from"},
};

constexpr Guard person_notice_guards[] = {
    {.reason = "Give the last working day.", .rule = "A6.5-01", .filled = "end_date"},
};

constexpr Guard person_end_guards[] = {
    {.reason = "The last day is missing or lies ahead.", .rule = "A6.5-01", .holds = person_has_left},
};

constexpr Who person_keepers{.roles = {Role::isms_owner, Role::consultant}};

constexpr Step person_steps[] = {
    {.name = "start",
     .from = "planned",
     .to = "active",
     .label = "Starts work",
     .who = person_keepers,
     .guards = person_start_guards,
     .asks = "start_date"},
    {.name = "go_on_leave",
     .from = "active",
     .to = "leave",
     .label = "Goes on a long leave",
     .who = person_keepers,
     .guards = person_leave_guards,
     .asks = "leave_from leave_to",
     .sets = "leave_from=today"},
    {.name = "come_back",
     .from = "leave",
     .to = "active",
     .label = "Comes back from leave",
     .who = person_keepers,
     .asks = "leave_to",
     .sets = "leave_to=today"},
    {.name = "give_notice",
     .from = "active",
     .to = "active",
     .label = "Will leave",
     .help = "Opens the offboarding case: access, equipment, lasting duties.",
     .who = person_keepers,
     .guards = person_notice_guards,
     .asks = "end_date",
     .effect = person_opens_offboarding},
    {.name = "leave_for_good",
     .from = "active leave",
     .to = "terminated",
     .label = "Has left",
     .who = person_keepers,
     .guards = person_end_guards,
     .asks = "end_date",
     .effect = person_opens_offboarding},
    {.name = "drop",
     .from = "planned",
     .to = "terminated",
     .label = "Will not start",
     .who = person_keepers,
     .sets = "end_date=today",
     .reason_needed = true},
};

}  // namespace

constinit const Lifecycle person_lifecycle{.field = "status", .steps = person_steps};

}  // namespace assay
