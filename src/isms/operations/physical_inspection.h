// A walk-through or maintenance record.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Evidence;
struct Site;

enum class PhysicalInspectionKind {
  clear_desk,
  perimeter,
  environmental,
  utilities,
  equipment_maintenance,
  media_storage
};
template <>
inline constexpr auto choices_of<PhysicalInspectionKind> = choices<PhysicalInspectionKind>({
    choice<PhysicalInspectionKind::clear_desk>("Clear desk"),
    choice<PhysicalInspectionKind::perimeter>("Perimeter"),
    choice<PhysicalInspectionKind::environmental>("Fire, water, climate"),
    choice<PhysicalInspectionKind::utilities>("Power and supply"),
    choice<PhysicalInspectionKind::equipment_maintenance>("Equipment maintenance"),
    choice<PhysicalInspectionKind::media_storage>("Storage of media"),
});

struct PhysicalInspection {
  Id id;
  Ref<Site> site;
  PhysicalInspectionKind kind{};
  Date performed_on;
  std::int64_t issues_open = 0;
  std::optional<Date> next_due_on;
  std::optional<Ref<Evidence>> evidence;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
