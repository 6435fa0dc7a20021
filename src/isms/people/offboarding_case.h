// The leaving of a person or change of role.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Asset;
struct Person;

struct OffboardingCase {
  Id id;
  Ref<Person> person;
  Date last_day;
  std::optional<Instant> access_revoked_at;
  std::vector<Ref<Asset>> assets_to_return;
  std::optional<Date> assets_returned_on;
  std::optional<Date> duties_reminded_on;
  std::optional<Date> closed_on;

  static const EntityDef& def();
};

}  // namespace assay
