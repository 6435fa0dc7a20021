// What a verdict depends on: which data each rule reads, and what the ledger says has changed.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kernel/model/entity.h"
#include "kernel/rules/rule.h"
#include "kernel/store/statement_reads.h"

namespace assay {

// What happened to the registers between two states of a workspace.
class DataChanges {
 public:
  // Everything may have changed.
  static DataChanges of_everything();
  // Entries of the ledger with first <= seq < end, read on the connection. Long stretches count as "everything".
  static Result<DataChanges> between(Connection& connection, std::int64_t first, std::int64_t end);

  bool empty() const { return !everything_ && touched_.empty(); }
  bool touches(std::string_view register_name) const { return everything_ || touched_.contains(register_name); }
  // Whether a query that reads these columns may answer differently now.
  bool concern(const StatementReads& reads) const;
  // The records that were touched, when what concerns the query are records of this one register and few. Else nothing.
  std::optional<std::set<std::string>> only_records_of(std::string_view register_name, const StatementReads& reads) const;

 private:
  struct Touched {
    bool records = false;           // some came or went
    std::set<std::string> fields;   // of records that were changed
    std::set<std::string> ids;
  };
  bool concern(const StatementReads& reads, std::string_view except) const;
  bool everything_ = false;
  std::map<std::string, Touched, std::less<>> touched_;  // by register
};

// How many entries the ledger has, as the connection sees it.
Result<std::int64_t> ledger_entries(Connection& connection);

// Learned once for a set of rules; never changed afterwards.
class RuleDependencies {
 public:
  // Prepares every rule against an empty workspace in memory. A rule that cannot be prepared there counts as reading
  // everything.
  static Result<RuleDependencies> learn(const RuleSet& rules, const Registry& registry);

  struct OfRule {
    StatementReads reads;
    bool known = false;
    bool asks_day() const { return !known || reads.functions.contains("as_of"); }
    bool asks_parameters() const { return !known || reads.functions.contains("p"); }
  };
  const OfRule& of(std::size_t rule) const { return rules_[rule]; }  // by position in RuleSet::rules
  const OfRule* find(std::string_view rule_id) const;                // null when there is no such rule
  bool concerns(std::size_t rule, const DataChanges& changes) const;
  // The records to ask the rule about again, when that is enough: it judges each record by itself, and the changes that concern
  // it are changes of few of them.
  std::optional<std::set<std::string>> records_to_ask(const Rule& rule, std::size_t position, const DataChanges& changes) const;
  bool concerns_gates(const DataChanges& changes) const { return changes.concern(gates_); }

 private:
  std::vector<OfRule> rules_;
  std::map<std::string, std::size_t, std::less<>> positions_;  // by rule id
  StatementReads gates_;
};

}  // namespace assay
