// What the workflows read: whole registers as one person may see them, as records or as typed values.
#pragma once

#include <string_view>
#include <vector>

#include "kernel/service/register_service.h"

namespace assay {

// Every record of the register that the principal is shown, in id order; with `field`, those that have the value (a
// list field: contain it). Errors: forbidden; limit above 50,000 records, which no workbench puts on one page.
Result<std::vector<Record>> records_of(const RegisterService& registers, const Principal& principal,
                                       const EntityDef& def, std::string_view field = {}, std::string_view value = {});

template <class T>
Result<std::vector<T>> all_of(const RegisterService& registers, const Principal& principal, std::string_view field = {},
                              std::string_view value = {}) {
  TRY(auto records, records_of(registers, principal, T::def(), field, value));
  std::vector<T> out;
  out.reserve(records.size());
  for (const Record& record : records) out.push_back(decode<T>(record));
  return out;
}

// New values for fields by their names, for RegisterService::change() and make().
Patch patch_of(const EntityDef& def, std::initializer_list<std::pair<std::string_view, Value>> values);

}  // namespace assay
