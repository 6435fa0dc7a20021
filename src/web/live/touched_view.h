// Proposals on other pages: the home page and the pages of records.
#pragma once

#include "web/record_parts.h"

namespace assay {

// What a change of this record touches, and what touches it; nothing where there is nothing to tell.
void write_touches(HtmlWriter& h, Visit& visit, const Record& record);
// How many proposals wait, as a card; nothing when none does.
void write_touched_card(HtmlWriter& h, Visit& visit);

}  // namespace assay
