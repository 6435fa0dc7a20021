// What the pages of rehearsals share. Internal to src/web.
#pragma once

#include "web/paper/paper.h"

namespace assay {

std::string rehearsal_url(std::int64_t number);
std::string report_title(const Rehearsal& rehearsal);  // "Stage 1 report 3"
Frame report_frame(std::string title);
// The rehearsal that the address names, as this person may see it.
Result<KeptRehearsal> read_asked_rehearsal(Visit& visit);

// Handlers of rehearsal_pdf_pages.cpp.
Result<PdfWork> rehearsal_pdf(Visit& visit);

}  // namespace assay
