#include "isms/frameworks/annex_a_control.h"

namespace assay {

const EntityDef& AnnexAControl::def() {
  static constexpr FieldDef fields[] = {
      field<&AnnexAControl::ref>({.label = "Reference",
                                  .example = "8.13",
                                  .in_list = true,
                                  .unique = true,
                                  .pattern = "[5-8]\\.[1-9][0-9]?",
                                  .pattern_text = "a reference of the 2022 edition, such as 8.13",
                                  .max_length = 5}),
      field<&AnnexAControl::theme>({.label = "Theme", .in_list = true}),
      field<&AnnexAControl::short_name>({.label = "Short name", .example = "Backup", .title = true, .in_list = true}),
      field<&AnnexAControl::default_frequency_days>({.label = "Usual rhythm (days)",
                                                     .help = "How often evidence of its operation usually appears.",
                                                     .in_list = true,
                                                     .least = 0,
                                                     .most = 3660}),
  };
  static constexpr EntityDef def = entity<AnnexAControl>(
      {
          .name = "annex_a_control",
          .label = "Annex A control",
          .plural = "Annex A controls",
          .help = "The 93 reference controls of Annex A with short names for lists. Clause 6.1.3 c asks to compare "
                  "the controls chosen with them, so that none is left out by oversight.",
          .clause = "6.1.3 c",
          .example = "8.13 Backup, technological, evidence about every 30 days.",
          .phase = Phase::applicability,
          .access = AccessClass::catalogue,
          .prefix = "AA",
          .default_sort = "ref",
      },
      fields);
  return def;
}

}  // namespace assay
