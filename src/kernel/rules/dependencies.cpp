#include "kernel/rules/dependencies.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "kernel/rules/engine.h"
#include "kernel/rules/rule_connection.h"
#include "kernel/rules/sql_text.h"
#include "kernel/store/schema.h"
#include "kernel/store/value_marks.h"

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

// The texts of a value of a ledger entry: one, or those of a list.
void collect_texts(const boost::json::value& value, std::set<std::string>& out) {
  if (value.is_string()) out.emplace(value.get_string());
  if (!value.is_array()) return;
  for (const auto& item : value.get_array()) collect_texts(item, out);
}

// Adds the first column of the query, which ends with "in" before the values.
Result<void> collect_first(Connection& connection, const std::string& sql, const std::set<std::string>& values,
                           std::set<std::string>& out) {
  if (values.empty()) return {};
  std::vector<Param> params(values.begin(), values.end());
  return connection.query(fmt::format("{} ({})", sql, value_marks(values.size())), params,
                          [&](const Row& row) { out.emplace(row.text(0)); });
}

// What the field of the records names as they are now.
Result<void> named_now(const EntityDef& def, const FieldDef& field, const std::set<std::string>& ids,
                       Connection& connection, std::set<std::string>& out) {
  std::string sql = field.is_list() ? fmt::format("select value from {} where record in", link_table(def, field))
                                    : fmt::format("select \"{0}\" from {1} where \"{0}\" is not null and id in",
                                                  field.name, def.name());
  return collect_first(connection, sql, ids, out);
}

// Columns that every write of a record sets.
bool is_stamp(std::string_view column) {
  return column == "revision" || column == "updated_at" || column == "updated_by";
}

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
  CHECK(connection.query("select register, version, changes, record from assay_ledger where seq >= ? and seq < ?",
                         params, [&](const Row& row) {
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
                           for (const auto& field : json.get_object()) {
                             touched.fields.emplace(field.key());
                             const auto* pair = field.value().if_array();
                             if (pair && !pair->empty())
                               collect_texts(pair->front(), touched.before[std::string(field.key())]);
                           }
                         }));
  return readable ? changes : of_everything();
}

bool DataChanges::concern(const Touched& touched, std::string_view list_field, const std::set<std::string>& columns) {
  if (touched.records) return true;
  if (!list_field.empty()) return touched.fields.contains(std::string(list_field));
  return std::ranges::any_of(
      columns, [&](const std::string& column) { return is_stamp(column) || touched.fields.contains(column); });
}

bool DataChanges::concern(const StatementReads& reads) const {
  if (everything_) return true;
  return std::ranges::any_of(reads.columns, [&](const auto& read) {
    auto [register_name, list_field] = register_and_field(read.first);
    auto found = touched_.find(register_name);
    return found != touched_.end() && concern(found->second, list_field, read.second);
  });
}

Result<std::optional<std::set<std::string>>> DataChanges::subjects_of(const Rule& rule, const StatementReads& reads,
                                                                      const RuleAnswer& before,
                                                                      const Registry& registry,
                                                                      Connection& connection) const {
  std::optional<std::set<std::string>> none;
  if (everything_) return none;
  std::set<std::string> subjects;
  std::set<std::string_view> seen;
  for (const auto& [table, columns] : reads.columns) {
    auto [register_name, list_field] = register_and_field(table);
    auto found = touched_.find(register_name);
    if (found == touched_.end() || !concern(found->second, list_field, columns) || !seen.insert(register_name).second)
      continue;
    const Touched& touched = found->second;
    if (touched.ids.size() > most_records) return none;
    if (register_name == rule.subject) {
      subjects.insert(touched.ids.begin(), touched.ids.end());
      continue;
    }
    auto way = std::ranges::find(rule.through, register_name, &std::pair<std::string, std::string>::first);
    const EntityDef* def = registry.find(register_name);
    const FieldDef* field = way == rule.through.end() || !def ? nullptr : def->find(way->second);
    if (!field) return none;
    CHECK(named_now(*def, *field, touched.ids, connection, subjects));
    if (auto before = touched.before.find(way->second); before != touched.before.end())
      subjects.insert(before->second.begin(), before->second.end());
  }
  if (rule.among_found && !subjects.empty()) {
    for (const RuleFinding& finding : before.findings) subjects.insert(finding.subject);
  }
  if (subjects.size() <= most_records && !rule.alike.empty()) {
    const EntityDef* def = registry.find(rule.subject);
    const FieldDef* field = def ? def->find(rule.alike) : nullptr;
    if (!field || field->is_list()) return none;
    CHECK(add_alike(*def, *field, connection, subjects));
  }
  if (subjects.size() > most_records) return none;
  return std::optional(std::move(subjects));
}

Result<void> DataChanges::add_alike(const EntityDef& def, const FieldDef& field, Connection& connection,
                                    std::set<std::string>& subjects) const {
  std::set<std::string> values;
  CHECK(named_now(def, field, subjects, connection, values));
  if (auto touched = touched_.find(def.name()); touched != touched_.end()) {
    if (auto before = touched->second.before.find(field.name); before != touched->second.before.end())
      values.insert(before->second.begin(), before->second.end());
  }
  return collect_first(connection, fmt::format("select id from {} where \"{}\" in", def.name(), field.name), values,
                       subjects);
}

Result<RuleDependencies> RuleDependencies::learn(const RuleSet& rules, const Registry& registry) {
  RuleDependencies learned;
  CHECK(over_no_data(rules, registry, [&](Connection& connection) -> Result<void> {
    for (const Rule& rule : rules.rules) {
      learned.positions_.emplace(rule.id, learned.rules_.size());
      OfRule& dependencies = learned.rules_.emplace_back();
      dependencies.known = true;
      for (std::string_view sql : {std::string_view(rule.sql), std::string_view(rule.population),
                                   std::string_view(rule.share), std::string_view(rule.needs)}) {
        if (sql.empty()) continue;
        auto reads = statement_reads(connection, with_asked(sql, 0).sql);
        if (reads) dependencies.reads.add(*reads);
        else dependencies.known = false;
      }
    }
    // Without rules there is nothing to gate, and the views that gates read may be missing.
    if (rules.rules.empty()) return {};
    for (std::string_view sql : gate_queries) {
      TRY(auto reads, statement_reads(connection, sql));
      learned.gates_.add(reads);
    }
    return {};
  }));
  return learned;
}

Result<std::optional<std::set<std::string>>> RuleDependencies::records_to_ask(const Rule& rule, std::size_t position,
                                                                              const DataChanges& changes,
                                                                              const RuleAnswer& before,
                                                                              const Registry& registry,
                                                                              Connection& connection) const {
  const OfRule& dependencies = rules_[position];
  if (!rule.by_record || !dependencies.known) return std::optional<std::set<std::string>>();
  return changes.subjects_of(rule, dependencies.reads, before, registry, connection);
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
