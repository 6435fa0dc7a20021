#include "isms/suppliers/supplier.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& Supplier::def() {
  static constexpr FieldDef fields[] = {
      field<&Supplier::name>({.label = "Name", .title = true, .in_list = true}),
      field<&Supplier::service>({.label = "Service", .help = "What.", .in_list = true}),
      field<&Supplier::tier>({.label = "Tier", .help = "Criticality.", .in_list = true}),
      field<&Supplier::cloud_service>({.label = "Cloud service", .help = "Cloud."}),
      field<&Supplier::processes_personal_data>({.label = "Processes personal data", .help = "Data processor."}),
      field<&Supplier::in_scope>({.label = "In scope", .help = "Supports the scope.", .in_list = true}),
      field<&Supplier::owner>({.label = "Owner", .help = "Relationship owner.", .in_list = true}),
      field<&Supplier::status>({.label = "Status", .help = "State.", .in_list = true}),
      field<&Supplier::exit_plan>({.label = "Exit plan", .help = "Exit prepared."}),
      field<&Supplier::shared_responsibility_documented>({.label = "Shared responsibility documented", .help = "Split written down."}),
      field<&Supplier::component_provenance_known>({.label = "Component provenance known", .help = "Subcontractors and components known."}),
  };
  static constexpr EntityDef def = entity<Supplier>(
      {.name = "supplier",
       .label = "Supplier",
       .plural = "Suppliers",
       .help = "A provider of products or services with access or influence.",
       .phase = Phase::suppliers,
       .access = AccessClass::operation,
       .prefix = "SUP",
       .holder = "owner",
      },
      fields);
  return def;
}

}  // namespace assay
