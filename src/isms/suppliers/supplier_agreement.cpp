#include "isms/suppliers/supplier_agreement.h"

#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& SupplierAgreement::def() {
  static constexpr FieldDef fields[] = {
      field<&SupplierAgreement::supplier>({.label = "Supplier", .title = true, .in_list = true}),
      field<&SupplierAgreement::signed_on>({.label = "Signed on", .help = "Signature.", .in_list = true}),
      field<&SupplierAgreement::expires_on>({.label = "Expires on", .help = "End.", .in_list = true}),
      field<&SupplierAgreement::auto_renews>({.label = "Auto renews", .help = "Renews by itself.", .in_list = true}),
      field<&SupplierAgreement::security_requirements>({.label = "Security requirements", .help = "Requirements agreed."}),
      field<&SupplierAgreement::incident_notice_hours>({.label = "Incident notice hours", .help = "Duty to report."}),
      field<&SupplierAgreement::audit_right>({.label = "Audit right", .help = "Audit or assurance right."}),
      field<&SupplierAgreement::data_processing_terms>({.label = "Data processing terms", .help = "Data protection terms."}),
      field<&SupplierAgreement::end_of_contract_terms>({.label = "End of contract terms", .help = "Return and deletion."}),
  };
  static constexpr EntityDef def = entity<SupplierAgreement>(
      {.name = "supplier_agreement",
       .label = "Supplier agreement",
       .plural = "Supplier agreements",
       .help = "The contract with its security clauses.",
       .phase = Phase::suppliers,
       .access = AccessClass::operation,
       .prefix = "SAG",
       .parent = "supplier",
      },
      fields);
  return def;
}

}  // namespace assay
