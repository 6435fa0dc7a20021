#include "isms/organisation/isms_change.h"

#include "isms/organisation/person.h"
#include "isms/risk/risk_assessment_run.h"

namespace assay {

const EntityDef& IsmsChange::def() {
  static constexpr FieldDef fields[] = {
      field<&IsmsChange::title>({.label = "Title", .help = "Change.", .multiline = true, .title = true, .in_list = true}),
      field<&IsmsChange::trigger>({.label = "Trigger", .help = "Cause.", .in_list = true}),
      field<&IsmsChange::significant>({.label = "Significant", .help = "Could alter risk or conformity.", .in_list = true}),
      field<&IsmsChange::purpose>({.label = "Purpose", .help = "Why, and possible consequences.", .multiline = true}),
      field<&IsmsChange::planned_on>({.label = "Planned on", .help = "Plan approved.", .in_list = true}),
      field<&IsmsChange::resources_confirmed>({.label = "Resources confirmed", .help = "Resources and responsibilities settled."}),
      field<&IsmsChange::approved_by>({.label = "Approved by", .help = "Approver."}),
      field<&IsmsChange::implemented_on>({.label = "Implemented on", .help = "Done."}),
      field<&IsmsChange::risk_reassessed_in>({.label = "Risk reassessed in", .help = "Assessment that took it up."}),
      field<&IsmsChange::affects_scope>({.label = "Affects scope", .help = "Touches scope, sites, headcount or certified activities."}),
      field<&IsmsChange::headcount_delta>({.label = "Headcount delta", .help = "Persons added (negative: removed)."}),
      field<&IsmsChange::budget_delta>({.label = "Budget delta", .help = "Budget added."}),
      field<&IsmsChange::cb_notified_on>({.label = "Certification body notified on", .help = "Certification body told."}),
      field<&IsmsChange::unintended>({.label = "Unintended", .help = "Happened without planning."}),
      field<&IsmsChange::consequences_reviewed_on>({.label = "Consequences reviewed on", .help = "Review of an unintended change."}),
  };
  static constexpr EntityDef def = entity<IsmsChange>(
      {.name = "isms_change",
       .label = "ISMS change",
       .plural = "ISMS changes",
       .help = "A change to the ISMS itself (6.3, 8.1).",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "IC",
      },
      fields);
  return def;
}

}  // namespace assay
