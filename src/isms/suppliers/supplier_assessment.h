// An assessment or review of a supplier.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Supplier;

enum class SupplierAssessmentMethod { questionnaire, certificate, report, audit, monitoring };
template <>
inline constexpr auto choices_of<SupplierAssessmentMethod> = choices<SupplierAssessmentMethod>({
    choice<SupplierAssessmentMethod::questionnaire>("Questionnaire"),
    choice<SupplierAssessmentMethod::certificate>("Certificate"),
    choice<SupplierAssessmentMethod::report>("Audit report"),
    choice<SupplierAssessmentMethod::audit>("Own audit"),
    choice<SupplierAssessmentMethod::monitoring>("Monitoring"),
});

enum class SupplierAssessmentResult { acceptable, conditional, unacceptable };
template <>
inline constexpr auto choices_of<SupplierAssessmentResult> = choices<SupplierAssessmentResult>({
    choice<SupplierAssessmentResult::acceptable>("Acceptable"),
    choice<SupplierAssessmentResult::conditional>("Acceptable with conditions"),
    choice<SupplierAssessmentResult::unacceptable>("Unacceptable"),
});

struct SupplierAssessment {
  Id id;
  Ref<Supplier> supplier;
  Date performed_on;
  SupplierAssessmentMethod method{};
  std::optional<Date> assurance_expires_on;
  SupplierAssessmentResult result{};
  std::int64_t conditions_open = 0;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
