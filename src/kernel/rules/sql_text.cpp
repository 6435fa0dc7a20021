#include "kernel/rules/sql_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "kernel/store/value_marks.h"

namespace assay {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The end of a quoted part that begins at `at`; a doubled quote stands for itself.
std::size_t end_of_quote(std::string_view sql, std::size_t at) {
  char quote = sql[at];
  for (++at; at < sql.size(); ++at) {
    if (sql[at] != quote) continue;
    if (at + 1 < sql.size() && sql[at + 1] == quote) ++at;
    else return at + 1;
  }
  return sql.size();
}

constexpr std::string_view functions[] = {
    "abs",    "add_days",     "add_months", "as_of",       "asked", "avg",           "blank", "cast",       "coalesce",
    "count",  "days_between", "dense_rank", "first_value", "floor", "hours_between", "lag",   "last_value", "lead",
    "length", "lower",        "ltrim",      "max",         "min",   "nullif",        "p",     "rank",       "replace",
    "round",  "row_number",   "rtrim",      "substr",      "sum",   "text_list",     "trim",  "upper",      "words"};
// Words of the language after which a bracket may open.
constexpr std::string_view words_before_bracket[] = {
    "all",    "and",    "as",           "between", "by",     "case", "distinct",  "else",
    "except", "exists", "filter",       "from",    "having", "in",   "intersect", "is",
    "join",   "like",   "materialized", "not",     "on",     "or",   "over",      "recursive",
    "select", "then",   "union",        "using",   "values", "when", "where",     "with"};
constexpr std::string_view writing_words[] = {"insert", "update", "delete", "merge", "into"};
constexpr std::string_view closed_names[] = {"assay_", "pg_", "sqlite_", "pragma_", "information_schema"};

template <std::size_t N>
bool contains(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Whether the word before the bracket at `open` names the columns of a common table: name (a, b) as (select …).
bool names_columns(const std::vector<SqlToken>& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < tokens.size(); ++at) {
    if (tokens[at].text == "(") ++depth;
    if (tokens[at].text != ")" || --depth > 0) continue;
    bool opens_query = at + 3 < tokens.size() && tokens[at + 1].is("as") && tokens[at + 2].text == "(";
    return opens_query && (tokens[at + 3].is("select") || tokens[at + 3].is("with") || tokens[at + 3].is("values"));
  }
  return false;
}

// The tokens of "asked(x)" or "asked(t.x)" that begin at `at`, 0 when none do.
std::size_t length_of_asked(const std::vector<SqlToken>& tokens, std::size_t at) {
  auto text = [&](std::size_t offset) {
    return at + offset < tokens.size() ? tokens[at + offset].text : std::string_view();
  };
  auto word = [&](std::size_t offset) {
    return at + offset < tokens.size() && tokens[at + offset].kind == SqlToken::Kind::word;
  };
  if (!tokens[at].is("asked") || text(1) != "(" || !word(2)) return 0;
  if (text(3) == ")") return 4;
  return text(3) == "." && word(4) && text(5) == ")" ? 6 : 0;
}

// What is wrong with the token, empty when nothing.
std::string problem_of(const std::vector<SqlToken>& tokens, std::size_t at) {
  const SqlToken& token = tokens[at];
  const SqlToken* next = at + 1 < tokens.size() ? &tokens[at + 1] : nullptr;
  std::string word = lower(token.text);
  if (token.kind == SqlToken::Kind::name) word = word.substr(1, word.size() - 2);
  if (token.kind == SqlToken::Kind::word || token.kind == SqlToken::Kind::name) {
    for (std::string_view closed : closed_names) {
      if (word.starts_with(closed)) return "must read registers only; this name belongs to the product or the database";
    }
  }
  if (token.kind == SqlToken::Kind::symbol) {
    if (token.text == ";") return "must hold one statement; another begins here";
    if (token.text.find_first_of("?:@$&`[\\{#") != std::string_view::npos)
      return "must be SQL that SQLite and PostgreSQL both read; this character is not of it";
  }
  if (token.kind == SqlToken::Kind::name && next && next->text == "(")
    return "must be one of the functions that rules may use, without quotes (docs/rules.md)";
  if (token.kind != SqlToken::Kind::word) return {};
  if (contains(writing_words, word)) return "must only read";
  if (!next) return {};
  bool touches = token.offset + token.text.size() == next->offset;
  if (touches && (next->kind == SqlToken::Kind::text || next->kind == SqlToken::Kind::name))
    return "must be a plain text in single quotes, without a letter before it";
  bool called = next->text == "(" && !contains(words_before_bracket, word) && (at == 0 || !tokens[at - 1].is("as"));
  if (called && !contains(functions, word) && !names_columns(tokens, at + 1))
    return "must be one of the functions that rules may use (docs/rules.md)";
  if (called && word == "asked" && length_of_asked(tokens, at) == 0)
    return "must be asked with one column, such as asked(e.id)";
  return {};
}

}  // namespace

bool SqlToken::is(std::string_view lower_case_word) const {
  return kind == Kind::word && lower(text) == lower_case_word;
}

std::vector<SqlToken> sql_tokens(std::string_view sql) {
  std::vector<SqlToken> out;
  for (std::size_t at = 0; at < sql.size();) {
    char c = sql[at];
    std::size_t end = at + 1;
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      at = end;
      continue;
    }
    if (sql.substr(at, 2) == "--") {
      at = std::min(sql.find('\n', at), sql.size());
      continue;
    }
    SqlToken::Kind kind = SqlToken::Kind::symbol;
    if (c == '\'' || c == '"') {
      kind = c == '"' ? SqlToken::Kind::name : SqlToken::Kind::text;
      end = end_of_quote(sql, at);
    } else if (is_word(c)) {
      kind = is_digit(c) ? SqlToken::Kind::number : SqlToken::Kind::word;
      while (end < sql.size() && (is_word(sql[end]) || (is_digit(c) && sql[end] == '.'))) ++end;
    } else {
      std::string_view pair = sql.substr(at, 2);
      if (pair == "<=" || pair == ">=" || pair == "<>" || pair == "!=" || pair == "||") ++end;
    }
    out.push_back({kind, sql.substr(at, end - at), at});
    at = end;
  }
  return out;
}

Problems check_query(std::string_view file, std::size_t first_line, std::string_view sql) {
  std::vector<SqlToken> tokens = sql_tokens(sql);
  Problems problems;
  auto add = [&](std::size_t offset, std::string message, std::string_view value) {
    problems.push_back(
        {fmt::format("{}:{}", file, line_of(sql, offset, first_line)), std::move(message), shorten(value, 60)});
  };
  if (tokens.empty() || !(tokens[0].is("select") || tokens[0].is("with"))) add(0, "must hold one select", trim(sql));
  for (std::size_t at = 0; at < tokens.size() && problems.empty(); ++at) {
    std::string message = problem_of(tokens, at);
    if (sql.substr(tokens[at].offset, 2) == "/*") message = "must be a comment line that begins with --";
    if (!message.empty()) add(tokens[at].offset, std::move(message), tokens[at].text);
  }
  return problems;
}

std::vector<SqlToken> parameters_asked(std::string_view sql) {
  std::vector<SqlToken> tokens = sql_tokens(sql);
  std::vector<SqlToken> out;
  for (std::size_t at = 0; at + 2 < tokens.size(); ++at) {
    SqlToken key = tokens[at + 2];
    if (!tokens[at].is("p") || tokens[at + 1].text != "(" || key.kind != SqlToken::Kind::text) continue;
    key.text = key.text.substr(1, key.text.size() - 2);
    out.push_back(key);
  }
  return out;
}

AskedSql with_asked(std::string_view sql, std::size_t records) {
  std::vector<SqlToken> tokens = sql_tokens(sql);
  AskedSql out;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const std::size_t length = length_of_asked(tokens, at);
    if (length == 0) continue;
    const SqlToken& first = tokens[at + 2];
    const SqlToken& last = tokens[at + length - 1];
    out.sql += sql.substr(copied, tokens[at].offset - copied);
    if (records == 0) out.sql += "true";
    else
      out.sql += fmt::format("{} in ({})", sql.substr(first.offset, last.offset - first.offset), value_marks(records));
    copied = last.offset + last.text.size();
    ++out.places;
  }
  out.sql += sql.substr(copied);
  return out;
}

std::size_t line_of(std::string_view sql, std::size_t offset, std::size_t first_line) {
  std::string_view before = sql.substr(0, offset);
  return first_line + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

}  // namespace assay
