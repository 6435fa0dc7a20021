// Runs the SQL of a rule so that a bad one harms nothing but itself: it can only read registers, ends after its limits,
// and fails with a message that names file and line.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kernel/rules/rule.h"
#include "kernel/store/database.h"

namespace assay {

// A row of a rule's select, as docs/rules.md asks for it.
struct RuleRow {
  std::string kind, subject, detail;
  std::optional<FindingClass> finding_class;
};

// What the rule's select returns, of all subjects or of those named alone. Errors: "file:line: reason"; an unknown or
// missing column, an empty kind, subject or detail, a subject named twice and an unknown class are among the reasons.
Result<std::vector<RuleRow>> rows_of(const Rule& rule, Connection& connection, RunLimits limits,
                                     const std::set<std::string>& subjects = {});

// The number of records the rule judges, 0 when it does not say. Errors as above.
Result<std::int64_t> population_of(const Rule& rule, Connection& connection, RunLimits limits);

// The records that a rule's share is of, by subject, and how many of them count (Rule::share).
struct ShareTally {
  std::vector<std::pair<std::string, bool>> records;  // in the order of subjects
  std::size_t counting = 0;
  bool counts = false;  // the query says which of them count
};
// Asks about all records, or, with `before`, about some of them again. Errors as above.
Result<ShareTally> tally_of(const Rule& rule, Connection& connection, RunLimits limits, const ShareTally* before,
                            const std::set<std::string>& subjects);

// Why the question cannot be asked of this data; nothing when it can. Errors as above.
Result<std::optional<std::string>> obstacle_of(const Rule& rule, Connection& connection, RunLimits limits);

}  // namespace assay
