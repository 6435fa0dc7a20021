// Evidence files on a folder, named by the SHA-256 of their bytes and written once: <root>/<first 2 hex digits>/<64 hex
// digits>.
//
// A blob that was finished survives a power failure and is never changed or replaced. Several threads and processes may
// use one folder. The folder must be on a local file system that honours fsync and flock.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "base/file.h"
#include "base/hash.h"
#include "base/result.h"

namespace assay {

// What a re-hash found. `unreadable`: the file is there but the system does not let us read it, so nothing is known
// about it; that is neither clean nor proof of a change.
enum class BlobState { intact, missing, altered, unreadable };

class BlobStore {
 public:
  // One blob on its way in. Destroyed before finish(), it leaves nothing.
  class Writer {
   public:
    // Adds to the end. Error: limit for a full disk, internal. After an error the writer is of no further use.
    Result<void> append(std::string_view bytes);
    std::uint64_t size() const { return size_; }
    // Makes the blob durable and gives its name. Bytes that are stored already are accepted when the stored file is
    // equal in size and re-hashes to the same name; otherwise the error is `conflict` and the stored file is left for
    // the investigation. On any other error nothing is left. Throws std::logic_error when called twice or after a
    // failed append.
    Result<Hash> finish();

   private:
    friend class BlobStore;
    Writer(std::filesystem::path root, TempFile file) : root_(std::move(root)), file_(std::move(file)) {}
    Result<void> place(const Hash& hash);
    Result<bool> give_name(const std::filesystem::path& target, const Hash& hash);
    Result<void> accept_existing(const std::filesystem::path& target, const Hash& hash) const;

    std::filesystem::path root_;
    TempFile file_;
    Sha256 hasher_;
    std::uint64_t size_ = 0;
    bool open_ = true;
  };

  // Does not fail: the folders are created by the first writer(). Temporary files that a crash left behind are removed
  // when nobody has written to them for a day (by the clock of this machine, which dated them).
  explicit BlobStore(std::filesystem::path root);

  // Begins a blob; creates <root> (not its parents) when it is missing.
  Result<Writer> writer() const;
  Result<Hash> put(std::string_view bytes) const;  // a small blob in one go

  // Errors of size() and read(): not_found when the blob is missing, internal when it cannot be read.
  Result<std::uint64_t> size(const Hash& hash) const;
  // Hands [offset, offset + length) to `sink` in pieces of at most 64 KiB and stops at its first error. Error: invalid
  // when the range ends beyond the blob. The bytes are not re-hashed; that is what check() is for.
  Result<void> read(const Hash& hash, std::uint64_t offset, std::uint64_t length,
                    const std::function<Result<void>(std::string_view)>& sink) const;

  std::filesystem::path path_of(const Hash& hash) const;

  // Reads the whole blob and compares. A symbolic link or anything else but a plain file counts as altered.
  BlobState check(const Hash& hash) const;

  // Calls `visit` for each blob by ascending hash and stops at its first error. Names that the store did not give are
  // passed over.
  Result<void> for_each(const std::function<Result<void>(const Hash&)>& visit) const;

 private:
  std::filesystem::path root_;
};

}  // namespace assay
