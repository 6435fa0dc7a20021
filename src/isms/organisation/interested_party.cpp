#include "isms/organisation/interested_party.h"

namespace assay {

const EntityDef& InterestedParty::def() {
  static constexpr FieldDef fields[] = {
      field<&InterestedParty::name>({.label = "Name", .help = "Party or class of parties.", .title = true, .in_list = true}),
      field<&InterestedParty::type>({.label = "Type", .help = "Class.", .in_list = true}),
      field<&InterestedParty::relevant>({.label = "Relevant", .help = "Relevant to the ISMS.", .in_list = true}),
      field<&InterestedParty::reviewed_on>({.label = "Reviewed on", .help = "Latest review.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<InterestedParty>(
      {.name = "interested_party",
       .label = "Interested party",
       .plural = "Interested parties",
       .help = "A stakeholder relevant to the ISMS (4.2 a).",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "IP",
      },
      fields);
  return def;
}

}  // namespace assay
