// The auditor of a workspace: keeps verdicts and, when records change, asks again only the rules that the change
// concerns.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "kernel/rules/engine.h"
#include "kernel/rules/rule_book.h"
#include "kernel/rules/rule_connection.h"

namespace assay {

// What came true and what ceased to hold between two verdicts; points into both.
struct VerdictChange {
  std::vector<const RuleFinding*> opened;
  std::vector<const RuleFinding*> closed;
  bool empty() const { return opened.empty() && closed.empty(); }
};
VerdictChange difference(const Verdict& before, const Verdict& after);

struct WhatIf {
  std::shared_ptr<const Verdict> now, then;
};

// Safe from many threads. Verdicts are given out shared and never change.
class RuleAuditor {
 public:
  RuleAuditor(Workspace& workspace, const RuleSet& product) : workspace_(workspace), book_(workspace, product) {}

  // The rules in force: the product's and the organisation's own. They hold as long as the auditor.
  const RuleSet& rules() { return book_.current_or_last(); }
  const RuleSet& product_rules() const { return book_.product(); }
  Workspace& workspace() const { return workspace_; }

  // The verdict over the data as it is, for a day and a stage (empty: all). The last few questions are kept, each
  // brought up to date by the rules that the ledger's new entries concern.
  Result<std::shared_ptr<const Verdict>> verdict(Date as_of, const std::string& stage = {});
  // For today's date, all stages.
  Result<std::shared_ptr<const Verdict>> today();
  // Asked once and not kept: chosen rules, other limits.
  Result<Verdict> ask(const RuleQuestion& question);

  // The verdict over the data as `work` would leave it. Nothing is stored: the transaction is always undone. Writers
  // wait while the rules that the changes concern are asked. Errors: those of `work`.
  Result<WhatIf> what_if(const Principal& actor, const std::function<Result<void>(Transaction&)>& work, Date as_of,
                         const std::string& stage = {});

  // The rules in force with what they read, which belong together by position.
  struct Basis {
    const RuleSet* rules = nullptr;
    std::shared_ptr<const RuleDependencies> dependencies;
  };
  Result<Basis> basis();
  Result<std::shared_ptr<const RuleDependencies>> dependencies();
  // What asking every rule anew would take: the sum of the last answers to the question asked last.
  std::chrono::microseconds cost();

 private:
  struct Kept {
    RuleQuestion question;
    std::int64_t revision = -1;  // of the workspace, when last found up to date
    std::int64_t entries = 0;    // of the ledger, which the answers take into account
    std::map<std::string, double, std::less<>> parameters;
    Gates gates;
    std::vector<RuleAnswer> answers;  // by position in the rule set
    std::shared_ptr<const Verdict> verdict;
  };
  Result<void> take_up_rules();
  Result<void> learn();
  Kept& kept(const RuleQuestion& question);
  Result<void> bring_up_to_date(Kept& kept, std::int64_t revision);
  Result<bool> answer_again(Kept& kept, const DataChanges& changes, Connection& connection, const Reader& reader);

  Workspace& workspace_;
  RuleBook book_;
  std::mutex mutex_;
  const RuleSet* rules_ = nullptr;  // those that the members below belong to
  RuleConnection connection_;
  std::shared_ptr<const RuleDependencies> dependencies_;
  std::list<Kept> kept_;  // most recently asked first
};

}  // namespace assay
