// Two gap analyses side by side.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "isms/frameworks/gap_item.h"

namespace assay {

enum class GapChangeKind { opened, worse, remaining, better, closed };

struct GapChange {
  std::string key;
  GapChangeKind kind{};
  const GapItem* before = nullptr;  // null: the question was not answered then
  const GapItem* after = nullptr;   // null: not answered now; the gap counts as remaining
};

// Every question that is a gap in one of the two, in the order of the standard. The pointers lead into what was given.
std::vector<GapChange> gap_changes(std::span<const GapItem> before, std::span<const GapItem> after);

}  // namespace assay
