#include "isms/operations/secure_area.h"

#include "isms/organisation/site.h"

namespace assay {

const EntityDef& SecureArea::def() {
  static constexpr FieldDef fields[] = {
      field<&SecureArea::site>({.label = "Site", .in_list = true}),
      field<&SecureArea::name>({.label = "Name", .example = "Server room, basement", .title = true, .in_list = true}),
      field<&SecureArea::entry_control>({.label = "Entry by", .in_list = true}),
      field<&SecureArea::monitored>({.label = "Watched", .help = "By cameras, guards or an alarm.", .in_list = true}),
      field<&SecureArea::visitor_log>({.label = "Visitors recorded", .in_list = true}),
      field<&SecureArea::access_list_reviewed_on>(
          {.label = "Access list reviewed on", .help = "Who may enter was last checked.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<SecureArea>(
      {
          .name = "secure_area",
          .label = "Secure area",
          .plural = "Secure areas",
          .help = "Rooms and zones that not everybody may enter. Controls A.7.1, A.7.2 and A.7.4 ask for perimeters, "
                  "entry controls and surveillance.",
          .clause = "A.7.2",
          .example = "Server room at the head office: card and PIN, camera, visitor book, list reviewed in January.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "SA",
          .default_sort = "name",
      },
      fields);
  return def;
}

}  // namespace assay
