// Reading the ledger for people: a page of entries, one entry with its proof, the signed head (docs/ledger.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/ledger/merkle.h"
#include "kernel/ledger/note.h"
#include "kernel/store/workspace.h"

namespace assay {

struct LedgerQuestion {
  std::vector<std::string> registers;  // any of these; empty: nothing is shown, deny by default
  std::string actor;                   // name or account; empty: anybody
  std::string from, until;             // days, inclusive; empty: open
  std::int64_t before = -1;            // entries older than this one; negative: from the newest
  std::size_t limit = 50;
};

struct LedgerPage {
  std::vector<LedgerEntry> entries;  // newest first
  bool more = false;
};
Result<LedgerPage> ledger_page_of(Workspace& workspace, const LedgerQuestion& question);

// Error: not_found.
Result<LedgerEntry> ledger_entry(Workspace& workspace, std::int64_t seq);

// The last signed head; nothing while the ledger is empty.
struct LedgerHead {
  std::string note;  // checkpoint and signature, as signed
  Checkpoint checkpoint;
};
Result<std::optional<LedgerHead>> ledger_head(Workspace& workspace);

// That the entry is in the tree of the signed head. Nothing when the ledger is larger than `most` entries.
struct LedgerProof {
  std::uint64_t index = 0, size = 0;
  Hash leaf{}, root{};
  std::vector<Hash> path;
  bool holds = false;  // the path leads to the root that was signed
};
inline constexpr std::uint64_t most_proof_entries = 200'000;
Result<std::optional<LedgerProof>> ledger_proof(Workspace& workspace, const LedgerEntry& entry, const LedgerHead& head,
                                                std::uint64_t most = most_proof_entries);

}  // namespace assay
