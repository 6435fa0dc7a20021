// A line of the communication plan (7.4).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

struct CommunicationItem {
  Id id;
  std::string topic;
  std::optional<std::string> audience;
  std::optional<std::string> timing;
  std::optional<std::string> channel;
  std::optional<Ref<Person>> owner;
  std::optional<Date> last_done_on;
  std::optional<std::int64_t> every_days;

  // The day on which it is due again; nothing while no interval is set. Never done with an interval: due at once.
  std::optional<Date> due_on(Date today) const;

  static const EntityDef& def();
};

}  // namespace assay
