// A source code repository.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct System;

struct CodeRepository {
  Id id;
  Ref<System> system;
  bool branch_protected = false;
  bool review_required = false;
  bool secret_scanning = false;
  bool dependency_scanning = false;
  std::int64_t open_secrets = 0;

  static const EntityDef& def();
};

}  // namespace assay
