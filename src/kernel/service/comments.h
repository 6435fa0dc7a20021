// Comments on a record: written once, kept in the ledger, never changed.
#pragma once

#include <string>
#include <vector>

#include "kernel/store/workspace.h"

namespace assay {

struct Comment {
  std::string author, at, body;
};

// Oldest first. The caller has asked whether the record may be seen.
Result<std::vector<Comment>> comments_of(Workspace& workspace, const Record& record);

// Error: invalid for a blank or over-long text (10,000 characters).
Result<void> add_comment(Workspace& workspace, const Principal& principal, const Record& record, std::string_view body);

}  // namespace assay
