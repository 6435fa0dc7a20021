#include "isms/operations/configuration_baseline.h"

#include "isms/documents/document_version.h"

namespace assay {

const EntityDef& ConfigurationBaseline::def() {
  static constexpr FieldDef fields[] = {
      field<&ConfigurationBaseline::applies_to>({.label = "Applies to",
                                                 .help = "The class of systems.",
                                                 .example = "Linux servers",
                                                 .title = true,
                                                 .in_list = true}),
      field<&ConfigurationBaseline::document_version>({.label = "Document", .in_list = true}),
      field<&ConfigurationBaseline::last_checked_on>({.label = "Last checked on",
                                                      .help = "When real configurations were last compared with it.",
                                                      .in_list = true}),
      field<&ConfigurationBaseline::deviations_open>(
          {.label = "Open deviations", .help = "Without an approved exception.", .in_list = true, .least = 0}),
      field<&ConfigurationBaseline::coverage_pct>({.label = "Systems compared (%)",
                                                   .help = "Share of the systems of this class.",
                                                   .in_list = true,
                                                   .least = 0,
                                                   .most = 100}),
  };
  static constexpr EntityDef def = entity<ConfigurationBaseline>(
      {
          .name = "configuration_baseline",
          .label = "Configuration baseline",
          .plural = "Configuration baselines",
          .help = "Secure settings for a class of systems, and how well they are kept. Control A.8.9 asks that "
                  "configurations are defined, documented and watched.",
          .clause = "A.8.9",
          .example = "Linux servers: compared last week, 96 % of the servers, two deviations open.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "CB",
          .default_sort = "applies_to",
      },
      fields);
  return def;
}

}  // namespace assay
