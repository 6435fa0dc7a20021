#include "isms/people/offboarding_case.h"

#include "isms/operations/asset.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& OffboardingCase::def() {
  static constexpr FieldDef fields[] = {
      field<&OffboardingCase::person>({.label = "Person", .help = "Who.", .title = true, .in_list = true}),
      field<&OffboardingCase::last_day>({.label = "Last day", .help = "Last working day.", .in_list = true}),
      field<&OffboardingCase::access_revoked_at>({.label = "Access revoked at", .help = "All access ended.", .in_list = true}),
      field<&OffboardingCase::assets_to_return>({.label = "Assets to return", .help = "Assets held."}),
      field<&OffboardingCase::assets_returned_on>({.label = "Assets returned on", .help = "All returned.", .in_list = true}),
      field<&OffboardingCase::duties_reminded_on>({.label = "Duties reminded on", .help = "Continuing duties confirmed."}),
      field<&OffboardingCase::closed_on>({.label = "Closed on", .help = "Closed."}),
  };
  static constexpr EntityDef def = entity<OffboardingCase>(
      {.name = "offboarding_case",
       .label = "Offboarding case",
       .plural = "Offboarding cases",
       .help = "The leaving of a person or change of role.",
       .phase = Phase::people,
       .access = AccessClass::confidential,
       .prefix = "OFF",
       .holder = "person",
      },
      fields);
  return def;
}

}  // namespace assay
