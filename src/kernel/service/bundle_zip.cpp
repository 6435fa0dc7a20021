// A bundle with its evidence files and document texts as one ZIP.
#include <fmt/format.h>
#include <unistd.h>
#include <zip.h>

#include <cerrno>
#include <set>

#include "base/file.h"
#include "kernel/service/bundle_files.h"
#include "kernel/service/bundle_service.h"

namespace assay {
namespace {

struct Discard {
  void operator()(zip* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip, Discard>;

Failure zip_failure(const std::filesystem::path& target, zip* archive) {
  return fail(ErrorKind::limit,
              fmt::format("cannot write {}: {}", target.string(), zip_error_strerror(zip_get_error(archive))));
}

// The file is read when the archive is closed.
Result<void> add_file(const Archive& archive, const std::filesystem::path& target, const std::string& name,
                      const std::filesystem::path& file) {
  zip_source_t* source = zip_source_file(archive.get(), file.c_str(), 0, -1);
  zip_int64_t index = source ? zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
  if (index >= 0) return {};
  if (source) zip_source_free(source);
  return zip_failure(target, archive.get());
}

// Evidence files that a bundle can name: those whose record bears the fingerprint of this one file.
Result<void> add_evidence(const Archive& archive, const std::filesystem::path& target, const Reader& reader,
                          const BlobStore& store) {
  std::vector<std::string> hashes;
  CHECK(
      reader.connection().query("select distinct a.sha256 from assay_attachment a join evidence e on e.id = a.record "
                                "and e.content_hash = a.sha256 "
                                "where a.register = 'evidence' order by a.sha256",
                                {}, [&](const Row& row) { hashes.emplace_back(row.text(0)); }));
  for (const std::string& text : hashes) {
    auto hash = hash_from_hex(text);
    if (!hash || store.check(*hash) != BlobState::intact) {
      return fail(Problems{{"blobs/" + text, "is missing or altered; `assay verify` tells more", ""}},
                  "The evidence files cannot be exported.");
    }
    CHECK(add_file(archive, target, "blobs/" + text, store.path_of(*hash)));
  }
  return {};
}

Result<void> add_texts(const Archive& archive, const std::filesystem::path& target, const Reader& reader,
                       const std::filesystem::path& scratch, std::vector<TempFile>& kept) {
  Result<void> done;
  std::set<std::string> written;
  CHECK(reader.connection().query(
      "select v.content_hash, b.markdown from assay_document_body b join document_version v on v.id = b.version", {},
      [&](const Row& row) {
        std::string hash(row.text(0));
        if (!done || hex(sha256(row.text(1))) != hash || !written.insert(hash).second) return;
        done = [&]() -> Result<void> {
          TRY(TempFile file, TempFile::create(scratch));
          CHECK(file.write(row.text(1)));
          CHECK(add_file(archive, target, "blobs/" + hash, file.path()));
          kept.push_back(std::move(file));
          return {};
        }();
      }));
  return done;
}

}  // namespace

Result<void> export_bundle_zip(const Reader& reader, const BlobStore& store, const std::filesystem::path& target,
                               const std::filesystem::path& temp) {
  TRY(TempFile part, TempFile::create(target.parent_path()));
  int code = 0;
  Archive archive(zip_open(part.path().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (!archive) return fail(ErrorKind::limit, fmt::format("cannot write {}", target.string()));
  std::vector<TempFile> kept;
  TRY(TempFile records, TempFile::create(temp));
  CHECK(export_bundle(reader, [&](std::string_view chunk) { return records.write(chunk); }));
  CHECK(add_file(archive, target, "workspace.json", records.path()));
  CHECK(add_evidence(archive, target, reader, store));
  CHECK(add_texts(archive, target, reader, temp, kept));
  if (zip_close(archive.get()) != 0) return zip_failure(target, archive.get());
  (void)archive.release();  // zip_close() has freed it
  // libzip has put a new file in place of the one that was opened.
  TRY(FileHandle written, open_to_read(part.path()));
  if (fsync(written.get()) != 0) return file_failure("write", part.path(), errno);
  CHECK(part.rename_to(target));
  return sync_folder(target.parent_path());
}

}  // namespace assay
