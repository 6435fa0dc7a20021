#include "isms/review/management_review.h"

#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& ManagementReview::def() {
  static constexpr FieldDef fields[] = {
      field<&ManagementReview::planned_on>({.label = "Planned for", .title = true, .in_list = true}),
      field<&ManagementReview::held_on>({.label = "Held on", .in_list = true}),
      field<&ManagementReview::chair>({.label = "Chair", .help = "A member of top management.", .in_list = true}),
      field<&ManagementReview::attendees>({.label = "Present"}),
      field<&ManagementReview::minutes>({.label = "Minutes", .in_list = true}),
      field<&ManagementReview::minutes_approved_on>({.label = "Minutes approved on", .in_list = true}),
      field<&ManagementReview::minutes_similarity_pct>(
          {.label = "Likeness with the last minutes (%)",
           .help = "Minutes that are nearly the same as last time look copied.",
           .least = 0,
           .most = 100}),
      field<&ManagementReview::readiness_decision>(
          {.label = "Readiness for certification", .help = "What top management decided.", .in_list = true}),
      field<&ManagementReview::conclusion_suitability>(
          {.label = "Conclusion", .help = "Is the ISMS still suitable, adequate and effective?", .multiline = true}),
  };
  static constexpr EntityDef def = entity<ManagementReview>(
      {
          .name = "management_review",
          .label = "Management review",
          .plural = "Management reviews",
          .help = "Top management looks at the ISMS at planned intervals, with fixed inputs, and decides. Clause 9.3 "
                  "asks for it and for keeping its results.",
          .clause = "9.3",
          .example = "Held on 14 May, chaired by the managing director, ten inputs, five decisions, minutes approved "
                     "on 20 May.",
          .phase = Phase::review,
          .access = AccessClass::governance,
          .prefix = "MR",
          .holder = "chair",
          .default_sort = "-planned_on",
      },
      fields, &management_review_lifecycle);
  return def;
}

Problems ManagementReview::validate() const {
  Problems problems;
  checks::refuse_before(problems, held_on, "minutes_approved_on", minutes_approved_on,
                        "must not be before the review was held");
  if (checks::given(minutes_approved_on) && !checks::given(held_on)) {
    problems.push_back({"held_on", "must be given when the minutes are approved", ""});
  }
  return problems;
}

}  // namespace assay
