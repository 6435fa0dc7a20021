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
  static constexpr Dialect postgres{Engine::postgres, "boolean",        "text collate \"C\"", " nulls first",
                                    " nulls first",   " nulls last", ""};
  return engine == Engine::sqlite ? sqlite : postgres;
}

namespace {

// The words of what somebody typed: letters, digits and everything beyond ASCII; the rest separates.
std::vector<std::string> search_words(std::string_view typed) {
  std::vector<std::string> words;
  for (std::string_view word : split(slug(typed), '_')) {
    if (!word.empty() && words.size() < 12) words.emplace_back(word);
  }
  return words;
}

}  // namespace

std::string_view search_condition(Engine engine) {
  return engine == Engine::sqlite
             ? "d.number in (select rowid from assay_search where assay_search match ?)"
             : "to_tsvector('simple', d.title || ' ' || d.body) @@ to_tsquery('simple', ?)";
}

std::string search_parameter(Engine engine, std::string_view typed) {
  std::string out;
  for (const std::string& word : search_words(typed)) {
    if (!out.empty()) out += engine == Engine::sqlite ? " " : " & ";
    out += engine == Engine::sqlite ? "\"" + word + "\"*" : "'" + word + "':*";
  }
  return out;
}

Result<void> Connection::copy_to(const std::string&) { return fail(ErrorKind::internal, "this engine copies no database files"); }

}  // namespace assay
