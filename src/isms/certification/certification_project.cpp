#include "isms/certification/certification_project.h"

#include "isms/certification/certification_body.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& CertificationProject::def() {
  static constexpr FieldDef fields[] = {
      field<&CertificationProject::edition>({.label = "Edition", .help = "Edition sought (e.g. 27001:2022+Amd1:2024).", .title = true, .in_list = true}),
      field<&CertificationProject::phase>({.label = "Phase", .in_list = true}),
      field<&CertificationProject::headcount_declared>({.label = "Headcount declared", .help = "Persons declared to the certification body.", .in_list = true}),
      field<&CertificationProject::sites_declared>({.label = "Sites declared"}),
      field<&CertificationProject::chosen_cb>({.label = "Chosen certification body", .help = "Body chosen.", .in_list = true}),
      field<&CertificationProject::contract_signed_on>({.label = "Contract signed on", .help = "Contract."}),
      field<&CertificationProject::remediation_buffer_days>({.label = "Remediation buffer days", .help = "Days kept free between the stages."}),
      field<&CertificationProject::planned_audit_days>({.label = "Planned audit days", .help = "Days contracted for the initial audit."}),
      field<&CertificationProject::complexity_adjustment_pct>({.label = "Complexity adjustment (%)", .help = "Adjustment the body applied."}),
      field<&CertificationProject::adjustment_rationale>({.label = "Adjustment rationale", .help = "Its justification.", .multiline = true}),
  };
  static constexpr EntityDef def = entity<CertificationProject>(
      {.name = "certification_project",
       .label = "Certification project",
       .plural = "Certification projects",
       .help = "The programme from gap analysis to certificate.",
       .phase = Phase::certification,
       .access = AccessClass::certification,
       .prefix = "CPR",
      },
      fields);
  return def;
}

}  // namespace assay
