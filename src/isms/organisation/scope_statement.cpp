#include "isms/organisation/scope_statement.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& ScopeStatement::def() {
  static constexpr FieldDef fields[] = {
      field<&ScopeStatement::version>(
          {.label = "Version", .help = "Running number, 1 for the first.", .title = true, .in_list = true, .least = 1}),
      field<&ScopeStatement::status>({.label = "Status", .in_list = true}),
      field<&ScopeStatement::text>(
          {.label = "Scope",
           .help = "The statement as it should stand on the certificate.",
           .example =
               "Development, operation and support of the Northwind logistics platform at the sites Hamburg and Porto.",
           .multiline = true,
           .in_list = true}),
      field<&ScopeStatement::considers_issues>({.label = "Built from the context issues", .help = "Clause 4.3 a."}),
      field<&ScopeStatement::considers_requirements>(
          {.label = "Built from the requirements of interested parties", .help = "Clause 4.3 b."}),
      field<&ScopeStatement::document_version>(
          {.label = "Document", .help = "The controlled document that carries the scope."}),
      field<&ScopeStatement::approved_by>({.label = "Approved by", .help = "A member of top management."}),
      field<&ScopeStatement::approved_on>({.label = "Approved on", .in_list = true}),
      field<&ScopeStatement::effective_on>({.label = "In force from", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ScopeStatement>(
      {
          .name = "scope_statement",
          .label = "Scope statement",
          .plural = "Scope statements",
          .help = "What the ISMS covers and where it ends. Clause 4.3 asks for a documented scope that considers the "
                  "context, the requirements of interested parties and the interfaces to others.",
          .clause = "4.3",
          .example = "Version 1: the logistics platform with its development and operation in Hamburg; payroll is left "
                     "out with reasons.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "SCOPE",
          .unique_together = "version",
          .default_sort = "-version",
      },
      fields, &scope_statement_lifecycle);
  return def;
}

Problems ScopeStatement::validate() const {
  Problems problems;
  checks::refuse_before(problems, approved_on, "effective_on", effective_on, "must not be before the approval");
  return problems;
}

}  // namespace assay
