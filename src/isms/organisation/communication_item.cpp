#include "isms/organisation/communication_item.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& CommunicationItem::def() {
  static constexpr FieldDef fields[] = {
      field<&CommunicationItem::topic>({.label = "Topic", .help = "On what.", .multiline = true, .title = true, .in_list = true}),
      field<&CommunicationItem::audience>({.label = "Audience", .help = "With whom.", .multiline = true}),
      field<&CommunicationItem::timing>({.label = "Timing", .help = "When.", .multiline = true}),
      field<&CommunicationItem::channel>({.label = "Channel", .help = "How.", .multiline = true}),
      field<&CommunicationItem::owner>({.label = "Owner", .help = "Who.", .in_list = true}),
      field<&CommunicationItem::last_done_on>({.label = "Last done on", .help = "Latest execution.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<CommunicationItem>(
      {.name = "communication_item",
       .label = "Communication item",
       .plural = "Communication items",
       .help = "A line of the communication plan (7.4).",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "COMM",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
