// Loads records into a fresh database without history or search: for questions asked of a bundle.
#pragma once

#include <span>

#include "kernel/store/transaction.h"

namespace assay {

// Creates the register tables in an empty database and fills them in one transaction.
Result<void> bulk_load(Connection& connection, const Registry& registry, std::span<const Record> records);

// Writes the rows of the record's lists into their link tables; `before` null for a new record.
Result<void> write_link_rows(Connection& connection, const Record& record, const Record* before);

// Inserts the row itself; gives 0 when the id exists already.
Result<std::int64_t> insert_row(Connection& connection, const Record& record);

}  // namespace assay
