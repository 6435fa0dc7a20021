#include "kernel/store/database.h"

#include "base/text.h"

namespace assay {

Result<std::optional<std::string>> Connection::one_text(std::string_view sql, Params params) {
  std::optional<std::string> out;
  bool first = true;
  CHECK(query(sql, params, [&](const Row& row) {
    if (first && !row.is_null(0)) out = std::string(row.text(0));
    first = false;
  }));
  return out;
}

Result<std::optional<std::int64_t>> Connection::one_integer(std::string_view sql, Params params) {
  std::optional<std::int64_t> out;
  bool first = true;
  CHECK(query(sql, params, [&](const Row& row) {
    if (first && !row.is_null(0)) out = row.integer(0);
    first = false;
  }));
  return out;
}

const Dialect& dialect(Engine engine) {
  static constexpr Dialect sqlite{Engine::sqlite, "integer", "text", "", "", "", " strict"};
  static constexpr Dialect postgres{Engine::postgres, "boolean", "text collate \"C\"", " nulls first", " nulls first",
                                    " nulls last",    ""};
  return engine == Engine::sqlite ? sqlite : postgres;
}

Result<void> Connection::post(std::string_view sql, Params params) {
  CHECK(run(sql, params));
  return {};
}

Result<void> Connection::copy_to(const std::string&) {
  return fail(ErrorKind::internal, "this engine copies no database files");
}

}  // namespace assay
