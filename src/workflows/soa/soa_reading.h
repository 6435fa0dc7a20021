// Whole registers as one person may see them, read inside the transaction or reader that is given. Internal to
// workflows/soa.
#pragma once

#include <vector>

#include "isms/soa/soa_facts.h"
#include "kernel/service/register_service.h"

namespace assay {

// Records with one of these values in the field (no field: all) that the principal is shown; nothing where the register
// is not theirs to see.
std::vector<Record> seen_records(const Reader& reader, const Principal& principal, const EntityDef& def,
                                 Result<void>& failure, std::string_view field = {},
                                 std::vector<std::string> values = {});

template <class T>
std::vector<T> seen(const Reader& reader, const Principal& principal, Result<void>& failure,
                    std::string_view field = {}, std::vector<std::string> values = {}) {
  std::vector<T> out;
  for (const Record& record : seen_records(reader, principal, T::def(), failure, field, std::move(values)))
    out.push_back(decode<T>(record));
  return out;
}

// What the records say against exclusions. The facts are those of the whole organisation; the records that show them
// are named to those who may see them.
Result<SoaFacts> read_soa_facts(const Reader& reader, const Principal& principal);

}  // namespace assay
