#include "kernel/evidence/blob_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view temp_prefix = "blob-";
constexpr std::size_t chunk_bytes = 65536;

fs::path blob_path(const fs::path& root, const Hash& hash) {
  std::string name = hex(hash);
  return root / name.substr(0, 2) / name;
}

// Opens a blob without following a link or waiting for a pipe that somebody put in its place.
Result<FileHandle> open_blob(const fs::path& path) { return open_to_read(path, O_NOFOLLOW | O_NONBLOCK); }

Result<std::uint64_t> size_of(const FileHandle& file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return file_failure("read", path, errno);
  if (!S_ISREG(status.st_mode)) return fail(ErrorKind::internal, path.native() + " is not a plain file");
  return static_cast<std::uint64_t>(status.st_size);
}

Result<Hash> hash_of(const FileHandle& file, const fs::path& path) {
  Sha256 hasher;
  std::array<char, chunk_bytes> buffer;
  for (;;) {
    TRY(std::size_t count, read_some(file, path, buffer.data(), buffer.size()));
    if (count == 0) return hasher.finish();
    hasher.update({buffer.data(), count});
  }
}

// Keeps everybody else from placing a blob in this store until the handle closes, across threads and processes.
Result<FileHandle> lock(const fs::path& root) {
  TRY(FileHandle handle, open_to_read(root / "tmp", O_DIRECTORY));
  while (::flock(handle.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return file_failure("lock", root, errno);
  }
  return handle;
}

void remove_stale_files(const fs::path& folder) {
  std::error_code ignored;  // a file that cannot be removed costs space and nothing else
  for (fs::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored)) {
    if (!entry->path().filename().native().starts_with(temp_prefix)) continue;
    std::error_code failed;
    fs::file_time_type written = entry->last_write_time(failed);
    if (!failed && fs::file_time_type::clock::now() - written > std::chrono::days(1)) fs::remove(entry->path(), failed);
    if (ignored) return;
  }
}

// The names in a folder, sorted; a missing folder or a file has none.
Result<std::vector<std::string>> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    names.push_back(entry->path().filename().native());
  }
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) return names;
  if (error) return file_failure("list the folder", folder, error.value());
  std::ranges::sort(names);
  return names;
}

}  // namespace

Result<void> BlobStore::Writer::append(std::string_view bytes) {
  if (!open_) throw std::logic_error("a blob was appended to after it was finished or had failed");
  auto written = file_.write(bytes);
  if (!written) {
    open_ = false;
    return written;
  }
  hasher_.update(bytes);
  size_ += bytes.size();
  return {};
}

Result<Hash> BlobStore::Writer::finish() {
  if (!open_) throw std::logic_error("a blob was finished twice or after a failure");
  open_ = false;
  Hash hash = hasher_.finish();
  auto placed = place(hash);
  file_.discard();
  if (!placed) return std::unexpected(std::move(placed).error());
  return hash;
}

// Bytes first, then the name: after a power failure a name without its bytes would be a damaged blob.
Result<void> BlobStore::Writer::place(const Hash& hash) {
  // Evidence is written once; the mode keeps an accident from changing it.
  if (::fchmod(file_.descriptor(), 0400) != 0) return file_failure("protect", file_.path(), errno);
  CHECK(file_.sync());
  // Held until the name is durable or gone again: nobody may accept as stored a blob that is about to be taken back.
  TRY(FileHandle held, lock(root_));
  fs::path target = blob_path(root_, hash);
  CHECK(make_folder_durably(target.parent_path()));
  TRY(bool created, give_name(target, hash));
  auto synced = sync_folder(target.parent_path());
  if (!synced && created) ::unlink(target.c_str());
  return synced;
}

// True when the blob is new, false when the same bytes were there.
Result<bool> BlobStore::Writer::give_name(const fs::path& target, const Hash& hash) {
  int error = ::link(file_.path().c_str(), target.c_str()) == 0 ? 0 : errno;
  if (error == 0) return true;
  bool without_links = error == EPERM || error == EOPNOTSUPP || error == ENOSYS;
  struct stat status {};
  // Not every file system has hard links. The lock makes looking first and renaming then as good as link().
  if (without_links && ::lstat(target.c_str(), &status) != 0 && errno == ENOENT) {
    CHECK(file_.rename_to(target));
    return true;
  }
  if (error != EEXIST && !without_links) return file_failure("put in place", target, error);
  CHECK(accept_existing(target, hash));
  return false;
}

Result<void> BlobStore::Writer::accept_existing(const fs::path& target, const Hash& hash) const {
  TRY(FileHandle file, open_blob(target));
  TRY(std::uint64_t stored, size_of(file, target));
  if (stored == size_) {
    TRY(Hash found, hash_of(file, target));
    if (found == hash) return {};
  }
  return fail(ErrorKind::conflict, "the evidence file " + hex(hash) +
                                       " is stored already, but its bytes were altered; it was left as it is");
}

BlobStore::BlobStore(fs::path root) : root_(std::move(root)) { remove_stale_files(root_ / "tmp"); }

Result<BlobStore::Writer> BlobStore::writer() const {
  CHECK(make_folder_durably(root_));
  CHECK(make_folder_durably(root_ / "tmp"));
  TRY(TempFile file, TempFile::create(root_ / "tmp", temp_prefix));
  return Writer(root_, std::move(file));
}

Result<Hash> BlobStore::put(std::string_view bytes) const {
  TRY(Writer blob, writer());
  CHECK(blob.append(bytes));
  return blob.finish();
}

Result<std::uint64_t> BlobStore::size(const Hash& hash) const {
  fs::path path = path_of(hash);
  TRY(FileHandle file, open_blob(path));
  return size_of(file, path);
}

Result<void> BlobStore::read(const Hash& hash, std::uint64_t offset, std::uint64_t length,
                             const std::function<Result<void>(std::string_view)>& sink) const {
  fs::path path = path_of(hash);
  TRY(FileHandle file, open_blob(path));
  TRY(std::uint64_t stored, size_of(file, path));
  if (offset > stored || length > stored - offset) {
    return fail(ErrorKind::invalid,
                "the evidence file " + hex(hash) + " has only " + std::to_string(stored) + " bytes");
  }
  if (::lseek(file.get(), static_cast<off_t>(offset), SEEK_SET) < 0) return file_failure("read", path, errno);
  std::array<char, chunk_bytes> buffer;
  while (length > 0) {
    std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(length, buffer.size()));
    TRY(std::size_t count, read_some(file, path, buffer.data(), wanted));
    if (count == 0) return fail(ErrorKind::internal, path.native() + " became shorter while it was read");
    CHECK(sink({buffer.data(), count}));
    length -= count;
  }
  return {};
}

fs::path BlobStore::path_of(const Hash& hash) const { return blob_path(root_, hash); }

BlobState BlobStore::check(const Hash& hash) const {
  fs::path path = path_of(hash);
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return errno == ENOENT ? BlobState::missing : BlobState::unreadable;
  if (!S_ISREG(status.st_mode)) return BlobState::altered;
  auto file = open_blob(path);
  auto found = file ? hash_of(*file, path) : Result<Hash>(std::unexpected(file.error()));
  if (!found) return BlobState::unreadable;
  return *found == hash ? BlobState::intact : BlobState::altered;
}

Result<void> BlobStore::for_each(const std::function<Result<void>(const Hash&)>& visit) const {
  TRY(std::vector<std::string> folders, names_in(root_));
  for (const std::string& folder : folders) {
    if (folder.size() != 2) continue;  // "tmp", "lost+found"
    TRY(std::vector<std::string> names, names_in(root_ / folder));
    for (const std::string& name : names) {
      auto hash = hash_from_hex(name);
      if (hash && name.starts_with(folder)) CHECK(visit(*hash));
    }
  }
  return {};
}

}  // namespace assay
