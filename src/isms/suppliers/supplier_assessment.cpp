#include "isms/suppliers/supplier_assessment.h"

#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& SupplierAssessment::def() {
  static constexpr FieldDef fields[] = {
      field<&SupplierAssessment::supplier>({.label = "Supplier", .title = true, .in_list = true}),
      field<&SupplierAssessment::performed_on>({.label = "Performed on", .help = "Day.", .in_list = true}),
      field<&SupplierAssessment::method>({.label = "Method", .help = "Basis.", .in_list = true}),
      field<&SupplierAssessment::assurance_expires_on>({.label = "Assurance expires on", .help = "End of a certificate or report relied on."}),
      field<&SupplierAssessment::result>({.label = "Result", .help = "Conclusion.", .in_list = true}),
      field<&SupplierAssessment::conditions_open>({.label = "Conditions open", .help = "Conditions not met."}),
  };
  static constexpr EntityDef def = entity<SupplierAssessment>(
      {.name = "supplier_assessment",
       .label = "Supplier assessment",
       .plural = "Supplier assessments",
       .help = "An assessment or review of a supplier.",
       .phase = Phase::suppliers,
       .access = AccessClass::operation,
       .prefix = "SAS",
       .parent = "supplier",
      },
      fields);
  return def;
}

}  // namespace assay
