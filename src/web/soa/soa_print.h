// The Statement of Applicability as the page that becomes its PDF, for callers without a visitor (command line).
#pragma once

#include "workflows/soa/soa_files.h"

namespace assay {

// With the house style of the workspace, and what changed since the last issue.
Result<std::string> soa_print_html(Tenant& tenant, const Principal& principal, const SoaSnapshot& snapshot);

}  // namespace assay
