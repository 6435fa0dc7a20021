#include "isms/operations/asset.h"

#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& Asset::def() {
  static constexpr FieldDef fields[] = {
      field<&Asset::name>({.label = "Name", .title = true, .in_list = true}),
      field<&Asset::kind>({.label = "Kind", .help = "Class.", .in_list = true}),
      field<&Asset::owner>({.label = "Owner", .help = "Asset owner.", .in_list = true}),
      field<&Asset::classification>({.label = "Classification", .help = "Information class.", .in_list = true}),
      field<&Asset::in_scope>({.label = "In scope", .help = "Inside the boundary.", .in_list = true}),
      field<&Asset::critical>({.label = "Critical", .help = "Loss would exceed the impact level \"high\"."}),
      field<&Asset::personal_data>({.label = "Personal data", .help = "Holds personal data."}),
      field<&Asset::site>({.label = "Site", .help = "Location."}),
      field<&Asset::cloud_region>({.label = "Cloud region", .help = "Region code."}),
      field<&Asset::system>({.label = "System", .help = "System it belongs to.", .in_list = true}),
      field<&Asset::source>({.label = "Source", .help = "How it became known."}),
      field<&Asset::registered_on>({.label = "Registered on", .help = "Entry in the inventory (null = only discovered)."}),
      field<&Asset::discovered_on>({.label = "Discovered on", .help = "First seen."}),
      field<&Asset::last_verified_on>({.label = "Last verified on", .help = "Latest inventory check."}),
      field<&Asset::lifecycle>({.label = "Lifecycle", .help = "State."}),
      field<&Asset::vendor_support_ends_on>({.label = "Vendor support ends on", .help = "End of security support."}),
      field<&Asset::licence_valid_to>({.label = "Licence valid to", .help = "Licence end."}),
  };
  static constexpr EntityDef def = entity<Asset>(
      {.name = "asset",
       .label = "Asset",
       .plural = "Assets",
       .help = "Information or another associated asset (A.5.9).",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "A",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
