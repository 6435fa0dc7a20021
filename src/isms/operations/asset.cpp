#include "isms/operations/asset.h"

#include "isms/operations/system.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& Asset::def() {
  static constexpr FieldDef fields[] = {
      field<&Asset::name>({.label = "Name", .example = "Customer database", .title = true, .in_list = true}),
      field<&Asset::kind>({.label = "Kind", .in_list = true}),
      field<&Asset::owner>({.label = "Owner", .help = "Who answers for its protection.", .in_list = true}),
      field<&Asset::classification>(
          {.label = "Classification", .help = "The highest class of the information it holds.", .in_list = true}),
      field<&Asset::in_scope>({.label = "In scope", .help = "Inside the boundary of the ISMS.", .in_list = true}),
      field<&Asset::critical>(
          {.label = "Critical", .help = "Its loss would hurt more than the impact level \"high\"."}),
      field<&Asset::personal_data>({.label = "Holds personal data"}),
      field<&Asset::site>({.label = "Site"}),
      field<&Asset::cloud_region>({.label = "Cloud region", .example = "eu-central-1", .max_length = 60}),
      field<&Asset::system>({.label = "System", .help = "The system it is part of.", .in_list = true}),
      field<&Asset::source>({.label = "Known from", .help = "Entered here, or seen by discovery."}),
      field<&Asset::registered_on>({.label = "Registered on", .help = "Empty: discovered, but not taken over yet."}),
      field<&Asset::discovered_on>({.label = "First seen on"}),
      field<&Asset::last_verified_on>({.label = "Last verified on", .help = "When it was last checked to be there."}),
      field<&Asset::lifecycle>({.label = "State", .in_list = true}),
      field<&Asset::vendor_support_ends_on>({.label = "Security support ends on"}),
      field<&Asset::licence_valid_to>({.label = "Licence valid until"}),
  };
  static constexpr EntityDef def = entity<Asset>(
      {
          .name = "asset",
          .label = "Asset",
          .plural = "Assets",
          .help =
              "Information and everything that holds or carries it. Control A.5.9 asks for an inventory with owners "
              "that is kept up to date.",
          .clause = "A.5.9",
          .example = "Customer database: confidential, personal data, owned by the head of sales, part of the CRM.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "A",
          .holder = "owner",
          .default_sort = "name",
      },
      fields);
  return def;
}

Problems Asset::validate() const {
  Problems problems;
  checks::refuse_before(problems, registered_on, "last_verified_on", last_verified_on,
                        "must not be before it was registered");
  if (source == AssetSource::discovery && !name.empty() && !checks::given(discovered_on)) {
    problems.push_back({"discovered_on", "is needed for an asset that was discovered", ""});
  }
  return problems;
}

}  // namespace assay
