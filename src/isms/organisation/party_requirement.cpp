#include "isms/organisation/party_requirement.h"

#include "isms/controls/control.h"
#include "isms/organisation/interested_party.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/process.h"

namespace assay {

const EntityDef& PartyRequirement::def() {
  static constexpr FieldDef fields[] = {
      field<&PartyRequirement::party>({.label = "Party", .help = "Whose requirement.", .in_list = true}),
      field<&PartyRequirement::text>({.label = "Text", .help = "The requirement in plain words.", .multiline = true, .title = true, .in_list = true}),
      field<&PartyRequirement::kind>({.label = "Kind", .help = "Nature.", .in_list = true}),
      field<&PartyRequirement::climate_related>({.label = "Climate related", .help = "Stems from climate change.", .in_list = true}),
      field<&PartyRequirement::addressed_by_isms>({.label = "Addressed by ISMS", .help = "The 4.2 c decision."}),
      field<&PartyRequirement::linked_controls>({.label = "Linked controls", .help = "Controls that meet it."}),
      field<&PartyRequirement::linked_obligation>({.label = "Linked obligation", .help = "Register entry if legal or contractual."}),
      field<&PartyRequirement::linked_process>({.label = "Linked process", .help = "ISMS process that meets it."}),
  };
  static constexpr EntityDef def = entity<PartyRequirement>(
      {.name = "party_requirement",
       .label = "Party requirement",
       .plural = "Party requirements",
       .help = "A need or expectation of an interested party (4.2 b, c).",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "REQ",
       .parent = "party",
      },
      fields);
  return def;
}

}  // namespace assay
