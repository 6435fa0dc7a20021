#include "isms/operations/system.h"

#include "isms/organisation/person.h"
#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& System::def() {
  static constexpr FieldDef fields[] = {
      field<&System::name>({.label = "Name", .example = "ERP", .title = true, .in_list = true}),
      field<&System::owner>({.label = "Owner", .in_list = true}),
      field<&System::environment>({.label = "Environment", .in_list = true}),
      field<&System::in_scope>({.label = "In scope", .help = "Inside the boundary of the ISMS.", .in_list = true}),
      field<&System::handles_sensitive>(
          {.label = "Sensitive", .help = "Processes confidential or restricted information.", .in_list = true}),
      field<&System::internet_facing>({.label = "Reachable from the internet", .in_list = true}),
      field<&System::access_class>({.label = "Kind of access", .help = "Decides where a second factor matters most."}),
      field<&System::cloud_region>({.label = "Cloud region", .example = "eu-central-1", .max_length = 60}),
      field<&System::supplier>({.label = "Supplier", .help = "Who provides it, if not we ourselves.", .in_list = true}),
      field<&System::mfa_enforced>({.label = "Second factor enforced", .help = "For every account that logs in."}),
      field<&System::rto_hours>(
          {.label = "Recovery time objective (hours)", .help = "How long it may be down.", .example = "8", .least = 0}),
      field<&System::rpo_hours>({.label = "Recovery point objective (hours)",
                                 .help = "How much work may be lost.",
                                 .example = "24",
                                 .least = 0}),
      field<&System::logging_required>({.label = "Must send logs"}),
      field<&System::time_synchronised>({.label = "Clock synchronised", .help = "Follows an approved time source."}),
      field<&System::uses_production_data>({.label = "Holds real data", .help = "For test, staging and development."}),
      field<&System::data_masked>({.label = "Real data masked", .help = "For test, staging and development."}),
      field<&System::stores_source_code>({.label = "Stores source code"}),
  };
  static constexpr EntityDef def = entity<System>(
      {
          .name = "system",
          .label = "System",
          .plural = "Systems",
          .help = "Applications, platforms and plant systems as working wholes. Accounts, backups, logs, changes and "
                  "recovery objectives hang on them.",
          .clause = "A.5.9",
          .example = "ERP, production, owned by the head of IT: sensitive, recovery within 8 hours.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "SYS",
          .holder = "owner",
          .default_sort = "name",
      },
      fields);
  return def;
}

Problems System::validate() const {
  Problems problems;
  if (environment == SystemEnvironment::production && data_masked) {
    problems.push_back({"data_masked", "is for environments other than production", "Yes"});
  }
  return problems;
}

}  // namespace assay
