// What the product needs to propose what a change touches: the newest changes by record, and what people decided about
// proposals.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "kernel/store/transaction.h"

namespace assay {

// The changes of one record, newest first; imports of bundles are no changes: they bring what was looked at elsewhere.
struct RecordChanges {
  std::string register_name, record;
  struct Change {
    std::int64_t entry = 0;
    std::string at, operation;
    std::string changes;  // as in the ledger
  };
  std::vector<Change> changes;
};
// Of the registers, since the instant, from at most so many entries (the newest count).
Result<std::vector<RecordChanges>> recent_changes(const Reader& reader, std::span<const std::string_view> registers,
                                                  std::string_view since, std::size_t most);

// A decision about a proposal; it holds for what was known at that entry of the ledger.
struct TouchMark {
  std::string register_name, record, target_register, target, what;
  std::int64_t entry = 0;
  std::string outcome;  // "taken", "declined"
  std::string reason, author, at;
};
Result<std::vector<TouchMark>> touch_marks(const Reader& reader);
// Stores it in the transaction, with an entry in the ledger; a former decision about the same proposal is replaced.
// Author and time come from the transaction. Error: invalid with the place "reason" for a proposal declined without
// one.
Result<void> mark_touch(Transaction& transaction, const TouchMark& mark);

}  // namespace assay
