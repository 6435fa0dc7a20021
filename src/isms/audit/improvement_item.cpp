#include "isms/audit/improvement_item.h"

namespace assay {

const EntityDef& ImprovementItem::def() {
  static constexpr FieldDef fields[] = {
      field<&ImprovementItem::source>({.label = "Source", .help = "Origin.", .in_list = true}),
      field<&ImprovementItem::text>({.label = "Text", .help = "Idea.", .multiline = true, .title = true, .in_list = true}),
      field<&ImprovementItem::decision>({.label = "Decision", .in_list = true}),
      field<&ImprovementItem::decided_on>({.label = "Decided on", .help = "Day.", .in_list = true}),
      field<&ImprovementItem::implemented_on>({.label = "Implemented on", .help = "Done."}),
  };
  static constexpr EntityDef def = entity<ImprovementItem>(
      {.name = "improvement_item",
       .label = "Improvement item",
       .plural = "Improvement items",
       .help = "An opportunity for improvement (10.1).",
       .phase = Phase::audit,
       .access = AccessClass::improvement,
       .prefix = "IMP",
      },
      fields);
  return def;
}

}  // namespace assay
