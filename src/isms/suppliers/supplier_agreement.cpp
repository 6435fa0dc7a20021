#include "isms/suppliers/supplier_agreement.h"

#include "isms/record_checks.h"
#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& SupplierAgreement::def() {
  static constexpr FieldDef fields[] = {
      field<&SupplierAgreement::supplier>({.label = "Supplier", .title = true, .in_list = true}),
      field<&SupplierAgreement::signed_on>({.label = "Signed on", .in_list = true}),
      field<&SupplierAgreement::expires_on>({.label = "Expires on", .help = "Empty: no fixed end.", .in_list = true}),
      field<&SupplierAgreement::auto_renews>({.label = "Renews by itself", .in_list = true}),
      field<&SupplierAgreement::security_requirements>({.label = "States security requirements", .in_list = true}),
      field<&SupplierAgreement::incident_notice_hours>({.label = "Reports incidents within (hours)",
                                                        .help = "Needed for important and critical suppliers.",
                                                        .example = "24",
                                                        .in_list = true,
                                                        .least = 0,
                                                        .most = 8784}),
      field<&SupplierAgreement::audit_right>(
          {.label = "Right to audit", .help = "Or to assurance in its place; needed for critical suppliers."}),
      field<&SupplierAgreement::data_processing_terms>(
          {.label = "Data protection terms", .help = "Needed where personal data is processed."}),
      field<&SupplierAgreement::end_of_contract_terms>(
          {.label = "Terms for the end", .help = "Return and deletion of information."}),
  };
  static constexpr EntityDef def = entity<SupplierAgreement>(
      {
          .name = "supplier_agreement",
          .label = "Supplier agreement",
          .plural = "Supplier agreements",
          .help =
              "Contracts with suppliers and the security they hold. Control A.5.20 asks that requirements are agreed "
              "with each supplier according to the kind of relationship.",
          .clause = "A.5.20",
          .example = "Nordhost: signed in June for three years, incidents within 24 hours, yearly audit report.",
          .phase = Phase::suppliers,
          .access = AccessClass::operation,
          .prefix = "SAG",
          .parent = "supplier",
          .default_sort = "expires_on",
      },
      fields);
  return def;
}

Problems SupplierAgreement::validate() const {
  Problems problems;
  checks::refuse_before(problems, signed_on, "expires_on", expires_on, "must not be before the day it was signed");
  return problems;
}

}  // namespace assay
