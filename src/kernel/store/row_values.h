// A record's values as statement parameters.
#pragma once

#include <string>
#include <vector>

#include "kernel/store/schema.h"

namespace assay {

// Appends the record's field values as parameters; `scratch` keeps the texts of lists.
inline void append_values(const Record& record, std::vector<Param>& params, std::vector<std::string>& scratch) {
  scratch.resize(record.values.size());
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    params.push_back(to_param(record.def->fields[i], record.values[i], scratch[i]));
  }
}

inline Param text_or_null(const std::string& text) { return text.empty() ? Param() : Param(std::string_view(text)); }

}  // namespace assay
