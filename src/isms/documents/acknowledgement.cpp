#include "isms/documents/acknowledgement.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Acknowledgement::def() {
  static constexpr FieldDef fields[] = {
      field<&Acknowledgement::document_version>({.label = "Document version", .help = "What.", .in_list = true}),
      field<&Acknowledgement::person>({.label = "Person", .help = "Who.", .title = true, .in_list = true}),
      field<&Acknowledgement::requested_on>({.label = "Requested on", .help = "Asked.", .in_list = true}),
      field<&Acknowledgement::acknowledged_on>({.label = "Acknowledged on", .help = "Confirmed.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<Acknowledgement>(
      {.name = "acknowledgement",
       .label = "Acknowledgement",
       .plural = "Acknowledgements",
       .help = "A person's confirmation of a document version.",
       .phase = Phase::documents,
       .access = AccessClass::personal,
       .prefix = "ACK",
       .parent = "document_version",
       .unique_together = "document_version person",
       .holder = "person",
      },
      fields);
  return def;
}

}  // namespace assay
