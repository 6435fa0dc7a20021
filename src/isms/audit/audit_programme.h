// The internal audit programme (9.2.2).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

struct AuditProgramme {
  Id id;
  Date period_start;
  Date period_end;
  std::int64_t frequency_days = 0;
  std::optional<std::string> methods;
  std::optional<std::string> responsibilities;
  bool considers_importance = false;
  bool considers_previous_results = false;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
