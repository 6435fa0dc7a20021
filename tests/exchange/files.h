// Files that the tests of kernel/exchange read.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::fixture {

inline std::filesystem::path here() { return std::filesystem::absolute(__FILE__).parent_path(); }
inline std::filesystem::path data_file(std::string_view name) { return here() / "data" / name; }

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline std::string data(std::string_view name) { return slurp(data_file(name)); }

// Spreadsheets as people keep them, from beside the repository; none where they are not there.
inline std::vector<std::filesystem::path> samples(std::string_view extension) {
  std::vector<std::filesystem::path> out;
  std::filesystem::path folder = here().parent_path().parent_path().parent_path() / "shared/reference/samples";
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
    if (entry.path().extension() == extension) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "assay-exchange-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// "place: message" of the first problem; "ok" when there is none, so that a failed expectation shows both.
template <class T>
std::string problem(const Result<T>& result) {
  if (result) return "ok";
  const Error& error = result.error();
  if (error.problems.empty()) return error.message;
  return error.problems[0].place + ": " + error.problems[0].message;
}

template <class T>
bool is(const Result<T>& result, ErrorKind kind) {
  return !result && result.error().kind == kind;
}

}  // namespace assay::fixture
