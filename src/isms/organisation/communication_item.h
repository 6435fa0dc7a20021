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

  static const EntityDef& def();
};

}  // namespace assay
