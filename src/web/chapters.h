// The pages of the chapters, one list a folder of src/web; web_routes() joins them to the others.
#pragma once

#include "web/site.h"

namespace assay {

std::vector<PageRoute> issue_pages();        // paper: issued documents
std::vector<PageRoute> house_style_pages();  // paper: the look of documents
std::vector<PageRoute> soa_pages();          // soa: the workbench of the Statement of Applicability

}  // namespace assay
