#include "isms/operations/continuity_plan.h"

#include "isms/documents/document_version.h"
#include "isms/operations/system.h"
#include "isms/organisation/process.h"

namespace assay {

const EntityDef& ContinuityPlan::def() {
  static constexpr FieldDef fields[] = {
      field<&ContinuityPlan::kind>({.label = "Kind", .title = true, .in_list = true}),
      field<&ContinuityPlan::document_version>({.label = "Document", .in_list = true}),
      field<&ContinuityPlan::processes>({.label = "Processes covered"}),
      field<&ContinuityPlan::systems>({.label = "Systems covered"}),
      field<&ContinuityPlan::rto_hours>({.label = "Recovery time objective (hours)",
                                         .help = "As stated in the plan; the systems must say the same.",
                                         .example = "8",
                                         .in_list = true,
                                         .least = 0}),
      field<&ContinuityPlan::rpo_hours>({.label = "Recovery point objective (hours)",
                                         .help = "As stated in the plan; the systems must say the same.",
                                         .example = "24",
                                         .in_list = true,
                                         .least = 0}),
      field<&ContinuityPlan::security_during_disruption>(
          {.label = "Keeps security in a disruption",
           .help = "Security is not dropped while working in emergency mode.",
           .in_list = true}),
  };
  static constexpr EntityDef def = entity<ContinuityPlan>(
      {
          .name = "continuity_plan",
          .label = "Continuity plan",
          .plural = "Continuity plans",
          .help = "Plans for going on and for recovering after a disruption. Controls A.5.29 and A.5.30 ask that "
                  "security and the systems needed are ready for it.",
          .clause = "A.5.30",
          .example = "Disaster recovery plan for ERP and warehouse: back within 8 hours with data of the day before.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "CP",
      },
      fields);
  return def;
}

}  // namespace assay
