#include "kernel/service/parameter_changes.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::string_view register_name = "policy_parameter";
constexpr std::size_t most_values = 5000;

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
