// Bundles as files: a .json, a folder or a ZIP with the evidence files beside it (docs/bundle.md).
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "kernel/evidence/attachments.h"
#include "kernel/exchange/bundle.h"
#include "kernel/service/tenant.h"

namespace assay {

// The JSON text of a bundle: the file itself, workspace.json in a folder or in a ZIP (there also inside one folder, as
// people pack them). Bounded like read_bundle().
Result<std::string> read_bundle_file(const std::filesystem::path& path);

// The files that lie beside the JSON in blobs/<sha256>, by that name.
using BundleBlobs = std::map<std::string, StoredFile, std::less<>>;

// Reads every blob and holds it against its name; none is trusted before all were read. With a store they are kept
// there, without one (a dry run) only checked. Error: invalid, with each file that is not what its name says.
Result<BundleBlobs> take_blobs(const std::filesystem::path& path, const BlobStore* store);

// Gives the blobs to the records of the bundle whose fingerprint they bear: to evidence as its file, to a document
// version as its text. What a record has already stays. Gives how many found a record.
Result<std::size_t> hand_out_blobs(Transaction& transaction, const Bundle& bundle, const BundleBlobs& blobs,
                                   const BlobStore& store);

// Writes a ZIP with the bundle of everything and the blobs that hand_out_blobs() would recognise. The file appears when
// it is complete. `temp`: folder for the parts on their way.
Result<void> export_bundle_zip(const Reader& reader, const BlobStore& store, const std::filesystem::path& target,
                               const std::filesystem::path& temp);

}  // namespace assay
