// Bundles in and out of a workspace, and the verdict over a bundle that touches no workspace.
#pragma once

#include <functional>

#include "kernel/exchange/bundle.h"
#include "kernel/rules/engine.h"
#include "kernel/store/workspace.h"

namespace assay {

// Done in the transaction of an import, after its records were stored and before it ends.
using AfterRecords = std::function<Result<void>(Transaction&)>;

struct ImportOptions {
  bool dry_run = false;
  bool strict = false;  // refuse what is incomplete, duplicate or breaks a cardinality, instead of reporting it
  AfterRecords also = {};
};

struct ImportOutcome {
  std::size_t created = 0, changed = 0, unchanged = 0;
  Problems warnings;
};

// Stores a bundle's records in one transaction: new ids are created, known ones take the bundle's values. Fields that
// the bundle leaves out become unset, so that an exported bundle restores what it was exported from. Error: invalid,
// with everything that is wrong; nothing is stored then.
Result<ImportOutcome> import_bundle(Workspace& workspace, const Principal& principal, const Bundle& bundle,
                                    const ImportOptions& options);

// Every record of the workspace as a bundle, chunk by chunk.
Result<void> export_bundle(const Reader& reader, const std::function<Result<void>(std::string_view chunk)>& sink);

// The findings over a bundle, in memory. `question.as_of` is used as given.
Result<Verdict> check_bundle(const RuleSet& rules, const Registry& registry, const Bundle& bundle,
                             const RuleQuestion& question);

}  // namespace assay
