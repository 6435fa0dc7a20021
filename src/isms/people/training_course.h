// An awareness or role course.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct TrainingCourse {
  Id id;
  std::string title;
  std::vector<std::string> roles;
  std::int64_t validity_days = 0;
  bool covers_policy = false;
  bool covers_contribution = false;
  bool covers_consequences = false;

  static const EntityDef& def();
};

}  // namespace assay
