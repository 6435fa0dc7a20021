// A location, physical or virtual, where work or storage takes place.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

enum class SiteKind { office, datacentre, plant, lab, warehouse, temporary, virtual_ };
template <>
inline constexpr auto choices_of<SiteKind> = choices<SiteKind>({
    choice<SiteKind::office>("Office"),
    choice<SiteKind::datacentre>("Data centre"),
    choice<SiteKind::plant>("Plant"),
    choice<SiteKind::lab>("Laboratory"),
    choice<SiteKind::warehouse>("Warehouse"),
    choice<SiteKind::temporary>("Temporary site"),
    choice<SiteKind::virtual_>("Virtual site"),
});

struct Site {
  Id id;
  std::string name;
  std::string address;
  std::string country;
  SiteKind kind{};
  bool is_central_function = false;
  bool in_scope = false;
  std::int64_t headcount = 0;
  std::string activity_group;
  Date opened_on;
  std::optional<Date> closed_on;
  std::optional<Date> joined_scope_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
