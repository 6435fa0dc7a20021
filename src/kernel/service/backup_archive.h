// The archive of a backup: a ZIP whose manifest names every member with its SHA-256. Internal to kernel/service.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

struct zip;

namespace assay {

inline constexpr std::string_view backup_format = "assay-backup/1";
inline constexpr std::string_view manifest_name = "manifest.json";

struct BackupMember {
  std::uint64_t size = 0;
  Hash sha256{};
};

struct BackupManifest {
  std::string version;  // of the program that wrote it
  std::string time;     // instant
  std::string engine;   // "sqlite" or "postgres"
  std::int64_t schema = 0;
  std::vector<std::string> workspaces;
  std::map<std::string, BackupMember, std::less<>> members;  // by name

  std::string to_json() const;
  // Error: invalid, also for names that point outside of what a backup holds.
  static Result<BackupManifest> parse(std::string_view json);
};

// Whether a backup has members of this name: workspaces/<name>.db, workspaces/<name>/<table>.jsonl, keys/<name>.key or
// blobs/<name>/<2 digits>/<64 digits>. Nothing that leads out of the folder passes.
bool is_backup_member(std::string_view name);

class BackupWriter {
 public:
  // The archive appears at `target` only when close() has succeeded; else nothing is left.
  static Result<BackupWriter> create(const std::filesystem::path& target);
  BackupWriter(BackupWriter&&) = default;
  BackupWriter& operator=(BackupWriter&&) = delete;
  ~BackupWriter();

  // The file is read when the archive is closed and must not change until then. Blobs are packed already, mostly.
  Result<void> add_file(const std::string& name, const std::filesystem::path& file, bool compress);
  Result<void> close(BackupManifest manifest);

 private:
  struct Discard {
    void operator()(zip* archive) const;
  };
  BackupWriter(std::unique_ptr<zip, Discard> archive, std::filesystem::path part, std::filesystem::path target)
      : archive_(std::move(archive)), part_(std::move(part)), target_(std::move(target)) {}

  std::unique_ptr<zip, Discard> archive_;
  std::filesystem::path part_, target_;
  std::map<std::string, BackupMember, std::less<>> members_;
  std::unique_ptr<std::string> manifest_text_;
};

class BackupReader {
 public:
  // Reads the manifest and holds the archive against it: every member named, none besides. Error: not_found, invalid.
  static Result<BackupReader> open(const std::filesystem::path& path);
  const BackupManifest& manifest() const { return manifest_; }

  // Writes the member below `folder`, with its folders. Error: invalid when its bytes are not those of the manifest.
  Result<void> extract(const std::string& name, const std::filesystem::path& folder) const;

 private:
  struct Discard {
    void operator()(zip* archive) const;
  };
  Result<void> read(const std::string& name, std::uint64_t most,
                    const std::function<Result<void>(std::string_view)>& sink) const;

  std::unique_ptr<zip, Discard> archive_;
  BackupManifest manifest_;
};

}  // namespace assay
