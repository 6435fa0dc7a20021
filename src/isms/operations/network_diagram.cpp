#include "isms/operations/network_diagram.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& NetworkDiagram::def() {
  static constexpr FieldDef fields[] = {
      field<&NetworkDiagram::document_version>({.label = "Document version", .help = "Document.", .title = true, .in_list = true}),
      field<&NetworkDiagram::site>({.label = "Site", .in_list = true}),
      field<&NetworkDiagram::cloud_region>({.label = "Cloud region", .help = "Region.", .in_list = true}),
      field<&NetworkDiagram::verified_against_actual_on>({.label = "Verified against actual on", .help = "Latest comparison with the real network.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<NetworkDiagram>(
      {.name = "network_diagram",
       .label = "Network diagram",
       .plural = "Network diagrams",
       .help = "A diagram of the network as documented.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "ND",
       .parent = "document_version",
      },
      fields);
  return def;
}

}  // namespace assay
