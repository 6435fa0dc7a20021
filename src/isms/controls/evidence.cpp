#include "isms/controls/evidence.h"

#include "isms/controls/control.h"
#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& Evidence::def() {
  static constexpr FieldDef fields[] = {
      field<&Evidence::refs>({.label = "Refs", .help = "Clauses and control codes it supports."}),
      field<&Evidence::controls>({.label = "Controls"}),
      field<&Evidence::kind>({.label = "Kind", .help = "Form.", .title = true, .in_list = true}),
      field<&Evidence::source>({.label = "Source", .help = "Origin."}),
      field<&Evidence::period_start>({.label = "Period start", .help = "First day it covers."}),
      field<&Evidence::period_end>({.label = "Period end", .help = "Last day it covers.", .in_list = true}),
      field<&Evidence::collected_on>({.label = "Collected on", .help = "When obtained.", .in_list = true}),
      field<&Evidence::collected_by>({.label = "Collected by", .help = "Who (null = collector)."}),
      field<&Evidence::content_hash>({.label = "Content hash", .help = "Fingerprint at collection."}),
      field<&Evidence::stored_hash>({.label = "Stored hash", .help = "Fingerprint now."}),
      field<&Evidence::sites>({.label = "Sites", .help = "Sites it covers."}),
      field<&Evidence::systems>({.label = "Systems", .help = "Systems it covers."}),
      field<&Evidence::review_status>({.label = "Review status", .help = "Reviewer's decision.", .in_list = true}),
      field<&Evidence::reviewed_by>({.label = "Reviewed by", .help = "Reviewer."}),
      field<&Evidence::superseded_by>({.label = "Superseded by", .help = "Replacement."}),
  };
  static constexpr EntityDef def = entity<Evidence>(
      {.name = "evidence",
       .label = "Evidence",
       .plural = "Evidence",
       .help = "A record that shows something happened.",
       .phase = Phase::applicability,
       .access = AccessClass::control,
       .prefix = "EV",
       .holder = "collected_by",
       .default_sort = "-collected_on",
      },
      fields);
  return def;
}

}  // namespace assay
