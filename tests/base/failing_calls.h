// Makes one system call of this program fail, to see what a full disk or a read-only folder leaves behind.
// Covers open (of files and folders), write, fsync, rename, link, mkdir and fchmod as called by our own code.
#pragma once

#include <string_view>

namespace assay::test {

// From construction to destruction the nth call (1: the next) to `call` by this thread fails with `system_error`.
class FailingCall {
 public:
  FailingCall(std::string_view call, int nth, int system_error);
  FailingCall(const FailingCall&) = delete;
  FailingCall& operator=(const FailingCall&) = delete;
  ~FailingCall();
  bool happened() const;
};

}  // namespace assay::test
