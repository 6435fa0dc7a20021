#include "isms/operations/secure_area.h"

#include "isms/organisation/site.h"

namespace assay {

const EntityDef& SecureArea::def() {
  static constexpr FieldDef fields[] = {
      field<&SecureArea::site>({.label = "Site", .in_list = true}),
      field<&SecureArea::name>({.label = "Name", .title = true, .in_list = true}),
      field<&SecureArea::entry_control>({.label = "Entry control", .help = "Control.", .in_list = true}),
      field<&SecureArea::monitored>({.label = "Monitored", .help = "Surveillance in operation.", .in_list = true}),
      field<&SecureArea::visitor_log>({.label = "Visitor log", .help = "Visitors recorded."}),
      field<&SecureArea::access_list_reviewed_on>({.label = "Access list reviewed on", .help = "Review of the list."}),
  };
  static constexpr EntityDef def = entity<SecureArea>(
      {.name = "secure_area",
       .label = "Secure area",
       .plural = "Secure areas",
       .help = "A physical zone with access control.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "SA",
      },
      fields);
  return def;
}

}  // namespace assay
