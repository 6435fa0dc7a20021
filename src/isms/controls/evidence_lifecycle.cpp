// The life of a piece of evidence: collected, judged by somebody else, replaced by a better one. Content and dates
// never change after collection; a correction is a new record.
#include <algorithm>

#include "isms/controls/control.h"
#include "isms/controls/evidence.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

bool evidence_dates_can_be_true(const StepContext& context) {
  return decode<Evidence>(context.after).dates_are_plausible(context.today);
}

bool evidence_is_unaltered(const StepContext& context) {
  const std::string_view collected = context.after.text("content_hash");
  return !collected.empty() && collected == context.after.text("stored_hash");
}

bool evidence_is_not_of_their_control(const StepContext& context) {
  const auto evidence = decode<Evidence>(context.after);
  return std::ranges::none_of(evidence.controls, [&](const Ref<Control>& ref) {
    const auto control = context.lookup.find<Control>(ref.id);
    return control && !context.actor.person.empty() && checks::id_of(control->owner) == context.actor.person;
  });
}

// A machine took it from the system itself and no person had a hand in it: plain records may be accepted by rule.
bool evidence_speaks_for_itself(const StepContext& context) {
  const auto evidence = decode<Evidence>(context.after);
  const bool plain_record = evidence.kind == EvidenceKind::log || evidence.kind == EvidenceKind::config_export ||
                            evidence.kind == EvidenceKind::report || evidence.kind == EvidenceKind::ticket;
  return plain_record && evidence.source == EvidenceSource::integration &&
         checks::id_of(evidence.collected_by).empty() && !evidence.controls.empty();
}

bool evidence_replacement_covers_it(const StepContext& context) {
  const auto evidence = decode<Evidence>(context.after);
  const auto other = context.lookup.find<Evidence>(checks::id_of(evidence.superseded_by));
  if (!other || other->id == evidence.id || checks::id_of(other->superseded_by) == evidence.id) return false;
  const bool same_controls = std::ranges::all_of(evidence.controls, [&](const Ref<Control>& control) {
    return std::ranges::find(other->controls, control) != other->controls.end();
  });
  return same_controls && other->review_status == EvidenceReviewStatus::accepted &&
         other->period_start <= evidence.period_start && other->period_end >= evidence.period_end;
}

constexpr Guard evidence_dates_guard = {.reason =
                                            "The dates cannot be right: the period must begin before it ends, be over "
                                            "when the evidence was collected, and that day must not lie ahead.",
                                        .rule = "EV-05",
                                        .holds = evidence_dates_can_be_true};

constexpr Guard evidence_unaltered_guard = {.reason = "The content is not stored, or it is not what was collected.",
                                            .rule = "EV-05",
                                            .holds = evidence_is_unaltered};

constexpr Guard evidence_accept_guards[] = {
    {.reason = "Who collected the evidence cannot accept it.", .rule = "EV-04", .four_eyes = "collected_by"},
    {.reason = "The owner of a control cannot accept the evidence for it.",
     .rule = "EV-04",
     .holds = evidence_is_not_of_their_control},
    {.reason = "An acceptance needs a person's name: this account is linked to nobody.",
     .rule = "EV-04",
     .filled = "reviewed_by"},
    evidence_dates_guard,
    evidence_unaltered_guard,
};

constexpr Guard evidence_rule_guards[] = {
    {.reason = "Only logs, exports, reports and tickets that a machine collected for a control are accepted by rule.",
     .rule = "EV-04",
     .holds = evidence_speaks_for_itself},
    evidence_dates_guard,
    evidence_unaltered_guard,
};

constexpr Guard evidence_supersede_guards[] = {
    {.reason = "Name an accepted replacement that covers the same period and controls.",
     .rule = "EV-06",
     .filled = "superseded_by",
     .holds = evidence_replacement_covers_it},
};

constexpr Who evidence_reviewers{
    .roles = {Role::isms_owner, Role::control_owner, Role::risk_owner, Role::top_management, Role::consultant}};

constexpr Step evidence_steps[] = {
    {.name = "accept",
     .from = "pending",
     .to = "accepted",
     .label = "Accept",
     .help = "It shows what it should show, for this period and these controls.",
     .who = evidence_reviewers,
     .guards = evidence_accept_guards,
     .sets = "reviewed_by=actor"},
    {.name = "accept_by_rule",
     .from = "pending",
     .to = "accepted",
     .label = "Accept by rule",
     .help = "Taken by the product for plain records that a machine collected.",
     .guards = evidence_rule_guards,
     .automatic = true},
    {.name = "reject",
     .from = "pending",
     .to = "rejected",
     .label = "Reject",
     .help = "Say what is missing, so that the right record can be collected.",
     .who = evidence_reviewers,
     .sets = "reviewed_by=actor",
     .reason_needed = true},
    {.name = "supersede",
     .from = "accepted",
     .to = "accepted",
     .label = "Replace",
     .help = "A better record covers the same period; this one is kept.",
     .who = evidence_reviewers,
     .guards = evidence_supersede_guards,
     .asks = "superseded_by",
     .reason_needed = true},
    {.name = "withdraw",
     .from = "accepted",
     .to = "rejected",
     .label = "Withdraw the acceptance",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .sets = "reviewed_by=actor",
     .reason_needed = true},
};

}  // namespace

constinit const Lifecycle evidence_lifecycle{.field = "review_status", .steps = evidence_steps};

}  // namespace assay
