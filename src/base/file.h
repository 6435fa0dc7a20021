// Files: reading with a cap, writing so that a power failure leaves either the old or the new content.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

// "cannot <action> <path>: <reason in words> (<system text>)". Kinds: not_found for a missing file or folder, limit for
// a full disk, quota or size limit, internal for the rest (permissions and broken disks are the operator's matter).
Failure file_failure(std::string_view action, const std::filesystem::path& path, int system_error);

// An open file descriptor that closes itself. It is empty (-1) after a move.
class FileHandle {
 public:
  explicit FileHandle(int descriptor = -1) : descriptor_(descriptor) {}
  FileHandle(FileHandle&& other) noexcept;
  FileHandle& operator=(FileHandle&& other) noexcept;
  ~FileHandle() { close(); }
  int get() const { return descriptor_; }
  void close();

 private:
  int descriptor_;
};

// Opens an existing file or folder for reading; `extra_flags` are those of open(2).
Result<FileHandle> open_to_read(const std::filesystem::path& path, int extra_flags = 0);
// Reads up to `size` bytes from the current place into `buffer`; 0 at the end. `path` is for the message.
Result<std::size_t> read_some(const FileHandle& file, const std::filesystem::path& path, char* buffer,
                              std::size_t size);

// The whole file. Errors: not_found; limit when it is longer than `max_bytes`; invalid for a folder.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes);

// Makes the names inside a folder survive a power failure (fsync of the folder).
Result<void> sync_folder(const std::filesystem::path& folder);
// Creates a missing folder (not its parents) with mode 0700 and makes its name durable; an existing folder is fine.
Result<void> make_folder_durably(const std::filesystem::path& folder);

// Replaces the content of `path`, or creates it with mode 0600: temporary file in the same folder, fsync, rename, fsync
// of the folder. On an error the old content stands and no temporary file is left. The one exception is an error in the
// last step, which says so: the new content is in place but might not survive a power failure.
Result<void> write_file_durably(const std::filesystem::path& path, std::string_view bytes);

// A new file with a unique name (mode 0600), deleted on destruction unless it was kept or moved to its place.
class TempFile {
 public:
  static Result<TempFile> create(const std::filesystem::path& folder, std::string_view prefix = ".assay-");
  TempFile(TempFile&& other) noexcept;
  TempFile& operator=(TempFile&& other) noexcept;
  ~TempFile() { discard(); }

  const std::filesystem::path& path() const { return path_; }
  int descriptor() const { return file_.get(); }
  Result<void> write(std::string_view bytes);  // appends all of it
  Result<void> sync();                         // fsync
  // Renames to `target` on the same file system, replacing what is there; not durable before sync_folder().
  Result<void> rename_to(const std::filesystem::path& target);
  void discard();                 // deletes it now
  void keep() { path_.clear(); }  // leaves the file where it is

 private:
  TempFile(FileHandle file, std::filesystem::path path) : file_(std::move(file)), path_(std::move(path)) {}

  FileHandle file_;
  std::filesystem::path path_;  // empty: nothing to delete
};

}  // namespace assay
