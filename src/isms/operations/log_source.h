// A source of event logs.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct System;

enum class LogSourceIntegrity { none, access_restricted, hash_chain, worm, signed_ };
template <>
inline constexpr auto choices_of<LogSourceIntegrity> = choices<LogSourceIntegrity>({
    choice<LogSourceIntegrity::none>("None"),
    choice<LogSourceIntegrity::access_restricted>("Restricted access"),
    choice<LogSourceIntegrity::hash_chain>("Hash chain"),
    choice<LogSourceIntegrity::worm>("Write once"),
    choice<LogSourceIntegrity::signed_>("Signed"),
});

struct LogSource {
  Id id;
  Ref<System> system;
  bool centralised = false;
  std::optional<Instant> last_event_at;
  double max_silence_hours = 0;
  std::int64_t online_days = 0;
  std::int64_t archive_days = 0;
  std::optional<Date> oldest_online_on;
  LogSourceIntegrity integrity{};
  std::optional<Date> integrity_checked_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
