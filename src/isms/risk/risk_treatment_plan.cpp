#include "isms/risk/risk_treatment_plan.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/risk/risk.h"

namespace assay {

std::span<const FieldDef> TreatmentApproval::parts() {
  static constexpr FieldDef parts[] = {
      field<&TreatmentApproval::risk>({.label = "Risk"}),
      field<&TreatmentApproval::person>({.label = "Person"}),
      field<&TreatmentApproval::approved_on>({.label = "Approved on"}),
  };
  static_assert(embedded_complete<TreatmentApproval>(parts));
  return parts;
}

const EntityDef& RiskTreatmentPlan::def() {
  static constexpr FieldDef fields[] = {
      field<&RiskTreatmentPlan::version>({.label = "Version", .help = "Running number.", .title = true, .in_list = true}),
      field<&RiskTreatmentPlan::status>({.label = "Status", .help = "Lifecycle.", .in_list = true}),
      field<&RiskTreatmentPlan::document_version>({.label = "Document version", .help = "Document.", .in_list = true}),
      field<&RiskTreatmentPlan::approvals>({.label = "Approvals", .help = "Risk owners' approvals."}),
      field<&RiskTreatmentPlan::last_progress_review_on>({.label = "Last progress review on", .help = "Latest review of progress.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<RiskTreatmentPlan>(
      {.name = "risk_treatment_plan",
       .label = "Risk treatment plan",
       .plural = "Risk treatment plans",
       .help = "The plan (6.1.3 e), versioned and approved.",
       .phase = Phase::risk,
       .access = AccessClass::risk,
       .prefix = "RTP",
       .unique_together = "version",
      },
      fields);
  return def;
}

}  // namespace assay
