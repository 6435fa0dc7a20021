#include "kernel/exchange/refusal.h"

#include <fmt/format.h>

#include "base/text.h"

namespace assay {

Failure refuse_file(ErrorKind kind, std::string place, std::string message, std::string_view value) {
  constexpr std::size_t shown_bytes = 60;
  bool limit = kind == ErrorKind::limit;
  Error error;
  error.kind = kind;
  error.message = limit ? "The file is larger than what is read." : "The file could not be read.";
  error.problems.push_back({std::move(place), std::move(message), shorten(value, shown_bytes)});
  return Failure(std::move(error));
}

Result<void> RowBudget::charge(const std::vector<std::string>& cells, std::string_view place) {
  std::size_t bytes = sizeof(cells) + cells.size() * sizeof(std::string);
  for (const std::string& cell : cells) bytes += cell.size();
  return take(bytes, place);
}

Result<void> RowBudget::charge_empty_rows(std::size_t count, std::string_view place) {
  return take(count * sizeof(std::vector<std::string>), place);
}

Result<void> RowBudget::take(std::size_t bytes, std::string_view place) {
  if (bytes > left_) {
    return refuse_file(ErrorKind::limit, std::string(place),
                       fmt::format("up to here the cells take more than {} bytes, the most that is read", limit_));
  }
  left_ -= bytes;
  return {};
}

}  // namespace assay
