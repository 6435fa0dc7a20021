// What the pages of the library share.
#pragma once

#include "web/journey_view.h"

namespace assay {

// Links between the parts of the library; `current` is one of library, threats, weaknesses, templates.
void library_tabs(HtmlWriter& h, std::string_view current);

// What the workspace has for a clause or a control, with links; nothing for people to whom it is not shown.
void write_clause_state(HtmlWriter& h, Visit& visit, const ClauseGuidance& clause);
void write_control_state(HtmlWriter& h, Visit& visit, const ControlGuidance& control);

}  // namespace assay
