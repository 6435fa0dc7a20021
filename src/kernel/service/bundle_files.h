// Bundles as files: a .json, a folder or a ZIP with the evidence files beside it (docs/bundle.md).
#pragma once

#include <filesystem>
#include <string>

#include "kernel/service/tenant.h"

namespace assay {

// The JSON text of a bundle: the file itself, workspace.json in a folder, or the one in a ZIP. Bounded like read_bundle().
Result<std::string> read_bundle_file(const std::filesystem::path& path);

// Takes over the blobs that lie beside the JSON in blobs/<sha256>. Each must hash to its name. Gives how many.
Result<std::size_t> import_blobs(BlobStore& store, const std::filesystem::path& path);

}  // namespace assay
