// The text of a rule's SQL: its words, and what may not stand in it. Both engines run what passes here, so the check is
// strict where they would read a text differently (docs/rules.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay {

struct SqlToken {
  enum class Kind { word, number, text, name, symbol };  // name: in double quotes; text: in single quotes
  Kind kind;
  std::string_view text;  // as it stands in the SQL, quotes included; <=, >=, <>, != and || are one symbol
  std::size_t offset;     // bytes from the start of the SQL

  bool is(std::string_view lower_case_word) const;  // a word, whatever its case
};

// The tokens of an SQL text; white space and line comments are left out. An open quote ends with the text.
std::vector<SqlToken> sql_tokens(std::string_view sql);

// What keeps the text from being one harmless query: a second statement, a write, the product's own or the engine's
// tables, a function that is not of those rules may use, quoting that only one engine knows. The places are
// "file:line"; `first_line` is the line of the file on which the SQL begins.
Problems check_query(std::string_view file, std::size_t first_line, std::string_view sql);

// The keys asked of p('key'), each with its offset.
std::vector<SqlToken> parameters_asked(std::string_view sql);

// The SQL with each asked(x) replaced: by "true" without records, else by "x in (?, ?, …)". Returns how many were there.
struct AskedSql {
  std::string sql;
  std::size_t places = 0;
};
AskedSql with_asked(std::string_view sql, std::size_t records);

// The line of an offset into a text that begins on `first_line` of its file.
std::size_t line_of(std::string_view sql, std::size_t offset, std::size_t first_line);

}  // namespace assay
