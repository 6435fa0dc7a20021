// A category of threats whose coverage the register must show.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

struct ThreatCategory {
  Id id;
  std::string code;
  std::string name;
  bool considered_not_relevant = false;
  std::optional<std::string> rationale;
  std::optional<Ref<Person>> decided_by;
  std::optional<Date> decided_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
