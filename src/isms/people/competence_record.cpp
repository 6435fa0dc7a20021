#include "isms/people/competence_record.h"

#include "base/text.h"
#include "isms/controls/evidence.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& CompetenceRecord::def() {
  static constexpr FieldDef fields[] = {
      field<&CompetenceRecord::person>({.label = "Person", .title = true, .in_list = true}),
      field<&CompetenceRecord::role>({.label = "Role or area",
                                      .help = "Name of the role as in the role assignments, or internal_auditor.",
                                      .example = "internal_auditor",
                                      .in_list = true,
                                      .max_length = 100}),
      field<&CompetenceRecord::requirement>({.label = "Competence needed",
                                             .help = "What the role asks for.",
                                             .example = "Audit technique and ISO/IEC 27001, proven by a lead auditor "
                                                        "course.",
                                             .multiline = true}),
      field<&CompetenceRecord::basis>({.label = "Gained by", .in_list = true}),
      field<&CompetenceRecord::evidence>(
          {.label = "Evidence", .help = "Certificate, reference or record that shows it.", .in_list = true}),
      field<&CompetenceRecord::valid_to>({.label = "Valid until", .in_list = true}),
      field<&CompetenceRecord::gap_action>(
          {.label = "Action where it is lacking", .example = "Lead auditor course in March.", .multiline = true}),
      field<&CompetenceRecord::gap_action_completed_on>({.label = "Action completed on"}),
      field<&CompetenceRecord::effectiveness_evaluated_on>(
          {.label = "Effect judged on", .help = "When it was checked that the action gave the competence."}),
  };
  static constexpr EntityDef def = entity<CompetenceRecord>(
      {
          .name = "competence_record",
          .label = "Competence record",
          .plural = "Competence records",
          .help =
              "Why a person is fit for a role in the ISMS. Clause 7.2 asks for the competence needed, for education, "
              "training or experience that gives it, for action where it lacks, and for evidence.",
          .clause = "7.2",
          .example = "Mara Lind, internal auditor: lead auditor course 2023, three audits as co-auditor; certificate "
                     "kept.",
          .phase = Phase::people,
          .access = AccessClass::personal,
          .prefix = "CR",
          .holder = "person",
      },
      fields);
  return def;
}

Problems CompetenceRecord::validate() const {
  Problems problems;
  checks::refuse_before(problems, gap_action_completed_on, "effectiveness_evaluated_on", effectiveness_evaluated_on,
                        "must not be before the action was completed");
  if (checks::given(gap_action_completed_on) && is_blank(gap_action.value_or(""))) {
    problems.push_back({"gap_action", "is needed where an action was completed", ""});
  }
  return problems;
}

}  // namespace assay
