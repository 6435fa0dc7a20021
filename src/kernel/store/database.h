// The port to a database engine: connections, statements, rows. The only interface above which SQL text is
// engine-neutral (docs/architecture.md lists the common subset). Implementations: sqlite.cpp, postgres.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "base/time.h"

namespace assay {

enum class Engine { sqlite, postgres };

// A bound value. Texts are not copied: they must outlive the call.
using Param = std::variant<std::monostate, bool, std::int64_t, double, std::string_view>;
using Params = std::span<const Param>;

// The current row of a running query; valid only inside the callback.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::string_view text(int column) const = 0;  // empty for null
  virtual std::int64_t integer(int column) const = 0;   // 0 for null
  virtual double real(int column) const = 0;
  virtual bool boolean(int column) const = 0;
  virtual int columns() const = 0;
  virtual std::string_view column_name(int column) const = 0;
};
using RowFunction = std::function<void(const Row&)>;

// The day and the parameters behind as_of() and p('key') for the queries of a connection.
struct Question {
  Date as_of;
  std::map<std::string, double, std::less<>> parameters;

  bool operator==(const Question&) const = default;
};

// Limits for SQL that was not written by us.
struct RunLimits {
  std::chrono::milliseconds time{0};  // 0: none
  std::int64_t rows = 0;              // 0: none
  // The text may only read, and only registers: not the product's own tables or the engine's. Its failure leaves an
  // open transaction as it was, and the message is the engine's alone, without the text.
  bool guarded = false;
};

// One connection; used by one thread at a time. Failures of the engine come back as ErrorKind::internal with the
// engine's message, except: a violated uniqueness is `conflict`, a full disk or exceeded limit is `limit`.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual Engine engine() const = 0;

  // Runs statements without parameters, separated by ';'.
  virtual Result<void> script(std::string_view sql) = 0;
  // Runs one statement with `?` parameters; gives the number of rows changed. Statements are prepared once and kept.
  virtual Result<std::int64_t> run(std::string_view sql, Params params = {}) = 0;
  // As run(), for a write inside a transaction whose count nobody needs: it may be on its way still when this returns.
  // A failure is told by this call or a later one, at the latest by commit().
  virtual Result<void> post(std::string_view sql, Params params = {});
  // Waits until all that was posted has ended; the first failure of it. Every other call does so before its own work.
  virtual Result<void> settle() { return {}; }
  // Runs one query and calls `each` per row.
  virtual Result<void> query(std::string_view sql, Params params, const RowFunction& each, RunLimits limits = {}) = 0;
  // The line of the text, from 1, at which the engine stopped in the last guarded query that failed; 0: it did not say.
  virtual std::size_t failed_line() const = 0;
  // Prepares only; the error says what is wrong with the text.
  virtual Result<void> prepare(std::string_view sql) = 0;

  virtual Result<void> begin_write() = 0;  // takes the write lock at once where the engine has one
  virtual Result<void> begin_read() = 0;   // a stable snapshot
  virtual Result<void> commit() = 0;       // returns after the change is on disk
  virtual void rollback() = 0;

  // Sets what as_of() and p() answer on this connection.
  virtual Result<void> ask(const Question& question) = 0;
  // The question will change seldom: from now on the engine may take day and parameters for constants when it plans, and
  // plans anew after a change, whatever the values of other parameters. To be called before the views that rules use are made.
  virtual void plan_for_question() {}

  // Writes a consistent copy of the whole database into a new file while others read and write. SQLite only.
  virtual Result<void> copy_to(const std::string& path);

  // The first value of the first row; nothing when there is no row or it is null.
  Result<std::optional<std::string>> one_text(std::string_view sql, Params params = {});
  Result<std::optional<std::int64_t>> one_integer(std::string_view sql, Params params = {});
};

// What differs between the engines' SQL (stack: one text, few differences, one file each).
struct Dialect {
  Engine engine;
  std::string_view boolean_type;  // column types
  std::string_view text_type;
  std::string_view index_nulls;        // how an index column sorts nulls lowest
  std::string_view order_nulls_first;  // suffix of "order by x" ascending so that null sorts lowest
  std::string_view order_nulls_last;   // the same, descending
  std::string_view strict;             // table option
};
const Dialect& dialect(Engine engine);

struct OpenMode {
  bool read_only = false;
  bool create = false;
};
// SQLite database file; ":memory:" for a private one.
Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path, OpenMode mode);
// PostgreSQL: a connection whose search path is the schema alone.
Result<std::unique_ptr<Connection>> open_postgres(const std::string& address, const std::string& schema);

}  // namespace assay
