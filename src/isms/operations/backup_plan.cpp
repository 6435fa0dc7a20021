#include "isms/operations/backup_plan.h"

#include "isms/documents/document.h"
#include "isms/operations/system.h"

namespace assay {

const EntityDef& BackupPlan::def() {
  static constexpr FieldDef fields[] = {
      field<&BackupPlan::system>({.label = "System", .title = true, .in_list = true}),
      field<&BackupPlan::frequency_hours>({.label = "Frequency hours", .help = "Interval.", .in_list = true}),
      field<&BackupPlan::last_success_at>({.label = "Last success at", .help = "Latest success.", .in_list = true}),
      field<&BackupPlan::failed_runs_7d>({.label = "Failed runs in 7 days", .help = "Failures in the last 7 days.", .in_list = true}),
      field<&BackupPlan::offsite>({.label = "Offsite", .help = "A copy elsewhere."}),
      field<&BackupPlan::isolated_copy>({.label = "Isolated copy", .help = "Air-gapped or immutable copy."}),
      field<&BackupPlan::encrypted>({.label = "Encrypted"}),
      field<&BackupPlan::recovery_procedure>({.label = "Recovery procedure", .help = "Documented procedure."}),
  };
  static constexpr EntityDef def = entity<BackupPlan>(
      {.name = "backup_plan",
       .label = "Backup plan",
       .plural = "Backup plans",
       .help = "What is backed up, where to, how often.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "BP",
      },
      fields);
  return def;
}

}  // namespace assay
