// The definitions of custom fields as rows of the workspace, and their values as SQL.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "kernel/model/custom_fields.h"
#include "kernel/store/database.h"

namespace assay {

// All definitions, by register and position.
Result<std::vector<CustomField>> read_custom_fields(Connection& connection);
Result<void> insert_custom_field(Connection& connection, const CustomField& field);
// Everything but register, name and kind.
Result<void> update_custom_field(Connection& connection, const CustomField& field);

// A custom field's value as an expression over the column `column` ("r.custom"): number, boolean or text, null when it
// is unset or of another kind. The same on both engines.
std::string custom_column_sql(const FieldDef& field, std::string_view column, Engine engine);

// The field as an expression over the table alias `alias`, be it declared or custom.
std::string column_sql(const FieldDef& field, std::string_view alias, Engine engine);

// Creates or drops the indexes behind the custom fields that lists are sorted by.
Result<void> sync_custom_indexes(Connection& connection, const Registry& registry, const CustomFields& fields);

// The definitions in force, read anew only when they changed, by this process or another. Definitions that were given
// out stay in memory, so that a FieldDef of theirs holds like a declared one; there are few of them and they change
// rarely. Safe to use from several threads.
class CustomFieldCache {
 public:
  explicit CustomFieldCache(const Registry& registry) : registry_(registry) {}
  Result<const CustomFields*> get(Connection& connection);
  // To be called in the transaction that changes definitions, as its last statement about them.
  static Result<void> mark_changed(Connection& connection);

 private:
  const Registry& registry_;
  std::mutex mutex_;
  std::string mark_;  // what stood in assay_meta when `current_` was read
  std::vector<CustomField> definitions_;
  std::vector<std::unique_ptr<const CustomFields>> kept_;
};

}  // namespace assay
