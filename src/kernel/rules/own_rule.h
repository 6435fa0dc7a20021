// A rule that the organisation wrote: the text of a file like those of rules/, in versions, kept as rows of the
// workspace.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/rules/rule.h"
#include "kernel/store/database.h"

namespace assay {

inline constexpr std::size_t longest_own_rule = 32 * 1024;  // bytes

// "X-…" or "ORG-…", at most 40 of letters, digits, '.' and '-': never an id of the product.
bool is_own_rule_id(std::string_view id);
// What stands behind "-- key:" on its line of the header, also of a text that cannot be read; empty when there is none.
std::string header_value(std::string_view text, std::string_view key);
// Reads the text as the file "<id>.sql". Problems carry "<id>.sql:line" as place; without an id the file is "rule.sql".
Result<Rule> read_own_rule(std::string_view text, const RuleSet& product);
// The line in a place "ORG-1.sql:14" or at the front of a message of the engine; 0 when there is none.
std::size_t line_in_place(std::string_view place);

// A draft becomes active when a second person approves it; the version that was active until then is replaced.
enum class OwnRuleState { draft, active, replaced, retired, discarded };
std::string_view name_of(OwnRuleState state);
std::string_view label_of(OwnRuleState state);

struct OwnRuleVersion {
  std::string rule;
  std::int64_t version = 0;  // from 1, within the rule
  OwnRuleState state = OwnRuleState::draft;
  std::string text, reason;
  std::string author, author_name, author_person;  // account, its name, and the record of the person it belongs to
  std::string written_at;
  std::string decider_name, decided_at;  // who approved, replaced, retired or discarded it last
};

// All versions of a rule, or of every rule when `id` is empty: by rule, newest version first.
Result<std::vector<OwnRuleVersion>> read_own_rules(Connection& connection, std::string_view id = {});
Result<std::vector<OwnRuleVersion>> active_own_rules(Connection& connection);
Result<void> insert_own_rule(Connection& connection, const OwnRuleVersion& version);
Result<void> set_own_rule_state(Connection& connection, const OwnRuleVersion& version, OwnRuleState state,
                                std::string_view decider_name, std::string_view at);

// Another text after every change of what is active.
Result<std::string> own_rules_mark(Connection& connection);
// To be called in the transaction that changes what is active.
Result<void> mark_own_rules_changed(Connection& connection);

}  // namespace assay
