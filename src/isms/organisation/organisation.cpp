#include "isms/organisation/organisation.h"

namespace assay {

const EntityDef& Organisation::def() {
  static constexpr FieldDef fields[] = {
      field<&Organisation::name>({.label = "Name",
                                  .help = "As it should stand on the certificate.",
                                  .example = "Northwind Logistics GmbH",
                                  .title = true,
                                  .in_list = true}),
      field<&Organisation::sector>(
          {.label = "Sector",
           .help =
               "Economic activity by NACE, ISIC or IAF code; certification bodies match their competence against it.",
           .example = "NACE 52.2",
           .in_list = true}),
      field<&Organisation::headcount_total>(
          {.label = "People in total",
           .help = "Everybody who works under the organisation's control, whatever the form of employment.",
           .in_list = true,
           .least = 0,
           .most = 10000000}),
      field<&Organisation::isms_operational_since>(
          {.label = "ISMS in operation since",
           .help = "The first day on which its processes ran; certification bodies want to see some months.",
           .in_list = true}),
      field<&Organisation::critical_services>(
          {.label = "Critical services",
           .help = "Supplies essential or otherwise critical services; the audit then takes longer.",
           .in_list = true}),
      field<&Organisation::legal_entities>({.label = "Legal entities",
                                            .help = "Those covered and those next to them.",
                                            .example = "Northwind Logistics Iberia S.A."}),
  };
  static constexpr EntityDef def = entity<Organisation>(
      {
          .name = "organisation",
          .label = "Organisation",
          .plural = "Organisations",
          .help = "The organisation whose ISMS this is: size, sector and legal entities, as certification bodies ask "
                  "for them. Clause 4.1 starts from here.",
          .clause = "4.1",
          .example = "Northwind Logistics GmbH, NACE 52.2, 180 people, ISMS in operation since 1 February.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "ORG",
          .single = true,
      },
      fields);
  return def;
}

}  // namespace assay
