#include "isms/audit/finding.h"

#include "isms/audit/audit.h"
#include "isms/audit/nonconformity.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& Finding::def() {
  static constexpr FieldDef fields[] = {
      field<&Finding::audit>({.label = "Audit", .help = "Audit (null = rule engine)."}),
      field<&Finding::ref>({.label = "Ref", .help = "Clause or control.", .in_list = true}),
      field<&Finding::grade>({.label = "Grade", .in_list = true}),
      field<&Finding::statement>({.label = "Statement", .help = "What is wrong.", .multiline = true, .title = true, .in_list = true}),
      field<&Finding::requirement>({.label = "Requirement", .help = "Requirement it offends, in our own words.", .multiline = true}),
      field<&Finding::objective_evidence>({.label = "Objective evidence", .help = "What was seen.", .multiline = true}),
      field<&Finding::site>({.label = "Site", .help = "Where.", .in_list = true}),
      field<&Finding::raised_on>({.label = "Raised on", .help = "Day.", .in_list = true}),
      field<&Finding::nonconformity>({.label = "Nonconformity", .help = "Record opened."}),
      field<&Finding::addressed_on>({.label = "Addressed on", .help = "For areas of concern: resolved before Stage 2."}),
  };
  static constexpr EntityDef def = entity<Finding>(
      {.name = "finding",
       .label = "Finding",
       .plural = "Findings",
       .help = "A finding of any audit or of the product's own rules.",
       .phase = Phase::audit,
       .access = AccessClass::audit,
       .prefix = "F",
       .parent = "audit",
       .default_sort = "-raised_on",
      },
      fields);
  return def;
}

}  // namespace assay
