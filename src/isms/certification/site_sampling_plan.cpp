#include "isms/certification/site_sampling_plan.h"

#include "isms/audit/audit.h"
#include "isms/certification/certificate.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& SiteSamplingPlan::def() {
  static constexpr FieldDef fields[] = {
      field<&SiteSamplingPlan::certificate>(
          {.label = "Certificate", .help = "Empty before the first one.", .in_list = true}),
      field<&SiteSamplingPlan::audit>({.label = "Audit", .title = true, .in_list = true}),
      field<&SiteSamplingPlan::eligible>({.label = "Sampling permitted",
                                          .help = "The sites run much the same processes under one ISMS.",
                                          .in_list = true}),
      field<&SiteSamplingPlan::sampled_sites>(
          {.label = "Sites chosen", .help = "Besides the central function, which is audited every time."}),
      field<&SiteSamplingPlan::random_share_pct>({.label = "Chosen at random (%)",
                                                  .help = "At least 25 where four or more sites are chosen.",
                                                  .in_list = true,
                                                  .least = 0,
                                                  .most = 100}),
      field<&SiteSamplingPlan::justification>({.label = "Reasons",
                                               .help = "Why these sites, and why this many.",
                                               .example = "Plant 2 because of the incident in March; two at random.",
                                               .multiline = true,
                                               .in_list = true}),
  };
  static constexpr EntityDef def = entity<SiteSamplingPlan>(
      {
          .name = "site_sampling_plan",
          .label = "Site sampling plan",
          .plural = "Site sampling plans",
          .help = "Which sites an audit of the certification body visits when it does not visit all. The rules for "
                  "several sites ask for a minimum number, a random part and the central function.",
          .example = "Surveillance 1: central function and 3 of 9 branches, one third chosen at random.",
          .phase = Phase::certification,
          .access = AccessClass::certification,
          .prefix = "SSP",
          .parent = "audit",
      },
      fields);
  return def;
}

}  // namespace assay
