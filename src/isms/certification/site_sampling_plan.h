// Sampling of sites over a cycle.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Audit;
struct Certificate;
struct Site;

struct SiteSamplingPlan {
  Id id;
  std::optional<Ref<Certificate>> certificate;
  Ref<Audit> audit;
  bool eligible = false;
  std::vector<Ref<Site>> sampled_sites;
  double random_share_pct = 0;
  std::optional<std::string> justification;

  static const EntityDef& def();
};

}  // namespace assay
