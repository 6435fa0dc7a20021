// The pages of the chapters, one list a folder of src/web; web_routes() joins them to the others.
#pragma once

#include "web/site.h"

namespace assay {

std::vector<PageRoute> issue_pages();        // paper: issued documents
std::vector<PageRoute> house_style_pages();  // paper: the look of documents
std::vector<PageRoute> risk_pages();         // risk: the workbench of the risk register

}  // namespace assay
