#include "isms/review/management_review.h"

#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& ManagementReview::def() {
  static constexpr FieldDef fields[] = {
      field<&ManagementReview::held_on>({.label = "Held on", .help = "Day.", .in_list = true}),
      field<&ManagementReview::planned_on>({.label = "Planned on", .help = "Planned.", .title = true, .in_list = true}),
      field<&ManagementReview::chair>({.label = "Chair", .in_list = true}),
      field<&ManagementReview::attendees>({.label = "Attendees", .help = "Present."}),
      field<&ManagementReview::minutes>({.label = "Minutes", .help = "Retained result.", .in_list = true}),
      field<&ManagementReview::minutes_approved_on>({.label = "Minutes approved on", .help = "Approved."}),
      field<&ManagementReview::minutes_similarity_pct>({.label = "Minutes similarity (%)", .help = "Textual likeness with the previous minutes."}),
      field<&ManagementReview::readiness_decision>({.label = "Readiness decision", .help = "Explicit decision on certification."}),
      field<&ManagementReview::conclusion_suitability>({.label = "Conclusion suitability", .help = "Suitability, adequacy, effectiveness.", .multiline = true}),
  };
  static constexpr EntityDef def = entity<ManagementReview>(
      {.name = "management_review",
       .label = "Management review",
       .plural = "Management reviews",
       .help = "A review by top management (9.3).",
       .phase = Phase::review,
       .access = AccessClass::governance,
       .prefix = "MR",
       .default_sort = "-planned_on",
      },
      fields);
  return def;
}

}  // namespace assay
