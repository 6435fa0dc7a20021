#include "isms/soa/statement_of_applicability.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/organisation/scope_statement.h"
#include "isms/risk/risk_assessment_run.h"

namespace assay {

const EntityDef& StatementOfApplicability::def() {
  static constexpr FieldDef fields[] = {
      field<&StatementOfApplicability::version>({.label = "Version", .help = "Running number.", .title = true, .in_list = true}),
      field<&StatementOfApplicability::status>({.label = "Status", .help = "Lifecycle.", .in_list = true}),
      field<&StatementOfApplicability::scope>({.label = "Scope", .help = "Scope version.", .in_list = true}),
      field<&StatementOfApplicability::run>({.label = "Run", .help = "Assessment it rests on."}),
      field<&StatementOfApplicability::approved_by>({.label = "Approved by", .help = "Approver."}),
      field<&StatementOfApplicability::approved_on>({.label = "Approved on", .help = "Approval.", .in_list = true}),
      field<&StatementOfApplicability::last_reviewed_on>({.label = "Last reviewed on", .help = "Latest review."}),
      field<&StatementOfApplicability::document_version>({.label = "Document version", .help = "Document."}),
  };
  static constexpr EntityDef def = entity<StatementOfApplicability>(
      {.name = "statement_of_applicability",
       .label = "Statement of Applicability",
       .plural = "Statements of Applicability",
       .help = "A version of the SoA (6.1.3 d).",
       .phase = Phase::applicability,
       .access = AccessClass::control,
       .prefix = "SOA",
       .unique_together = "version",
      },
      fields);
  return def;
}

}  // namespace assay
