#include "isms/organisation/obligation.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Obligation::def() {
  static constexpr FieldDef fields[] = {
      field<&Obligation::title>({.label = "Title", .help = "Name of the law, contract or standard.", .title = true, .in_list = true}),
      field<&Obligation::kind>({.label = "Kind", .help = "Class.", .in_list = true}),
      field<&Obligation::jurisdiction>({.label = "Jurisdiction", .help = "Where it applies."}),
      field<&Obligation::owner>({.label = "Owner", .help = "Who watches it.", .in_list = true}),
      field<&Obligation::applicable>({.label = "Applicable", .help = "Applies to the scope.", .in_list = true}),
      field<&Obligation::compliance_approach>({.label = "Compliance approach", .help = "How it is met.", .multiline = true}),
      field<&Obligation::notification_hours>({.label = "Notification hours", .help = "Deadline for reporting an incident, if any."}),
      field<&Obligation::notification_contact>({.label = "Notification contact", .help = "Authority or party to call."}),
      field<&Obligation::reviewed_on>({.label = "Reviewed on", .help = "Latest review.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<Obligation>(
      {.name = "obligation",
       .label = "Obligation",
       .plural = "Obligations",
       .help = "Entry of the legal, statutory, regulatory and contractual register (A.5.31).",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "OB",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
