// Terms a person signed.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;

struct EmploymentAgreement {
  Id id;
  Ref<Person> person;
  std::optional<Date> signed_on;
  bool security_terms = false;
  std::optional<Date> confidentiality_signed_on;
  bool post_employment_terms = false;

  static const EntityDef& def();
};

}  // namespace assay
