// What the auditor found, kept: when a finding opened and closed, and what made it so (rulebook 0.10).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/rules/auditor.h"

namespace assay {

// A finding is the same finding as long as rule and subject are.
struct FindingKey {
  std::string rule, kind, subject;
  friend auto operator<=>(const FindingKey&, const FindingKey&) = default;
};
FindingKey key_of(const RuleFinding& finding);

// What turned a verdict.
enum class Cause {
  first,   // it was there when the auditor first looked
  change,  // records were changed
  time,    // nothing but time passed
  rule,    // rules changed, or parameters that come with the program
};

struct FindingEvent {
  std::string on;  // day of the verdict
  std::string at;  // instant at which it was noticed
  Cause cause = Cause::first;
  std::int64_t entry = -1;  // of the ledger: the last one that concerns it; -1 when none does
};

struct KeptFinding {
  std::int64_t number = 0;
  FindingKey key;
  FindingClass finding_class = FindingClass::minor;
  std::string ref, detail;
  FindingEvent opened;
  std::optional<FindingEvent> closed;
};

struct DayOfVerdict {
  std::string day;
  std::int64_t majors = 0, minors = 0, observations = 0, opportunities = 0;
};

// An organisation may say that a finding is wrong; it stays open all the same. An auditor may take it into an audit.
struct FindingMark {
  FindingKey key;
  enum class What { disputed, accepted } what = What::disputed;
  std::string reason;
  std::string record;  // accepted: the record of the register "finding"
  std::string author, at;
};

class FindingHistory {
 public:
  explicit FindingHistory(Workspace& workspace) : workspace_(workspace) {}

  struct Recorded {
    std::size_t opened = 0, closed = 0;
  };
  // Compares today's verdict over all stages with what is open, and stores what opened and closed. A verdict older than
  // the one recorded last changes nothing; findings of rules that could not be judged stay as they are.
  Result<Recorded> record(const Verdict& verdict, const RuleDependencies& dependencies);

  Result<std::map<FindingKey, KeptFinding>> open() const;
  Result<std::vector<KeptFinding>> of(const FindingKey& key) const;                              // newest first
  Result<std::vector<KeptFinding>> closed_since(std::string_view day, std::size_t limit) const;  // newest first
  // Newest first.
  Result<std::vector<KeptFinding>> about(std::string_view kind, std::string_view subject, std::size_t limit) const;
  // The last verdict of each day from `since` on, oldest first.
  Result<std::vector<DayOfVerdict>> days(std::string_view since) const;

  Result<std::map<FindingKey, FindingMark>> marks() const;
  Result<std::optional<FindingMark>> mark_of(const FindingKey& key) const;
  // Part of `transaction`, and noted in the ledger. A finding bears one mark; a new one replaces it.
  static Result<void> mark(Transaction& transaction, const FindingMark& mark);
  static Result<void> remove_mark(Transaction& transaction, const FindingKey& key, std::string_view reason);

 private:
  Workspace& workspace_;
};

std::string_view name_of(Cause cause);

}  // namespace assay
