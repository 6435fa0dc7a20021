#include "isms/risk/risk_methodology.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& RiskMethodology::def() {
  static constexpr FieldDef fields[] = {
      field<&RiskMethodology::version>({.label = "Version", .help = "Running number.", .title = true, .in_list = true}),
      field<&RiskMethodology::status>({.label = "Status", .help = "Lifecycle.", .in_list = true}),
      field<&RiskMethodology::approach>({.label = "Approach", .help = "Identification approach (event_based = scenario-based)."}),
      field<&RiskMethodology::likelihood_min>({.label = "Likelihood min", .help = "Scale floor."}),
      field<&RiskMethodology::likelihood_max>({.label = "Likelihood max", .help = "Scale ceiling."}),
      field<&RiskMethodology::impact_min>({.label = "Impact min", .help = "Scale floor."}),
      field<&RiskMethodology::impact_max>({.label = "Impact max", .help = "Scale ceiling."}),
      field<&RiskMethodology::level_definitions>({.label = "Level definitions", .help = "Every scale level is described so that two assessors read it alike."}),
      field<&RiskMethodology::formula>({.label = "Formula", .help = "How the level of risk is calculated."}),
      field<&RiskMethodology::matrix>({.label = "Matrix", .help = "Lookup when formula = matrix."}),
      field<&RiskMethodology::acceptance_threshold>({.label = "Acceptance threshold", .help = "Scores above it need treatment or the risk owner's explicit acceptance."}),
      field<&RiskMethodology::assessment_criteria>({.label = "Assessment criteria", .help = "When and how assessments are performed (interval, triggers).", .multiline = true}),
      field<&RiskMethodology::reassessment_interval_days>({.label = "Reassessment interval days", .help = "Planned interval (8.2)."}),
      field<&RiskMethodology::tolerance_levels>({.label = "Tolerance levels", .help = "Permitted spread between assessors."}),
      field<&RiskMethodology::document_version>({.label = "Document version", .help = "Document."}),
      field<&RiskMethodology::approved_by>({.label = "Approved by", .help = "Approver."}),
      field<&RiskMethodology::approved_on>({.label = "Approved on", .help = "Approval.", .in_list = true}),
      field<&RiskMethodology::effective_on>({.label = "Effective on", .help = "In force from.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<RiskMethodology>(
      {.name = "risk_methodology",
       .label = "Risk methodology",
       .plural = "Risk methodologies",
       .help = "The defined assessment and treatment process (6.1.2, 6.1.3).",
       .phase = Phase::risk,
       .access = AccessClass::risk,
       .prefix = "RM",
       .unique_together = "version",
      },
      fields);
  return def;
}

}  // namespace assay
