// Who does what in the ISMS: one activity with the people of a RACI matrix (5.3).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

struct Responsibility {
  Id id;
  std::string activity;
  std::optional<std::string> clause;
  Ref<Person> accountable;
  std::vector<Ref<Person>> responsible;
  std::vector<Ref<Person>> consulted;
  std::vector<Ref<Person>> informed;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
