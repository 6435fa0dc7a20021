// A zone, as declared or as observed.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct NetworkDiagram;
struct Site;

struct NetworkSegment {
  Id id;
  std::string name;
  std::optional<Ref<Site>> site;
  std::optional<std::string> cloud_region;
  bool sensitive = false;
  std::optional<Ref<NetworkDiagram>> declared_in;
  std::optional<Date> observed_on;
  bool reachable_from_corporate = false;
  bool approved_flows_documented = false;

  static const EntityDef& def();
};

}  // namespace assay
