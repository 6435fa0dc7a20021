// What the pages of calibration share.
#pragma once

#include "web/method/method_view.h"
#include "workflows/risk/calibration.h"

namespace assay {

Result<CalibrationView> asked_calibration(Visit& visit);
// The names of the assessors, in their order.
std::vector<std::string> assessor_names(const Visit& visit, const CalibrationView& view);

// The record of an exercise as a document, once its scores are open.
Paper calibration_paper(const Letterhead& letterhead, const CalibrationView& view,
                        const std::vector<std::string>& names);
void write_calibration_body(HtmlWriter& h, const Letterhead& letterhead, const CalibrationView& view,
                            const std::vector<std::string>& names);
Result<std::string> calibration_html(Visit& visit, const CalibrationView& view);

// Handlers of the other files, for the list in calibration_pages.cpp.
Response score_page(Visit& visit);
Response hand_in_scores(Visit& visit);
Result<PdfWork> calibration_pdf(Visit& visit);
Response calibration_xlsx(Visit& visit);
Response issue_calibration(Visit& visit);
Response file_calibration_record(Visit& visit);

}  // namespace assay
