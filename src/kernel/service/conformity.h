// What people may know and do about findings of the auditor: read them, try what would change them, say that one is
// wrong, take one into an audit. Nobody closes one by hand.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "kernel/rules/finding_history.h"
#include "kernel/service/register_service.h"

namespace assay {

// Whether the principal is told how the organisation stands: everybody with a task in the ISMS, not staff at large.
bool sees_conformity(const Principal& principal);
// Error: forbidden, with who is told.
Result<void> demand_conformity(const Principal& principal);

// Which findings somebody with a task in the ISMS may read. A finding about a record tells what stands in it, and what
// its rule read elsewhere: one that reads records about persons (screening, training, …) is shown to those alone who may
// read all of these.
class FindingSight {
 public:
  FindingSight(const Principal& principal, const Registry& registry) : principal_(principal), registry_(registry) {}
  bool shows(const RuleFinding& finding);
  // A kept one; of a rule that is no more nobody knows what it read.
  bool shows(const RuleSet& rules, const FindingKey& key);
  // Whether all records of the register may be read; true for what is no register and for the organisation.
  bool shows_record(std::string_view kind, std::string_view subject);

 private:
  bool shows_what_was_read(const Rule* rule);

  const Principal& principal_;
  const Registry& registry_;
  std::map<std::string, bool, std::less<>> by_kind_;
  std::optional<std::vector<std::string_view>> closed_;  // registers about persons that may not be read in full
};

// What proposed changes would do to the findings that the principal may read.
struct ProposedVerdict {
  WhatIf verdicts;
  std::vector<const RuleFinding*> opened, closed;  // point into them
  std::size_t hidden = 0;                          // turned, but about records not shown to the principal
};

// The verdict over the data as `work` would leave it, with what turns. Nothing is stored. Errors: those of `work`.
Result<ProposedVerdict> try_change(RuleAuditor& auditor, const Principal& principal,
                                   const std::function<Result<void>(Transaction&)>& work, Date as_of,
                                   const std::string& stage = {});

class Conformity {
 public:
  Conformity(const RegisterService& registers, RuleAuditor& auditor)
      : registers_(registers), workspace_(registers.workspace()), auditor_(auditor) {}

  // Tries the changes and undoes them. They are decided as if they were made: who may not make one may not ask either.
  // Errors: those of RegisterService::make; forbidden for those who are not told of findings.
  Result<ProposedVerdict> what_if(const Principal& principal, const std::vector<ProposedChange>& changes, Date as_of,
                                  const std::string& stage = {}) const;

  // Who keeps the record that the finding is about may dispute it, and the ISMS owner any. The reason is shown beside
  // it from then on; the finding stays open. Errors: not_found when it is not open today; forbidden; invalid without a
  // reason.
  Result<void> dispute(const Principal& principal, const FindingKey& key, std::string_view reason) const;
  Result<void> withdraw(const Principal& principal, const FindingKey& key) const;
  Decision may_dispute(const Principal& principal, const FindingKey& key) const;

  // Internal audits that are under way, to which a finding can be added.
  Result<std::vector<Record>> running_audits() const;
  // What an auditor or the ISMS owner makes of a finding of the rules, by hand: a record of the register "finding" of
  // an audit (empty: found by monitoring), and for majors and minors the nonconformity for it. Gives that record. The
  // finding of the rules stays open until the data no longer shows it. Errors: not_found; forbidden; conflict when it
  // was accepted before and what came of that is not dealt with yet.
  Result<Record> accept(const Principal& principal, const FindingKey& key, std::string_view audit) const;
  Decision may_accept(const Principal& principal) const;

 private:
  Result<void> demand_dispute(const Principal& principal, const FindingKey& key) const;
  Result<RuleFinding> open_finding(const FindingKey& key) const;
  const RegisterService& registers_;
  Workspace& workspace_;
  RuleAuditor& auditor_;
};

}  // namespace assay
