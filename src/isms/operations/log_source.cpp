#include "isms/operations/log_source.h"

#include "isms/operations/system.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& LogSource::def() {
  static constexpr FieldDef fields[] = {
      field<&LogSource::system>({.label = "System", .title = true, .in_list = true}),
      field<&LogSource::centralised>({.label = "Sent to the central platform", .in_list = true}),
      field<&LogSource::last_event_at>({.label = "Last event", .in_list = true}),
      field<&LogSource::max_silence_hours>({.label = "Longest usual silence (hours)",
                                            .help = "Longer without an event means that something is broken.",
                                            .example = "24",
                                            .least = 0}),
      field<&LogSource::online_days>({.label = "Searchable for (days)", .example = "365", .in_list = true, .least = 0}),
      field<&LogSource::archive_days>({.label = "Kept for (days)",
                                       .help = "In all, the archive included.",
                                       .example = "730",
                                       .in_list = true,
                                       .least = 0}),
      field<&LogSource::oldest_online_on>(
          {.label = "Oldest searchable event from", .help = "Shows whether the setting is real."}),
      field<&LogSource::integrity>({.label = "Protection against change", .in_list = true}),
      field<&LogSource::integrity_checked_on>({.label = "Protection checked on"}),
  };
  static constexpr EntityDef def = entity<LogSource>(
      {
          .name = "log_source",
          .label = "Log source",
          .plural = "Log sources",
          .help =
              "Systems whose events are recorded, how long and how well protected. Control A.8.15 asks that logs are "
              "produced, kept, protected and analysed.",
          .clause = "A.8.15",
          .example = "ERP: sent to the central platform, searchable for a year, kept for two, write once.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "LS",
      },
      fields);
  return def;
}

Problems LogSource::validate() const {
  Problems problems;
  checks::refuse_above(problems, archive_days, "online_days", online_days,
                       "must not be more than the days kept in all");
  return problems;
}

}  // namespace assay
