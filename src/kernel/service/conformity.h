// What people may do about findings of the auditor: say that one is wrong. Nobody closes one by hand.
#pragma once

#include "kernel/identity/permission.h"
#include "kernel/rules/finding_history.h"

namespace assay {

// Whether the principal is told how the organisation stands: everybody with a task in the ISMS, not staff at large.
bool sees_conformity(const Principal& principal);

class Conformity {
 public:
  Conformity(Workspace& workspace, RuleAuditor& auditor) : workspace_(workspace), auditor_(auditor) {}

  // Who keeps the record that the finding is about may dispute it, and the ISMS owner any. The reason is shown beside it from
  // then on; the finding stays open. Errors: not_found when it is not open today; forbidden; invalid without a reason.
  Result<void> dispute(const Principal& principal, const FindingKey& key, std::string_view reason) const;
  Result<void> withdraw(const Principal& principal, const FindingKey& key) const;
  Decision may_dispute(const Principal& principal, const FindingKey& key) const;

 private:
  Result<void> demand(const Principal& principal, const FindingKey& key) const;
  Workspace& workspace_;
  RuleAuditor& auditor_;
};

}  // namespace assay
