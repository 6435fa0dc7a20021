#include "isms/operations/endpoint.h"

#include "isms/operations/asset.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Endpoint::def() {
  static constexpr FieldDef fields[] = {
      field<&Endpoint::asset>({.label = "Asset", .title = true, .in_list = true}),
      field<&Endpoint::user>({.label = "Assigned to", .in_list = true}),
      field<&Endpoint::status>({.label = "Status", .in_list = true}),
      field<&Endpoint::in_scope>({.label = "In scope", .help = "Inside the boundary of the ISMS."}),
      field<&Endpoint::edr_installed>({.label = "Protection installed", .help = "Against malware.", .in_list = true}),
      field<&Endpoint::centrally_managed>({.label = "Centrally managed", .help = "Reports to the console."}),
      field<&Endpoint::last_seen_at>({.label = "Last seen", .in_list = true}),
      field<&Endpoint::signatures_updated_at>({.label = "Protection updated"}),
      field<&Endpoint::disk_encrypted>({.label = "Disk encrypted", .in_list = true}),
      field<&Endpoint::edr_not_supported>(
          {.label = "Cannot be protected", .help = "No agent runs on it, as on a controller; needs an exception."}),
  };
  static constexpr EntityDef def = entity<Endpoint>(
      {
          .name = "endpoint",
          .label = "Endpoint",
          .plural = "Endpoints",
          .help = "Laptops, phones, servers and other devices with the state of their protection. Controls A.8.1 and "
                  "A.8.7 ask for protected devices and for protection against malware.",
          .clause = "A.8.7",
          .example = "Laptop 4711 of Jana Weber: protection installed, disk encrypted, seen this morning.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "EP",
          .holder = "user",
      },
      fields);
  return def;
}

Problems Endpoint::validate() const {
  Problems problems;
  if (edr_installed && edr_not_supported) {
    problems.push_back({"edr_not_supported", "must be no where protection is installed", "Yes"});
  }
  return problems;
}

}  // namespace assay
