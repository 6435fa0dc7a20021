#include "isms/people/training_course.h"

namespace assay {

const EntityDef& TrainingCourse::def() {
  static constexpr FieldDef fields[] = {
      field<&TrainingCourse::title>({.label = "Title", .example = "Security at work", .title = true, .in_list = true}),
      field<&TrainingCourse::roles>({.label = "Meant for",
                                     .help = "Job titles or roles that must take it; all means everybody.",
                                     .example = "all",
                                     .in_list = true}),
      field<&TrainingCourse::validity_days>(
          {.label = "Repeat after (days)", .example = "365", .in_list = true, .least = 1, .most = 3660}),
      field<&TrainingCourse::covers_policy>({.label = "Covers the policy", .in_list = true}),
      field<&TrainingCourse::covers_contribution>(
          {.label = "Covers one's own part", .help = "What each person adds to security.", .in_list = true}),
      field<&TrainingCourse::covers_consequences>(
          {.label = "Covers the consequences", .help = "What happens when the rules are not kept.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<TrainingCourse>(
      {
          .name = "training_course",
          .label = "Training course",
          .plural = "Training courses",
          .help = "Awareness and role courses. Clause 7.3 asks that people know the policy, their own part in it and "
                  "what follows from not keeping to it.",
          .clause = "7.3",
          .example = "Security at work, for all, every year; covers policy, own part and consequences.",
          .phase = Phase::people,
          .access = AccessClass::documented,
          .prefix = "TRC",
          .default_sort = "title",
      },
      fields);
  return def;
}

}  // namespace assay
