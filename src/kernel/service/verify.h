// Recomputes everything that can be recomputed: ledger entries, tree, signature, records. Shares no code with the
// writer but the hash functions and the canonical form (docs/ledger.md).
#pragma once

#include "kernel/store/workspace.h"

namespace assay {

struct Damage {
  std::string place;  // "risk R-001", "ledger entry 17"
  std::string what;   // "was altered behind the product's back: its fields do not match ledger entry 17"
};

struct Verification {
  std::int64_t entries = 0;     // ledger entries recomputed
  std::int64_t records = 0;     // records recomputed
  std::string root;             // hex, of the recomputed tree
  std::vector<Damage> damages;  // the first ones, at most `most`; empty: clean
};

// Error: only when the database cannot be read at all.
Result<Verification> verify(const Workspace& workspace, std::size_t most = 20);

}  // namespace assay
