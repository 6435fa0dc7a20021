// Chains of records of one register: who reports to whom, what waits for what. None of them leads back to its
// beginning.
#pragma once

#include "kernel/store/reader.h"

namespace assay {

// What is wrong with the chains that the record forms through fields that differ from `before` (null: a new record):
// the field as place, and the circle in words. What stood there before is not judged.
Result<Problems> circles_of(const Reader& reader, const Record& after, const Record* before);

}  // namespace assay
