// The contract with its security clauses.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Supplier;

struct SupplierAgreement {
  Id id;
  Ref<Supplier> supplier;
  std::optional<Date> signed_on;
  std::optional<Date> expires_on;
  bool auto_renews = false;
  bool security_requirements = false;
  std::optional<double> incident_notice_hours;
  bool audit_right = false;
  bool data_processing_terms = false;
  bool end_of_contract_terms = false;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
