// A hardening baseline and its compliance.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct DocumentVersion;

struct ConfigurationBaseline {
  Id id;
  std::string applies_to;
  Ref<DocumentVersion> document_version;
  std::optional<Date> last_checked_on;
  std::int64_t deviations_open = 0;
  double coverage_pct = 0;

  static const EntityDef& def();
};

}  // namespace assay
