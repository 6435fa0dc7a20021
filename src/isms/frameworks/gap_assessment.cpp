#include "isms/frameworks/gap_assessment.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& GapAssessment::def() {
  static constexpr FieldDef fields[] = {
      field<&GapAssessment::performed_on>({.label = "Performed on", .help = "Day.", .title = true, .in_list = true}),
      field<&GapAssessment::assessor>({.label = "Assessor", .help = "Who.", .in_list = true}),
      field<&GapAssessment::edition>({.label = "Edition", .help = "Edition of the standard.", .in_list = true}),
      field<&GapAssessment::effort_person_days>({.label = "Effort person days", .help = "Internal effort estimate.", .in_list = true}),
      field<&GapAssessment::tooling_cost>({.label = "Tooling cost", .help = "Tooling estimate."}),
      field<&GapAssessment::consultancy_cost>({.label = "Consultancy cost", .help = "Consultancy estimate."}),
      field<&GapAssessment::approved_by>({.label = "Approved by", .help = "Sponsor."}),
  };
  static constexpr EntityDef def = entity<GapAssessment>(
      {.name = "gap_assessment",
       .label = "Gap assessment",
       .plural = "Gap assessments",
       .help = "A gap analysis against clauses 4–10 and Annex A.",
       .phase = Phase::audit,
       .access = AccessClass::governance,
       .prefix = "GAP",
       .holder = "assessor",
      },
      fields);
  return def;
}

}  // namespace assay
