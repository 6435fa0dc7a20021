#include "isms/frameworks/gap_item.h"

#include "isms/frameworks/gap_assessment.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& GapItem::def() {
  static constexpr FieldDef fields[] = {
      field<&GapItem::assessment>({.label = "Assessment", .help = "Parent."}),
      field<&GapItem::ref>({.label = "Ref", .help = "Clause or control.", .title = true, .in_list = true}),
      field<&GapItem::dimension>({.label = "Dimension", .in_list = true}),
      field<&GapItem::result>({.label = "Result", .in_list = true}),
      field<&GapItem::rationale>({.label = "Rationale", .help = "Reason and evidence seen.", .multiline = true}),
      field<&GapItem::risk_severity>({.label = "Risk severity", .help = "Severity."}),
      field<&GapItem::complexity>({.label = "Complexity", .help = "Implementation complexity."}),
      field<&GapItem::priority>({.label = "Priority", .help = "Rank."}),
      field<&GapItem::action>({.label = "Action", .help = "Roadmap step.", .multiline = true}),
      field<&GapItem::owner>({.label = "Owner", .help = "Responsible.", .in_list = true}),
      field<&GapItem::target_on>({.label = "Target on", .help = "Target."}),
  };
  static constexpr EntityDef def = entity<GapItem>(
      {.name = "gap_item",
       .label = "Gap item",
       .plural = "Gap items",
       .help = "One requirement or control in the gap analysis.",
       .phase = Phase::audit,
       .access = AccessClass::governance,
       .prefix = "GI",
       .parent = "assessment",
       .unique_together = "assessment ref",
       .holder = "owner",
       .default_sort = "ref",
      },
      fields);
  return def;
}

}  // namespace assay
