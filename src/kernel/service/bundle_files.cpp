#include "kernel/service/bundle_files.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "kernel/documents/document_body.h"
#include "kernel/exchange/sniff.h"
#include "kernel/exchange/zip_archive.h"

namespace assay {
namespace {

constexpr std::string_view bundle_name = "workspace.json";
constexpr std::string_view blob_folder = "blobs/";
constexpr std::size_t piece = 64 * 1024;
constexpr std::size_t most_unpacked = std::size_t{64} << 30U;  // all evidence of a ZIP together

bool is_zip(const std::filesystem::path& path) {
  auto file = open_to_read(path);
  char start[4] = {};
  auto read = file ? read_some(*file, path, start, sizeof start) : Result<std::size_t>(std::unexpected(file.error()));
  return read && *read == 4 && std::string_view(start, 4) == "PK\x03\x04";
}

Result<ZipArchive> open_zip(const std::filesystem::path& path) {
  ReadLimits limits;
  limits.bytes = most_unpacked;
  return ZipArchive::open(path, limits);
}

// "", or the one folder that everything was packed in: "org/".
std::string root_of(const ZipArchive& archive) {
  for (const std::string& name : archive.names()) {
    std::size_t slash = name.find('/');
    if (slash != std::string::npos && name.substr(slash + 1) == bundle_name && !archive.contains(bundle_name))
      return name.substr(0, slash + 1);
  }
  return {};
}

// Pieces of a file, wherever it lies; an empty one is the end.
using Source = std::function<Result<std::string_view>()>;

Result<std::string> read_part(ZipArchive& archive, const std::string& name, std::size_t most) {
  if (!archive.contains(name))
    return fail(Problems{{name, "must be in the archive", ""}}, "This is no workspace bundle.");
  TRY(ZipPart part, archive.part(name));
  std::string out;
  std::string buffer(piece, '\0');
  for (;;) {
    TRY(std::size_t count, part.read(buffer.data(), buffer.size()));
    if (count == 0) return out;
    out.append(buffer, 0, count);
    if (out.size() > most)
      return fail(ErrorKind::limit, fmt::format("{} in the archive has more than {} bytes.", name, most));
  }
}

Problem misnamed(std::string_view place, std::string_view found) {
  return {std::string(place), "must hash to its name (SHA-256, 64 digits)", std::string(found)};
}

// Reads one blob; into the store when there is one.
class BlobTaker {
 public:
  explicit BlobTaker(const BlobStore* store) : store_(store) {}

  Result<void> take(std::string_view place, std::string_view name, const Source& source) {
    auto expected = hash_from_hex(name);
    if (!expected) {
      problems_.push_back(misnamed(place, name));
      return {};
    }
    std::optional<BlobStore::Writer> writer;
    if (store_) {
      TRY(BlobStore::Writer opened, store_->writer());
      writer.emplace(std::move(opened));
    }
    Sha256 hasher;
    StoredFile file{"", "", std::string(name), 0};
    for (;;) {
      TRY(std::string_view bytes, source());
      if (file.size == 0) file.media_type = sniff_media_type(bytes.substr(0, sniff_bytes), "");
      if (bytes.empty()) break;
      hasher.update(bytes);
      file.size += bytes.size();
      if (writer) CHECK(writer->append(bytes));
    }
    Hash found = hasher.finish();
    if (found != *expected) {
      problems_.push_back(misnamed(place, hex(found)));
      return {};  // the writer leaves nothing behind
    }
    if (writer) CHECK(writer->finish());
    blobs_.emplace(name, std::move(file));
    return {};
  }

  Result<BundleBlobs> finish() {
    if (!problems_.empty())
      return fail(std::move(problems_),
                  "Evidence files of the bundle are not what their names say; nothing was imported.");
    return std::move(blobs_);
  }

 private:
  const BlobStore* store_;
  BundleBlobs blobs_;
  Problems problems_;
};

Result<BundleBlobs> take_from_zip(const std::filesystem::path& path, BlobTaker& taker) {
  TRY(ZipArchive archive, open_zip(path));
  const std::string folder = root_of(archive) + std::string(blob_folder);
  std::string buffer(piece, '\0');
  for (const std::string& name : archive.names()) {
    if (!name.starts_with(folder) || name == folder) continue;
    TRY(ZipPart part, archive.part(name));
    CHECK(taker.take(name, std::string_view(name).substr(folder.size()), [&]() -> Result<std::string_view> {
      TRY(std::size_t count, part.read(buffer.data(), buffer.size()));
      return std::string_view(buffer).substr(0, count);
    }));
  }
  return taker.finish();
}

Result<BundleBlobs> take_from_folder(const std::filesystem::path& folder, BlobTaker& taker) {
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) return taker.finish();
  std::filesystem::directory_iterator entries(folder, error);
  if (error) return file_failure("read", folder, error.value());
  std::string buffer(piece, '\0');
  for (const auto& entry : entries) {
    std::string name = entry.path().filename().string();
    if (name.starts_with('.')) continue;  // what file managers leave behind
    // A link would read whatever it points to, also outside of the bundle.
    if (!std::filesystem::is_regular_file(entry.symlink_status(error))) {
      return fail(Problems{{entry.path().string(), "must be a plain file", ""}},
                  "The evidence files of the bundle cannot be read; nothing was imported.");
    }
    TRY(FileHandle file, open_to_read(entry.path()));
    CHECK(taker.take(entry.path().string(), name, [&]() -> Result<std::string_view> {
      TRY(std::size_t count, read_some(file, entry.path(), buffer.data(), buffer.size()));
      return std::string_view(buffer).substr(0, count);
    }));
  }
  return taker.finish();
}

// What to call a file whose name the bundle does not tell.
std::string name_for(const Record& record, std::string_view media_type) {
  constexpr std::pair<std::string_view, std::string_view> endings[] = {
      {"application/pdf", ".pdf"}, {"image/png", ".png"},  {"image/jpeg", ".jpg"},      {"image/gif", ".gif"},
      {"text/plain", ".txt"},      {"text/html", ".html"}, {"application/zip", ".zip"}, {"application/json", ".json"}};
  std::string out;
  for (char c : record.id) out += static_cast<unsigned char>(c) < 0x20 || c == '/' || c == '\\' ? '_' : c;
  for (const auto& [type, ending] : endings) {
    if (type == media_type) out += ending;
  }
  return out;
}

Result<bool> give_file(Transaction& transaction, const Record& evidence, const StoredFile& blob) {
  Param params[] = {std::string_view(evidence.id), std::string_view(blob.sha256)};
  TRY(auto there,
      transaction.connection().one_integer(
          "select count(*) from assay_attachment where register = 'evidence' and record = ? and sha256 = ?", params));
  if (there.value_or(0) > 0) return true;
  StoredFile file = blob;
  file.name = name_for(evidence, file.media_type);
  CHECK(Attachments::attach_in(transaction, evidence, {file}, "import of a bundle"));
  return true;
}

Result<bool> give_text(Transaction& transaction, const Record& version, const StoredFile& blob,
                       const BlobStore& store) {
  TRY(auto present, read_body(transaction.connection(), version.id));
  if (present && text_hash(*present) == blob.sha256) return true;
  bool is_text = blob.size <= longest_document && blob.media_type.starts_with("text/");
  if (!is_text) return false;
  std::string text;
  CHECK(store.read(*hash_from_hex(blob.sha256), 0, blob.size, [&](std::string_view bytes) -> Result<void> {
    text += bytes;
    return {};
  }));
  if (!is_utf8(text)) return false;
  CHECK(write_body(transaction, version.id, text));
  return true;
}

}  // namespace

Result<std::string> read_bundle_file(const std::filesystem::path& path) {
  BundleLimits limits;
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return read_file(path / bundle_name, limits.bytes);
  if (!is_zip(path)) return read_file(path, limits.bytes);
  TRY(ZipArchive archive, open_zip(path));
  return read_part(archive, root_of(archive) + std::string(bundle_name), limits.bytes);
}

Result<BundleBlobs> take_blobs(const std::filesystem::path& path, const BlobStore* store) {
  BlobTaker taker(store);
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return take_from_folder(path / "blobs", taker);
  if (is_zip(path)) return take_from_zip(path, taker);
  return taker.finish();
}

Result<std::size_t> hand_out_blobs(Transaction& transaction, const Bundle& bundle, const BundleBlobs& blobs,
                                   const BlobStore& store) {
  std::size_t count = 0;
  for (const Record& record : bundle.records) {
    bool is_evidence = record.def->name() == "evidence";
    if (blobs.empty() || (!is_evidence && record.def->name() != "document_version")) continue;
    auto blob = blobs.find(record.text("content_hash"));
    if (blob == blobs.end()) continue;
    auto given = is_evidence ? give_file(transaction, record, blob->second)
                             : give_text(transaction, record, blob->second, store);
    if (!given) return std::unexpected(std::move(given).error());
    count += *given ? 1U : 0U;
  }
  return count;
}

}  // namespace assay
