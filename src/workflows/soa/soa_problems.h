// What keeps a Statement of Applicability from being issued. Internal to workflows/soa.
#pragma once

#include "workflows/soa/soa_bench.h"

namespace assay {

// Fills in SoaBench::problems and SoaRow::problems, by the conditions of the steps "submit" and "approve" and of rule
// C6.1.3-d-06.
void judge_soa(const Reader& reader, SoaBench& bench);

}  // namespace assay
