#include "isms/risk/risk_assessment_run.h"

#include "isms/controls/evidence.h"
#include "isms/organisation/isms_change.h"
#include "isms/organisation/person.h"
#include "isms/organisation/scope_statement.h"
#include "isms/risk/risk_methodology.h"

namespace assay {

const EntityDef& RiskAssessmentRun::def() {
  static constexpr FieldDef fields[] = {
      field<&RiskAssessmentRun::methodology>({.label = "Methodology", .help = "Version used.", .in_list = true}),
      field<&RiskAssessmentRun::scope>({.label = "Scope", .help = "Scope version assessed."}),
      field<&RiskAssessmentRun::kind>({.label = "Kind", .help = "Why.", .in_list = true}),
      field<&RiskAssessmentRun::trigger>({.label = "Trigger", .help = "Change that caused it.", .in_list = true}),
      field<&RiskAssessmentRun::performed_on>({.label = "Performed on", .help = "Completion.", .title = true, .in_list = true}),
      field<&RiskAssessmentRun::participants>({.label = "Participants", .help = "Who took part."}),
      field<&RiskAssessmentRun::approved_by>({.label = "Approved by", .help = "Approver."}),
      field<&RiskAssessmentRun::report>({.label = "Report", .help = "Retained result."}),
  };
  static constexpr EntityDef def = entity<RiskAssessmentRun>(
      {.name = "risk_assessment_run",
       .label = "Risk assessment run",
       .plural = "Risk assessment runs",
       .help = "One performance of the assessment process (8.2).",
       .phase = Phase::risk,
       .access = AccessClass::risk,
       .prefix = "RUN",
      },
      fields);
  return def;
}

}  // namespace assay
