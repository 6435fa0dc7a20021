// A business continuity or disaster recovery plan.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct DocumentVersion;
struct Process;
struct System;

enum class ContinuityPlanKind { bcp, drp };
template <>
inline constexpr auto choices_of<ContinuityPlanKind> = choices<ContinuityPlanKind>({
    choice<ContinuityPlanKind::bcp>("Business continuity plan"),
    choice<ContinuityPlanKind::drp>("Disaster recovery plan"),
});

struct ContinuityPlan {
  Id id;
  ContinuityPlanKind kind{};
  std::optional<Ref<DocumentVersion>> document_version;
  std::vector<Ref<Process>> processes;
  std::vector<Ref<System>> systems;
  std::optional<double> rto_hours;
  std::optional<double> rpo_hours;
  bool security_during_disruption = false;

  static const EntityDef& def();
};

}  // namespace assay
