// The pages of the chapters, one list a folder of src/web; web_routes() joins them to the others.
#pragma once

#include "web/site.h"

namespace assay {

std::vector<PageRoute> gap_pages();          // gap: gap analyses, from the questions to the report
std::vector<PageRoute> issue_pages();        // paper: issued documents
std::vector<PageRoute> house_style_pages();  // paper: the look of documents
std::vector<PageRoute> context_pages();      // scope: issues, interested parties and their requirements
std::vector<PageRoute> scope_pages();        // scope: versions of the scope and their boundary
std::vector<PageRoute> governance_pages();   // scope: roles, communication, planned changes
std::vector<PageRoute> raci_pages();         // scope: the matrix of responsibilities
std::vector<PageRoute> committee_pages();    // scope: committees and their minutes
std::vector<PageRoute> objective_pages();    // scope: objectives with their measurements
std::vector<PageRoute> loss_pages();         // loss: quantitative risk
std::vector<PageRoute> risk_method_pages();  // method: versions, settings, document, risks taken over
std::vector<PageRoute> calibration_pages();  // method: blind scoring and agreement
std::vector<PageRoute> treatment_pages();    // treatment: the plan, its risks, its document
std::vector<PageRoute> acceptance_pages();   // treatment: accepted residual risks
std::vector<PageRoute> touched_pages();      // live: what changes touch
std::vector<PageRoute> risk_pages();         // risk: the workbench of the risk register
std::vector<PageRoute> soa_pages();          // soa: the workbench of the Statement of Applicability

}  // namespace assay
