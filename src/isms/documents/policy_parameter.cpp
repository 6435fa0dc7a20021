#include "isms/documents/policy_parameter.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& PolicyParameter::def() {
  static constexpr FieldDef fields[] = {
      field<&PolicyParameter::key>({.label = "Key", .help = "Parameter name as in rulebook §0.3.", .title = true, .in_list = true}),
      field<&PolicyParameter::value>({.label = "Value", .in_list = true}),
      field<&PolicyParameter::unit>({.label = "Unit", .in_list = true}),
      field<&PolicyParameter::source>({.label = "Source", .help = "Document that sets it."}),
      field<&PolicyParameter::approved_by>({.label = "Approved by", .help = "Approver."}),
      field<&PolicyParameter::effective_on>({.label = "Effective on", .help = "In force from.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<PolicyParameter>(
      {.name = "policy_parameter",
       .label = "Policy parameter",
       .plural = "Policy parameters",
       .help = "A threshold the organisation set for itself, with its source.",
       .phase = Phase::documents,
       .access = AccessClass::documented,
       .prefix = "PP",
       .unique_together = "key effective_on",
      },
      fields);
  return def;
}

}  // namespace assay
