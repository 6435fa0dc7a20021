#include "isms/operations/backup_plan.h"

#include "isms/documents/document.h"
#include "isms/operations/system.h"

namespace assay {

const EntityDef& BackupPlan::def() {
  static constexpr FieldDef fields[] = {
      field<&BackupPlan::system>({.label = "System", .title = true, .in_list = true}),
      field<&BackupPlan::frequency_hours>({.label = "Every (hours)",
                                           .help = "Should not be longer than the recovery point objective.",
                                           .example = "24",
                                           .in_list = true,
                                           .least = 0.01,
                                           .most = 8784}),
      field<&BackupPlan::last_success_at>({.label = "Last success", .in_list = true}),
      field<&BackupPlan::failed_runs_7d>({.label = "Failures in the last 7 days", .in_list = true, .least = 0}),
      field<&BackupPlan::offsite>(
          {.label = "Copy elsewhere", .help = "At another site or with a provider.", .in_list = true}),
      field<&BackupPlan::isolated_copy>(
          {.label = "Isolated copy", .help = "Offline or unchangeable, out of reach of an attacker.", .in_list = true}),
      field<&BackupPlan::encrypted>({.label = "Encrypted"}),
      field<&BackupPlan::recovery_procedure>(
          {.label = "Recovery procedure", .help = "Where the restore is described."}),
  };
  static constexpr EntityDef def = entity<BackupPlan>(
      {
          .name = "backup_plan",
          .label = "Backup plan",
          .plural = "Backup plans",
          .help = "What is backed up, how often and where to. Control A.8.13 asks for backups that are kept as agreed "
                  "and tested.",
          .clause = "A.8.13",
          .example = "ERP every 24 hours, encrypted, copy in the second data centre, monthly copy offline.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "BP",
      },
      fields);
  return def;
}

}  // namespace assay
