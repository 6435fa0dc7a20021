#include "isms/frameworks/gap_assessment.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& GapAssessment::def() {
  static constexpr FieldDef fields[] = {
      field<&GapAssessment::performed_on>({.label = "Performed on", .title = true, .in_list = true}),
      field<&GapAssessment::assessor>({.label = "Assessor", .in_list = true}),
      field<&GapAssessment::edition>({.label = "Edition",
                                      .help = "Of the standard it was made against.",
                                      .example = "27001:2022+Amd1:2024",
                                      .in_list = true,
                                      .max_length = 60}),
      field<&GapAssessment::effort_person_days>(
          {.label = "Own effort (person-days)", .help = "Estimate for closing the gaps.", .in_list = true, .least = 0}),
      field<&GapAssessment::tooling_cost>(
          {.label = "Cost of tools", .help = "Estimate, in your own currency.", .in_list = true, .least = 0}),
      field<&GapAssessment::consultancy_cost>(
          {.label = "Cost of consultancy", .help = "Estimate, in your own currency.", .in_list = true, .least = 0}),
      field<&GapAssessment::approved_by>({.label = "Approved by", .help = "The sponsor of the programme."}),
  };
  static constexpr EntityDef def = entity<GapAssessment>(
      {
          .name = "gap_assessment",
          .label = "Gap analysis",
          .plural = "Gap analyses",
          .help = "How far the organisation is from what clauses 4 to 10 and Annex A ask, and what it will take. The "
                  "standard does not require it; it is the sensible first step of a certification programme.",
          .clause = "4.4",
          .example = "Performed on 12 January: 11 of 30 clauses met, 120 person-days and 40,000 EUR estimated.",
          .phase = Phase::audit,
          .access = AccessClass::governance,
          .prefix = "GAP",
          .holder = "assessor",
          .default_sort = "-performed_on",
      },
      fields);
  return def;
}

}  // namespace assay
