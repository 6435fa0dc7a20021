// The rules in force in a workspace: those of the product and the active ones of the organisation.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/rules/rule.h"
#include "kernel/store/workspace.h"

namespace assay {

// Safe from many threads.
class RuleBook {
 public:
  RuleBook(Workspace& workspace, const RuleSet& product) : workspace_(workspace), product_(product) {}

  const RuleSet& product() const { return product_; }

  // Read anew only when own rules changed, by this process or another; then the whole set is another one. What was
  // given out holds as long as the book: verdicts point into it, and own rules come into force rarely. An own rule that
  // can no longer be read (the program lost a parameter, say) stands in RuleSet::problems with its id as place.
  Result<const RuleSet*> current();
  // The same, or when the data cannot be read the set given out last.
  const RuleSet& current_or_last();

 private:
  const RuleSet* last() const { return kept_.empty() ? &product_ : kept_.back().get(); }

  Workspace& workspace_;
  const RuleSet& product_;
  std::mutex mutex_;
  std::int64_t revision_ = -1;      // of the workspace, when `mark_` was last read
  std::string mark_;                // changes with the own rules
  std::vector<std::string> texts_;  // of the active own rules in the last set
  std::vector<std::unique_ptr<const RuleSet>> kept_;
};

}  // namespace assay
