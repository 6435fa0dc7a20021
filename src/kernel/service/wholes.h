// Parts stand with the whole that was signed: lines of an approved statement, answers of an approved analysis.
#pragma once

#include "kernel/model/record.h"

namespace assay {

// The parent of a part with which it is settled (EntityText::settled_with); nothing for what is no part, or while the
// parent is open.
std::optional<Record> settling_whole(const Lookup& lookup, const Record& part);

// Whether parts of this register stand with the record as it is now: none is added.
bool settles(const Record& whole, const EntityDef& part);

// What a new part (`before` null) or changes of one would alter in a settled whole; moving a part out of it counts too.
Problems settled_with_whole(const Lookup& lookup, const Record& after, const Record* before);

// Whether no field of the part may change; what may change of others is said by their fields.
bool is_settled(const Lookup& lookup, const Record& part);

}  // namespace assay
