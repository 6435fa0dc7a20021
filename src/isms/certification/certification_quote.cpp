#include "isms/certification/certification_quote.h"

#include "isms/certification/certification_body.h"

namespace assay {

const EntityDef& CertificationQuote::def() {
  static constexpr FieldDef fields[] = {
      field<&CertificationQuote::cb>({.label = "Certification body", .help = "Body.", .title = true, .in_list = true}),
      field<&CertificationQuote::received_on>({.label = "Received on", .help = "Day.", .in_list = true}),
      field<&CertificationQuote::headcount_basis>({.label = "Headcount basis", .help = "Persons assumed.", .in_list = true}),
      field<&CertificationQuote::sites_basis>({.label = "Sites basis", .help = "Sites assumed.", .in_list = true}),
      field<&CertificationQuote::stage1_days>({.label = "Stage1 days", .help = "Days."}),
      field<&CertificationQuote::stage2_days>({.label = "Stage2 days", .help = "Days."}),
      field<&CertificationQuote::surveillance_days>({.label = "Surveillance days", .help = "Days each."}),
      field<&CertificationQuote::price_initial>({.label = "Price initial", .help = "Price."}),
      field<&CertificationQuote::price_cycle>({.label = "Price cycle", .help = "Price over three years."}),
      field<&CertificationQuote::currency>({.label = "Currency"}),
  };
  static constexpr EntityDef def = entity<CertificationQuote>(
      {.name = "certification_quote",
       .label = "Certification quote",
       .plural = "Certification quotes",
       .help = "A formal offer.",
       .phase = Phase::certification,
       .access = AccessClass::certification,
       .prefix = "Q",
       .parent = "cb",
      },
      fields);
  return def;
}

}  // namespace assay
