#include "kernel/rules/dependencies.h"

#include <boost/json.hpp>

#include "kernel/rules/engine.h"
#include "kernel/rules/rule_connection.h"

namespace assay {
namespace {

// More entries than this are cheaper answered by asking every rule.
constexpr std::int64_t longest_stretch = 20'000;
// Nor does a rule that could be asked about single records gain from it when there are many.
constexpr std::size_t most_records = 50;

// risk__assets holds the field assets of the register risk.
std::pair<std::string_view, std::string_view> register_and_field(std::string_view table) {
  std::size_t at = table.find("__");
  if (at == std::string_view::npos) return {table, {}};
  return {table.substr(0, at), table.substr(at + 2)};
}

// Columns that every write of a record sets.
bool is_stamp(std::string_view column) { return column == "revision" || column == "updated_at" || column == "updated_by"; }

}  // namespace

Result<std::int64_t> ledger_entries(Connection& connection) {
  TRY(auto last, connection.one_integer("select max(seq) from assay_ledger"));
  return last ? *last + 1 : 0;
}

DataChanges DataChanges::of_everything() {
  DataChanges changes;
  changes.everything_ = true;
  return changes;
}

Result<DataChanges> DataChanges::between(Connection& connection, std::int64_t first, std::int64_t end) {
  if (end < first || end - first > longest_stretch) return of_everything();
  DataChanges changes;
  Param params[] = {first, end};
  bool readable = true;
  CHECK(connection.query("select register, version, changes, record from assay_ledger where seq >= ? and seq < ?", params, [&](const Row& row) {
    if (row.integer(1) == 0) return;  // a note about something that is no record
    Touched& touched = changes.touched_[std::string(row.text(0))];
    touched.ids.emplace(row.text(3));
    if (row.integer(1) == 1) {
      touched.records = true;
      return;
    }
    boost::system::error_code error;
    auto json = boost::json::parse(row.text(2), error);
    if (error || !json.is_object()) {
      readable = false;
      return;
    }
    for (const auto& field : json.get_object()) touched.fields.emplace(field.key());
  }));
  return readable ? changes : of_everything();
}

bool DataChanges::concern(const StatementReads& reads) const { return concern(reads, {}); }

std::optional<std::set<std::string>> DataChanges::only_records_of(std::string_view register_name, const StatementReads& reads) const {
  auto touched = touched_.find(register_name);
  if (everything_ || touched == touched_.end() || touched->second.ids.size() > most_records || concern(reads, register_name)) return std::nullopt;
  return touched->second.ids;
}

bool DataChanges::concern(const StatementReads& reads, std::string_view except) const {
  if (everything_) return true;
  for (const auto& [table, columns] : reads.columns) {
    auto [register_name, list_field] = register_and_field(table);
    auto found = touched_.find(register_name);
    if (found == touched_.end() || register_name == except) continue;
    const Touched& touched = found->second;
    if (touched.records) return true;
    if (!list_field.empty()) {
      if (touched.fields.contains(std::string(list_field))) return true;
      continue;
    }
    for (const std::string& column : columns) {
      if (is_stamp(column) || touched.fields.contains(column)) return true;
    }
  }
  return false;
}

Result<RuleDependencies> RuleDependencies::learn(const RuleSet& rules, const Registry& registry) {
  RuleDependencies learned;
  CHECK(over_no_data(rules, registry, [&](Connection& connection) -> Result<void> {
    for (const Rule& rule : rules.rules) {
      learned.positions_.emplace(rule.id, learned.rules_.size());
      OfRule& dependencies = learned.rules_.emplace_back();
      dependencies.known = true;
      for (std::string_view sql : {std::string_view(rule.sql), std::string_view(rule.population), std::string_view(rule.needs)}) {
        if (sql.empty()) continue;
        auto reads = statement_reads(connection, sql);
        if (reads) dependencies.reads.add(*reads);
        else dependencies.known = false;
      }
    }
    for (std::string_view sql : gate_queries) {
      TRY(auto reads, statement_reads(connection, sql));
      learned.gates_.add(reads);
    }
    return {};
  }));
  return learned;
}

std::optional<std::set<std::string>> RuleDependencies::records_to_ask(const Rule& rule, std::size_t position, const DataChanges& changes) const {
  const OfRule& dependencies = rules_[position];
  if (!rule.by_record || !dependencies.known) return std::nullopt;
  return changes.only_records_of(rule.subject, dependencies.reads);
}

const RuleDependencies::OfRule* RuleDependencies::find(std::string_view rule_id) const {
  auto at = positions_.find(rule_id);
  return at == positions_.end() ? nullptr : &rules_[at->second];
}

bool RuleDependencies::concerns(std::size_t rule, const DataChanges& changes) const {
  const OfRule& dependencies = rules_[rule];
  if (!dependencies.known) return !changes.empty();
  if (dependencies.asks_parameters() && changes.touches("policy_parameter")) return true;
  return changes.concern(dependencies.reads);
}

}  // namespace assay
