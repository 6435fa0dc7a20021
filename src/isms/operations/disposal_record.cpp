#include "isms/operations/disposal_record.h"

#include "isms/controls/evidence.h"
#include "isms/operations/asset.h"

namespace assay {

const EntityDef& DisposalRecord::def() {
  static constexpr FieldDef fields[] = {
      field<&DisposalRecord::asset>({.label = "Asset", .title = true, .in_list = true}),
      field<&DisposalRecord::performed_on>({.label = "Performed on", .in_list = true}),
      field<&DisposalRecord::method>({.label = "Method", .help = "How the information was removed.", .in_list = true}),
      field<&DisposalRecord::certificate>(
          {.label = "Proof", .help = "Needed where the information was confidential or restricted.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<DisposalRecord>(
      {
          .name = "disposal_record",
          .label = "Disposal record",
          .plural = "Disposal records",
          .help = "Proof that information was removed before equipment or media were given away or used again. Control "
                  "A.7.14 asks that this is verified.",
          .clause = "A.7.14",
          .example = "Laptop 4711 shredded on 3 May by a certified firm; its certificate is kept.",
          .phase = Phase::operations,
          .access = AccessClass::operation,
          .prefix = "DISP",
          .default_sort = "-performed_on",
      },
      fields);
  return def;
}

}  // namespace assay
