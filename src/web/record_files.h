// Uploads of the record pages. Internal to record_*.cpp.
#pragma once

#include "web/record_parts.h"

namespace assay {

// The files that came under `field`, copied into the blob store. Error: invalid when none came.
Result<std::vector<StoredFile>> store_uploads(const Visit& visit, std::string_view field);
// Whoever may change the record may change its files.
Permit permit_change(const Principal& principal);

}  // namespace assay
