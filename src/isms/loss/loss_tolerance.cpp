#include "isms/loss/loss_tolerance.h"

#include <fmt/format.h>

#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

constexpr Guard tolerance_approve_guards[] = {
    {.reason = "The curve has no points.", .filled = "points"},
    {.reason = "The loss tolerance is approved by a member of top management.",
     .holds = checks::actor_is_top_management},
};

constexpr Step tolerance_steps[] = {
    {.name = "approve",
     .from = "draft",
     .to = "approved",
     .label = "Approve the tolerance",
     .who = {.roles = {Role::top_management}},
     .guards = tolerance_approve_guards,
     .sets = "approved_on=today approved_by=actor",
     .signature = true},
    {.name = "rework",
     .from = "approved",
     .to = "draft",
     .label = "Take back to draft",
     .who = {.roles = {Role::isms_owner, Role::top_management}},
     .sets = "approved_by=null approved_on=null",
     .reason_needed = true},
};

constexpr Lifecycle tolerance_lifecycle{.field = "status", .steps = tolerance_steps};

}  // namespace

std::span<const FieldDef> ToleratedLoss::parts() {
  static constexpr FieldDef parts[] = {
      field<&ToleratedLoss::loss>({.label = "Loss in a year above", .example = "100000", .least = 1, .most = 1e12}),
      field<&ToleratedLoss::probability>(
          {.label = "tolerated with a probability of (%)", .example = "10", .least = 0, .most = 100}),
  };
  static_assert(embedded_complete<ToleratedLoss>(parts));
  return parts;
}

const EntityDef& LossTolerance::def() {
  static constexpr FieldDef fields[] = {
      field<&LossTolerance::currency>({.label = "Currency",
                                       .help = "Of this curve and of all loss estimates.",
                                       .example = "EUR",
                                       .title = true,
                                       .in_list = true,
                                       .pattern = "[A-Z]{3}",
                                       .pattern_text = "the three capital letters of the currency, such as EUR"}),
      field<&LossTolerance::points>(
          {.label = "Tolerated losses",
           .help = "At least two rows: the higher the loss in a year, the less probable it may be."}),
      field<&LossTolerance::rationale>(
          {.label = "Reasons",
           .help = "What the losses mean for the organisation.",
           .example = "100,000 is covered by the reserve; above 1,500,000 the bank's covenant is broken.",
           .multiline = true}),
      field<&LossTolerance::status>({.label = "Status", .in_list = true}),
      field<&LossTolerance::approved_by>({.label = "Approved by", .in_list = true}),
      field<&LossTolerance::approved_on>({.label = "Approved on", .in_list = true}),
  };
  static constexpr EntityDef def = entity<LossTolerance>(
      {
          .name = "loss_tolerance",
          .label = "Loss tolerance",
          .plural = "Loss tolerance",
          .help = "Which loss in a year the organisation tolerates with which probability: the risk criteria of clause "
                  "6.1.2 a as a curve, which the simulated losses are held against.",
          .clause = "6.1.2 a",
          .example = "More than 50,000 in one year out of five, more than 500,000 in one out of fifty, more than "
                     "2,000,000 in one out of five hundred.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "LT",
          .single = true,
          .frozen_in = "approved",
      },
      fields, &tolerance_lifecycle);
  return def;
}

Problems LossTolerance::validate() const {
  Problems problems;
  if (points.size() == 1) problems.push_back({"points", "must be at least two rows, so that they make a curve", "1"});
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].loss <= points[i - 1].loss) {
      problems.push_back({"points", fmt::format("must name growing losses: row {} is not above the one before", i + 1),
                          fmt::format("{}", points[i].loss)});
    }
    if (points[i].probability > points[i - 1].probability) {
      problems.push_back({"points",
                          fmt::format("must not tolerate a higher loss with a higher probability: row {}", i + 1),
                          fmt::format("{}", points[i].probability)});
    }
  }
  return problems;
}

std::vector<TolerancePoint> LossTolerance::curve() const {
  std::vector<TolerancePoint> out;
  if (points.size() < 2 || !validate().empty()) return out;
  for (const ToleratedLoss& point : points) {
    if (!(point.loss > 0)) return {};
    out.push_back({point.loss, point.probability / 100});
  }
  return out;
}

}  // namespace assay
