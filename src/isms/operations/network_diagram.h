// A diagram of the network as documented.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct DocumentVersion;
struct Site;

struct NetworkDiagram {
  Id id;
  Ref<DocumentVersion> document_version;
  std::optional<Ref<Site>> site;
  std::optional<std::string> cloud_region;
  std::optional<Date> verified_against_actual_on;

  static const EntityDef& def();
};

}  // namespace assay
