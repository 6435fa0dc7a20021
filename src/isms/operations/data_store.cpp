#include "isms/operations/data_store.h"

#include "isms/operations/system.h"
#include "isms/organisation/person.h"

namespace assay {

const EntityDef& DataStore::def() {
  static constexpr FieldDef fields[] = {
      field<&DataStore::system>({.label = "System", .in_list = true}),
      field<&DataStore::name>({.label = "Name", .example = "Orders database", .title = true, .in_list = true}),
      field<&DataStore::classification>(
          {.label = "Classification", .help = "The highest class of what it holds.", .in_list = true}),
      field<&DataStore::encrypted_at_rest>(
          {.label = "Encrypted", .help = "Where it rests, not in transit.", .in_list = true}),
      field<&DataStore::algorithm>({.label = "Algorithm", .example = "AES-256-GCM", .max_length = 100}),
      field<&DataStore::key_custodian>({.label = "Key custodian", .help = "Who answers for the key.", .in_list = true}),
      field<&DataStore::key_rotated_on>({.label = "Key changed on"}),
      field<&DataStore::key_rotation_days>({.label = "Key to be changed every (days)", .example = "365", .least = 1}),
      field<&DataStore::retention_days>(
          {.label = "Data may stay (days)", .help = "After that it must be deleted.", .example = "3650", .least = 1}),
      field<&DataStore::oldest_record_on>(
          {.label = "Oldest data from", .help = "Shows whether deletion works.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<DataStore>(
      {
          .name = "data_store",
          .label = "Data store",
          .plural = "Data stores",
          .help = "Where information rests: databases, shares, buckets. Controls A.8.24 and A.8.10 ask for encryption "
                  "with managed keys and for deletion in time.",
          .clause = "A.8.24",
          .example = "Orders database of the ERP: confidential, AES-256, key changed in January, ten years kept.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "DS",
          .default_sort = "name",
      },
      fields);
  return def;
}

Problems DataStore::validate() const {
  Problems problems;
  if (!encrypted_at_rest && algorithm && !algorithm->empty()) {
    problems.push_back({"algorithm", "must be empty where nothing is encrypted", *algorithm});
  }
  return problems;
}

}  // namespace assay
