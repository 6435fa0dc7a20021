#include "isms/operations/network_segment.h"

#include "isms/operations/network_diagram.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& NetworkSegment::def() {
  static constexpr FieldDef fields[] = {
      field<&NetworkSegment::name>({.label = "Name", .title = true, .in_list = true}),
      field<&NetworkSegment::site>({.label = "Site", .help = "Where.", .in_list = true}),
      field<&NetworkSegment::cloud_region>({.label = "Cloud region", .help = "Region.", .in_list = true}),
      field<&NetworkSegment::sensitive>({.label = "Sensitive", .help = "Needs separation (production, OT, management, backup).", .in_list = true}),
      field<&NetworkSegment::declared_in>({.label = "Declared in", .help = "Diagram that shows it."}),
      field<&NetworkSegment::observed_on>({.label = "Observed on", .help = "Latest observation on the real network."}),
      field<&NetworkSegment::reachable_from_corporate>({.label = "Reachable from corporate", .help = "Observed reachability from general user networks."}),
      field<&NetworkSegment::approved_flows_documented>({.label = "Approved flows documented", .help = "Permitted flows are written down."}),
  };
  static constexpr EntityDef def = entity<NetworkSegment>(
      {.name = "network_segment",
       .label = "Network segment",
       .plural = "Network segments",
       .help = "A zone, as declared or as observed.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "NS",
      },
      fields);
  return def;
}

}  // namespace assay
