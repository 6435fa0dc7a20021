#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/random.h"

namespace assay {
namespace {

std::string_view reason(int system_error) {
  switch (system_error) {
    case ENOENT: return "it does not exist";
    case EACCES:
    case EPERM: return "the permission is missing";
    case EROFS: return "the file system is read-only";
    case ENOSPC: return "the disk is full";
    case EDQUOT: return "the disk quota is used up";
    case EFBIG: return "the file would exceed the size limit";
    case EMFILE:
    case ENFILE: return "too many files are open";
    case EIO: return "the disk reports an error";
    case ENOTDIR: return "a part of the path is not a folder";
    case EISDIR: return "it is a folder";
    case ELOOP: return "it is a symbolic link";
    case ENAMETOOLONG: return "the name is too long";
    case EXDEV: return "it is on another file system";
    default: return "the system refused";
  }
}

ErrorKind kind_of(int system_error) {
  switch (system_error) {
    case ENOENT: return ErrorKind::not_found;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return ErrorKind::limit;
    case EISDIR: return ErrorKind::invalid;
    default: return ErrorKind::internal;
  }
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace

Failure file_failure(std::string_view action, const std::filesystem::path& path, int system_error) {
  std::string message = "cannot ";
  message += action;
  message += ' ';
  message += path.native();
  message += ": ";
  message += reason(system_error);
  message += " (" + std::generic_category().message(system_error) + ")";
  return fail(kind_of(system_error), std::move(message));
}

FileHandle::FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  if (this != &other) {
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

void FileHandle::close() {
  // The result is of no use: what must be durable was synced before, and close must not be repeated on Linux.
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

Result<FileHandle> open_to_read(const std::filesystem::path& path, int extra_flags) {
  FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | extra_flags));
  if (file.get() < 0) return file_failure("open", path, errno);
  return file;
}

Result<std::size_t> read_some(const FileHandle& file, const std::filesystem::path& path, char* buffer,
                              std::size_t size) {
  for (;;) {
    ssize_t count = ::read(file.get(), buffer, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return file_failure("read", path, errno);
  }
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  TRY(FileHandle file, open_to_read(path));
  std::string out;
  std::array<char, 16384> buffer;
  for (;;) {
    TRY(std::size_t count, read_some(file, path, buffer.data(), buffer.size()));
    if (count == 0) return out;
    // Counted while reading: a file may grow, and a pipe or /proc has no size to ask for.
    if (count > max_bytes - out.size()) {
      return fail(ErrorKind::limit, path.native() + " is longer than " + std::to_string(max_bytes) + " bytes");
    }
    out.append(buffer.data(), count);
  }
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  TRY(FileHandle handle, open_to_read(folder, O_DIRECTORY));
  if (::fsync(handle.get()) != 0) return file_failure("make durable the folder", folder, errno);
  return {};
}

Result<void> make_folder_durably(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder_of(folder));
  int error = errno;
  // mkdir reports a read-only file system before it reports that the folder is there.
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) return file_failure("create the folder", folder, error);
  if (!S_ISDIR(status.st_mode)) return file_failure("create the folder", folder, ENOTDIR);
  return {};
}

Result<void> write_file_durably(const std::filesystem::path& path, std::string_view bytes) {
  TRY(TempFile file, TempFile::create(folder_of(path)));
  CHECK(file.write(bytes));
  CHECK(file.sync());
  CHECK(file.rename_to(path));
  auto synced = sync_folder(folder_of(path));
  if (!synced) synced.error().message += "; " + path.native() + " is written but might not survive a power failure";
  return synced;
}

Result<TempFile> TempFile::create(const std::filesystem::path& folder, std::string_view prefix) {
  for (;;) {
    std::filesystem::path path = folder / (std::string(prefix) + random_token(12));
    FileHandle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.get() >= 0) return TempFile(std::move(file), std::move(path));
    if (errno != EEXIST && errno != EINTR) return file_failure("create a file in", folder, errno);
  }
}

TempFile::TempFile(TempFile&& other) noexcept
    : file_(std::move(other.file_)), path_(std::exchange(other.path_, std::filesystem::path())) {}

TempFile& TempFile::operator=(TempFile&& other) noexcept {
  if (this != &other) {
    discard();
    file_ = std::move(other.file_);
    path_ = std::exchange(other.path_, std::filesystem::path());
  }
  return *this;
}

void TempFile::discard() {
  if (!path_.empty()) ::unlink(path_.c_str());
  path_.clear();
  file_.close();
}

Result<void> TempFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t count = ::write(file_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_failure("write", path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> TempFile::sync() {
  // Not repeated on failure: after a failed fsync the kernel may have dropped the pages, and a second call would
  // succeed.
  if (::fsync(file_.get()) != 0) return file_failure("make durable", path_, errno);
  return {};
}

Result<void> TempFile::rename_to(const std::filesystem::path& target) {
  if (::rename(path_.c_str(), target.c_str()) != 0) return file_failure("put in place", target, errno);
  path_.clear();
  return {};
}

}  // namespace assay
