#include "isms/review/review_input.h"

#include "isms/review/management_review.h"

namespace assay {

const EntityDef& ReviewInput::def() {
  static constexpr FieldDef fields[] = {
      field<&ReviewInput::review>({.label = "Review", .in_list = true}),
      field<&ReviewInput::item>({.label = "Item", .help = "Input.", .title = true, .in_list = true}),
      field<&ReviewInput::discussed>({.label = "Discussed", .help = "Treated in the meeting.", .in_list = true}),
      field<&ReviewInput::content>({.label = "Content", .help = "What was presented.", .multiline = true}),
      field<&ReviewInput::data_as_of>({.label = "Data as of", .help = "Day of the data.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ReviewInput>(
      {.name = "review_input",
       .label = "Review input",
       .plural = "Review inputs",
       .help = "One of the inputs of 9.3.2.",
       .phase = Phase::review,
       .access = AccessClass::governance,
       .prefix = "RI",
       .parent = "review",
       .unique_together = "review item",
      },
      fields);
  return def;
}

}  // namespace assay
