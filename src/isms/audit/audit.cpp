#include "isms/audit/audit.h"

#include "isms/audit/audit_programme.h"
#include "isms/audit/auditor.h"
#include "isms/certification/certificate.h"
#include "isms/certification/certification_body.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/organisation/site.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& Audit::def() {
  static constexpr FieldDef fields[] = {
      field<&Audit::kind>({.label = "Kind", .title = true, .in_list = true}),
      field<&Audit::programme>({.label = "Programme", .help = "For internal audits: the programme it belongs to."}),
      field<&Audit::certificate>({.label = "Certificate", .help = "For audits that keep or renew a certificate."}),
      field<&Audit::cb>({.label = "Certification body", .help = "For external audits.", .in_list = true}),
      field<&Audit::sequence>({.label = "Number in the cycle",
                               .help = "1 or 2: which surveillance audit after the certification decision.",
                               .least = 1,
                               .most = 9}),
      field<&Audit::criteria>({.label = "Criteria",
                               .help = "What the audit measures against: the standard, own policies, contracts.",
                               .example = "ISO/IEC 27001:2022 clauses 4 to 10; access policy 3.1; customer contract X.",
                               .multiline = true}),
      field<&Audit::scope_clauses>({.label = "Clauses covered",
                                    .help = "A parent covers what is below it: 9 covers 9.2.1.",
                                    .example = "6.1.2; 9"}),
      field<&Audit::scope_controls>({.label = "Controls covered", .example = "8.13; 8.15"}),
      field<&Audit::scope_sites>({.label = "Sites covered"}),
      field<&Audit::method>({.label = "Method"}),
      field<&Audit::remote_feasibility_recorded>(
          {.label = "Remote methods judged suitable", .help = "Needed where any part of the audit is done remotely."}),
      field<&Audit::planned_start>({.label = "Planned start", .in_list = true}),
      field<&Audit::started_on>({.label = "Started on"}),
      field<&Audit::ended_on>({.label = "Last day", .in_list = true}),
      field<&Audit::lead>({.label = "Lead auditor", .in_list = true}),
      field<&Audit::team>({.label = "Audit team", .help = "Everybody but the lead."}),
      field<&Audit::days>({.label = "Auditor days", .help = "Days that all auditors spent together.", .least = 0}),
      field<&Audit::status>({.label = "Status", .in_list = true}),
      field<&Audit::report>({.label = "Report"}),
      field<&Audit::reported_on>({.label = "Reported on"}),
      field<&Audit::reported_to>({.label = "Reported to", .help = "The managers who received the results."}),
      field<&Audit::conclusion>({.label = "Conclusion", .in_list = true}),
  };
  static constexpr EntityDef def = entity<Audit>(
      {
          .name = "audit",
          .label = "Audit",
          .plural = "Audits",
          .help = "Internal audits and those of the certification body. Clause 9.2 asks for internal audits at planned "
                  "intervals, by people who do not audit their own work.",
          .clause = "9.2",
          .example =
              "Internal audit of clauses 4 to 10 and the controls of theme 8 at the head office, planned for May.",
          .phase = Phase::audit,
          .access = AccessClass::audit,
          .prefix = "AUD",
          .default_sort = "-planned_start",
          .frozen_in = "closed cancelled",
      },
      fields, &audit_lifecycle);
  return def;
}

Problems Audit::validate() const {
  Problems problems;
  checks::refuse_before(problems, started_on, "ended_on", ended_on, "must not be before the audit began");
  checks::refuse_before(problems, ended_on, "reported_on", reported_on, "must not be before the last day of the audit");
  if (kind == AuditKind::internal && checks::refers(cb)) {
    problems.push_back({"cb", "must be empty for an internal audit", cb->id});
  }
  if (kind != AuditKind::internal && checks::refers(programme)) {
    problems.push_back({"programme", "is for internal audits only", programme->id});
  }
  if (kind != AuditKind::surveillance && sequence) {
    problems.push_back({"sequence", "is for surveillance audits only", std::to_string(*sequence)});
  }
  return problems;
}

}  // namespace assay
