#include "workflows/risk_register/risk_reading.h"

#include <algorithm>
#include <iterator>

#include "workflows/records.h"

namespace assay {
namespace {

constexpr std::size_t most_risks = 50'000;

// Filters such as "not closed", which nearly every risk passes, are applied here: a filtered list counts its matches
// for each page, which costs more than reading the few that are dropped.
std::vector<Filter> take_state_filters(std::vector<Filter>& filters, std::initializer_list<std::string_view> fields) {
  std::vector<Filter> out;
  if (std::ranges::find(fields, std::string_view("status")) == fields.end()) return out;
  auto is_state = [](const Filter& filter) {
    return filter.field && filter.field->name == "status" && filter.comparison == Comparison::is_not;
  };
  std::ranges::copy_if(filters, std::back_inserter(out), is_state);
  std::erase_if(filters, is_state);
  return out;
}

bool passes(const Record& record, const std::vector<Filter>& filters) {
  return std::ranges::all_of(filters, [&](const Filter& filter) {
    return std::ranges::find(filter.values, record.text("status")) == filter.values.end();
  });
}

}  // namespace

Result<std::vector<Risk>> read_risks(const RegisterService& registers, const Principal& principal,
                                     std::vector<Filter> filters, std::initializer_list<std::string_view> fields) {
  const EntityDef& def = Risk::def();
  const std::vector<Filter> states = take_state_filters(filters, fields);
  ListQuery query;
  query.def = &def;
  query.filters = std::move(filters);
  query.limit = 500;
  for (std::string_view field : fields) query.columns.push_back(&def.fields[def.index(field)]);
  std::vector<Risk> out;
  std::size_t read = 0;
  while (true) {
    TRY(Page page, registers.list(principal, query));
    for (const ListRow& row : page.rows) {
      if (passes(row.record, states)) out.push_back(decode<Risk>(row.record));
    }
    if (page.next.empty()) return out;
    read += page.rows.size();
    if (read >= most_risks)
      return fail(ErrorKind::limit, "There are more than 50,000 risks; narrow the list by a filter.");
    query.after = std::move(page.next);
  }
}

Result<std::optional<RiskScale>> scale_in_force(const RegisterService& registers, const Principal& principal) {
  TRY(auto methods, records_of(registers, principal, RiskMethodology::def()));
  for (std::string_view status : {"effective", "approved"}) {
    const Record* best = nullptr;
    for (const Record& method : methods) {
      if (method.state() != status) continue;
      if (!best || number_of(method.at("version")) > number_of(best->at("version"))) best = &method;
    }
    if (best) return RiskScale::of(*best);
  }
  return std::nullopt;
}

Filter open_risks() {
  const EntityDef& def = Risk::def();
  return {&def.fields[def.index("status")], Comparison::is_not, {"closed"}};
}

}  // namespace assay
