#include "isms/audit/audit_programme.h"

#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& AuditProgramme::def() {
  static constexpr FieldDef fields[] = {
      field<&AuditProgramme::period_start>({.label = "Runs from", .title = true, .in_list = true}),
      field<&AuditProgramme::period_end>({.label = "Runs until", .in_list = true}),
      field<&AuditProgramme::frequency_days>({.label = "Interval (days)",
                                              .help = "The longest time between two internal audits.",
                                              .example = "365",
                                              .in_list = true,
                                              .least = 1,
                                              .most = 1096}),
      field<&AuditProgramme::methods>({.label = "Methods",
                                       .help = "How audits are done, remote methods included.",
                                       .example = "Interviews, observation on site, samples of records, test restores.",
                                       .multiline = true}),
      field<&AuditProgramme::responsibilities>(
          {.label = "Responsibilities", .help = "Who plans, who audits, who receives the results.", .multiline = true}),
      field<&AuditProgramme::considers_importance>(
          {.label = "Weighs importance", .help = "Important processes are audited more often or more deeply."}),
      field<&AuditProgramme::considers_previous_results>(
          {.label = "Weighs earlier results", .help = "Areas with findings are audited again."}),
      field<&AuditProgramme::approved_by>({.label = "Approved by"}),
      field<&AuditProgramme::approved_on>({.label = "Approved on", .in_list = true}),
  };
  static constexpr EntityDef def = entity<AuditProgramme>(
      {
          .name = "audit_programme",
          .label = "Audit programme",
          .plural = "Audit programmes",
          .help = "The plan of internal audits over a year or a cycle. Clause 9.2.2 asks for frequency, methods and "
                  "responsibilities that weigh the importance of processes and earlier results.",
          .clause = "9.2.2",
          .example = "January to December: one full audit in May, follow-up of major findings in September.",
          .phase = Phase::audit,
          .access = AccessClass::audit,
          .prefix = "AP",
          .default_sort = "-period_start",
      },
      fields);
  return def;
}

Problems AuditProgramme::validate() const {
  Problems problems;
  checks::refuse_before(problems, period_start, "period_end", period_end, "must not be before the programme begins");
  return problems;
}

}  // namespace assay
