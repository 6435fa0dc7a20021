#include "isms/operations/data_store.h"

#include "isms/operations/system.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& DataStore::def() {
  static constexpr FieldDef fields[] = {
      field<&DataStore::system>({.label = "System", .in_list = true}),
      field<&DataStore::name>({.label = "Name", .title = true, .in_list = true}),
      field<&DataStore::classification>({.label = "Classification", .help = "Highest class held.", .in_list = true}),
      field<&DataStore::encrypted_at_rest>({.label = "Encrypted at rest", .help = "Encryption on.", .in_list = true}),
      field<&DataStore::algorithm>({.label = "Algorithm"}),
      field<&DataStore::key_custodian>({.label = "Key custodian", .help = "Who answers for the key."}),
      field<&DataStore::key_rotated_on>({.label = "Key rotated on", .help = "Latest rotation."}),
      field<&DataStore::key_rotation_days>({.label = "Key rotation days", .help = "Planned rotation."}),
      field<&DataStore::retention_days>({.label = "Retention days", .help = "How long data may stay."}),
      field<&DataStore::oldest_record_on>({.label = "Oldest record on", .help = "Oldest data held."}),
  };
  static constexpr EntityDef def = entity<DataStore>(
      {.name = "data_store",
       .label = "Data store",
       .plural = "Data stores",
       .help = "A place where information rests.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "DS",
      },
      fields);
  return def;
}

}  // namespace assay
