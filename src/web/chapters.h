// The pages of the chapters, one list a folder of src/web; web_routes() joins them to the others.
#pragma once

#include "web/site.h"

namespace assay {

std::vector<PageRoute> gap_pages();          // gap: gap analyses, from the questions to the report
std::vector<PageRoute> issue_pages();        // paper: issued documents
std::vector<PageRoute> house_style_pages();  // paper: the look of documents

}  // namespace assay
