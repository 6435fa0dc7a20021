// Reads the parts of a ZIP file within bounds. Internal to kernel/exchange.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "kernel/exchange/table.h"

struct zip;
struct zip_file;

namespace assay {

// One open part. Lives shorter than its archive.
class ZipPart {
 public:
  ~ZipPart();
  ZipPart(ZipPart&& other) noexcept;
  ZipPart& operator=(ZipPart&&) = delete;

  // Fills up to `size` bytes; 0 at the end. limit: more than ReadLimits::bytes came out of the archive by now, or this
  // part unpacks to an absurd multiple of its size. invalid: damaged data (checked against its CRC at the end).
  Result<std::size_t> read(char* buffer, std::size_t size);
  const std::string& name() const { return name_; }

 private:
  friend class ZipArchive;
  ZipPart(zip_file* file, std::string name, std::uint64_t packed_bytes, std::size_t* left);
  zip_file* file_;
  std::string name_;
  std::uint64_t packed_bytes_;
  std::uint64_t unpacked_bytes_ = 0;
  std::size_t* left_;  // what the whole archive may still unpack to
};

// Names are compared without case, with '\' as '/', as spreadsheet programs do. Names that climb ("..") are not there.
// Nothing is ever written to disk.
class ZipArchive {
 public:
  // invalid: not a ZIP file, cut off, or one of the formats people take for XLSX (said in the message).
  // limit: the file is larger than limits.bytes or has more than 10,000 parts. not_found: no such file.
  static Result<ZipArchive> open(const std::filesystem::path& path, const ReadLimits& limits);
  static Result<ZipArchive> open(std::string_view bytes, const ReadLimits& limits);  // `bytes` must outlive the archive

  bool contains(std::string_view name) const;
  // Sorted, as they are looked up: in lower case.
  std::vector<std::string> names() const;
  // not_found: no such part. invalid: encrypted, or packed by a method that XLSX does not know.
  Result<ZipPart> part(std::string_view name);

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  using Handle = std::unique_ptr<zip, Close>;
  static Result<ZipArchive> index(Handle handle, const ReadLimits& limits);

  Handle handle_;
  std::unordered_map<std::string, std::uint64_t> parts_;
  std::unique_ptr<std::size_t> left_;  // on the heap, since parts point to it and the archive may move
};

}  // namespace assay
