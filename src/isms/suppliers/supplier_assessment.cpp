#include "isms/suppliers/supplier_assessment.h"

#include "isms/record_checks.h"
#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& SupplierAssessment::def() {
  static constexpr FieldDef fields[] = {
      field<&SupplierAssessment::supplier>({.label = "Supplier", .title = true, .in_list = true}),
      field<&SupplierAssessment::performed_on>({.label = "Performed on", .in_list = true}),
      field<&SupplierAssessment::method>({.label = "Based on", .in_list = true}),
      field<&SupplierAssessment::assurance_expires_on>({.label = "Assurance valid until",
                                                        .help = "End of the certificate or report it relies on.",
                                                        .in_list = true}),
      field<&SupplierAssessment::result>({.label = "Result", .in_list = true}),
      field<&SupplierAssessment::conditions_open>(
          {.label = "Open conditions", .help = "Conditions of the result not met yet.", .in_list = true, .least = 0}),
  };
  static constexpr EntityDef def = entity<SupplierAssessment>(
      {
          .name = "supplier_assessment",
          .label = "Supplier assessment",
          .plural = "Supplier assessments",
          .help = "Assessments and reviews of a supplier's security. Controls A.5.19 and A.5.22 ask that suppliers are "
                  "judged before use and watched afterwards.",
          .clause = "A.5.22",
          .example = "Nordhost: ISO/IEC 27001 certificate valid until May 2027, acceptable, no open condition.",
          .phase = Phase::suppliers,
          .access = AccessClass::operation,
          .prefix = "SAS",
          .parent = "supplier",
          .default_sort = "-performed_on",
      },
      fields);
  return def;
}

Problems SupplierAssessment::validate() const {
  Problems problems;
  if (result == SupplierAssessmentResult::acceptable && conditions_open > 0) {
    problems.push_back({"conditions_open", "must be 0 where the result is acceptable without conditions",
                        std::to_string(conditions_open)});
  }
  return problems;
}

}  // namespace assay
