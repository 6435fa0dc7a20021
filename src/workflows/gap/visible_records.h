// Records for judgements that take what they get: of a register that is not shown to the principal there are none.
#pragma once

#include "workflows/records.h"

namespace assay {

template <class T>
Result<std::vector<T>> visible_records(const RegisterService& registers, const Principal& principal,
                                       std::string_view field = {}, std::string_view value = {}) {
  if (!may(principal, Action::see, T::def()).allowed) return std::vector<T>();
  return all_of<T>(registers, principal, field, value);
}

}  // namespace assay
