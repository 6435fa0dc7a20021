#include "isms/frameworks/framework_mapping.h"

#include "isms/controls/control.h"

namespace assay {

const EntityDef& FrameworkMapping::def() {
  static constexpr FieldDef fields[] = {
      field<&FrameworkMapping::control>({.label = "Control", .in_list = true}),
      field<&FrameworkMapping::framework>({.label = "Framework", .in_list = true}),
      field<&FrameworkMapping::requirement_ref>({.label = "Requirement ref", .help = "Its reference.", .title = true, .in_list = true}),
      field<&FrameworkMapping::relation>({.label = "Relation", .help = "Strength.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<FrameworkMapping>(
      {.name = "framework_mapping",
       .label = "Framework mapping",
       .plural = "Framework mappings",
       .help = "A link from a control to another framework.",
       .phase = Phase::applicability,
       .access = AccessClass::control,
       .prefix = "FM",
       .parent = "control",
      },
      fields);
  return def;
}

}  // namespace assay
