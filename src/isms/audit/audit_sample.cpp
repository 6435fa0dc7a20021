#include "isms/audit/audit_sample.h"

#include "isms/audit/audit.h"
#include "isms/audit/auditor.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& AuditSample::def() {
  static constexpr FieldDef fields[] = {
      field<&AuditSample::audit>({.label = "Audit", .in_list = true}),
      field<&AuditSample::ref>({.label = "Requirement",
                                .help = "The clause or Annex A control that was examined.",
                                .example = "A.5.18",
                                .title = true,
                                .in_list = true,
                                .max_length = 60}),
      field<&AuditSample::population>({.label = "Population",
                                       .help = "How many records or cases there were to choose from.",
                                       .in_list = true,
                                       .least = 0}),
      field<&AuditSample::sampled>(
          {.label = "Examined", .help = "How many were looked at.", .in_list = true, .least = 0}),
      field<&AuditSample::techniques>(
          {.label = "Techniques", .help = "Documents and interviews alone do not show that something works."}),
      field<&AuditSample::result>({.label = "Result", .in_list = true}),
      field<&AuditSample::auditor>({.label = "Auditor",
                                    .help = "Who examined it; nobody examines what they own, run or built.",
                                    .in_list = true}),
  };
  static constexpr EntityDef def = entity<AuditSample>(
      {
          .name = "audit_sample",
          .label = "Audit sample",
          .plural = "Audit samples",
          .help = "What an audit looked at: how many cases out of how many, and how. Clause 9.2 asks audits for "
                  "information on whether the ISMS works, which only samples of evidence can give.",
          .clause = "9.2.1",
          .example = "A.5.18: 12 of 84 accounts of the ERP system compared with their approvals, no exception.",
          .phase = Phase::audit,
          .access = AccessClass::audit,
          .prefix = "AS",
          .parent = "audit",
          .settled_with = "closed cancelled",
      },
      fields);
  return def;
}

Problems AuditSample::validate() const {
  Problems problems;
  checks::refuse_above(problems, population, "sampled", sampled, "must not be more than the population");
  return problems;
}

}  // namespace assay
