// A recovery exercise of a backup.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct BackupPlan;
struct CorrectiveAction;
struct Evidence;

enum class RestoreTestResult { success, partial, failure };
template <>
inline constexpr auto choices_of<RestoreTestResult> = choices<RestoreTestResult>({
    choice<RestoreTestResult::success>("Success"),
    choice<RestoreTestResult::partial>("Partial"),
    choice<RestoreTestResult::failure>("Failure"),
});

struct RestoreTest {
  Id id;
  Ref<BackupPlan> plan;
  Date performed_on;
  RestoreTestResult result{};
  std::optional<double> achieved_rto_hours;
  std::optional<double> achieved_rpo_hours;
  std::optional<Ref<Evidence>> evidence;
  std::optional<Ref<CorrectiveAction>> follow_up;

  static const EntityDef& def();
};

}  // namespace assay
