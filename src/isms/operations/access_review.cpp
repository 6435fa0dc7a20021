#include "isms/operations/access_review.h"

#include "isms/controls/evidence.h"
#include "isms/operations/system.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& AccessReview::def() {
  static constexpr FieldDef fields[] = {
      field<&AccessReview::system>({.label = "System", .title = true, .in_list = true}),
      field<&AccessReview::kind>({.label = "Kind", .help = "Population.", .in_list = true}),
      field<&AccessReview::period_end>({.label = "Period end", .help = "State reviewed.", .in_list = true}),
      field<&AccessReview::completed_on>({.label = "Completed on", .help = "Finish.", .in_list = true}),
      field<&AccessReview::reviewer>({.label = "Reviewer"}),
      field<&AccessReview::accounts_in_population>({.label = "Accounts in population", .help = "Accounts that existed."}),
      field<&AccessReview::accounts_reviewed>({.label = "Accounts reviewed", .help = "Accounts decided."}),
      field<&AccessReview::self_reviewed>({.label = "Self reviewed", .help = "Decisions a reviewer took on own access."}),
      field<&AccessReview::revocations_required>({.label = "Revocations required", .help = "Decisions to remove."}),
      field<&AccessReview::revocations_done_on>({.label = "Revocations done on", .help = "All removed by."}),
      field<&AccessReview::evidence>({.label = "Evidence", .help = "Record."}),
  };
  static constexpr EntityDef def = entity<AccessReview>(
      {.name = "access_review",
       .label = "Access review",
       .plural = "Access reviews",
       .help = "A review campaign of access rights.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "AR",
      },
      fields);
  return def;
}

}  // namespace assay
