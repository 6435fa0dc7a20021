#include "kernel/service/backup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <optional>

#include "base/file.h"
#include "base/file_lock.h"
#include "base/random.h"
#include "base/text.h"
#include "kernel/service/backup_tables.h"
#include "kernel/service/bundle_service.h"
#include "kernel/store/schema.h"

namespace assay {
namespace {

// A folder for the work at hand, gone afterwards.
class Scratch {
 public:
  static Result<Scratch> create(const std::filesystem::path& parent, std::string_view prefix) {
    std::filesystem::path path = parent / (std::string(prefix) + random_token(9));
    std::error_code error;
    std::filesystem::create_directories(parent, error);
    CHECK(make_folder_durably(path));
    return Scratch(path);
  }
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Scratch& operator=(Scratch&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

Result<void> add_blobs(BackupWriter& writer, const Location& location, const std::string& name) {
  BlobStore blobs(location.blob_folder(name));
  return blobs.for_each([&](const Hash& hash) {
    std::string text = hex(hash);
    return writer.add_file(fmt::format("blobs/{}/{}/{}", name, text.substr(0, 2), text), blobs.path_of(hash), false);
  });
}

Result<void> add_tables(BackupWriter& writer, Workspace& workspace, const std::filesystem::path& scratch) {
  TRY(auto connection, workspace.connect(true));
  CHECK(connection->begin_read());
  std::filesystem::path folder = scratch / workspace.name();
  CHECK(make_folder_durably(folder));
  TRY(auto tables, dump_tables(*connection, folder));
  for (const std::string& table : tables)
    CHECK(writer.add_file(fmt::format("workspaces/{}/{}.jsonl", workspace.name(), table), folder / (table + ".jsonl"),
                          true));
  // The same moment once more in the form that people can read.
  Reader reader(workspace.registry(), *connection, workspace.default_parameters(), workspace.clock().today());
  TRY(TempFile bundle, TempFile::create(folder));
  CHECK(export_bundle(reader, [&](std::string_view chunk) { return bundle.write(chunk); }));
  CHECK(bundle.rename_to(folder / "workspace.json"));
  connection->rollback();
  return writer.add_file(fmt::format("workspaces/{}/workspace.json", workspace.name()), folder / "workspace.json",
                         true);
}

Result<void> add_workspace(BackupWriter& writer, const Location& location, const Product& product,
                           const std::string& name, const std::filesystem::path& scratch) {
  if (location.engine == Engine::sqlite) {
    TRY(auto connection, open_sqlite(location.database_file(name).string(), {.read_only = true, .create = false}));
    std::filesystem::path copy = scratch / (name + ".db");
    CHECK(connection->copy_to(copy.string()));
    CHECK(writer.add_file("workspaces/" + name + ".db", copy, true));
  } else {
    TRY(auto workspace, Workspace::open(location, name, product.workspace_settings()));
    CHECK(add_tables(writer, *workspace, scratch));
  }
  CHECK(writer.add_file("keys/" + name + ".key", location.key_file(name), false));
  return add_blobs(writer, location, name);
}

BackupReport report_of(const BackupManifest& manifest) {
  BackupReport report;
  report.workspaces = manifest.workspaces;
  report.time = manifest.time;
  report.members = manifest.members.size();
  for (const auto& [name, member] : manifest.members) report.bytes += member.size;
  return report;
}

// ---- Restoring -----------------------------------------------------------------------------------------------------

constexpr std::string_view parts[] = {"workspaces", "keys", "blobs"};

bool holds_data(const std::filesystem::path& folder) {
  for (std::string_view part : parts) {
    std::error_code error;
    std::filesystem::directory_iterator entries(folder / part, error);
    if (!error && entries != std::filesystem::directory_iterator()) return true;
  }
  return false;
}

Result<void> move_part(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  if (!std::filesystem::exists(from, error)) return {};
  std::filesystem::rename(from, to, error);
  if (error) return file_failure("move", from, error.value());
  return {};
}

// Puts the unpacked folders where the data lies, and what lay there into `aside`. A failure half way is taken back.
Result<void> exchange_folders(const std::filesystem::path& unpacked, const std::filesystem::path& folder,
                              const std::filesystem::path& aside) {
  auto put = [&]() -> Result<void> {
    for (std::string_view part : parts) CHECK(move_part(folder / part, aside / part));
    for (std::string_view part : parts) CHECK(move_part(unpacked / part, folder / part));
    return sync_folder(folder);
  };
  auto done = put();
  if (done) return done;
  for (std::string_view part : parts) {
    std::error_code ignored;
    if (!std::filesystem::exists(aside / part, ignored)) continue;
    (void)move_part(folder / part, unpacked / part);
    (void)move_part(aside / part, folder / part);
  }
  return done;
}

Result<void> check_database(const std::filesystem::path& file, const Product& product) {
  TRY(auto connection, open_sqlite(file.string(), {.read_only = true, .create = false}));
  TRY(auto sound, connection->one_text("pragma quick_check(1)"));
  TRY(auto schema,
      connection->one_integer("select cast(value as integer) from assay_meta where name = 'schema_version'"));
  (void)product;
  if (sound != "ok")
    return fail(Problems{{file.filename().string(), "must be a sound database", sound.value_or("")}},
                "The backup was refused; nothing was restored.");
  if (schema.value_or(0) <= current_schema_version()) return {};
  return fail(
      Problems{{file.filename().string(), "was written by a newer version of this program", std::to_string(*schema)}},
      "The backup was refused; nothing was restored.");
}

Result<void> unpack(const BackupReader& reader, const std::filesystem::path& folder) {
  for (std::string_view part : parts) CHECK(make_folder_durably(folder / part));
  for (const std::string& name : reader.manifest().workspaces) CHECK(make_folder_durably(folder / "blobs" / name));
  for (const auto& [name, member] : reader.manifest().members) CHECK(reader.extract(name, folder));
  std::filesystem::permissions(folder / "keys", std::filesystem::perms::owner_all);
  return {};
}

Result<void> restore_schema(const Location& location, const Product& product, const std::string& name,
                            const std::filesystem::path& folder) {
  TRY(auto workspace, Workspace::create(location, name, product.workspace_settings()));
  TRY(auto connection, workspace->connect(false));
  CHECK(connection->begin_write());
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".jsonl" || entry.path().stem() == "assay_meta") continue;
    auto loaded = load_table(*connection, entry.path().stem().string(), entry.path());
    if (loaded) continue;
    connection->rollback();
    return loaded;
  }
  return connection->commit();
}

// Schemas that are there are renamed, never dropped.
Result<void> set_schemas_aside(const Location& location, const std::vector<std::string>& names,
                               std::string_view stamp) {
  TRY(auto connection, open_postgres(location.address, "public"));
  for (const std::string& name : names)
    CHECK(connection->script(fmt::format("alter schema \"assay_{0}\" rename to \"before_{1}_{0}\"", name, stamp)));
  return {};
}

Result<void> restore_schemas(const BackupReader& reader, const Location& location, const Product& product,
                             const std::filesystem::path& unpacked) {
  for (const std::string& name : reader.manifest().workspaces) {
    CHECK(restore_schema(location, product, name, unpacked / "workspaces" / name));
  }
  std::error_code ignored;
  std::filesystem::remove_all(unpacked / "workspaces", ignored);
  return {};
}

Result<void> demand_fit(const BackupManifest& manifest, const Location& location) {
  std::string_view engine = location.engine == Engine::sqlite ? "sqlite" : "postgres";
  if (manifest.engine != engine) {
    return fail(
        Problems{{"engine", fmt::format("must be {}: the place to restore to is one", engine), manifest.engine}},
        "The backup was refused; nothing was restored.");
  }
  if (location.engine == Engine::postgres && manifest.schema != current_schema_version()) {
    return fail(
        Problems{
            {"schema",
             "must be that of this program; restore with the version that made the backup, then run `assay migrate`",
             std::to_string(manifest.schema)}},
        "The backup was refused; nothing was restored.");
  }
  return {};
}

std::string stamp_of(const Product& product) {
  std::string out;
  for (char c : product.clock.now().iso()) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

}  // namespace

Result<BackupReport> make_backup(const Location& location, const Product& product,
                                 const std::filesystem::path& target) {
  TRY(auto names, workspace_names(location));
  if (names.empty()) return fail(ErrorKind::not_found, "There is no workspace here; nothing can be backed up.");
  TRY(Scratch scratch, Scratch::create(location.temp_folder(), "backup-"));
  TRY(BackupWriter writer, BackupWriter::create(target));
  BackupManifest manifest;
  manifest.version = ASSAY_VERSION;
  manifest.time = product.clock.now().iso();
  manifest.engine = location.engine == Engine::sqlite ? "sqlite" : "postgres";
  manifest.schema = current_schema_version();
  manifest.workspaces = names;
  for (const std::string& name : names) CHECK(add_workspace(writer, location, product, name, scratch.path()));
  CHECK(writer.close(std::move(manifest)));
  TRY(BackupReader written, BackupReader::open(target));
  return report_of(written.manifest());
}

Result<BackupReport> restore_backup(const std::filesystem::path& archive, const Location& location,
                                    const Product& product, bool force) {
  TRY(BackupReader reader, BackupReader::open(archive));
  CHECK(demand_fit(reader.manifest(), location));
  std::vector<std::string> present;
  if (location.engine == Engine::postgres) {
    TRY(present, workspace_names(location));
  }
  bool occupied = holds_data(location.folder) || !present.empty();
  if (occupied && !force) {
    return fail(ErrorKind::conflict,
                fmt::format("There is data in {} already. With --force it is set aside and replaced.",
                            location.folder.string()));
  }
  std::error_code error;
  std::filesystem::create_directories(location.folder, error);
  std::optional<FileLock> lock;
  if (location.engine == Engine::sqlite && occupied) {
    auto taken = FileLock::take(location.server_lock(), fmt::format("process {}, which restores a backup", getpid()));
    if (!taken && taken.error().kind == ErrorKind::conflict) {
      return fail(ErrorKind::conflict, fmt::format("{} is in use by {}. Stop it before restoring.",
                                                   location.folder.string(), taken.error().message));
    }
    if (!taken) return std::unexpected(std::move(taken).error());
    lock = *std::move(taken);
  }
  TRY(Scratch unpacked, Scratch::create(location.folder, "restore-"));
  CHECK(unpack(reader, unpacked.path()));
  for (const std::string& name : reader.manifest().workspaces) {
    if (location.engine == Engine::sqlite)
      CHECK(check_database(unpacked.path() / "workspaces" / (name + ".db"), product));
  }
  BackupReport report = report_of(reader.manifest());
  std::string stamp = stamp_of(product);
  // Empty folders of a fresh place go with the scratch folder.
  std::filesystem::path aside = occupied ? location.folder / ("before-restore-" + stamp) : unpacked.path() / "before";
  CHECK(make_folder_durably(aside));
  if (occupied) report.before = aside;
  if (location.engine == Engine::postgres) {
    CHECK(set_schemas_aside(location, present, stamp));
    CHECK(restore_schemas(reader, location, product, unpacked.path()));
  }
  CHECK(exchange_folders(unpacked.path(), location.folder, aside));
  CHECK(make_folder_durably(location.temp_folder()));
  return report;
}

}  // namespace assay
