// Catalogue row: one of the 93 reference controls.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

enum class AnnexAControlTheme { organisational, people, physical, technological };
template <>
inline constexpr auto choices_of<AnnexAControlTheme> = choices<AnnexAControlTheme>({
    choice<AnnexAControlTheme::organisational>("Organisational"),
    choice<AnnexAControlTheme::people>("People"),
    choice<AnnexAControlTheme::physical>("Physical"),
    choice<AnnexAControlTheme::technological>("Technological"),
});

struct AnnexAControl {
  Id id;
  std::string ref;
  AnnexAControlTheme theme{};
  std::string short_name;
  std::int64_t default_frequency_days = 0;

  static const EntityDef& def();
};

// One of the 93 references of the 2022 edition, whether or not the catalogue is loaded.
// "Policies for information security" of "5.1"; empty: no such control.
std::string_view annex_a_title(std::string_view ref);
bool is_annex_a_ref(std::string_view ref);
inline constexpr std::size_t annex_a_size = 93;

}  // namespace assay
