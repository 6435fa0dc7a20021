// A department or team; the organisational boundary of the scope.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

struct OrgUnit {
  Id id;
  std::string name;
  std::optional<Ref<OrgUnit>> parent;
  std::optional<Ref<Person>> head;
  bool in_scope = false;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
