// An exercise of a continuity or recovery plan.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct ContinuityPlan;
struct CorrectiveAction;
struct Evidence;

enum class ContinuityExerciseKind { tabletop, simulation, failover, full };
template <>
inline constexpr auto choices_of<ContinuityExerciseKind> = choices<ContinuityExerciseKind>({
    choice<ContinuityExerciseKind::tabletop>("Tabletop discussion"),
    choice<ContinuityExerciseKind::simulation>("Simulation"),
    choice<ContinuityExerciseKind::failover>("Failover"),
    choice<ContinuityExerciseKind::full>("Full exercise"),
});

struct ContinuityExercise {
  Id id;
  Ref<ContinuityPlan> plan;
  ContinuityExerciseKind kind{};
  Date performed_on;
  std::optional<double> achieved_rto_hours;
  std::optional<std::string> lessons;
  std::vector<Ref<CorrectiveAction>> actions;
  std::optional<Ref<Evidence>> evidence;

  static const EntityDef& def();
};

}  // namespace assay
