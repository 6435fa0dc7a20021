#include "isms/organisation/obligation.h"

#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& Obligation::def() {
  static constexpr FieldDef fields[] = {
      field<&Obligation::title>({.label = "Title",
                                 .help = "The law, contract, licence or standard.",
                                 .example = "General Data Protection Regulation, articles 32 to 34",
                                 .title = true,
                                 .in_list = true}),
      field<&Obligation::kind>({.label = "Kind", .in_list = true}),
      field<&Obligation::jurisdiction>({.label = "Applies in", .example = "European Union", .in_list = true}),
      field<&Obligation::owner>({.label = "Watched by", .help = "Who notices when it changes.", .in_list = true}),
      field<&Obligation::applicable>({.label = "Applies to the scope", .in_list = true}),
      field<&Obligation::compliance_approach>({.label = "How it is met", .multiline = true}),
      field<&Obligation::notification_hours>({.label = "Report incidents within (hours)",
                                              .help = "If it sets a deadline for reporting.",
                                              .example = "72",
                                              .least = 0,
                                              .most = 8760}),
      field<&Obligation::notification_contact>(
          {.label = "Report to", .example = "State data protection authority, online form"}),
      field<&Obligation::reviewed_on>({.label = "Last reviewed on", .in_list = true}),
  };
  static constexpr EntityDef def = entity<Obligation>(
      {
          .name = "obligation",
          .label = "Obligation",
          .plural = "Obligations",
          .help = "Laws, regulations, contracts and standards that bind the organisation in information security. "
                  "Control A.5.31 asks to identify them, keep them current and say how each is met.",
          .clause = "A.5.31",
          .example = "General Data Protection Regulation: breaches to the authority within 72 hours, watched by the "
                     "privacy officer.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "OB",
          .holder = "owner",
          .default_sort = "title",
      },
      fields);
  return def;
}

Problems Obligation::validate() const {
  Problems problems;
  if (notification_hours && !checks::given(notification_contact)) {
    problems.push_back({"notification_contact", "must say whom to notify when there is a deadline", ""});
  }
  return problems;
}

}  // namespace assay
