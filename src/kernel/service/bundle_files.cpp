#include "kernel/service/bundle_files.h"

#include <fmt/format.h>

#include "base/file.h"
#include "kernel/exchange/bundle.h"
#include "kernel/exchange/zip_archive.h"

namespace assay {
namespace {

constexpr std::string_view bundle_name = "workspace.json";

bool is_zip(const std::filesystem::path& path) {
  auto file = open_to_read(path);
  char start[4] = {};
  auto read = file ? read_some(*file, path, start, sizeof start) : Result<std::size_t>(std::unexpected(file.error()));
  return read && *read == 4 && std::string_view(start, 4) == "PK\x03\x04";
}

Result<std::string> read_part(ZipArchive& archive, std::string_view name, std::size_t most) {
  TRY(ZipPart part, archive.part(name));
  std::string out;
  std::string buffer(64 * 1024, '\0');
  for (;;) {
    TRY(std::size_t count, part.read(buffer.data(), buffer.size()));
    if (count == 0) return out;
    out.append(buffer, 0, count);
    if (out.size() > most) return fail(ErrorKind::limit, fmt::format("{} in the archive has more than {} bytes.", name, most));
  }
}

Result<void> import_blob(BlobStore& store, const std::filesystem::path& file, const Hash& expected) {
  TRY(auto writer, store.writer());
  TRY(auto handle, open_to_read(file));
  std::string buffer(64 * 1024, '\0');
  for (;;) {
    TRY(std::size_t count, read_some(handle, file, buffer.data(), buffer.size()));
    if (count == 0) break;
    CHECK(writer.append(std::string_view(buffer).substr(0, count)));
  }
  TRY(Hash hash, writer.finish());
  if (hash == expected) return {};
  return fail(Problems{{file.string(), "must hash to its name", hex(hash)}}, "An evidence file of the bundle is not what its name says.");
}

}  // namespace

Result<std::string> read_bundle_file(const std::filesystem::path& path) {
  BundleLimits limits;
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return read_file(path / bundle_name, limits.bytes);
  if (!is_zip(path)) return read_file(path, limits.bytes);
  ReadLimits zip_limits;
  zip_limits.bytes = limits.bytes;
  TRY(ZipArchive archive, ZipArchive::open(path, zip_limits));
  return read_part(archive, bundle_name, limits.bytes);
}

Result<std::size_t> import_blobs(BlobStore& store, const std::filesystem::path& path) {
  std::error_code error;
  std::size_t count = 0;
  if (!std::filesystem::is_directory(path / "blobs", error)) return count;
  for (const auto& entry : std::filesystem::directory_iterator(path / "blobs", error)) {
    auto hash = hash_from_hex(entry.path().filename().string());
    if (!hash || !entry.is_regular_file()) continue;
    CHECK(import_blob(store, entry.path(), *hash));
    ++count;
  }
  return count;
}

}  // namespace assay
