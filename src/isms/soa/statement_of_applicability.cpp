#include "isms/soa/statement_of_applicability.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/organisation/scope_statement.h"
#include "isms/risk/risk_assessment_run.h"

namespace assay {

const EntityDef& StatementOfApplicability::def() {
  static constexpr FieldDef fields[] = {
      field<&StatementOfApplicability::version>({.label = "Version",
                                                 .help = "Running number; the certificate names it.",
                                                 .title = true,
                                                 .in_list = true,
                                                 .least = 1}),
      field<&StatementOfApplicability::status>({.label = "Status", .in_list = true}),
      field<&StatementOfApplicability::scope>(
          {.label = "Scope", .help = "The scope version it belongs to.", .in_list = true}),
      field<&StatementOfApplicability::run>(
          {.label = "Risk assessment", .help = "The assessment it rests on.", .in_list = true}),
      field<&StatementOfApplicability::approved_by>({.label = "Approved by"}),
      field<&StatementOfApplicability::approved_on>({.label = "Approved on", .in_list = true}),
      field<&StatementOfApplicability::last_reviewed_on>({.label = "Last reviewed on", .in_list = true}),
      field<&StatementOfApplicability::document_version>(
          {.label = "Document", .help = "The controlled document that carries it."}),
  };
  static constexpr EntityDef def = entity<StatementOfApplicability>(
      {
          .name = "statement_of_applicability",
          .label = "Statement of Applicability",
          .plural = "Statements of Applicability",
          .help = "Which controls the organisation needs and which it does not, with reasons and state. Clause 6.1.3 d "
                  "asks for it, and every audit starts from it.",
          .clause = "6.1.3 d",
          .example = "Version 2 on scope 1 and the assessment of March: 93 lines, 6 excluded, approved by the managing "
                     "director.",
          .phase = Phase::applicability,
          .access = AccessClass::control,
          .prefix = "SOA",
          .unique_together = "version",
          .default_sort = "-version",
      },
      fields, &soa_lifecycle);
  return def;
}

}  // namespace assay
