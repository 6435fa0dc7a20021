#include "isms/operations/restore_test.h"

#include "isms/audit/corrective_action.h"
#include "isms/controls/evidence.h"
#include "isms/operations/backup_plan.h"

namespace assay {

const EntityDef& RestoreTest::def() {
  static constexpr FieldDef fields[] = {
      field<&RestoreTest::plan>({.label = "Plan", .help = "Backup.", .title = true, .in_list = true}),
      field<&RestoreTest::performed_on>({.label = "Performed on", .help = "Day.", .in_list = true}),
      field<&RestoreTest::result>({.label = "Result", .help = "Outcome.", .in_list = true}),
      field<&RestoreTest::achieved_rto_hours>({.label = "Achieved RTO hours", .help = "Time to recover.", .in_list = true}),
      field<&RestoreTest::achieved_rpo_hours>({.label = "Achieved RPO hours", .help = "Data age recovered."}),
      field<&RestoreTest::evidence>({.label = "Evidence", .help = "Record."}),
      field<&RestoreTest::follow_up>({.label = "Follow up", .help = "Action after a miss."}),
  };
  static constexpr EntityDef def = entity<RestoreTest>(
      {.name = "restore_test",
       .label = "Restore test",
       .plural = "Restore tests",
       .help = "A recovery exercise of a backup.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "RT",
       .parent = "plan",
      },
      fields);
  return def;
}

}  // namespace assay
