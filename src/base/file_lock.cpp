#include "base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace assay {

Result<FileLock> FileLock::take(const std::filesystem::path& path, std::string_view holder) {
  FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (file.get() < 0) return file_failure("lock", path, errno);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return file_failure("lock", path, errno);
    std::string text(400, '\0');
    TRY(std::size_t length, read_some(file, path, text.data(), text.size()));
    text.resize(length);
    return fail(ErrorKind::conflict, text.empty() ? std::string("another process") : text);
  }
  // The text is a courtesy; the lock holds without it, on a full disk for instance.
  bool noted = ::ftruncate(file.get(), 0) == 0 && ::pwrite(file.get(), holder.data(), holder.size(), 0) >= 0;
  (void)noted;
  return FileLock(std::move(file));
}

}  // namespace assay
