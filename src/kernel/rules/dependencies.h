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

struct RuleAnswer;

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
  // The records of the rule's subject that it has to be asked about again, when these are few: those that were touched,
  // those that touched records of the registers in `through` name now or named before, and, where the rule says so,
  // those that it found fault with `before` and those alike. Nothing when something else concerns the query.
  Result<std::optional<std::set<std::string>>> subjects_of(const Rule& rule, const StatementReads& reads,
                                                           const RuleAnswer& before, const Registry& registry,
                                                           Connection& connection) const;

 private:
  struct Touched {
    bool records = false;          // some came or went
    std::set<std::string> fields;  // of records that were changed
    std::set<std::string> ids;
    // By field: what it held before, as far as it can name records.
    std::map<std::string, std::set<std::string>, std::less<>> before;
  };
  // Adds the records that hold a value in the field which one of the subjects holds or touched records held.
  Result<void> add_alike(const EntityDef& def, const FieldDef& field, Connection& connection,
                         std::set<std::string>& subjects) const;
  static bool concern(const Touched& touched, std::string_view list_field, const std::set<std::string>& columns);
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
  // The records to ask the rule about again, when that is enough: it judges each record by itself, or with those alike,
  // and the changes that concern it are changes of few of them. `before`: what it said last.
  Result<std::optional<std::set<std::string>>> records_to_ask(const Rule& rule, std::size_t position,
                                                              const DataChanges& changes, const RuleAnswer& before,
                                                              const Registry& registry, Connection& connection) const;
  bool concerns_gates(const DataChanges& changes) const { return changes.concern(gates_); }

 private:
  std::vector<OfRule> rules_;
  std::map<std::string, std::size_t, std::less<>> positions_;  // by rule id
  StatementReads gates_;
};

}  // namespace assay
