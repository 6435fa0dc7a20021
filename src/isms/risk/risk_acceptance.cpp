#include "isms/risk/risk_acceptance.h"

#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/risk/risk_methodology.h"

namespace assay {
namespace {

bool acceptance_has_ended(const StepContext& context) {
  const auto ends = checks::day_of(context.after, "expires_on");
  return ends && *ends < context.today;
}

// Who accepted a lower score accepted something else.
bool acceptance_is_outgrown(const StepContext& context) {
  const auto acceptance = decode<RiskAcceptance>(context.after);
  const auto risk = context.lookup.find<Risk>(acceptance.risk.id);
  return risk && risk->residual_score && *risk->residual_score > acceptance.score_at_acceptance;
}

// Whoever owns the risk today answers for it, also for what an earlier owner accepted.
bool acceptance_is_theirs(const StepContext& context) {
  const auto acceptance = decode<RiskAcceptance>(context.after);
  const auto risk = context.lookup.find<Risk>(acceptance.risk.id);
  const Id& actor = context.actor.person;
  return checks::is_or_stands_above(context.lookup, actor, acceptance.accepted_by.id) ||
         (risk && checks::is_or_stands_above(context.lookup, actor, checks::id_of(risk->owner)));
}

// An accepted risk above the threshold that nobody carries any longer goes back to its owner in the same transaction.
Result<void> acceptance_returns_the_risk(StepEffects& effects) {
  const auto acceptance = decode<RiskAcceptance>(effects.record());
  auto stored = effects.lookup().find(Risk::def(), acceptance.risk.id);
  if (!stored || stored->text("status") != "accepted") return {};
  const auto risk = decode<Risk>(*stored);
  const auto method = risk.method(effects.lookup());
  const bool above = method && method->acceptance_threshold && risk.residual_score &&
                     *risk.residual_score > *method->acceptance_threshold;
  if (!above) return {};
  for (const RiskAcceptance& other : effects.lookup().where<RiskAcceptance>("risk", risk.id)) {
    const bool carries = other.id != acceptance.id && other.status == RiskAcceptanceStatus::valid && other.expires_on &&
                         *other.expires_on >= effects.today();
    if (carries) return {};
  }
  stored->at("status") = std::string("assessed");
  return effects.change(std::move(*stored), "The acceptance " + acceptance.id + " carries this risk no longer.");
}

constexpr Guard acceptance_expire_guards[] = {
    {.reason = "The acceptance has not ended.", .rule = "C6.1.3-f-04", .holds = acceptance_has_ended},
};

constexpr Guard acceptance_outgrow_guards[] = {
    {.reason = "The residual score has not risen since the acceptance.",
     .rule = "C6.1.3-f-05",
     .holds = acceptance_is_outgrown},
};

constexpr Guard acceptance_revoke_guards[] = {
    {.reason = "Only the owner of the risk, who accepted it, or somebody above them takes an acceptance back.",
     .rule = "C6.1.3-f-03",
     .holds = acceptance_is_theirs},
};

constexpr Step acceptance_steps[] = {
    {.name = "expire",
     .from = "valid",
     .to = "expired",
     .label = "Expire",
     .help = "Taken by the product on the day after the end.",
     .guards = acceptance_expire_guards,
     .effect = acceptance_returns_the_risk,
     .automatic = true},
    {.name = "outgrow",
     .from = "valid",
     .to = "revoked",
     .label = "Fall with the score",
     .help = "Taken by the product when the residual score rises above the one that was accepted.",
     .guards = acceptance_outgrow_guards,
     .effect = acceptance_returns_the_risk,
     .automatic = true},
    {.name = "revoke",
     .from = "valid",
     .to = "revoked",
     .label = "Revoke the acceptance",
     .who = {.roles = {Role::risk_owner, Role::top_management}, .holder = "accepted_by", .or_superior = true},
     .guards = acceptance_revoke_guards,
     .reason_needed = true,
     .effect = acceptance_returns_the_risk},
};

constexpr Lifecycle acceptance_lifecycle{.field = "status", .steps = acceptance_steps};

}  // namespace

const EntityDef& RiskAcceptance::def() {
  static constexpr FieldDef fields[] = {
      field<&RiskAcceptance::risk>({.label = "Risk", .title = true, .in_list = true}),
      field<&RiskAcceptance::accepted_by>(
          {.label = "Accepted by", .help = "The owner of the risk, or somebody above the owner.", .in_list = true}),
      field<&RiskAcceptance::accepted_on>({.label = "Accepted on", .in_list = true}),
      field<&RiskAcceptance::score_at_acceptance>({.label = "Score accepted",
                                                   .help = "The residual score on that day, taken from the risk.",
                                                   .in_list = true,
                                                   .derived = true,
                                                   .least = 0}),
      field<&RiskAcceptance::rationale>(
          {.label = "Reasons",
           .help = "Why the organisation may carry this risk.",
           .example = "The plant is replaced in March; until then the line is watched by a second operator.",
           .multiline = true}),
      field<&RiskAcceptance::expires_on>(
          {.label = "Ends on", .help = "An acceptance above the threshold needs an end.", .in_list = true}),
      field<&RiskAcceptance::status>({.label = "Status", .in_list = true}),
  };
  static constexpr EntityDef def = entity<RiskAcceptance>(
      {
          .name = "risk_acceptance",
          .label = "Risk acceptance",
          .plural = "Risk acceptances",
          .help = "A risk owner's decision to carry a residual risk for a time, with reasons. Clause 6.1.3 f asks for "
                  "the owner's acceptance; a new decision is a new record.",
          .clause = "6.1.3 f",
          .example = "The head of production accepts R-014 at score 12 until 30 June, because the old controller is "
                     "replaced by then.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "ACC",
          .parent = "risk",
          .holder = "accepted_by",
          .default_sort = "-accepted_on",
      },
      fields, &acceptance_lifecycle);
  return def;
}

Problems RiskAcceptance::validate() const {
  Problems problems;
  checks::refuse_before(problems, accepted_on, "expires_on", expires_on,
                        "must not be before the day of the acceptance");
  return problems;
}

void RiskAcceptance::derive(const Lookup& lookup) {
  // What was accepted stays: only a new acceptance reads the score from the risk.
  if (!id.empty() && lookup.find<RiskAcceptance>(id)) return;
  const auto accepted = lookup.find<Risk>(risk.id);
  if (accepted && accepted->residual_score) score_at_acceptance = *accepted->residual_score;
}

}  // namespace assay
