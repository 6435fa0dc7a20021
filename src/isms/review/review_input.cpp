#include "isms/review/review_input.h"

#include "isms/record_checks.h"
#include "isms/review/management_review.h"

namespace assay {

const EntityDef& ReviewInput::def() {
  static constexpr FieldDef fields[] = {
      field<&ReviewInput::item>({.label = "Input", .title = true, .in_list = true}),
      field<&ReviewInput::review>({.label = "Management review", .in_list = true}),
      field<&ReviewInput::discussed>({.label = "Treated in the meeting", .in_list = true}),
      field<&ReviewInput::content>(
          {.label = "What was presented",
           .example = "Four open nonconformities, none overdue; two closed as effective since the last review.",
           .multiline = true}),
      field<&ReviewInput::data_as_of>(
          {.label = "Data of", .help = "The day on which the data was taken.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ReviewInput>(
      {
          .name = "review_input",
          .label = "Input of a review",
          .plural = "Inputs of reviews",
          .help = "What top management must be told before it decides. Clause 9.3.2 lists the inputs; each needs "
                  "content and the day of its data.",
          .clause = "9.3.2",
          .example = "d 3, audit results: the internal audit of April found one major and four minor nonconformities; "
                     "data of 2 May.",
          .phase = Phase::review,
          .access = AccessClass::governance,
          .prefix = "RI",
          .parent = "review",
          .unique_together = "review item",
          .default_sort = "item",
          .settled_with = "approved",
      },
      fields);
  return def;
}

Problems ReviewInput::validate() const {
  Problems problems;
  if (discussed && !checks::given(content)) {
    problems.push_back({"content", "must say what was presented when the input was treated", ""});
  }
  return problems;
}

}  // namespace assay
