// These definitions stand in front of the C library's; each asks whether it is its turn to fail, then makes the system
// call.
#include "tests/base/failing_calls.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

namespace assay::test {
namespace {

thread_local std::string_view failing_call;
thread_local int calls_left = 0;
thread_local int failing_errno = 0;

bool fails(std::string_view call) {
  if (call != failing_call || calls_left == 0 || --calls_left > 0) return false;
  errno = failing_errno;
  return true;
}

}  // namespace

FailingCall::FailingCall(std::string_view call, int nth, int system_error) {
  failing_call = call;
  calls_left = nth;
  failing_errno = system_error;
}

FailingCall::~FailingCall() { failing_call = {}; }

bool FailingCall::happened() const { return calls_left == 0; }

}  // namespace assay::test

using assay::test::fails;

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  unsigned mode = (flags & O_CREAT) != 0 ? va_arg(arguments, unsigned) : 0;
  va_end(arguments);
  return fails("open") ? -1 : static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

ssize_t write(int file, const void* bytes, size_t size) {
  return fails("write") ? -1 : syscall(SYS_write, file, bytes, size);
}

int fsync(int file) { return fails("fsync") ? -1 : static_cast<int>(syscall(SYS_fsync, file)); }

int rename(const char* from, const char* to) noexcept {
  return fails("rename") ? -1 : static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int link(const char* from, const char* to) noexcept {
  return fails("link") ? -1 : static_cast<int>(syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int mkdir(const char* path, mode_t mode) noexcept {
  return fails("mkdir") ? -1 : static_cast<int>(syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

int fchmod(int file, mode_t mode) noexcept {
  return fails("fchmod") ? -1 : static_cast<int>(syscall(SYS_fchmod, file, mode));
}

}  // extern "C"
