// How the readers of this folder say no, and how they count what they hand back. Internal to kernel/exchange.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/exchange/table.h"

namespace assay {

// One problem with its place ("line 3, column 2"; "sheet 'Risks', cell B14"; "xl/styles.xml, line 1").
Failure refuse_file(ErrorKind kind, std::string place, std::string message, std::string_view value = {});

// Counts the rows of a result against ReadLimits::bytes.
class RowBudget {
 public:
  explicit RowBudget(const ReadLimits& limits) : left_(limits.bytes), limit_(limits.bytes) {}
  Result<void> charge(const std::vector<std::string>& cells, std::string_view place);
  Result<void> charge_empty_rows(std::size_t count, std::string_view place);

 private:
  Result<void> take(std::size_t bytes, std::string_view place);
  std::size_t left_;
  std::size_t limit_;
};

}  // namespace assay
