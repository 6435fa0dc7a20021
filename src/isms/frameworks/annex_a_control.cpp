#include "isms/frameworks/annex_a_control.h"

namespace assay {

const EntityDef& AnnexAControl::def() {
  static constexpr FieldDef fields[] = {
      field<&AnnexAControl::ref>({.label = "Ref", .help = "For example 8.13.", .in_list = true, .unique = true}),
      field<&AnnexAControl::theme>({.label = "Theme", .in_list = true}),
      field<&AnnexAControl::short_name>({.label = "Short name", .help = "Our own short name.", .title = true, .in_list = true}),
      field<&AnnexAControl::default_frequency_days>({.label = "Default frequency days", .help = "Usual operating cadence for evidence.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<AnnexAControl>(
      {.name = "annex_a_control",
       .label = "Annex A control",
       .plural = "Annex A controls",
       .help = "Catalogue row: one of the 93 reference controls.",
       .phase = Phase::applicability,
       .access = AccessClass::catalogue,
       .prefix = "AA",
      },
      fields);
  return def;
}

}  // namespace assay
