#include "isms/audit/audit.h"

#include "isms/audit/audit_programme.h"
#include "isms/audit/auditor.h"
#include "isms/certification/certificate.h"
#include "isms/certification/certification_body.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& Audit::def() {
  static constexpr FieldDef fields[] = {
      field<&Audit::kind>({.label = "Kind", .title = true, .in_list = true}),
      field<&Audit::programme>({.label = "Programme", .help = "For internal audits."}),
      field<&Audit::certificate>({.label = "Certificate", .help = "For audits in a cycle."}),
      field<&Audit::cb>({.label = "Certification body", .help = "For external audits.", .in_list = true}),
      field<&Audit::sequence>({.label = "Sequence", .help = "1 or 2 for surveillance in a cycle."}),
      field<&Audit::criteria>({.label = "Criteria", .help = "Audit criteria.", .multiline = true}),
      field<&Audit::scope_clauses>({.label = "Scope clauses", .help = "Clauses covered."}),
      field<&Audit::scope_controls>({.label = "Scope controls", .help = "Controls covered."}),
      field<&Audit::scope_sites>({.label = "Scope sites", .help = "Sites covered."}),
      field<&Audit::method>({.label = "Method"}),
      field<&Audit::remote_feasibility_recorded>({.label = "Remote feasibility recorded", .help = "Suitability of remote methods judged."}),
      field<&Audit::planned_start>({.label = "Planned start", .help = "Planned.", .in_list = true}),
      field<&Audit::started_on>({.label = "Started on", .help = "Began."}),
      field<&Audit::ended_on>({.label = "Ended on", .help = "Last day."}),
      field<&Audit::lead>({.label = "Lead", .help = "Lead auditor."}),
      field<&Audit::team>({.label = "Team"}),
      field<&Audit::days>({.label = "Days", .help = "Auditor days spent."}),
      field<&Audit::status>({.label = "Status", .help = "Lifecycle.", .in_list = true}),
      field<&Audit::report>({.label = "Report"}),
      field<&Audit::reported_on>({.label = "Reported on", .help = "Report issued."}),
      field<&Audit::reported_to>({.label = "Reported to", .help = "Managers informed."}),
      field<&Audit::conclusion>({.label = "Conclusion"}),
  };
  static constexpr EntityDef def = entity<Audit>(
      {.name = "audit",
       .label = "Audit",
       .plural = "Audits",
       .help = "Any audit, internal or by the certification body.",
       .phase = Phase::audit,
       .access = AccessClass::audit,
       .prefix = "AUD",
       .default_sort = "-planned_start",
      },
      fields);
  return def;
}

}  // namespace assay
