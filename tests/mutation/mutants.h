// Small faults put into the SQL of a rule, one at a time: a rule whose cases do not notice them is not tested
// (docs/rules.md).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::testing {

struct Mutant {
  std::string file;
  std::size_t line = 1;
  // The line of the SQL with the fault in it: "where a.due_on {< → <=} as_of()"; a repeated one ends with "#2".
  std::string change;
  std::string sql;  // the whole text with the fault
};

// The faults of one SQL text, which begins on `first_line` of its file: comparisons, and/or, null, exists, in and not
// turned round, numbers and parameters moved by one (a flag, 0 or 1 after then or else, turned round), items of IN
// lists dropped, defaults of coalesce altered. What only words the detail and tables of constants (VALUES) are left
// alone: the one is no part of the verdict, the other is data.
std::vector<Mutant> mutants_of(std::string_view file, std::size_t first_line, std::string_view sql);

}  // namespace assay::testing
