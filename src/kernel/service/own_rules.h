// Rules that the organisation writes itself: who may, what is checked, what a draft would find, and an entry in the
// ledger for every change. Once active they take part in every verdict (kernel/rules/rule_book.h).
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/identity/permission.h"
#include "kernel/rules/auditor.h"
#include "kernel/rules/own_rule.h"
#include "kernel/service/rule_schema.h"

namespace assay {

// A rule with its versions, newest first; there is at least one.
struct OwnRule {
  std::string id;
  std::vector<OwnRuleVersion> versions;

  const OwnRuleVersion& newest() const { return versions.front(); }
  const OwnRuleVersion* in_state(OwnRuleState state) const;  // null when none is
  const OwnRuleVersion* active() const { return in_state(OwnRuleState::active); }
  const OwnRuleVersion* draft() const { return in_state(OwnRuleState::draft); }
  // How the rule stands as a whole: active when a version is, however many drafts wait beside it.
  OwnRuleState state() const;
};

// What a text does to the data as it is. Nothing is stored.
struct RuleTrial {
  std::optional<Rule> rule;           // nothing when the text cannot be read
  Problems problems;                  // of the text, or of its run; the places are "ORG-1.sql:14"
  std::string obstacle;               // why the rule says that the question cannot be asked
  std::vector<RuleFinding> findings;  // their `rule` is null
  std::chrono::microseconds took{};

  bool runs() const { return rule && problems.empty(); }
};

// Safe from many threads.
class OwnRules {
 public:
  static constexpr std::size_t most_rules = 200;
  // Shorter than what an active rule is given, so that one which passes has room to grow with the data.
  static constexpr RunLimits trial_limits{std::chrono::seconds(2), 5'000};

  OwnRules(Workspace& workspace, RuleAuditor& auditor) : workspace_(workspace), auditor_(auditor) {}

  // By id. Errors: forbidden for those who are not told how the organisation stands.
  Result<std::vector<OwnRule>> list(const Principal& principal) const;
  Result<OwnRule> find(const Principal& principal, std::string_view id) const;  // not_found
  // What happened to a rule, newest first.
  Result<std::vector<LedgerEntry>> history(const Principal& principal, std::string_view id) const;

  // Stores a draft; a draft that was there is replaced. `based_on`: the newest version that the author saw, 0 for a new
  // rule. A draft may have problems, but its header names the id, which never changes. Errors: forbidden; conflict when
  // the id is taken or somebody else wrote meanwhile; invalid; limit.
  Result<OwnRuleVersion> save(const Principal& principal, std::string_view id, std::int64_t based_on, std::string text,
                              std::string_view reason);
  // Puts the draft into force. Errors: forbidden, also for its author; conflict when it is no longer that draft;
  // invalid when it cannot be read or asked.
  Result<void> approve(const Principal& principal, std::string_view id, std::int64_t version, std::string_view reason);
  Decision may_approve(const Principal& principal, const OwnRuleVersion& draft) const;
  // Takes the draft away, or the rule out of force; the latter with a reason. Who writes rules may, and who approves
  // them.
  Result<void> discard(const Principal& principal, std::string_view id, std::int64_t version, std::string_view reason);
  Result<void> retire(const Principal& principal, std::string_view id, std::string_view reason);

  // Asks the text for today, on a connection of its own that only reads. For those who write or approve own rules; an
  // error of the text is no error of the call. Findings about registers that the principal may not see are left out.
  Result<RuleTrial> try_out(const Principal& principal, std::string_view text);

  // What a rule may read; worked out once.
  Result<std::shared_ptr<const RuleSchema>> schema();

 private:
  Result<std::vector<OwnRule>> read(Connection& connection, std::string_view id) const;
  Result<void> run(RuleTrial& trial);

  Workspace& workspace_;
  RuleAuditor& auditor_;
  std::mutex trial_mutex_;
  RuleConnection trial_connection_;
  int trials_ = 0;  // on this connection
  std::mutex schema_mutex_;
  std::shared_ptr<const RuleSchema> schema_;
};

// The text as it is stored: line ends as "\n", one at the end.
std::string tidy_rule_text(std::string_view text);

}  // namespace assay
