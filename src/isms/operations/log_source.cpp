#include "isms/operations/log_source.h"

#include "isms/operations/system.h"

namespace assay {

const EntityDef& LogSource::def() {
  static constexpr FieldDef fields[] = {
      field<&LogSource::system>({.label = "System", .title = true, .in_list = true}),
      field<&LogSource::centralised>({.label = "Centralised", .help = "Reaches the central platform.", .in_list = true}),
      field<&LogSource::last_event_at>({.label = "Last event at", .help = "Latest event received.", .in_list = true}),
      field<&LogSource::max_silence_hours>({.label = "Max silence hours", .help = "Expected longest pause.", .in_list = true}),
      field<&LogSource::online_days>({.label = "Online days", .help = "Searchable retention configured."}),
      field<&LogSource::archive_days>({.label = "Archive days", .help = "Total retention including archive."}),
      field<&LogSource::oldest_online_on>({.label = "Oldest online on", .help = "Oldest event actually searchable."}),
      field<&LogSource::integrity>({.label = "Integrity", .help = "Protection."}),
      field<&LogSource::integrity_checked_on>({.label = "Integrity checked on", .help = "Latest check."}),
  };
  static constexpr EntityDef def = entity<LogSource>(
      {.name = "log_source",
       .label = "Log source",
       .plural = "Log sources",
       .help = "A source of event logs.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "LS",
      },
      fields);
  return def;
}

}  // namespace assay
