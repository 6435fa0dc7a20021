#include "isms/audit/nonconformity.h"

#include "isms/audit/finding.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& Nonconformity::def() {
  static constexpr FieldDef fields[] = {
      field<&Nonconformity::finding>({.label = "Finding", .help = "Origin."}),
      field<&Nonconformity::source>({.label = "Source", .help = "Origin class."}),
      field<&Nonconformity::ref>({.label = "Ref", .help = "Clause or control.", .in_list = true}),
      field<&Nonconformity::grade>({.label = "Grade", .in_list = true}),
      field<&Nonconformity::site>({.label = "Site", .help = "Where."}),
      field<&Nonconformity::raised_on>({.label = "Raised on", .help = "Opened.", .in_list = true}),
      field<&Nonconformity::statement>({.label = "Statement", .help = "Description.", .multiline = true, .title = true, .in_list = true}),
      field<&Nonconformity::correction>({.label = "Correction", .help = "Containment.", .multiline = true}),
      field<&Nonconformity::correction_done_on>({.label = "Correction done on", .help = "Done."}),
      field<&Nonconformity::extent_checked_on>({.label = "Extent checked on", .help = "Similar cases looked for (other sites included)."}),
      field<&Nonconformity::root_cause>({.label = "Root cause", .help = "Cause.", .multiline = true}),
      field<&Nonconformity::root_cause_method>({.label = "Root cause method", .help = "Technique."}),
      field<&Nonconformity::root_cause_on>({.label = "Root cause on", .help = "Determined."}),
      field<&Nonconformity::response_due_on>({.label = "Response due on", .help = "Deadline for cause and plan."}),
      field<&Nonconformity::closure_due_on>({.label = "Closure due on", .help = "Deadline for closure."}),
      field<&Nonconformity::plan_accepted_by_cb_on>({.label = "Plan accepted by certification body on", .help = "External: plan accepted."}),
      field<&Nonconformity::verified_by_cb_on>({.label = "Verified by certification body on", .help = "External: correction verified."}),
      field<&Nonconformity::status>({.label = "Status", .help = "Lifecycle.", .in_list = true}),
      field<&Nonconformity::closed_on>({.label = "Closed on", .help = "Closed."}),
      field<&Nonconformity::owner>({.label = "Owner", .help = "Responsible manager.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<Nonconformity>(
      {.name = "nonconformity",
       .label = "Nonconformity",
       .plural = "Nonconformities",
       .help = "A nonconformity and its life (10.2).",
       .phase = Phase::audit,
       .access = AccessClass::improvement,
       .prefix = "NC",
       .holder = "owner",
       .default_sort = "-raised_on",
      },
      fields);
  return def;
}

}  // namespace assay
