// What stands in the way of an audit stage, in the order of what to do first.
#pragma once

#include <optional>

#include "web/journey_view.h"

namespace assay {

// Two cards: the blockers, and the records about which there is more than one finding. `audit`: when the stage is to be
// audited, as far as it is known.
void write_blockers(HtmlWriter& h, const Visit& visit, const Verdict& verdict, std::optional<Date> audit);

}  // namespace assay
