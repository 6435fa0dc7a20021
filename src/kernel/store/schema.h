// Tables out of definitions, and how a workspace is brought up to date.
#pragma once

#include <string>
#include <vector>

#include "kernel/model/record.h"
#include "kernel/store/database.h"

namespace assay {

// Name of the table that holds a list field's values: risk__assets(record, position, value), or for embedded records
// committee__meetings(record, position, <scalar parts>).
std::string link_table(const EntityDef& def, const FieldDef& field);

// Everything that creates the register's tables and indexes, one statement each; all are "if not exists".
std::vector<std::string> create_statements(const EntityDef& def, Engine engine);

// The whole schema of an empty workspace as text, for the golden file.
std::string schema_text(const Registry& registry, Engine engine);

// Creates what is missing: product tables by numbered migrations, register tables and columns from the definitions.
// A column that a later version adds is added empty; nothing is ever dropped. Run it inside a write transaction.
// Error: a workspace of a newer version than this program.
Result<void> migrate(Connection& connection, const Registry& registry);
std::int64_t current_schema_version();

// Tells the engine's planner how the data is distributed, from a sample; for when much was written. Outside a
// transaction.
Result<void> refresh_statistics(Connection& connection);

// One column of a result as a Value of the field.
Value read_column(const FieldDef& field, const Row& row, int column);

// A field's value as a parameter. Lists become JSON text kept in `scratch`, which must outlive the statement.
Param to_param(const FieldDef& field, const Value& value, std::string& scratch);

}  // namespace assay
