#include "isms/operations/restore_test.h"

#include "isms/audit/corrective_action.h"
#include "isms/controls/evidence.h"
#include "isms/operations/backup_plan.h"

namespace assay {

const EntityDef& RestoreTest::def() {
  static constexpr FieldDef fields[] = {
      field<&RestoreTest::plan>({.label = "Backup plan", .title = true, .in_list = true}),
      field<&RestoreTest::performed_on>({.label = "Performed on", .in_list = true}),
      field<&RestoreTest::result>({.label = "Result", .in_list = true}),
      field<&RestoreTest::achieved_rto_hours>(
          {.label = "Recovered within (hours)", .example = "5.5", .in_list = true, .least = 0}),
      field<&RestoreTest::achieved_rpo_hours>(
          {.label = "Age of the data (hours)", .help = "How old the restored data was.", .in_list = true, .least = 0}),
      field<&RestoreTest::evidence>({.label = "Evidence"}),
      field<&RestoreTest::follow_up>({.label = "Action after a miss", .help = "Where the objectives were not met."}),
  };
  static constexpr EntityDef def = entity<RestoreTest>(
      {
          .name = "restore_test",
          .label = "Restore test",
          .plural = "Restore tests",
          .help = "Proof that a backup can be brought back, in the time and with the data that are needed. Control "
                  "A.8.13 asks that backups are tested.",
          .clause = "A.8.13",
          .example = "ERP restored on the test host in 5.5 hours from data 20 hours old: success.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "RT",
          .parent = "plan",
          .default_sort = "-performed_on",
      },
      fields);
  return def;
}

}  // namespace assay
