// Asking the rules: for a day, optionally for an audit stage, over a workspace.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "kernel/rules/rule.h"
#include "kernel/store/workspace.h"

namespace assay {

struct RuleFinding {
  const Rule* rule = nullptr;       // null for a synthetic one
  std::string rule_id;
  FindingClass finding_class = FindingClass::minor;
  std::string ref;
  std::vector<std::string> stages;
  std::string kind, subject;        // register and id, or what the rule names
  std::string title, detail, fix;
  bool synthetic = false;           // made by adding up others (rulebook 0.7)
};

struct NotEvaluated {
  std::string rule, reason;
};

struct Verdict {
  Date as_of;
  std::string stage;                // empty: all stages
  std::size_t rules_evaluated = 0;
  std::vector<RuleFinding> findings;  // majors first, then by rule and subject
  std::vector<NotEvaluated> not_evaluated;
  std::size_t count(FindingClass finding_class) const;
};

struct RuleQuestion {
  Date as_of;
  std::string stage;                // empty: all
  std::set<std::string> only;       // rule ids; empty: all
  RunLimits limits{std::chrono::seconds(20), 100'000};  // per rule
};

// Evaluates on one connection. A rule that fails is reported as not evaluated; the others go on.
// Error: only when the shared views themselves cannot be created.
Result<Verdict> evaluate(const RuleSet& rules, Connection& connection, const Registry& registry,
                         const std::map<std::string, double, std::less<>>& parameters, const RuleQuestion& question);

// Keeps the verdict of today until the data or the day changes.
class RuleAuditor {
 public:
  RuleAuditor(Workspace& workspace, const RuleSet& rules) : workspace_(workspace), rules_(rules) {}
  const RuleSet& rules() const { return rules_; }
  // The verdict for today over all stages; shared, never changed.
  Result<std::shared_ptr<const Verdict>> today();
  Result<Verdict> ask(const RuleQuestion& question);

 private:
  Workspace& workspace_;
  const RuleSet& rules_;
  std::mutex mutex_;
  std::unique_ptr<Connection> connection_;
  std::shared_ptr<const Verdict> kept_;
  std::int64_t kept_revision_ = -1;
};

// Creates the functions' context and the rules' views on a connection; for tests that prepare every rule.
Result<void> create_views(const RuleSet& rules, Connection& connection);

}  // namespace assay
