// The certified party (one per workspace); the ISMS belongs to it.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Organisation {
  Id id;
  std::string name;
  std::string sector;
  std::int64_t headcount_total = 0;
  std::optional<Date> isms_operational_since;
  bool critical_services = false;
  std::vector<std::string> legal_entities;

  static const EntityDef& def();
};

}  // namespace assay
