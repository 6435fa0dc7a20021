// What is backed up, where to, how often.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Document;
struct System;

struct BackupPlan {
  Id id;
  Ref<System> system;
  double frequency_hours = 0;
  std::optional<Instant> last_success_at;
  std::int64_t failed_runs_7d = 0;
  bool offsite = false;
  bool isolated_copy = false;
  bool encrypted = false;
  std::optional<Ref<Document>> recovery_procedure;

  static const EntityDef& def();
};

}  // namespace assay
