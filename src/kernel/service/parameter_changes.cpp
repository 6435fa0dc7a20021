#include "kernel/service/parameter_changes.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay {
namespace {

constexpr std::string_view register_name = "policy_parameter";
constexpr std::size_t most_values = 5000;

// The record that has the day already: an approved value before an open proposal, that before a declined one.
const Record* record_of_day(const std::vector<Record>& values, std::string_view day) {
  for (std::string_view state : {"approved", "proposed", "declined"}) {
    auto found = std::ranges::find_if(
        values, [&](const Record& record) { return record.state() == state && record.text("effective_on") == day; });
    if (found != values.end()) return &*found;
  }
  return nullptr;
}

Failure day_is_taken(const Record& approved) {
  const FieldDef& value = *approved.def->find("value");
  std::string_view day = approved.text("effective_on");
  return fail(Problems{{"effective_on",
                        fmt::format("must be another day: {} {} ({}) is approved for {}. Choose another day, or have "
                                    "top management withdraw that approval first",
                                    display(value, approved.value(value)), approved.text("unit"), approved.id, day),
                        std::string(day)}},
              "The value was not proposed.");
}

}  // namespace

const Record* OwnValues::in_force(Date day) const {
  std::string today = day.iso();
  auto found =
      std::ranges::find_if(approved, [&](const Record& record) { return record.text("effective_on") <= today; });
  return found == approved.end() ? nullptr : &*found;
}

Result<std::map<std::string, OwnValues, std::less<>>> own_values(const RegisterService& registers,
                                                                 const Principal& principal) {
  std::map<std::string, OwnValues, std::less<>> out;
  const EntityDef* def = registers.workspace().registry().find(register_name);
  if (!def || !may(principal, Action::see, *def).allowed) return out;
  ListQuery query;
  query.def = def;
  query.sort = def->find("effective_on");
  query.descending = true;
  query.limit = 500;
  for (std::size_t read = 0; read < most_values;) {
    TRY(Page page, registers.list(principal, query));
    for (ListRow& row : page.rows) {
      OwnValues& values = out[std::string(row.record.text("key"))];
      std::string_view state = row.record.state();
      auto& those = state == "approved" ? values.approved : state == "declined" ? values.declined : values.proposed;
      those.push_back(std::move(row.record));
    }
    read += page.rows.size();
    if (page.next.empty()) break;
    query.after = page.next;
  }
  return out;
}

Result<ProposedValue> propose_value(const RegisterService& registers, const Principal& principal,
                                    const Record& proposal, std::string_view reason) {
  const EntityDef& def = *proposal.def;
  CHECK(demand(may(principal, Action::create, def)));
  ProposedChange change{.def = &def, .id = {}, .step = {}, .values = {}, .reason = std::string(reason)};
  for (std::string_view name : {"key", "value", "unit", "source", "effective_on"})
    change.values.emplace_back(def.find(name), proposal.at(name));
  ProposedValue out;
  CHECK(registers.workspace().write(principal, [&](Transaction& transaction) -> Result<void> {
    std::vector<Record> values = transaction.where(def, "key", proposal.text("key"));
    const Record* earlier = record_of_day(values, proposal.text("effective_on"));
    if (earlier && earlier->state() == "approved") return day_is_taken(*earlier);
    out.replaces = earlier != nullptr;
    change.id = earlier ? earlier->id : Id();
    if (earlier && earlier->state() == "declined") {
      ProposedChange again{
          .def = &def, .id = change.id, .step = "propose_again", .values = {}, .reason = change.reason};
      TRY(Record reopened, registers.make_in(transaction, again));
    }
    TRY(out.record, registers.make_in(transaction, change));
    return {};
  }));
  return out;
}

Decision may_weigh_parameters(const Principal& principal, const Registry& registry) {
  const EntityDef* def = registry.find(register_name);
  if (!def) return {false, "This workspace keeps no own thresholds.", {}};
  Decision creates = may(principal, Action::create, *def);
  if (creates.allowed || may(principal, Action::step, *def).allowed) return {true, {}, {}};
  return creates;
}

Result<ProposedVerdict> weigh_parameter(RuleAuditor& auditor, const Principal& principal, std::string_view key,
                                        double value, Date effective_on) {
  CHECK(demand(may_weigh_parameters(principal, auditor.workspace().registry())));
  const EntityDef& def = *auditor.workspace().registry().find(register_name);
  Date day = std::max(effective_on, auditor.workspace().clock().today());
  return try_change(
      auditor, principal,
      [&](Transaction& transaction) -> Result<void> {
        Record record(def);
        record.at("key") = std::string(key);
        record.at("value") = value;
        record.at("approved_by") = std::string("approver");  // whoever it will be: what is undone points nowhere
        record.at("effective_on") = day.iso();
        return transaction.insert(record, "what would change");
      },
      day);
}

}  // namespace assay
