#include "isms/certification/certification_project.h"

#include "base/text.h"
#include "isms/certification/certification_body.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& CertificationProject::def() {
  static constexpr FieldDef fields[] = {
      field<&CertificationProject::edition>({.label = "Edition sought",
                                             .help = "Of the standard; the gap analysis must be against the same one.",
                                             .example = "27001:2022+Amd1:2024",
                                             .title = true,
                                             .in_list = true,
                                             .max_length = 60}),
      field<&CertificationProject::phase>({.label = "Phase", .in_list = true}),
      field<&CertificationProject::headcount_declared>(
          {.label = "Headcount declared",
           .help = "Persons named to the certification body; audit time is worked out from it.",
           .in_list = true,
           .least = 0}),
      field<&CertificationProject::sites_declared>({.label = "Sites declared", .help = "As named to the body."}),
      field<&CertificationProject::chosen_cb>({.label = "Certification body", .in_list = true}),
      field<&CertificationProject::contract_signed_on>({.label = "Contract signed on", .in_list = true}),
      field<&CertificationProject::remediation_buffer_days>(
          {.label = "Days kept free after Stage 1",
           .help = "To settle the findings of Stage 1 before Stage 2; four to eight weeks are usual.",
           .example = "42",
           .least = 0,
           .most = 366}),
      field<&CertificationProject::planned_audit_days>(
          {.label = "Audit days contracted", .help = "Stage 1 and Stage 2 together.", .least = 0}),
      field<&CertificationProject::complexity_adjustment_pct>(
          {.label = "Adjustment of audit time (%)",
           .help = "What the body added or, as a negative number, took off; more than 30 % off is not permitted.",
           .least = -100,
           .most = 200}),
      field<&CertificationProject::adjustment_rationale>(
          {.label = "Reasons of the adjustment", .help = "As the body gave them.", .multiline = true}),
  };
  static constexpr EntityDef def = entity<CertificationProject>(
      {
          .name = "certification_project",
          .label = "Certification project",
          .plural = "Certification projects",
          .help =
              "The way from the gap analysis to the certificate, phase by phase. A phase is left when its result is "
              "there, so that no audit of the body is booked too early.",
          .example = "First certification for 240 people at two sites; in the phase of the internal audit.",
          .phase = Phase::certification,
          .access = AccessClass::certification,
          .prefix = "CPR",
      },
      fields, &certification_project_lifecycle);
  return def;
}

Problems CertificationProject::validate() const {
  Problems problems;
  if (complexity_adjustment_pct.value_or(0) != 0 && is_blank(adjustment_rationale.value_or(""))) {
    problems.push_back({"adjustment_rationale", "is needed where audit time was adjusted", ""});
  }
  return problems;
}

}  // namespace assay
