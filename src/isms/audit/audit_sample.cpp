#include "isms/audit/audit_sample.h"

#include "isms/audit/audit.h"
#include "isms/audit/auditor.h"

namespace assay {

const EntityDef& AuditSample::def() {
  static constexpr FieldDef fields[] = {
      field<&AuditSample::audit>({.label = "Audit", .in_list = true}),
      field<&AuditSample::ref>({.label = "Ref", .help = "Clause or control.", .title = true, .in_list = true}),
      field<&AuditSample::population>({.label = "Population", .in_list = true}),
      field<&AuditSample::sampled>({.label = "Sampled", .help = "Sample."}),
      field<&AuditSample::techniques>({.label = "Techniques"}),
      field<&AuditSample::result>({.label = "Result", .in_list = true}),
      field<&AuditSample::auditor>({.label = "Auditor", .help = "Who examined it."}),
  };
  static constexpr EntityDef def = entity<AuditSample>(
      {.name = "audit_sample",
       .label = "Audit sample",
       .plural = "Audit samples",
       .help = "A sampled population in an audit.",
       .phase = Phase::audit,
       .access = AccessClass::audit,
       .prefix = "AS",
       .parent = "audit",
      },
      fields);
  return def;
}

}  // namespace assay
