#include "isms/documents/policy_parameter.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& PolicyParameter::def() {
  static constexpr FieldDef fields[] = {
      field<&PolicyParameter::key>(
          {.label = "Name",
           .help = "The product's name of the parameter, with a dot and the class where it has several values.",
           .example = "patch_days.critical",
           .title = true,
           .in_list = true,
           .pattern = "[a-z][a-z0-9_]*(\\.[a-z0-9_]+)?",
           .pattern_text = "a parameter name, such as patch_days.critical",
           .max_length = 80}),
      field<&PolicyParameter::value>({.label = "Value", .example = "5", .in_list = true, .least = 0}),
      field<&PolicyParameter::unit>({.label = "Unit", .example = "days", .in_list = true, .max_length = 30}),
      field<&PolicyParameter::source>(
          {.label = "Set by", .help = "The document version that states this value.", .in_list = true}),
      field<&PolicyParameter::approved_by>({.label = "Approved by"}),
      field<&PolicyParameter::effective_on>({.label = "In force from", .in_list = true}),
  };
  static constexpr EntityDef def = entity<PolicyParameter>(
      {
          .name = "policy_parameter",
          .label = "Own threshold",
          .plural = "Own thresholds",
          .help = "Deadlines and limits that the organisation set for itself. Once approved they replace the product's "
                  "default, and missing a stricter own rule counts as not meeting a requirement.",
          .clause = "7.5.3",
          .example =
              "Critical vulnerabilities are fixed within 5 days, set by version 1.2 of the vulnerability policy.",
          .phase = Phase::documents,
          .access = AccessClass::documented,
          .prefix = "PP",
          .unique_together = "key effective_on",
          .default_sort = "key",
      },
      fields);
  return def;
}

}  // namespace assay
