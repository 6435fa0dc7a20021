// Shared by the pages of governance. Internal to src/web/scope.
#pragma once

#include "web/scope/scope_view.h"

namespace assay {

void governance_tabs(HtmlWriter& h, std::string_view current);
Frame governance_frame(std::string title, std::string_view kicker,
                       std::vector<Crumb> crumbs = {{"Governance", "/governance"}});

}  // namespace assay
