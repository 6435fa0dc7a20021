// The pages of the chapters, one list a folder of src/web; web_routes() joins them to the others.
#pragma once

#include "web/site.h"

namespace assay {

std::vector<PageRoute> issue_pages();        // paper: issued documents
std::vector<PageRoute> house_style_pages();  // paper: the look of documents
std::vector<PageRoute> treatment_pages();    // treatment: the plan, its risks, its document
std::vector<PageRoute> acceptance_pages();   // treatment: accepted residual risks
std::vector<PageRoute> touched_pages();      // live: what changes touch

}  // namespace assay
