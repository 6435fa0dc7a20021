#include "isms/people/training_course.h"

namespace assay {

const EntityDef& TrainingCourse::def() {
  static constexpr FieldDef fields[] = {
      field<&TrainingCourse::title>({.label = "Title", .title = true, .in_list = true}),
      field<&TrainingCourse::roles>({.label = "Roles", .help = "Roles that must take it (all = everyone)."}),
      field<&TrainingCourse::validity_days>({.label = "Validity days", .help = "Repeat interval.", .in_list = true}),
      field<&TrainingCourse::covers_policy>({.label = "Covers policy", .help = "Covers the policy.", .in_list = true}),
      field<&TrainingCourse::covers_contribution>({.label = "Covers contribution", .help = "Covers the person's contribution.", .in_list = true}),
      field<&TrainingCourse::covers_consequences>({.label = "Covers consequences", .help = "Covers the effect of not conforming."}),
  };
  static constexpr EntityDef def = entity<TrainingCourse>(
      {.name = "training_course",
       .label = "Training course",
       .plural = "Training courses",
       .help = "An awareness or role course.",
       .phase = Phase::people,
       .access = AccessClass::documented,
       .prefix = "TRC",
      },
      fields);
  return def;
}

}  // namespace assay
