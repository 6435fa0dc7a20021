#include "kernel/exchange/zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "base/text.h"
#include "kernel/exchange/refusal.h"

namespace assay {
namespace {

constexpr zip_int64_t most_parts = 10'000;
// A real sheet packs 5 to 30 times, in odd cases 100 times; deflate can reach 1032 times. Small parts may do as they
// like.
constexpr std::uint64_t most_unpacked_per_packed_byte = 250;
constexpr std::uint64_t free_of_ratio = std::uint64_t{8} << 20;

// The name under which a part is looked up; empty for one that nobody may look up.
std::string lookup_name(std::string_view name) {
  std::string out = lower(name);
  std::ranges::replace(out, '\\', '/');
  out.erase(0, std::min(out.find_first_not_of('/'), out.size()));
  for (std::string_view step : split(out, '/')) {
    if (step == "..") return {};
  }
  return out;
}

Failure refuse_format(std::string_view first_bytes) {
  constexpr std::string_view old_office = "\xD0\xCF\x11\xE0";
  std::string message = "this is not a complete XLSX file; expected a workbook saved as .xlsx";
  if (first_bytes.starts_with(old_office))
    message =
        "this is an old .xls file or a workbook with a password; expected a workbook saved as .xlsx without password";
  return refuse_file(ErrorKind::invalid, {}, std::move(message));
}

Failure refuse_size(const ReadLimits& limits, std::uint64_t size) {
  return refuse_file(ErrorKind::limit, {}, fmt::format("expected at most {} bytes", limits.bytes),
                     fmt::to_string(size));
}

}  // namespace

ZipPart::ZipPart(zip_file* file, std::string name, std::uint64_t packed_bytes, std::size_t* left)
    : file_(file), name_(std::move(name)), packed_bytes_(packed_bytes), left_(left) {}

ZipPart::ZipPart(ZipPart&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      name_(std::move(other.name_)),
      packed_bytes_(other.packed_bytes_),
      unpacked_bytes_(other.unpacked_bytes_),
      left_(other.left_) {}

ZipPart::~ZipPart() {
  if (file_) zip_fclose(file_);
}

Result<std::size_t> ZipPart::read(char* buffer, std::size_t size) {
  zip_int64_t got = zip_fread(file_, buffer, size);
  if (got < 0)
    return refuse_file(ErrorKind::invalid, name_,
                       fmt::format("the packed data is damaged ({})", zip_error_strerror(zip_file_get_error(file_))));
  auto count = static_cast<std::size_t>(got);
  // Counted on what really came out: the sizes in the file's directory may lie.
  if (count > *left_) return refuse_file(ErrorKind::limit, name_, "the file unpacks to more than is read");
  *left_ -= count;
  unpacked_bytes_ += count;
  if (unpacked_bytes_ > free_of_ratio && unpacked_bytes_ / most_unpacked_per_packed_byte > packed_bytes_)
    return refuse_file(ErrorKind::limit, name_,
                       fmt::format("unpacks to more than {} times its size", most_unpacked_per_packed_byte));
  return count;
}

void ZipArchive::Close::operator()(zip* archive) const { zip_discard(archive); }

Result<ZipArchive> ZipArchive::open(const std::filesystem::path& path, const ReadLimits& limits) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed))
    return refuse_file(ErrorKind::not_found, {}, "expected a file", path.string());
  std::uint64_t size = std::filesystem::file_size(path, failed);
  if (failed) return refuse_file(ErrorKind::not_found, {}, "expected a readable file", path.string());
  if (size > limits.bytes) return refuse_size(limits, size);
  int code = 0;
  Handle handle(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (handle) return index(std::move(handle), limits);
  std::array<char, 8> first{};
  std::ifstream(path, std::ios::binary).read(first.data(), first.size());
  return refuse_format(std::string_view(first.data(), first.size()));
}

Result<ZipArchive> ZipArchive::open(std::string_view bytes, const ReadLimits& limits) {
  if (bytes.size() > limits.bytes) return refuse_size(limits, bytes.size());
  if (bytes.empty()) return refuse_format(bytes);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  Handle handle(source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr);
  zip_error_fini(&error);
  if (handle) return index(std::move(handle), limits);
  if (source) zip_source_free(source);  // the archive takes it over only when opening succeeds
  return refuse_format(bytes);
}

Result<ZipArchive> ZipArchive::index(Handle handle, const ReadLimits& limits) {
  zip_int64_t count = zip_get_num_entries(handle.get(), 0);
  if (count > most_parts)
    return refuse_file(ErrorKind::limit, {}, fmt::format("expected at most {} parts in the file", most_parts),
                       fmt::to_string(count));
  ZipArchive archive;
  for (zip_int64_t i = 0; i < count; ++i) {
    auto at = static_cast<zip_uint64_t>(i);
    const char* name = zip_get_name(handle.get(), at, ZIP_FL_ENC_GUESS);
    std::string key = name ? lookup_name(name) : std::string{};
    if (!key.empty()) archive.parts_.emplace(std::move(key), at);
  }
  archive.handle_ = std::move(handle);
  archive.left_ = std::make_unique<std::size_t>(limits.bytes);
  return archive;
}

std::vector<std::string> ZipArchive::names() const {
  std::vector<std::string> out;
  for (const auto& [name, position] : parts_) out.push_back(name);
  std::ranges::sort(out);
  return out;
}

bool ZipArchive::contains(std::string_view name) const { return parts_.contains(lookup_name(name)); }

Result<ZipPart> ZipArchive::part(std::string_view name) {
  auto found = parts_.find(lookup_name(name));
  if (found == parts_.end())
    return refuse_file(ErrorKind::not_found, std::string(name), "expected this part in the file");
  zip_stat_t about;
  zip_stat_init(&about);
  bool known = zip_stat_index(handle_.get(), found->second, 0, &about) == 0 && (about.valid & ZIP_STAT_COMP_SIZE) &&
               (about.valid & ZIP_STAT_COMP_METHOD);
  // Other methods reach ratios and dictionaries far beyond deflate; no spreadsheet program writes them.
  if (!known || (about.comp_method != ZIP_CM_STORE && about.comp_method != ZIP_CM_DEFLATE))
    return refuse_file(ErrorKind::invalid, std::string(name), "expected a part that is stored or deflated");
  zip_file_t* file = zip_fopen_index(handle_.get(), found->second, 0);
  if (!file)
    return refuse_file(ErrorKind::invalid, std::string(name),
                       fmt::format("the part cannot be opened ({})", zip_error_strerror(zip_get_error(handle_.get()))));
  return ZipPart(file, std::string(name), about.comp_size, left_.get());
}

}  // namespace assay
