// A place where information rests.
#pragma once

#include "isms/choices.h"

namespace assay {

struct Person;
struct System;

struct DataStore {
  Id id;
  Ref<System> system;
  std::string name;
  Classification classification{};
  bool encrypted_at_rest = false;
  std::optional<std::string> algorithm;
  std::optional<Ref<Person>> key_custodian;
  std::optional<Date> key_rotated_on;
  std::optional<std::int64_t> key_rotation_days;
  std::optional<std::int64_t> retention_days;
  std::optional<Date> oldest_record_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
