#include "isms/organisation/committee.h"

#include "isms/controls/evidence.h"
#include "isms/documents/document.h"
#include "isms/organisation/org_unit.h"
#include "isms/organisation/person.h"

namespace assay {

std::span<const FieldDef> CommitteeMeeting::parts() {
  static constexpr FieldDef parts[] = {
      field<&CommitteeMeeting::held_on>({.label = "Held on"}),
      field<&CommitteeMeeting::minutes>({.label = "Minutes"}),
      field<&CommitteeMeeting::attendees>({.label = "Attendees"}),
  };
  static_assert(embedded_complete<CommitteeMeeting>(parts));
  return parts;
}

const EntityDef& Committee::def() {
  static constexpr FieldDef fields[] = {
      field<&Committee::name>({.label = "Name", .title = true, .in_list = true}),
      field<&Committee::charter>({.label = "Charter", .help = "Terms of reference.", .in_list = true}),
      field<&Committee::chair>({.label = "Chair", .in_list = true}),
      field<&Committee::members>({.label = "Members"}),
      field<&Committee::functions_represented>({.label = "Functions represented", .help = "Breadth of representation."}),
      field<&Committee::cadence_days>({.label = "Cadence days", .help = "Planned interval.", .in_list = true}),
      field<&Committee::meetings>({.label = "Meetings", .help = "Meetings held."}),
  };
  static constexpr EntityDef def = entity<Committee>(
      {.name = "committee",
       .label = "Committee",
       .plural = "Committees",
       .help = "The cross-functional governance forum.",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "COM",
      },
      fields);
  return def;
}

}  // namespace assay
