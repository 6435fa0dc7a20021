// What changed lately, reduced to what proposals are made from. Internal to workflows/live.
#pragma once

#include "workflows/live/touched.h"

namespace assay {

// The records that the principal may see, each with its newest change that matters.
Result<std::vector<TouchSource>> changed_sources(const RegisterService& registers, const Principal& principal);
// The open findings of the auditor about controls, gathered by row.
Result<std::vector<TouchSource>> finding_sources(const FindingHistory& findings, const Principal& principal,
                                                 const Registry& registry);

}  // namespace assay
