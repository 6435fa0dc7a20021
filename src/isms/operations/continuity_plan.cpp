#include "isms/operations/continuity_plan.h"

#include "isms/documents/document_version.h"
#include "isms/operations/system.h"
#include "isms/organisation/process.h"

namespace assay {

const EntityDef& ContinuityPlan::def() {
  static constexpr FieldDef fields[] = {
      field<&ContinuityPlan::kind>({.label = "Kind", .title = true, .in_list = true}),
      field<&ContinuityPlan::document_version>({.label = "Document version", .help = "Document.", .in_list = true}),
      field<&ContinuityPlan::processes>({.label = "Processes", .help = "Processes covered."}),
      field<&ContinuityPlan::systems>({.label = "Systems", .help = "Systems covered."}),
      field<&ContinuityPlan::rto_hours>({.label = "RTO hours", .help = "Time objective.", .in_list = true}),
      field<&ContinuityPlan::rpo_hours>({.label = "RPO hours", .help = "Data objective.", .in_list = true}),
      field<&ContinuityPlan::security_during_disruption>({.label = "Security during disruption", .help = "Keeps information security in degraded mode."}),
  };
  static constexpr EntityDef def = entity<ContinuityPlan>(
      {.name = "continuity_plan",
       .label = "Continuity plan",
       .plural = "Continuity plans",
       .help = "A business continuity or disaster recovery plan.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "CP",
      },
      fields);
  return def;
}

}  // namespace assay
