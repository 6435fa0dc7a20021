#include "isms/organisation/site.h"

namespace assay {

const EntityDef& Site::def() {
  static constexpr FieldDef fields[] = {
      field<&Site::name>({.label = "Name", .help = "Short name.", .title = true, .in_list = true}),
      field<&Site::address>({.label = "Address", .help = "Postal address, or the virtual environment's name.", .in_list = true}),
      field<&Site::country>({.label = "Country", .help = "ISO 3166 code."}),
      field<&Site::kind>({.label = "Kind", .help = "Nature of the location.", .in_list = true}),
      field<&Site::is_central_function>({.label = "Is central function", .help = "Holds the function that plans and controls the ISMS (exactly one per multi-site ISMS)."}),
      field<&Site::in_scope>({.label = "In scope", .help = "Inside the ISMS boundary.", .in_list = true}),
      field<&Site::headcount>({.label = "Headcount", .help = "Persons working from it."}),
      field<&Site::activity_group>({.label = "Activity group", .help = "Sites with the same group run substantially the same processes (sampling eligibility)."}),
      field<&Site::opened_on>({.label = "Opened on", .help = "First day of operation."}),
      field<&Site::closed_on>({.label = "Closed on", .help = "Last day of operation."}),
      field<&Site::joined_scope_on>({.label = "Joined scope on", .help = "Day it entered the certified scope."}),
  };
  static constexpr EntityDef def = entity<Site>(
      {.name = "site",
       .label = "Site",
       .plural = "Sites",
       .help = "A location, physical or virtual, where work or storage takes place.",
       .phase = Phase::organisation,
       .access = AccessClass::documented,
       .prefix = "S",
      },
      fields);
  return def;
}

}  // namespace assay
