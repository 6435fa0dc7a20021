// An internal or external auditor as a person with competence and ties.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct CompetenceRecord;
struct Person;

struct Auditor {
  Id id;
  std::string name;
  std::optional<Ref<Person>> person;
  std::string employer;
  std::vector<std::string> responsible_for;
  std::optional<Date> consulted_until;
  std::vector<Ref<CompetenceRecord>> competence;

  static const EntityDef& def();
};

}  // namespace assay
