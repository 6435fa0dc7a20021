// SQLite behind the database port. WAL, synchronous=FULL: a commit returns when the log is on disk.
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <unordered_map>

#include "base/file.h"
#include "base/text.h"
#include "kernel/store/database.h"
#include "kernel/store/sqlite_functions.h"
#include "kernel/store/statement_reads.h"

namespace assay {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementPtr = std::unique_ptr<sqlite3_stmt, Finalize>;

class SqliteRow : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::string_view text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (!bytes) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  bool boolean(int column) const override { return sqlite3_column_int(statement_, column) != 0; }
  int columns() const override { return sqlite3_column_count(statement_); }
  std::string_view column_name(int column) const override { return sqlite3_column_name(statement_, column); }

 private:
  sqlite3_stmt* statement_;
};

struct TransparentHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

class SqliteConnection : public Connection {
 public:
  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}
  ~SqliteConnection() override {
    statements_.clear();
    sqlite3_close_v2(handle_);
  }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Engine engine() const override { return Engine::sqlite; }

  Result<void> script(std::string_view sql) override {
    std::string text(sql);
    if (sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return error("running a script");
    return {};
  }

  Result<std::int64_t> run(std::string_view sql, Params params) override {
    TRY(sqlite3_stmt * statement, prepared(sql));
    bind(statement, params);
    int code = sqlite3_step(statement);
    while (code == SQLITE_ROW) code = sqlite3_step(statement);
    std::int64_t changed = sqlite3_changes64(handle_);
    auto failure = code == SQLITE_DONE ? std::optional<Failure>() : error(sql);
    sqlite3_reset(statement);
    if (failure) return *std::move(failure);
    return changed;
  }

  Result<void> query(std::string_view sql, Params params, const RowFunction& each, RunLimits limits) override {
    Guard guard(*this, limits.guarded);
    TRY(sqlite3_stmt * statement, prepared(sql));
    bind(statement, params);
    Deadline deadline(handle_, limits);
    SqliteRow row(statement);
    std::int64_t rows = 0;
    int code = SQLITE_ROW;
    struct Reset {
      sqlite3_stmt* statement;
      ~Reset() { sqlite3_reset(statement); }
    } reset{statement};
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
      if (limits.rows && ++rows > limits.rows) {
        return fail(ErrorKind::limit, "the query returns more than " + std::to_string(limits.rows) + " rows");
      }
      each(row);
    }
    if (code == SQLITE_DONE) return {};
    if (code == SQLITE_INTERRUPT) return fail(ErrorKind::limit, "the query took longer than allowed");
    return error(sql);
  }

  std::size_t failed_line() const override { return failed_line_; }

  Result<void> prepare(std::string_view sql) override {
    CHECK(prepared(sql));
    return {};
  }

  Result<void> begin_write() override { return simple("begin immediate"); }
  Result<void> begin_read() override { return simple("begin"); }
  Result<void> commit() override { return simple("commit"); }
  void rollback() override {
    if (!sqlite3_get_autocommit(handle_)) sqlite3_exec(handle_, "rollback", nullptr, nullptr, nullptr);
  }

  Result<void> copy_to(const std::string& path) override {
    Param params[] = {std::string_view(path)};
    CHECK(run("vacuum into ?", params));
    return {};
  }

  Result<void> ask(const Question& question) override {
    question_ = question;
    question_.day = question.as_of.iso();
    return {};
  }

  SqliteQuestion& question() { return question_; }

  Result<StatementReads> reads(std::string_view sql) {
    StatementReads reads;
    reads_ = &reads;
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
    reads_ = nullptr;
    StatementPtr statement(raw);
    if (code != SQLITE_OK) return error(sql);
    return reads;
  }

  // Asked by SQLite for everything a statement does, whenever it is prepared anew.
  static int authorize(void* self, int action, const char* name, const char* detail, const char*, const char*) {
    if (StatementReads* reads = static_cast<SqliteConnection*>(self)->reads_)
      note_read(*reads, action, name ? name : "", detail ? detail : "");
    if (!static_cast<SqliteConnection*>(self)->guarded_) return SQLITE_OK;
    if (action == SQLITE_SELECT || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE) return SQLITE_OK;
    if (action != SQLITE_READ) return SQLITE_DENY;
    std::string table = lower(name ? name : "");
    return table.starts_with("assay_") || table.starts_with("sqlite_") || table.starts_with("pragma_") ? SQLITE_DENY
                                                                                                       : SQLITE_OK;
  }

 private:
  static void note_read(StatementReads& reads, int action, std::string_view name, std::string_view detail) {
    if (action == SQLITE_FUNCTION) reads.functions.emplace(detail);
    if (action != SQLITE_READ || name.starts_with("sqlite_")) return;
    auto& columns = reads.columns[std::string(name)];
    if (!detail.empty()) columns.emplace(detail);
  }

  // For the time of one query: what it may touch, and how long a value it may build.
  class Guard {
   public:
    Guard(SqliteConnection& connection, bool on) : connection_(connection) {
      connection_.guarded_ = on;
      if (!on) return;
      connection_.failed_line_ = 0;
      length_ = sqlite3_limit(connection_.handle_, SQLITE_LIMIT_LENGTH, 16 << 20);
    }
    ~Guard() {
      connection_.guarded_ = false;
      if (length_) sqlite3_limit(connection_.handle_, SQLITE_LIMIT_LENGTH, length_);
    }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    SqliteConnection& connection_;
    int length_ = 0;
  };

  // Stops a query after its time through SQLite's progress handler.
  class Deadline {
   public:
    Deadline(sqlite3* handle, RunLimits limits) : handle_(handle) {
      if (limits.time.count() == 0) return;
      end_ = std::chrono::steady_clock::now() + limits.time;
      sqlite3_progress_handler(handle_, 1000, &expired, this);
      armed_ = true;
    }
    ~Deadline() {
      if (armed_) sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

   private:
    static int expired(void* self) {
      return std::chrono::steady_clock::now() > static_cast<Deadline*>(self)->end_ ? 1 : 0;
    }
    sqlite3* handle_;
    std::chrono::steady_clock::time_point end_;
    bool armed_ = false;
  };

  Result<void> simple(std::string_view sql) {
    CHECK(run(sql, {}));
    return {};
  }

  Result<sqlite3_stmt*> prepared(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found != statements_.end()) return found->second.get();
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, &tail) !=
        SQLITE_OK) {
      return error(sql);
    }
    StatementPtr statement(raw);
    std::string_view rest(tail, static_cast<std::size_t>(sql.data() + sql.size() - tail));
    if (!raw) return fail(ErrorKind::invalid, "there is no statement");
    if (!is_blank(rest) && trim(rest) != ";") return fail(ErrorKind::invalid, "there is more than one statement");
    if (statements_.size() > 2000) statements_.clear();  // a server's pages need a few hundred
    return statements_.emplace(std::string(sql), std::move(statement)).first->second.get();
  }

  static void bind(sqlite3_stmt* statement, Params params) {
    sqlite3_clear_bindings(statement);
    for (std::size_t i = 0; i < params.size(); ++i) {
      int at = static_cast<int>(i) + 1;
      if (const auto* truth = std::get_if<bool>(&params[i])) sqlite3_bind_int(statement, at, *truth ? 1 : 0);
      else if (const auto* whole = std::get_if<std::int64_t>(&params[i])) sqlite3_bind_int64(statement, at, *whole);
      else if (const auto* real = std::get_if<double>(&params[i])) sqlite3_bind_double(statement, at, *real);
      else if (const auto* text = std::get_if<std::string_view>(&params[i])) {
        const char* bytes = text->data() ? text->data() : "";
        sqlite3_bind_text64(statement, at, bytes, text->size(), SQLITE_STATIC, SQLITE_UTF8);
      }
    }
  }

  Failure error(std::string_view what) {
    int code = sqlite3_errcode(handle_);
    std::string message = sqlite3_errmsg(handle_);
    if (guarded_) {
      int offset = sqlite3_error_offset(handle_);
      if (offset >= 0)
        failed_line_ = 1 + static_cast<std::size_t>(std::count(
                               what.begin(), what.begin() + std::min<std::ptrdiff_t>(offset, std::ssize(what)), '\n'));
      return fail(ErrorKind::invalid, message);
    }
    if (code == SQLITE_CONSTRAINT) return fail(ErrorKind::conflict, message);
    if (code == SQLITE_FULL) return fail(ErrorKind::limit, "the disk is full; nothing was changed");
    if (code == SQLITE_READONLY) return fail(ErrorKind::limit, "the database cannot be written (" + message + ")");
    if (code == SQLITE_BUSY) return fail(ErrorKind::limit, "the database is in use by another process; try again");
    if (code == SQLITE_IOERR || code == SQLITE_CANTOPEN) return fail(ErrorKind::limit, "the disk refused: " + message);
    return fail(ErrorKind::internal, message + " in: " + shorten(what, 400));
  }

  sqlite3* handle_;
  SqliteQuestion question_;
  StatementReads* reads_ = nullptr;  // where to write what a statement reads, while somebody wants to know
  bool guarded_ = false;
  std::size_t failed_line_ = 0;
  std::unordered_map<std::string, StatementPtr, TransparentHash, std::equal_to<>> statements_;
};

}  // namespace

Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path, OpenMode mode) {
  // SQLite would only say that it cannot open the files that it keeps beside the database.
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) folder = ".";
  if (!mode.read_only && path != ":memory:" && ::access(folder.c_str(), W_OK) != 0)
    return file_failure("write to", folder, errno);
  sqlite3* handle = nullptr;
  int flags = SQLITE_OPEN_NOMUTEX | (mode.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
              (mode.create ? SQLITE_OPEN_CREATE : 0);
  if (sqlite3_open_v2(path.c_str(), &handle, flags, nullptr) != SQLITE_OK) {
    std::string message = handle ? sqlite3_errmsg(handle) : "out of memory";
    sqlite3_close_v2(handle);
    return fail(ErrorKind::limit, "cannot open " + path + ": " + message);
  }
  auto connection = std::make_unique<SqliteConnection>(handle);
  add_sqlite_functions(handle, connection->question());
  sqlite3_set_authorizer(handle, &SqliteConnection::authorize, connection.get());
  sqlite3_busy_timeout(handle, 5000);
  sqlite3_extended_result_codes(handle, 0);
  CHECK(connection->script("pragma temp_store=memory; pragma cache_size=-8000; pragma mmap_size=67108864;"));
  if (!mode.read_only && path != ":memory:") {
    CHECK(connection->script("pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=2000;"));
  }
  return connection;
}

void StatementReads::add(const StatementReads& other) {
  for (const auto& [table, names] : other.columns) columns[table].insert(names.begin(), names.end());
  functions.insert(other.functions.begin(), other.functions.end());
}

Result<StatementReads> statement_reads(Connection& sqlite, std::string_view sql) {
  auto* connection = dynamic_cast<SqliteConnection*>(&sqlite);
  if (!connection) return fail(ErrorKind::internal, "only SQLite tells what a statement reads");
  return connection->reads(sql);
}

}  // namespace assay
