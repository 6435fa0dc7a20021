#include "isms/risk/threat_category.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& ThreatCategory::def() {
  static constexpr FieldDef fields[] = {
      field<&ThreatCategory::code>({.label = "Code", .help = "For example human_actions.", .in_list = true, .unique = true}),
      field<&ThreatCategory::name>({.label = "Name", .title = true, .in_list = true}),
      field<&ThreatCategory::considered_not_relevant>({.label = "Considered not relevant", .help = "Consciously ruled out.", .in_list = true}),
      field<&ThreatCategory::rationale>({.label = "Rationale", .help = "Why.", .multiline = true}),
      field<&ThreatCategory::decided_by>({.label = "Decided by", .help = "Who decided.", .in_list = true}),
      field<&ThreatCategory::decided_on>({.label = "Decided on", .help = "When."}),
  };
  static constexpr EntityDef def = entity<ThreatCategory>(
      {.name = "threat_category",
       .label = "Threat category",
       .plural = "Threat categories",
       .help = "A category of threats whose coverage the register must show.",
       .phase = Phase::risk,
       .access = AccessClass::risk,
       .prefix = "TC",
      },
      fields);
  return def;
}

}  // namespace assay
