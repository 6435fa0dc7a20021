// The tables of a workspace as JSON lines, for engines whose files cannot be copied. Internal to kernel/service.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kernel/store/database.h"

namespace assay {

// Writes <folder>/<table>.jsonl for every table: the names of the columns as the first line, then an array of texts and
// nulls for each row. The connection stands in a transaction that sees one moment.
Result<std::vector<std::string>> dump_tables(Connection& connection, const std::filesystem::path& folder);

// Replaces the content of the table by that of the file. Call it in a write transaction.
Result<void> load_table(Connection& connection, const std::string& table, const std::filesystem::path& file);

}  // namespace assay
