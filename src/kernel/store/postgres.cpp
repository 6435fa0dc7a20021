// PostgreSQL behind the database port. Statements are prepared once a connection; results travel as text.
#include <libpq-fe.h>

#include <charconv>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "kernel/store/database.h"

namespace assay {
namespace {

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, Clear>;

class PostgresRow : public Row {
 public:
  explicit PostgresRow(PGresult* result) : result_(result) {}
  void move_to(int row) { row_ = row; }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  std::string_view text(int column) const override {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  std::int64_t integer(int column) const override {
    std::int64_t number = 0;
    std::string_view digits = text(column);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }
  double real(int column) const override {
    double number = 0;
    std::string_view digits = text(column);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }
  bool boolean(int column) const override { return text(column) == "t" || text(column) == "1"; }
  int columns() const override { return PQnfields(result_); }
  std::string_view column_name(int column) const override { return PQfname(result_, column); }

 private:
  PGresult* result_;
  int row_ = 0;
};

bool is_word(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// How a text goes to the server, line by line as it was but for comments. Outside quotes `?` becomes $1, $2, … and, with
// `constants`, as_of() and p() become what the planner takes for constants.
std::string as_sent(std::string_view sql, bool constants) {
  std::string out;
  int next = 0;
  char quote = 0;
  auto calls = [&](std::size_t at, std::string_view function) {
    bool begins = at == 0 || (!is_word(sql[at - 1]) && sql[at - 1] != '.');
    return begins && sql.substr(at).starts_with(function);
  };
  for (std::size_t i = 0; i < sql.size(); ++i) {
    char c = sql[i];
    if (!quote && c == '-' && i + 1 < sql.size() && sql[i + 1] == '-') {
      std::size_t end = sql.find('\n', i);
      i = end == std::string_view::npos ? sql.size() : end;
      out += '\n';
      continue;
    }
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '?') {
      out += '$' + std::to_string(++next);
      continue;
    } else if (constants && (calls(i, "as_of(") || calls(i, "p("))) {
      out += "constant_";
    }
    out += c;
  }
  return out;
}

class PostgresConnection : public Connection {
 public:
  explicit PostgresConnection(PGconn* handle) : handle_(handle) {}
  // The server drops the views of a connection that is gone when it gets round to it; whoever drops a table meanwhile
  // deadlocks.
  ~PostgresConnection() override {
    std::ignore = settle();
    ResultPtr(PQexec(handle_, "discard temp"));
    PQfinish(handle_);
  }
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  Engine engine() const override { return Engine::postgres; }

  Result<void> script(std::string_view sql) override {
    CHECK(settle());
    ResultPtr result(PQexec(handle_, (constants_ ? as_sent(sql, true) : std::string(sql)).c_str()));
    return check(result.get(), sql);
  }

  Result<std::int64_t> run(std::string_view sql, Params params) override {
    TRY(ResultPtr result, execute(sql, params));
    std::string_view count = PQcmdTuples(result.get());
    std::int64_t changed = 0;
    std::from_chars(count.data(), count.data() + count.size(), changed);
    return changed;
  }

  // Sent without waiting for what the server says, so that an import does not wait for each of its rows.
  Result<void> post(std::string_view sql, Params params) override {
    if (posted_.empty() && PQtransactionStatus(handle_) != PQTRANS_INTRANS) return Connection::post(sql, params);
    TRY(std::string name, prepared(sql));
    if (posted_.empty() && PQenterPipelineMode(handle_) == 0) return check(nullptr, sql);
    CHECK(send(name, sql, params));
    posted_.emplace_back(sql);
    return posted_.size() < most_posted ? Result<void>() : settle();
  }

  Result<void> settle() override { return settle_with(nullptr); }

  // With limits the query runs in a read-only (sub)transaction of its own, so that its failure ends nothing else.
  Result<void> query(std::string_view sql, Params params, const RowFunction& each, RunLimits limits) override {
    if (!limits.guarded && !limits.rows && !limits.time.count()) {
      TRY(ResultPtr result, execute(sql, params));
      PostgresRow row(result.get());
      for (int i = 0; i < PQntuples(result.get()); ++i) {
        row.move_to(i);
        each(row);
      }
      return {};
    }
    CHECK(settle());
    bool inside = PQtransactionStatus(handle_) == PQTRANS_INTRANS;
    CHECK(script(std::string(inside ? "savepoint assay_query" : "begin") +
                 "; set local transaction_read_only = on; set local statement_timeout = " +
                 std::to_string(limits.time.count())));
    guarded_ = limits.guarded;
    failed_line_ = 0;
    auto done = row_by_row(sql, params, each, limits.rows);
    guarded_ = false;
    CHECK(script(inside ? "rollback to savepoint assay_query; release savepoint assay_query" : "rollback"));
    return done;
  }

  std::size_t failed_line() const override { return failed_line_; }

  Result<void> prepare(std::string_view sql) override {
    CHECK(prepared(sql));
    return {};
  }

  Result<void> begin_write() override {
    reading_ = false;
    return script("begin");
  }
  Result<void> begin_read() override {
    CHECK(script("begin transaction isolation level repeatable read read only"));
    reading_ = true;
    return {};
  }
  Result<void> commit() override { return script("commit"); }
  void rollback() override {
    std::ignore = settle();
    auto state = PQtransactionStatus(handle_);
    if (state == PQTRANS_IDLE) return;
    // What only looked has nothing to undo but the question, which may stay. Any other rollback brings back what was
    // asked before.
    bool question_stays = reading_ && state == PQTRANS_INTRANS;
    if (!question_stays) question_.reset();
    ResultPtr(PQexec(handle_, question_stays ? "commit" : "rollback"));
  }

  Result<void> ask(const Question& question) override {
    if (question_ == question) return {};
    // One day after another is asked with the same parameters.
    const bool other_parameters = !question_ || question_->parameters != question.parameters;
    question_.reset();
    CHECK(set("assay.as_of", question.as_of.iso()));
    if (other_parameters) CHECK(set_parameters(question));
    if (constants_) CHECK(script("discard plans"));
    question_ = question;
    return {};
  }

  void plan_for_question() override {
    // Whatever records a rule is asked about, its plan is the same, and costs more to make than to carry out.
    std::ignore = script("set plan_cache_mode = force_generic_plan");
    constants_ = true;
  }

 private:
  Result<void> set_parameters(const Question& question) {
    // What an earlier question named and this one does not is emptied. A rollback brings old values back, so nothing is
    // forgotten.
    for (const auto& [key, value] : question.parameters) asked_.insert(key);
    std::string json = "{";
    for (const std::string& key : asked_) {
      if (json.size() > 1) json += ',';
      auto found = question.parameters.find(key);
      json += json_string(key) + ":" + json_string(found == question.parameters.end() ? "" : shortest(found->second));
    }
    json += "}";
    Param params[] = {std::string_view(json)};
    return query("select set_config('assay.p' || md5(key), value, false) from json_each_text(?::json)", params,
                 [](const Row&) {}, {});
  }

  Result<void> set(std::string_view name, std::string_view value) {
    Param params[] = {name, value};
    return query("select set_config(?, ?, false)", params, [](const Row&) {}, {});
  }

  Result<std::string> prepared(std::string_view sql) {
    auto found = names_.find(std::string(sql));
    if (found != names_.end()) return found->second;
    CHECK(settle());
    std::string name = "s" + std::to_string(names_.size() + 1);
    ResultPtr result(PQprepare(handle_, name.c_str(), as_sent(sql, constants_).c_str(), 0, nullptr));
    CHECK(check(result.get(), sql));
    names_.emplace(std::string(sql), name);
    return name;
  }

  // Parameters as the library wants them.
  struct Bound {
    std::vector<std::string> texts;
    std::vector<const char*> pointers;
    explicit Bound(Params params) : texts(params.size()), pointers(params.size(), nullptr) {
      for (std::size_t i = 0; i < params.size(); ++i) {
        if (std::holds_alternative<std::monostate>(params[i])) continue;
        if (const auto* truth = std::get_if<bool>(&params[i])) texts[i] = *truth ? "t" : "f";
        else if (const auto* whole = std::get_if<std::int64_t>(&params[i])) texts[i] = std::to_string(*whole);
        else if (const auto* real = std::get_if<double>(&params[i])) texts[i] = shortest(*real);
        else texts[i] = std::get<std::string_view>(params[i]);
        pointers[i] = texts[i].c_str();
      }
    }
    int count() const { return static_cast<int>(texts.size()); }
  };

  Result<ResultPtr> execute(std::string_view sql, Params params) {
    TRY(std::string name, prepared(sql));
    ResultPtr result;
    if (posted_.empty()) {
      Bound bound(params);
      result.reset(PQexecPrepared(handle_, name.c_str(), bound.count(), bound.pointers.data(), nullptr, nullptr, 0));
    } else {
      CHECK(send(name, sql, params));
      CHECK(settle_with(&result));
    }
    CHECK(check(result.get(), sql));
    return result;
  }

  Result<void> send(const std::string& name, std::string_view sql, Params params) {
    Bound bound(params);
    int sent = PQsendQueryPrepared(handle_, name.c_str(), bound.count(), bound.pointers.data(), nullptr, nullptr, 0);
    return sent ? Result<void>() : check(nullptr, sql);
  }

  // `last`, if any, gets the result of one more statement that was sent behind what was posted.
  Result<void> settle_with(ResultPtr* last) {
    if (posted_.empty()) return {};
    const std::vector<std::string> posted = std::exchange(posted_, {});
    if (PQpipelineSync(handle_) == 0) return check(nullptr, posted.back());
    Result<void> done;
    for (const std::string& sql : posted) {
      ResultPtr result = next_of_pipeline();
      if (done) done = check(result.get(), sql);
    }
    if (last) *last = next_of_pipeline();
    ResultPtr synced(PQgetResult(handle_));
    PQexitPipelineMode(handle_);
    return done;
  }

  // Behind the result of each statement stands an empty one.
  ResultPtr next_of_pipeline() {
    ResultPtr result(PQgetResult(handle_));
    if (result) ResultPtr(PQgetResult(handle_));
    return result;
  }

  // Rows arrive one by one and are not collected, so that a runaway query costs no memory; it is cancelled past `most`
  // rows.
  Result<void> row_by_row(std::string_view sql, Params params, const RowFunction& each, std::int64_t most) {
    TRY(std::string name, prepared(sql));
    CHECK(send(name, sql, params));
    PQsetSingleRowMode(handle_);
    Result<void> done;
    std::int64_t rows = 0;
    while (ResultPtr result{PQgetResult(handle_)}) {
      if (!done) continue;  // what still arrives after a failure
      if (PQresultStatus(result.get()) != PGRES_SINGLE_TUPLE) {
        done = check(result.get(), sql);
      } else if (most && ++rows > most) {
        done = fail(ErrorKind::limit, "the query returns more than " + std::to_string(most) + " rows");
        cancel();
      } else {
        each(PostgresRow(result.get()));
      }
    }
    return done;
  }

  void cancel() {
    std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> request(PQgetCancel(handle_), &PQfreeCancel);
    char message[256];
    PQcancel(request.get(), message, sizeof message);
  }

  static std::string shortest(double number) {
    char buffer[40];
    auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
    return {buffer, end};
  }

  Result<void> check(PGresult* result, std::string_view sql) {
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return {};
    const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    std::string_view code = state ? state : "";
    std::string message = result ? PQresultErrorMessage(result) : PQerrorMessage(handle_);
    message = trim(message);
    if (guarded_ && code != "57014") {
      const char* primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
      const char* position = result ? PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION) : nullptr;
      if (position) failed_line_ = line_at(sql, position);
      return fail(ErrorKind::invalid, primary ? primary : message);
    }
    if (code == "23505" || code == "40001" || code == "40P01") return fail(ErrorKind::conflict, message);
    if (code == "53100") return fail(ErrorKind::limit, "the disk is full; nothing was changed");
    if (code == "57014") return fail(ErrorKind::limit, "the query took longer than allowed");
    return fail(ErrorKind::internal, message + " in: " + shorten(sql, 400));
  }

  // The line of a position given in characters of the text that was sent, from 1.
  std::size_t line_at(std::string_view sql, std::string_view position) {
    std::size_t characters = 0;
    std::from_chars(position.data(), position.data() + position.size(), characters);
    std::size_t line = 1;
    for (char c : as_sent(sql, constants_)) {
      bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
      if (begins && --characters == 0) break;
      if (c == '\n') ++line;
    }
    return line;
  }

  // Few enough that what the server says of them fits its buffers while nobody reads it.
  static constexpr std::size_t most_posted = 128;

  PGconn* handle_;
  std::vector<std::string> posted_;  // texts of statements whose end is not known yet
  bool guarded_ = false;
  std::size_t failed_line_ = 0;
  bool reading_ = false;                      // the open transaction only reads
  bool constants_ = false;                    // day and parameters are constants of the plans
  std::optional<Question> question_;          // the one last asked, when that is sure
  std::set<std::string, std::less<>> asked_;  // keys of parameters
  std::unordered_map<std::string, std::string> names_;
};

std::string quoted_identifier(std::string_view name) { return "\"" + replace_all(name, "\"", "\"\"") + "\""; }

}  // namespace

Result<std::unique_ptr<Connection>> open_postgres(const std::string& address, const std::string& schema) {
  PGconn* handle = PQconnectdb(address.c_str());
  if (PQstatus(handle) != CONNECTION_OK) {
    std::string message(trim(PQerrorMessage(handle)));
    PQfinish(handle);
    return fail(ErrorKind::limit, "cannot reach PostgreSQL: " + message);
  }
  PQsetNoticeProcessor(
      handle, [](void*, const char*) {}, nullptr);
  auto connection = std::make_unique<PostgresConnection>(handle);
  // Registers stay in memory: an index costs no seek, and no query runs long enough to be worth compiling.
  CHECK(
      connection->script("set client_encoding = 'UTF8'; set standard_conforming_strings = on; set timezone = 'UTC'; "
                         "set synchronous_commit = on; "
                         "set jit = off; set random_page_cost = 1.1; set search_path = " +
                         quoted_identifier(schema) + ", pg_temp"));
  return connection;
}

}  // namespace assay
