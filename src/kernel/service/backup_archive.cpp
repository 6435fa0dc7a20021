#include "kernel/service/backup_archive.h"

#include <fmt/format.h>
#include <unistd.h>
#include <zip.h>

#include "base/file.h"
#include "base/text.h"

namespace assay {
namespace {

constexpr std::size_t piece = 256 * 1024;
constexpr std::uint64_t longest_manifest = std::uint64_t{256} << 20U;

Result<BackupMember> hash_file(const std::filesystem::path& path) {
  TRY(FileHandle file, open_to_read(path));
  Sha256 hasher;
  BackupMember member;
  std::string buffer(piece, '\0');
  for (;;) {
    TRY(std::size_t count, read_some(file, path, buffer.data(), buffer.size()));
    if (count == 0) break;
    hasher.update(std::string_view(buffer).substr(0, count));
    member.size += count;
  }
  member.sha256 = hasher.finish();
  return member;
}

Failure archive_failure(std::string_view action, const std::filesystem::path& path, zip* archive) {
  return fail(ErrorKind::limit,
              fmt::format("cannot {} {}: {}", action, path.string(), zip_error_strerror(zip_get_error(archive))));
}

Failure not_as_listed(std::string_view name) {
  return fail(Problems{{std::string(name), "must be what the manifest says; the archive was damaged or altered", ""}},
              "The backup was refused; nothing was restored.");
}

struct ClosePart {
  void operator()(zip_file* part) const { zip_fclose(part); }
};

}  // namespace

void BackupWriter::Discard::operator()(zip* archive) const { zip_discard(archive); }
void BackupReader::Discard::operator()(zip* archive) const { zip_discard(archive); }

Result<BackupWriter> BackupWriter::create(const std::filesystem::path& target) {
  std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
  // The name is taken first, with the rights of a file that holds keys.
  TRY(TempFile part, TempFile::create(folder, ".assay-backup-"));
  int code = 0;
  std::unique_ptr<zip, Discard> archive(zip_open(part.path().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (!archive) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    std::string message = fmt::format("cannot write {}: {}", target.string(), zip_error_strerror(&error));
    zip_error_fini(&error);
    return fail(ErrorKind::limit, std::move(message));
  }
  std::filesystem::path path = part.path();
  part.keep();
  return BackupWriter(std::move(archive), std::move(path), target);
}

BackupWriter::~BackupWriter() {
  std::error_code ignored;
  if (!part_.empty()) std::filesystem::remove(part_, ignored);
}

Result<void> BackupWriter::add_file(const std::string& name, const std::filesystem::path& file, bool compress) {
  TRY(members_[name], hash_file(file));
  zip_source_t* source = zip_source_file(archive_.get(), file.c_str(), 0, -1);
  zip_int64_t index = source ? zip_file_add(archive_.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
  if (index < 0) {
    if (source) zip_source_free(source);
    return archive_failure("add " + name + " to", target_, archive_.get());
  }
  zip_set_file_compression(archive_.get(), static_cast<zip_uint64_t>(index), compress ? ZIP_CM_DEFLATE : ZIP_CM_STORE,
                           compress ? 3 : 0);
  return {};
}

Result<void> BackupWriter::close(BackupManifest manifest) {
  manifest.members = members_;
  manifest_text_ = std::make_unique<std::string>(manifest.to_json());
  zip_source_t* source = zip_source_buffer(archive_.get(), manifest_text_->data(), manifest_text_->size(), 0);
  if (!source || zip_file_add(archive_.get(), std::string(manifest_name).c_str(), source, ZIP_FL_ENC_UTF_8) < 0) {
    if (source) zip_source_free(source);
    return archive_failure("write", target_, archive_.get());
  }
  if (zip_close(archive_.get()) != 0) return archive_failure("write", target_, archive_.get());
  (void)archive_.release();  // zip_close() has freed it
  std::error_code ignored;
  std::filesystem::permissions(part_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               ignored);
  TRY(FileHandle file, open_to_read(part_));
  if (fsync(file.get()) != 0) return file_failure("write", part_, errno);
  std::error_code error;
  std::filesystem::rename(part_, target_, error);
  if (error) return file_failure("rename", part_, error.value());
  return sync_folder(target_.has_parent_path() ? target_.parent_path() : std::filesystem::path("."));
}

Result<void> BackupReader::read(const std::string& name, std::uint64_t most,
                                const std::function<Result<void>(std::string_view)>& sink) const {
  std::unique_ptr<zip_file, ClosePart> part(zip_fopen(archive_.get(), name.c_str(), 0));
  if (!part) return not_as_listed(name);
  std::string buffer(piece, '\0');
  std::uint64_t total = 0;
  for (;;) {
    zip_int64_t count = zip_fread(part.get(), buffer.data(), buffer.size());
    if (count < 0) return not_as_listed(name);
    if (count == 0) return {};
    total += static_cast<std::uint64_t>(count);
    if (total > most) return not_as_listed(name);
    CHECK(sink(std::string_view(buffer).substr(0, static_cast<std::size_t>(count))));
  }
}

Result<BackupReader> BackupReader::open(const std::filesystem::path& path) {
  CHECK(open_to_read(path));
  BackupReader reader;
  int code = 0;
  reader.archive_.reset(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
  if (!reader.archive_)
    return fail(Problems{{path.string(), "must be a complete backup archive", ""}},
                "This is no backup that can be restored.");
  std::string text;
  auto found = reader.read(std::string(manifest_name), longest_manifest, [&](std::string_view bytes) -> Result<void> {
    text += bytes;
    return {};
  });
  if (!found)
    return fail(Problems{{path.string(), "must hold a manifest.json", ""}}, "This is no backup that can be restored.");
  TRY(reader.manifest_, BackupManifest::parse(text));
  zip_int64_t entries = zip_get_num_entries(reader.archive_.get(), 0);
  std::size_t members = 0;
  for (zip_int64_t i = 0; i < entries; ++i) {
    const char* name = zip_get_name(reader.archive_.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
    if (name && manifest_name == name) continue;
    if (!name || !reader.manifest_.members.contains(std::string_view(name))) return not_as_listed(name ? name : "?");
    ++members;
  }
  if (members != reader.manifest_.members.size()) return not_as_listed(manifest_name);
  return reader;
}

Result<void> BackupReader::extract(const std::string& name, const std::filesystem::path& folder) const {
  auto member = manifest_.members.find(name);
  if (member == manifest_.members.end() || !is_backup_member(name)) return not_as_listed(name);
  std::filesystem::path target = folder / name;
  std::error_code error;
  std::filesystem::create_directories(target.parent_path(), error);
  TRY(TempFile file, TempFile::create(target.parent_path()));
  Sha256 hasher;
  std::uint64_t size = 0;
  CHECK(read(name, member->second.size, [&](std::string_view bytes) -> Result<void> {
    hasher.update(bytes);
    size += bytes.size();
    return file.write(bytes);
  }));
  if (size != member->second.size || hasher.finish() != member->second.sha256) return not_as_listed(name);
  CHECK(file.sync());
  return file.rename_to(target);
}

}  // namespace assay
