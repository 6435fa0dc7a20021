// PDFs of pages, rendered once: a page is found again by the hash of its HTML.
#pragma once

#include <optional>
#include <string>

#include "base/hash.h"
#include "kernel/evidence/blob_store.h"
#include "kernel/store/workspace.h"

namespace assay {

// The blob that holds the PDF of this HTML; nothing when it has not been rendered yet.
Result<std::optional<Hash>> known_pdf(Workspace& workspace, const BlobStore& blobs, const std::string& html);

// The same; rendered now when there is none. Errors of render_pdf() (kernel/documents/pdf.h).
Result<Hash> pdf_of(Workspace& workspace, const BlobStore& blobs, const std::string& html);

}  // namespace assay
