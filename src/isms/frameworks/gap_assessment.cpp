#include "isms/frameworks/gap_assessment.h"

#include <fmt/format.h>

#include "isms/frameworks/gap_questions.h"
#include "isms/organisation/person.h"

namespace assay {

std::span<const FieldDef> GapAssignment::parts() {
  static constexpr FieldDef parts[] = {
      field<&GapAssignment::person>({.label = "Person"}),
      field<&GapAssignment::questions>(
          {.label = "Questions", .help = "Clauses as 6.1.2, controls as A.8.13.", .example = "A.8.13"}),
  };
  static_assert(embedded_complete<GapAssignment>(parts));
  return parts;
}

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
      field<&GapAssessment::approved_on>({.label = "Approved on"}),
      field<&GapAssessment::assumptions>(
          {.label = "Assumptions", .help = "What the estimate rests on.", .multiline = true}),
      field<&GapAssessment::roadmap_from>(
          {.label = "Work begins on", .help = "First day of the roadmap; the day of the analysis if none is given."}),
      field<&GapAssessment::persons_available>({.label = "Persons available",
                                                .help = "Who work on the gaps side by side.",
                                                .example = "2",
                                                .least = 0.1,
                                                .most = 1000}),
      field<&GapAssessment::days_a_week>({.label = "Days a week each",
                                          .help = "That each of them has for it.",
                                          .example = "2.5",
                                          .least = 0.1,
                                          .most = 5}),
      field<&GapAssessment::assignments>({.label = "Questions handed out"}),
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
          .frozen_in = "approved",
      },
      fields, &gap_assessment_lifecycle);
  return def;
}

Problems GapAssessment::validate() const {
  Problems problems;
  for (std::size_t i = 0; i < assignments.size(); ++i) {
    for (const std::string& key : assignments[i].questions) {
      if (!is_gap_key(key))
        problems.push_back({fmt::format("assignments[{}].questions", i),
                            "must be clauses such as 6.1.2 or controls such as A.8.13", key});
    }
  }
  return problems;
}

}  // namespace assay
