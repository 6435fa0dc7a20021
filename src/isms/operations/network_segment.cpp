#include "isms/operations/network_segment.h"

#include "isms/operations/network_diagram.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& NetworkSegment::def() {
  static constexpr FieldDef fields[] = {
      field<&NetworkSegment::name>({.label = "Name", .example = "Production plant 2", .title = true, .in_list = true}),
      field<&NetworkSegment::site>({.label = "Site", .in_list = true}),
      field<&NetworkSegment::cloud_region>(
          {.label = "Cloud region", .example = "eu-central-1", .in_list = true, .max_length = 60}),
      field<&NetworkSegment::sensitive>({.label = "Sensitive",
                                         .help = "Must be kept apart: production, plant, management, backup.",
                                         .in_list = true}),
      field<&NetworkSegment::declared_in>({.label = "Shown in diagram", .help = "Empty: seen, but not documented."}),
      field<&NetworkSegment::observed_on>({.label = "Last seen on", .help = "On the real network.", .in_list = true}),
      field<&NetworkSegment::reachable_from_corporate>(
          {.label = "Reachable from user networks", .help = "As observed.", .in_list = true}),
      field<&NetworkSegment::approved_flows_documented>({.label = "Permitted traffic written down"}),
  };
  static constexpr EntityDef def = entity<NetworkSegment>(
      {
          .name = "network_segment",
          .label = "Network segment",
          .plural = "Network segments",
          .help = "Zones of the network, as drawn or as found. Control A.8.22 asks that groups of services, users and "
                  "systems are kept apart.",
          .clause = "A.8.22",
          .example = "Production plant 2: sensitive, shown in the plant diagram, not reachable from the office.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "NS",
          .default_sort = "name",
      },
      fields);
  return def;
}

}  // namespace assay
