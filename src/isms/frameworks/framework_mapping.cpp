#include "isms/frameworks/framework_mapping.h"

#include "isms/controls/control.h"

namespace assay {

const EntityDef& FrameworkMapping::def() {
  static constexpr FieldDef fields[] = {
      field<&FrameworkMapping::requirement_ref>({.label = "Requirement",
                                                 .help = "Its reference in the other framework.",
                                                 .example = "CC6.1",
                                                 .title = true,
                                                 .in_list = true,
                                                 .max_length = 80}),
      field<&FrameworkMapping::framework>({.label = "Framework", .in_list = true}),
      field<&FrameworkMapping::control>({.label = "Control", .in_list = true}),
      field<&FrameworkMapping::relation>(
          {.label = "The control", .help = "How much of the requirement the control answers.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<FrameworkMapping>(
      {
          .name = "framework_mapping",
          .label = "Mapping",
          .plural = "Mappings to other frameworks",
          .help = "Which requirements of other frameworks a control answers as well, so that its evidence is collected "
                  "once and used more than once. The standard does not ask for it.",
          .clause = "6.1.3",
          .example = "CTL-8.13 covers part of SOC 2 requirement A1.2.",
          .phase = Phase::applicability,
          .access = AccessClass::control,
          .prefix = "FM",
          .parent = "control",
          .default_sort = "requirement_ref",
      },
      fields);
  return def;
}

}  // namespace assay
