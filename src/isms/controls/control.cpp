#include "isms/controls/control.h"

#include "isms/documents/document.h"
#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& Control::def() {
  static constexpr FieldDef fields[] = {
      field<&Control::code>({.label = "Code", .help = "Identifier.", .in_list = true, .unique = true}),
      field<&Control::title>({.label = "Title", .title = true, .in_list = true}),
      field<&Control::owner>({.label = "Owner", .help = "Control owner.", .in_list = true}),
      field<&Control::status>({.label = "Status", .help = "State.", .in_list = true}),
      field<&Control::operational_since>({.label = "Operational since", .help = "First operation."}),
      field<&Control::frequency>({.label = "Frequency", .help = "Operating cadence.", .in_list = true}),
      field<&Control::evidence_freshness_days>({.label = "Evidence freshness days", .help = "Own freshness limit; null = rulebook table."}),
      field<&Control::sites>({.label = "Sites", .help = "Sites where it must operate."}),
      field<&Control::systems>({.label = "Systems", .help = "Systems where it must operate."}),
      field<&Control::procedure>({.label = "Procedure", .help = "Operating procedure."}),
      field<&Control::procedure_required>({.label = "Procedure required", .help = "Its absence would endanger consistent operation."}),
      field<&Control::key_control>({.label = "Key control", .help = "Relied on to bring a risk below the threshold."}),
      field<&Control::effectiveness>({.label = "Effectiveness", .help = "Latest conclusion.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<Control>(
      {.name = "control",
       .label = "Control",
       .plural = "Controls",
       .help = "The organisation's implementation of one or more SoA lines.",
       .phase = Phase::applicability,
       .access = AccessClass::control,
       .prefix = "CTL",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
