#include "isms/review/review_decision.h"

#include "isms/organisation/person.h"
#include "isms/review/management_review.h"

namespace assay {

const EntityDef& ReviewDecision::def() {
  static constexpr FieldDef fields[] = {
      field<&ReviewDecision::review>({.label = "Review"}),
      field<&ReviewDecision::kind>({.label = "Kind", .in_list = true}),
      field<&ReviewDecision::text>({.label = "Text", .help = "Decision.", .multiline = true, .title = true, .in_list = true}),
      field<&ReviewDecision::owner>({.label = "Owner", .help = "Responsible.", .in_list = true}),
      field<&ReviewDecision::due_on>({.label = "Due on", .help = "Deadline.", .in_list = true}),
      field<&ReviewDecision::status>({.label = "Status", .help = "State.", .in_list = true}),
      field<&ReviewDecision::done_on>({.label = "Done on", .help = "Done."}),
  };
  static constexpr EntityDef def = entity<ReviewDecision>(
      {.name = "review_decision",
       .label = "Review decision",
       .plural = "Review decisions",
       .help = "A decision or action of a review (9.3.3).",
       .phase = Phase::review,
       .access = AccessClass::governance,
       .prefix = "RD",
       .parent = "review",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
