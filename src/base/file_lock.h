// A file that says who works on a folder, locked as long as the process lives: kill -9 and a power cut free it.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace assay {

class FileLock {
 public:
  // Takes the lock and writes `holder` into the file for whoever comes second. Error: conflict, whose message is the
  // text of the present holder; otherwise what the system says about the file.
  static Result<FileLock> take(const std::filesystem::path& path, std::string_view holder);

 private:
  explicit FileLock(FileHandle file) : file_(std::move(file)) {}
  FileHandle file_;
};

}  // namespace assay
