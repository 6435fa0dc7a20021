// A body that audits and certifies.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct CertificationBody {
  Id id;
  std::string name;
  std::optional<std::string> accreditation_body;
  std::optional<std::string> accreditation_ref;
  bool accredited_for_27001 = false;
  std::optional<Date> accreditation_verified_on;
  std::optional<Date> accreditation_valid_to;
  bool mra_signatory = false;
  std::vector<std::string> sectors;
  std::vector<std::string> countries;
  std::optional<Date> consultancy_to_us_until;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
