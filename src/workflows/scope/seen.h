// What a workbench shows of registers that some of its visitors may not see.
#pragma once

#include "workflows/records.h"

namespace assay {

// all_of(), or nothing where the principal may not see the register.
template <class T>
Result<std::vector<T>> seen_of(const RegisterService& registers, const Principal& principal,
                               std::string_view field = {}, std::string_view value = {}) {
  if (!may(principal, Action::see, T::def()).allowed) return std::vector<T>();
  return all_of<T>(registers, principal, field, value);
}

}  // namespace assay
