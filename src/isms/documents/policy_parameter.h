// A threshold the organisation set for itself, with its source. It binds from its day on once somebody else approved
// it.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct DocumentVersion;
struct Person;

struct PolicyParameter {
  Id id;
  std::string key;
  double value = 0;
  std::string unit;
  Ref<DocumentVersion> source;
  std::optional<Ref<Person>> approved_by;
  Date effective_on;
  std::optional<Ref<Person>> declined_by;  // who did not want the proposal; the reason is in the history

  Problems validate() const;
  static const EntityDef& def();
};

}  // namespace assay
