#include "isms/organisation/organisation.h"

namespace assay {

const EntityDef& Organisation::def() {
  static constexpr FieldDef fields[] = {
      field<&Organisation::name>({.label = "Name", .help = "Registered trading name.", .title = true, .in_list = true}),
      field<&Organisation::sector>({.label = "Sector", .help = "Economic activity (NACE/ISIC or IAF code) used for certification-body competence matching.", .in_list = true}),
      field<&Organisation::headcount_total>({.label = "Headcount total", .help = "Persons doing work under the organisation's control, all forms of employment.", .in_list = true}),
      field<&Organisation::isms_operational_since>({.label = "ISMS operational since", .help = "First day the ISMS processes ran; start of the operating period.", .in_list = true}),
      field<&Organisation::critical_services>({.label = "Critical services", .help = "Supplies essential or otherwise critical services (raises audit-time complexity)."}),
      field<&Organisation::legal_entities>({.label = "Legal entities", .help = "Legal entities covered or adjacent."}),
  };
  static constexpr EntityDef def = entity<Organisation>(
      {.name = "organisation",
       .label = "Organisation",
       .plural = "Organisations",
       .help = "The certified party (one per workspace); the ISMS belongs to it.",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "ORG",
       .single = true,
      },
      fields);
  return def;
}

}  // namespace assay
