#include "isms/organisation/interested_party.h"

namespace assay {

const EntityDef& InterestedParty::def() {
  static constexpr FieldDef fields[] = {
      field<&InterestedParty::name>({.label = "Name",
                                     .help = "One party, or a group of parties alike.",
                                     .example = "Customers in the food trade",
                                     .title = true,
                                     .in_list = true}),
      field<&InterestedParty::type>({.label = "Type", .in_list = true}),
      field<&InterestedParty::relevant>({.label = "Relevant", .help = "Its wishes bear on the ISMS.", .in_list = true}),
      field<&InterestedParty::reviewed_on>({.label = "Last reviewed on", .in_list = true}),
  };
  static constexpr EntityDef def = entity<InterestedParty>(
      {
          .name = "interested_party",
          .label = "Interested party",
          .plural = "Interested parties",
          .help = "Who has something at stake in the organisation's information security. Clause 4.2 asks to determine "
                  "them and what they require.",
          .clause = "4.2",
          .example = "Customers in the food trade: relevant, their contracts ask for a certified ISMS.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "IP",
          .default_sort = "name",
      },
      fields);
  return def;
}

}  // namespace assay
