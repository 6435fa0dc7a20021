// A formal offer.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct CertificationBody;

struct CertificationQuote {
  Id id;
  Ref<CertificationBody> cb;
  Date received_on;
  std::int64_t headcount_basis = 0;
  std::int64_t sites_basis = 0;
  double stage1_days = 0;
  double stage2_days = 0;
  double surveillance_days = 0;
  double price_initial = 0;
  double price_cycle = 0;
  std::string currency;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
