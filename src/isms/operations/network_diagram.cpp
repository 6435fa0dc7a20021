#include "isms/operations/network_diagram.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& NetworkDiagram::def() {
  static constexpr FieldDef fields[] = {
      field<&NetworkDiagram::document_version>({.label = "Document", .title = true, .in_list = true}),
      field<&NetworkDiagram::site>({.label = "Site", .in_list = true}),
      field<&NetworkDiagram::cloud_region>(
          {.label = "Cloud region", .example = "eu-central-1", .in_list = true, .max_length = 60}),
      field<&NetworkDiagram::verified_against_actual_on>(
          {.label = "Compared with the network on",
           .help = "When it was last checked against what is really there; to be done again after each change.",
           .in_list = true}),
  };
  static constexpr EntityDef def = entity<NetworkDiagram>(
      {
          .name = "network_diagram",
          .label = "Network diagram",
          .plural = "Network diagrams",
          .help = "The network as it is documented, by site or cloud region. Control A.8.20 asks that networks are "
                  "managed, for which the picture must be true.",
          .clause = "A.8.20",
          .example = "Head office, version 7, compared with the discovery scan of last month.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "ND",
          .parent = "document_version",
      },
      fields);
  return def;
}

}  // namespace assay
