#include "isms/operations/disposal_record.h"

#include "isms/controls/evidence.h"
#include "isms/operations/asset.h"

namespace assay {

const EntityDef& DisposalRecord::def() {
  static constexpr FieldDef fields[] = {
      field<&DisposalRecord::asset>({.label = "Asset", .title = true, .in_list = true}),
      field<&DisposalRecord::performed_on>({.label = "Performed on", .help = "Day.", .in_list = true}),
      field<&DisposalRecord::method>({.label = "Method", .help = "Sanitisation.", .in_list = true}),
      field<&DisposalRecord::certificate>({.label = "Certificate", .help = "Proof.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<DisposalRecord>(
      {.name = "disposal_record",
       .label = "Disposal record",
       .plural = "Disposal records",
       .help = "Disposal or re-use of equipment or media.",
       .phase = Phase::operations,
       .access = AccessClass::operation,
       .prefix = "DISP",
      },
      fields);
  return def;
}

}  // namespace assay
