#include "isms/operations/system.h"

#include "isms/organisation/person.h"
#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& System::def() {
  static constexpr FieldDef fields[] = {
      field<&System::name>({.label = "Name", .title = true, .in_list = true}),
      field<&System::owner>({.label = "Owner", .help = "System owner.", .in_list = true}),
      field<&System::environment>({.label = "Environment", .in_list = true}),
      field<&System::in_scope>({.label = "In scope", .help = "Inside the boundary.", .in_list = true}),
      field<&System::handles_sensitive>({.label = "Handles sensitive", .help = "Processes confidential or restricted information."}),
      field<&System::internet_facing>({.label = "Internet facing", .help = "Reachable from outside.", .in_list = true}),
      field<&System::access_class>({.label = "Access class", .help = "Class for MFA priority."}),
      field<&System::cloud_region>({.label = "Cloud region", .help = "Region."}),
      field<&System::supplier>({.label = "Supplier", .help = "Provider.", .in_list = true}),
      field<&System::mfa_enforced>({.label = "MFA enforced", .help = "Enforced for every interactive account."}),
      field<&System::rto_hours>({.label = "RTO hours", .help = "Recovery time objective."}),
      field<&System::rpo_hours>({.label = "RPO hours", .help = "Recovery point objective."}),
      field<&System::logging_required>({.label = "Logging required", .help = "Must send logs."}),
      field<&System::time_synchronised>({.label = "Time synchronised", .help = "Follows an approved time source."}),
      field<&System::uses_production_data>({.label = "Uses production data", .help = "For non-production: holds real data."}),
      field<&System::data_masked>({.label = "Data masked", .help = "Real data masked."}),
      field<&System::stores_source_code>({.label = "Stores source code", .help = "Repository host."}),
  };
  static constexpr EntityDef def = entity<System>(
      {.name = "system",
       .label = "System",
       .plural = "Systems",
       .help = "An application, platform or OT system as an operating whole.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "SYS",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
