// The SQL functions of docs/architecture.md for SQLite; sql_functions.sql holds the same for PostgreSQL.
#pragma once

#include <sqlite3.h>

#include "kernel/store/database.h"

namespace assay {

struct SqliteQuestion : Question {
  std::string day;  // as_of as text
  SqliteQuestion& operator=(const Question& question) {
    Question::operator=(question);
    return *this;
  }
};

// Registers the functions on a connection; `question` must outlive it.
void add_sqlite_functions(sqlite3* handle, SqliteQuestion& question);

}  // namespace assay
