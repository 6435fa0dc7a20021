// The treatment plan as a document: one body for the page, the PDF and what is issued.
#pragma once

#include "web/paper/paper.h"
#include "web/treatment/treatment_parts.h"

namespace assay {

Paper plan_paper(const TreatmentView& view, const Letterhead& letterhead, std::string_view state, bool draft);
PaperBody plan_body(const TreatmentView& view, const TreatmentNames& names, const Letterhead& letterhead);
// The facts for comparisons of issues.
std::string plan_content(const TreatmentView& view);
Result<void> write_plan_sheets(XlsxWriter& writer, const TreatmentView& view, const TreatmentNames& names);

}  // namespace assay
