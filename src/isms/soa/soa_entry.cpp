#include "isms/soa/soa_entry.h"

#include "isms/controls/control.h"
#include "isms/organisation/obligation.h"
#include "isms/risk/risk.h"
#include "isms/soa/statement_of_applicability.h"

namespace assay {

const EntityDef& SoAEntry::def() {
  static constexpr FieldDef fields[] = {
      field<&SoAEntry::soa>({.label = "SoA", .help = "Version."}),
      field<&SoAEntry::control_ref>({.label = "Control ref", .help = "Annex A ref or custom ref.", .title = true, .in_list = true}),
      field<&SoAEntry::origin>({.label = "Origin", .help = "Source."}),
      field<&SoAEntry::applicability>({.label = "Applicability", .help = "Decision.", .in_list = true}),
      field<&SoAEntry::inclusion_reasons>({.label = "Inclusion reasons", .help = "Grounds."}),
      field<&SoAEntry::inclusion_justification>({.label = "Inclusion justification", .help = "Why included.", .multiline = true}),
      field<&SoAEntry::exclusion_justification>({.label = "Exclusion justification", .help = "Why excluded.", .multiline = true}),
      field<&SoAEntry::implementation_status>({.label = "Implementation status", .help = "Declared state.", .in_list = true}),
      field<&SoAEntry::linked_risks>({.label = "Linked risks", .help = "Risks that need it."}),
      field<&SoAEntry::linked_obligations>({.label = "Linked obligations", .help = "Obligations that need it."}),
      field<&SoAEntry::control>({.label = "Control", .help = "The organisation's control.", .in_list = true}),
      field<&SoAEntry::last_reviewed_on>({.label = "Last reviewed on", .help = "Review of the line."}),
  };
  static constexpr EntityDef def = entity<SoAEntry>(
      {.name = "soa_entry",
       .label = "SoA entry",
       .plural = "SoA entries",
       .help = "One line of the SoA.",
       .phase = Phase::applicability,
       .access = AccessClass::control,
       .prefix = "SE",
       .parent = "soa",
       .unique_together = "soa control_ref",
      },
      fields);
  return def;
}

}  // namespace assay
