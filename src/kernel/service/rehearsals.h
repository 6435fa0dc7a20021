// Rehearsals of audits: held, kept for good, read and compared (docs/rehearsals.md).
#pragma once

#include "kernel/identity/permission.h"
#include "kernel/rules/rehearsal.h"
#include "kernel/store/workspace.h"

namespace assay {

// How far ahead a rehearsal may look.
inline constexpr std::int64_t most_days_ahead = 731;

// What a list shows.
struct RehearsalSummary {
  std::int64_t number = 0;
  std::string stage, as_of, made_at, author;
  Outcome outcome = Outcome::no_conclusion;
  RehearsalCounts counts;  // without rules_evaluated
};

struct KeptRehearsal {
  Rehearsal rehearsal;
  // Findings about records that this principal may not see; left out of `rehearsal`, but counted there.
  std::size_t withheld = 0;
  std::int64_t entry = -1;  // of the ledger, which holds the hash
  bool intact = false;      // the report is what the ledger says it was
};

// A whole document that the PDF is made from; `before` is the rehearsal it is compared with, null for none. Given by
// the face that lays reports out, since the kernel writes no pages.
using RehearsalDocument = std::string (*)(const KeptRehearsal& kept, const KeptRehearsal* before);

// Safe from many threads. Reading needs sight of the conformity (kernel/service/conformity.h).
class Rehearsals {
 public:
  Rehearsals(Workspace& workspace, RuleAuditor& auditor, RehearsalDocument document)
      : workspace_(workspace), auditor_(auditor), document_(document) {}

  // Runs the rules of the stage for the day and keeps the report; gives its number. Errors: forbidden (may_rehearse);
  // invalid for an unknown stage, or a day before today or more than two years ahead.
  Result<std::int64_t> hold(const Principal& principal, const std::string& stage, Date as_of) const;

  // Newest first; `stage` empty: all.
  Result<std::vector<RehearsalSummary>> list(const Principal& principal, std::string_view stage = {},
                                             std::size_t most = 500) const;

  // Error: not_found.
  Result<KeptRehearsal> read(const Principal& principal, std::int64_t number) const;
  // The last one of the same stage before that number; nothing when it was the first.
  Result<std::optional<KeptRehearsal>> before(const Principal& principal, const Rehearsal& rehearsal) const;
  // As the API and the command line give it: what is kept and what of it is not shown, and the comparison with the one
  // before.
  Result<std::string> json(const Principal& principal, std::int64_t number) const;

  // The document for paper, with the comparison with the one before.
  Result<std::string> document(const Principal& principal, std::int64_t number) const;

 private:
  Workspace& workspace_;
  RuleAuditor& auditor_;
  RehearsalDocument document_;
};

// A name for the file of the report: "Stage 1 report 3 (rehearsal, 2026-06-30).pdf".
std::string rehearsal_file_name(const Rehearsal& rehearsal);

std::string summaries_json(const std::vector<RehearsalSummary>& list);

// What the ledger notes of a rehearsal: a canonical text over the kept columns and the hash of the content.
std::string rehearsal_claim(const RehearsalSummary& summary, std::string_view content);
// The summary out of a row of `rehearsal_columns`, in their order.
inline constexpr std::string_view rehearsal_columns =
    "number, stage, as_of, made_at, author, outcome, majors, minors, observations, opportunities, not_evaluated";
RehearsalSummary read_rehearsal_row(const Row& row);

}  // namespace assay
