#include "workflows/records.h"

#include <fmt/format.h>

namespace assay {

constexpr std::size_t most_records = 50'000;

Result<std::vector<Record>> records_of(const RegisterService& registers, const Principal& principal,
                                       const EntityDef& def, std::string_view field, std::string_view value) {
  ListQuery query;
  query.def = &def;
  query.limit = 500;
  if (!field.empty()) query.filters.push_back({&def.fields[def.index(field)], Comparison::is, {std::string(value)}});
  std::vector<Record> out;
  while (true) {
    TRY(Page page, registers.list(principal, query));
    for (ListRow& row : page.rows) out.push_back(std::move(row.record));
    if (page.next.empty()) return out;
    if (out.size() >= most_records)
      return fail(ErrorKind::limit,
                  fmt::format("There are more than {} records of the register \"{}\".", most_records, def.text.plural));
    query.after = std::move(page.next);
  }
}

Patch patch_of(const EntityDef& def, std::initializer_list<std::pair<std::string_view, Value>> values) {
  Patch out;
  for (const auto& [name, value] : values) out.emplace_back(&def.fields[def.index(name)], value);
  return out;
}

}  // namespace assay
