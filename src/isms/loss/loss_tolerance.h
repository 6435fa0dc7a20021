// How much loss in a year the organisation tolerates, and how probable it may be: a curve, set by top management.
#pragma once

#include "isms/loss/loss_simulation.h"
#include "kernel/model/entity.h"

namespace assay {

struct Person;

enum class LossToleranceStatus { draft, approved };
template <>
inline constexpr auto choices_of<LossToleranceStatus> = choices<LossToleranceStatus>({
    choice<LossToleranceStatus::draft>("Draft"),
    choice<LossToleranceStatus::approved>("Approved"),
});

// One row of LossTolerance::points.
struct ToleratedLoss {
  double loss = 0;
  double probability = 0;  // percent in a year
  static std::span<const FieldDef> parts();
};

struct LossTolerance {
  Id id;
  std::string currency;
  std::vector<ToleratedLoss> points;
  std::string rationale;
  LossToleranceStatus status{};
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;

  static const EntityDef& def();
  Problems validate() const;

  std::vector<TolerancePoint> curve() const;  // by growing loss; empty unless the points make a curve
};

}  // namespace assay
