#include "isms/operations/endpoint.h"

#include "isms/operations/asset.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Endpoint::def() {
  static constexpr FieldDef fields[] = {
      field<&Endpoint::asset>({.label = "Asset", .title = true, .in_list = true}),
      field<&Endpoint::user>({.label = "User", .help = "Assignee."}),
      field<&Endpoint::status>({.label = "Status", .help = "Use.", .in_list = true}),
      field<&Endpoint::in_scope>({.label = "In scope", .help = "Inside the boundary.", .in_list = true}),
      field<&Endpoint::edr_installed>({.label = "EDR installed", .help = "Protection installed.", .in_list = true}),
      field<&Endpoint::centrally_managed>({.label = "Centrally managed", .help = "Reports to the console."}),
      field<&Endpoint::last_seen_at>({.label = "Last seen at", .help = "Latest contact.", .in_list = true}),
      field<&Endpoint::signatures_updated_at>({.label = "Signatures updated at", .help = "Latest content update."}),
      field<&Endpoint::disk_encrypted>({.label = "Disk encrypted", .help = "Encryption on."}),
      field<&Endpoint::edr_not_supported>({.label = "EDR not supported", .help = "Device cannot run an agent (e.g. controller)."}),
  };
  static constexpr EntityDef def = entity<Endpoint>(
      {.name = "endpoint",
       .label = "Endpoint",
       .plural = "Endpoints",
       .help = "A user device or server under endpoint protection.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "EP",
      },
      fields);
  return def;
}

}  // namespace assay
