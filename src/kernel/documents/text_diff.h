// What changed between two texts: by lines, and inside changed lines by words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct DiffPiece {
  std::string text;
  bool changed = false;
};

struct DiffRow {
  enum class Kind { same, removed, added, changed };
  Kind kind = Kind::same;
  std::size_t old_line = 0, new_line = 0;  // from 1; 0 where the line does not stand on that side
  std::vector<DiffPiece> before, after;    // joined they are the line
};

// Shortest by Myers' algorithm; two texts that have next to nothing in common are shown as one replaced by the other.
std::vector<DiffRow> diff_texts(std::string_view before, std::string_view after);

struct DiffCount {
  std::size_t added = 0, removed = 0, changed = 0;
  bool none() const { return added + removed + changed == 0; }
};
DiffCount count_of(const std::vector<DiffRow>& rows);

}  // namespace assay
