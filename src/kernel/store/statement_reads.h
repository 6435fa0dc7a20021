// Which tables and columns a query looks at, for whoever must know when to ask it again.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "kernel/store/database.h"

namespace assay {

struct StatementReads {
  // Columns by table, seen through views. A table of which only the number of rows matters has no columns.
  std::map<std::string, std::set<std::string>, std::less<>> columns;
  std::set<std::string, std::less<>> functions;  // "as_of", "p", "count" …
  void add(const StatementReads& other);
};

// As SQLite's authorizer reports it while the query is prepared. The SQL of rules is the same for both engines, so an
// empty SQLite database with the same schema answers for PostgreSQL too. Error: the connection is none of SQLite; the
// query cannot be prepared.
Result<StatementReads> statement_reads(Connection& sqlite, std::string_view sql);

}  // namespace assay
