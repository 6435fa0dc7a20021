#include "isms/risk/risk_assessment_run.h"

#include "isms/controls/evidence.h"
#include "isms/organisation/isms_change.h"
#include "isms/organisation/person.h"
#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_methodology.h"

namespace assay {

const EntityDef& RiskAssessmentRun::def() {
  static constexpr FieldDef fields[] = {
      field<&RiskAssessmentRun::methodology>({.label = "Risk method", .help = "The version used.", .in_list = true}),
      field<&RiskAssessmentRun::scope>({.label = "Scope", .help = "The scope version assessed.", .in_list = true}),
      field<&RiskAssessmentRun::kind>({.label = "Occasion",
                                       .help = "The first one, at the planned interval, or because of a change.",
                                       .in_list = true}),
      field<&RiskAssessmentRun::trigger>(
          {.label = "Triggered by", .help = "The change of the ISMS that called for it."}),
      field<&RiskAssessmentRun::performed_on>(
          {.label = "Performed on", .help = "The day it was completed.", .title = true, .in_list = true}),
      field<&RiskAssessmentRun::participants>({.label = "Participants"}),
      field<&RiskAssessmentRun::approved_by>({.label = "Approved by", .in_list = true}),
      field<&RiskAssessmentRun::report>(
          {.label = "Report", .help = "The retained result. Clause 8.2 asks to keep it.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<RiskAssessmentRun>(
      {
          .name = "risk_assessment_run",
          .label = "Risk assessment",
          .plural = "Risk assessments",
          .help = "Each time the risks were assessed: with which method, for which scope, by whom, with what result. "
                  "Clause 8.2 asks for assessments at planned intervals and when something significant changes.",
          .clause = "8.2",
          .example = "The yearly assessment of March with seven participants; the report is kept as evidence.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "RUN",
          .default_sort = "-performed_on",
      },
      fields);
  return def;
}

Problems RiskAssessmentRun::validate() const {
  Problems problems;
  if (kind == RiskAssessmentRunKind::triggered && checks::id_of(trigger).empty()) {
    problems.push_back({"trigger", "must name the change that called for a triggered assessment", ""});
  }
  return problems;
}

}  // namespace assay
