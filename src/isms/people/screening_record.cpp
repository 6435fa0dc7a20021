#include "isms/people/screening_record.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& ScreeningRecord::def() {
  static constexpr FieldDef fields[] = {
      field<&ScreeningRecord::person>({.label = "Person", .title = true, .in_list = true}),
      field<&ScreeningRecord::level>({.label = "Level", .help = "Depth.", .in_list = true}),
      field<&ScreeningRecord::completed_on>({.label = "Completed on", .help = "Finish.", .in_list = true}),
      field<&ScreeningRecord::result>({.label = "Result", .in_list = true}),
      field<&ScreeningRecord::waiver_approved_by>({.label = "Waiver approved by", .help = "Approver of a delay."}),
  };
  static constexpr EntityDef def = entity<ScreeningRecord>(
      {.name = "screening_record",
       .label = "Screening record",
       .plural = "Screening records",
       .help = "Verification before and during employment.",
       .phase = Phase::people,
       .access = AccessClass::confidential,
       .prefix = "SCR",
       .holder = "person",
      },
      fields);
  return def;
}

}  // namespace assay
