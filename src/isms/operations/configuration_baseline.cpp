#include "isms/operations/configuration_baseline.h"

#include "isms/documents/document_version.h"

namespace assay {

const EntityDef& ConfigurationBaseline::def() {
  static constexpr FieldDef fields[] = {
      field<&ConfigurationBaseline::applies_to>({.label = "Applies to", .help = "Class of systems.", .title = true, .in_list = true}),
      field<&ConfigurationBaseline::document_version>({.label = "Document version", .help = "Document.", .in_list = true}),
      field<&ConfigurationBaseline::last_checked_on>({.label = "Last checked on", .help = "Latest comparison.", .in_list = true}),
      field<&ConfigurationBaseline::deviations_open>({.label = "Deviations open", .help = "Deviations without exception.", .in_list = true}),
      field<&ConfigurationBaseline::coverage_pct>({.label = "Coverage (%)", .help = "Share of systems compared."}),
  };
  static constexpr EntityDef def = entity<ConfigurationBaseline>(
      {.name = "configuration_baseline",
       .label = "Configuration baseline",
       .plural = "Configuration baselines",
       .help = "A hardening baseline and its compliance.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "CB",
      },
      fields);
  return def;
}

}  // namespace assay
