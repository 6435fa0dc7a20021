// A physical zone with access control.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Site;

enum class SecureAreaEntryControl { none, key, card, pin, biometric, card_pin };
template <>
inline constexpr auto choices_of<SecureAreaEntryControl> = choices<SecureAreaEntryControl>({
    choice<SecureAreaEntryControl::none>("None"),
    choice<SecureAreaEntryControl::key>("Key"),
    choice<SecureAreaEntryControl::card>("Card"),
    choice<SecureAreaEntryControl::pin>("PIN"),
    choice<SecureAreaEntryControl::biometric>("Biometric"),
    choice<SecureAreaEntryControl::card_pin>("Card and PIN"),
});

struct SecureArea {
  Id id;
  Ref<Site> site;
  std::string name;
  SecureAreaEntryControl entry_control{};
  bool monitored = false;
  bool visitor_log = false;
  std::optional<Date> access_list_reviewed_on;

  static const EntityDef& def();
};

}  // namespace assay
