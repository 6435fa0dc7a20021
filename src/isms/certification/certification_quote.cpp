#include "isms/certification/certification_quote.h"

#include "isms/certification/certification_body.h"

namespace assay {

const EntityDef& CertificationQuote::def() {
  static constexpr FieldDef fields[] = {
      field<&CertificationQuote::cb>({.label = "Certification body", .title = true, .in_list = true}),
      field<&CertificationQuote::received_on>({.label = "Received on", .in_list = true}),
      field<&CertificationQuote::headcount_basis>(
          {.label = "Headcount assumed", .help = "Quotes compare only on the same basis.", .least = 0}),
      field<&CertificationQuote::sites_basis>({.label = "Sites assumed", .least = 0}),
      field<&CertificationQuote::stage1_days>({.label = "Days of Stage 1", .in_list = true, .least = 0}),
      field<&CertificationQuote::stage2_days>({.label = "Days of Stage 2", .in_list = true, .least = 0}),
      field<&CertificationQuote::surveillance_days>({.label = "Days of each surveillance", .least = 0}),
      field<&CertificationQuote::price_initial>({.label = "Price of the initial audit", .in_list = true, .least = 0}),
      field<&CertificationQuote::price_cycle>({.label = "Price of three years",
                                               .help = "Initial audit, both surveillance audits and fees.",
                                               .in_list = true,
                                               .least = 0}),
      field<&CertificationQuote::currency>({.label = "Currency",
                                            .example = "EUR",
                                            .in_list = true,
                                            .pattern = "[A-Z]{3}",
                                            .pattern_text = "a three-letter currency code such as EUR"}),
  };
  static constexpr EntityDef def = entity<CertificationQuote>(
      {
          .name = "certification_quote",
          .label = "Quote",
          .plural = "Quotes",
          .help = "Offers of certification bodies for the whole cycle. Two or three, on the same headcount and sites, "
                  "make them comparable.",
          .example = "Nordcert: 2 days Stage 1, 6 days Stage 2, EUR 24,500 over three years.",
          .phase = Phase::certification,
          .access = AccessClass::certification,
          .prefix = "Q",
          .parent = "cb",
          .default_sort = "-received_on",
      },
      fields);
  return def;
}

Problems CertificationQuote::validate() const {
  Problems problems;
  if (price_cycle > 0 && price_cycle < price_initial) {
    problems.push_back({"price_cycle", "must include the price of the initial audit", ""});
  }
  return problems;
}

}  // namespace assay
