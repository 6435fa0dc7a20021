#include "isms/organisation/scope_statement.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& ScopeStatement::def() {
  static constexpr FieldDef fields[] = {
      field<&ScopeStatement::version>({.label = "Version", .help = "Running number.", .in_list = true}),
      field<&ScopeStatement::status>({.label = "Status", .help = "Lifecycle.", .in_list = true}),
      field<&ScopeStatement::text>({.label = "Text", .help = "The statement as it will be certified.", .multiline = true, .title = true, .in_list = true}),
      field<&ScopeStatement::considers_issues>({.label = "Considers issues", .help = "Built from the context issues."}),
      field<&ScopeStatement::considers_requirements>({.label = "Considers requirements", .help = "Built from party requirements."}),
      field<&ScopeStatement::document_version>({.label = "Document version", .help = "Controlled document that carries it."}),
      field<&ScopeStatement::approved_by>({.label = "Approved by", .help = "Approving member of top management."}),
      field<&ScopeStatement::approved_on>({.label = "Approved on", .help = "Approval day.", .in_list = true}),
      field<&ScopeStatement::effective_on>({.label = "Effective on", .help = "Day it applies from.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ScopeStatement>(
      {.name = "scope_statement",
       .label = "Scope statement",
       .plural = "Scope statements",
       .help = "The documented scope (4.3); versioned.",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "SCOPE",
       .unique_together = "version",
      },
      fields);
  return def;
}

}  // namespace assay
