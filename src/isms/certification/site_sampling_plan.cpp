#include "isms/certification/site_sampling_plan.h"

#include "isms/audit/audit.h"
#include "isms/certification/certificate.h"
#include "isms/organisation/site.h"

namespace assay {

const EntityDef& SiteSamplingPlan::def() {
  static constexpr FieldDef fields[] = {
      field<&SiteSamplingPlan::certificate>({.label = "Certificate", .help = "Certificate (null before the first).", .in_list = true}),
      field<&SiteSamplingPlan::audit>({.label = "Audit", .help = "Audit planned.", .title = true, .in_list = true}),
      field<&SiteSamplingPlan::eligible>({.label = "Eligible", .help = "Sites run similar processes under one ISMS.", .in_list = true}),
      field<&SiteSamplingPlan::sampled_sites>({.label = "Sampled sites", .help = "Sites chosen (central function apart)."}),
      field<&SiteSamplingPlan::random_share_pct>({.label = "Random share (%)", .help = "Share chosen at random.", .in_list = true}),
      field<&SiteSamplingPlan::justification>({.label = "Justification", .help = "Reasons.", .multiline = true}),
  };
  static constexpr EntityDef def = entity<SiteSamplingPlan>(
      {.name = "site_sampling_plan",
       .label = "Site sampling plan",
       .plural = "Site sampling plans",
       .help = "Sampling of sites over a cycle.",
       .phase = Phase::certification,
       .access = AccessClass::certification,
       .prefix = "SSP",
       .parent = "audit",
      },
      fields);
  return def;
}

}  // namespace assay
