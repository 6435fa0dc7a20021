// The places of values in the text of a statement.
#pragma once

#include <cstddef>
#include <string>

namespace assay {

// "?, ?, …": so many.
inline std::string value_marks(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += i ? ", ?" : "?";
  return out;
}

}  // namespace assay
