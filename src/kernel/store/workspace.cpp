#include "kernel/store/workspace.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "kernel/store/schema.h"
#include "kernel/store/sealed_secrets.h"

namespace assay {
namespace {

constexpr std::string_view schema_prefix = "assay_";
constexpr std::uint64_t many_entries = 1000;

std::filesystem::path default_state_folder(std::string_view address) {
  const char* chosen = std::getenv("ASSAY_STATE_FOLDER");
  if (chosen && *chosen) return chosen;
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path base = state && *state ? std::filesystem::path(state)
                               : home && *home ? std::filesystem::path(home) / ".local" / "state"
                                               : std::filesystem::path("/var/lib");
  // Two databases never share a folder of blobs and keys.
  return base / "assay" / hex(sha256(address)).substr(0, 16);
}

std::filesystem::path absolute(std::string_view path) {
  return std::filesystem::absolute(std::filesystem::path(path)).lexically_normal();
}

}  // namespace

Result<Location> Location::parse(std::string_view where, std::string_view state_folder) {
  Location location;
  if (where.empty()) return fail(Problems{{"--data", "must be a folder or a postgresql:// address", ""}});
  if (where.starts_with("postgresql://") || where.starts_with("postgres://")) {
    location.engine = Engine::postgres;
    location.address = where;
    location.folder = state_folder.empty() ? default_state_folder(where) : absolute(state_folder);
    return location;
  }
  if (where.find("://") != std::string_view::npos) {
    return fail(
        Problems{{"--data", "must be a folder or an address that begins with postgresql://", std::string(where)}});
  }
  location.folder = absolute(where);
  return location;
}

std::filesystem::path Location::database_file(std::string_view workspace) const {
  return folder / "workspaces" / (std::string(workspace) + ".db");
}
std::filesystem::path Location::blob_folder(std::string_view workspace) const { return folder / "blobs" / workspace; }
std::filesystem::path Location::key_file(std::string_view workspace) const {
  return folder / "keys" / (std::string(workspace) + ".key");
}
std::filesystem::path Location::temp_folder() const { return folder / "temp"; }
std::filesystem::path Location::server_lock() const { return folder / "server.lock"; }

bool is_workspace_name(std::string_view name) {
  if (name.empty() || name.size() > 40 || name[0] < 'a' || name[0] > 'z') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

Result<std::vector<std::string>> workspace_names(const Location& location) {
  std::vector<std::string> names;
  if (location.engine == Engine::postgres) {
    TRY(auto connection, open_postgres(location.address, "public"));
    CHECK(connection->query("select nspname from pg_namespace where nspname like 'assay\\_%' order by nspname", {},
                            [&](const Row& row) { names.emplace_back(row.text(0).substr(schema_prefix.size())); }, {}));
    return names;
  }
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(location.folder / "workspaces", error)) {
    std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".db" && is_workspace_name(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Workspace::Workspace(Location location, std::string name, WorkspaceSettings settings)
    : location_(std::move(location)),
      name_(std::move(name)),
      settings_(std::move(settings)),
      custom_fields_(settings_.registry) {}

Result<std::unique_ptr<Connection>> Workspace::connect(bool read_only) const {
  if (location_.engine == Engine::postgres) return open_postgres(location_.address, std::string(schema_prefix) + name_);
  return open_sqlite(location_.database_file(name_).string(), {.read_only = read_only, .create = false});
}

Result<std::unique_ptr<Workspace>> Workspace::create(const Location& location, std::string name,
                                                     WorkspaceSettings settings) {
  if (!is_workspace_name(name)) {
    return fail(
        Problems{{"workspace", "must be 1 to 40 of a-z, 0-9 and _, beginning with a letter", shorten(name, 60)}});
  }
  TRY(auto names, workspace_names(location));
  if (std::find(names.begin(), names.end(), name) != names.end()) {
    return fail(ErrorKind::conflict,
                fmt::format("There is already a workspace {} in {}.", name,
                            location.engine == Engine::sqlite ? location.folder.string() : "this database"));
  }
  for (const auto& folder : {location.folder, location.folder / "workspaces", location.folder / "keys",
                             location.folder / "blobs", location.blob_folder(name), location.temp_folder()}) {
    CHECK(make_folder_durably(folder));
  }
  std::filesystem::permissions(location.folder / "keys", std::filesystem::perms::owner_all);
  std::unique_ptr<Workspace> workspace(new Workspace(location, std::move(name), std::move(settings)));
  CHECK(workspace->prepare(true));
  return workspace;
}

Result<std::unique_ptr<Workspace>> Workspace::open(const Location& location, std::string name,
                                                   WorkspaceSettings settings) {
  TRY(auto names, workspace_names(location));
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    return fail(ErrorKind::not_found, fmt::format("There is no workspace {} in {}. Run `assay init` first.", name,
                                                  location.engine == Engine::sqlite ? location.folder.string()
                                                                                    : std::string("this database")));
  }
  CHECK(make_folder_durably(location.temp_folder()));
  std::unique_ptr<Workspace> workspace(new Workspace(location, std::move(name), std::move(settings)));
  CHECK(workspace->prepare(false));
  return workspace;
}

Result<std::unique_ptr<Workspace>> Workspace::in_memory(WorkspaceSettings settings) {
  std::unique_ptr<Workspace> workspace(new Workspace({}, "memory", std::move(settings)));
  workspace->memory_ = true;
  TRY(workspace->writer_, open_sqlite(":memory:", {.read_only = false, .create = true}));
  TRY(workspace->key_, SigningKey::generate("assay.example/memory"));
  CHECK(migrate(*workspace->writer_, workspace->registry()));
  return workspace;
}

Result<void> Workspace::prepare(bool fresh) {
  if (fresh && location_.engine == Engine::postgres) {
    TRY(auto connection, open_postgres(location_.address, "public"));
    CHECK(connection->script("create schema \"" + std::string(schema_prefix) + name_ + "\""));
  }
  if (fresh && location_.engine == Engine::sqlite) {
    TRY(auto created, open_sqlite(location_.database_file(name_).string(), {.read_only = false, .create = true}));
    std::filesystem::permissions(location_.database_file(name_),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  TRY(writer_, connect(false));
  if (fresh) {
    TRY(key_, SigningKey::generate("assay/" + name_));
    CHECK(write_file_durably(location_.key_file(name_), key_.text() + "\n"));
    std::filesystem::permissions(location_.key_file(name_),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  } else {
    TRY(std::string text, read_file(location_.key_file(name_), 4096));
    TRY(key_, SigningKey::parse(trim(text)));
  }
  // What a migration takes out of the file shall not be found in its free pages.
  if (engine() == Engine::sqlite) CHECK(writer_->script("pragma secure_delete = on"));
  CHECK(writer_->begin_write());
  auto done = migrate(*writer_, registry());
  if (done) done = seal_plain_secrets(*writer_, key_);
  if (!done) {
    writer_->rollback();
    return done;
  }
  CHECK(writer_->commit());
  if (fresh || engine() == Engine::postgres) return {};  // which counts by itself from time to time
  TRY(auto counted, writer_->one_integer("select count(*) from sqlite_schema where name = 'sqlite_stat1'"));
  return counted.value_or(0) > 0 ? Result<void>() : refresh_statistics(*writer_);
}

Reader Workspace::reader_on(Connection& connection) {
  return Reader(settings_.registry, connection, settings_.parameters, settings_.clock.today(), &custom_fields_);
}

Result<const CustomFields*> Workspace::custom_fields() {
  TRY(auto reader, read());
  return reader->custom_fields();
}

Workspace::ReadLease::ReadLease(Workspace& workspace, std::unique_ptr<Connection> connection)
    : workspace_(&workspace),
      connection_(std::move(connection)),
      reader_(workspace.reader_on(connection_ ? *connection_ : *workspace.writer_)) {}

Workspace::ReadLease::~ReadLease() {
  if (connection_) workspace_->give_back(std::move(connection_));
}

Result<Workspace::ReadLease> Workspace::read() {
  if (memory_) return ReadLease(*this, nullptr);
  {
    std::lock_guard lock(pool_mutex_);
    if (!pool_.empty()) {
      auto connection = std::move(pool_.back());
      pool_.pop_back();
      return ReadLease(*this, std::move(connection));
    }
  }
  TRY(auto connection, connect(true));
  return ReadLease(*this, std::move(connection));
}

void Workspace::give_back(std::unique_ptr<Connection> connection) {
  std::lock_guard lock(pool_mutex_);
  if (pool_.size() < 16) pool_.push_back(std::move(connection));
}

Result<void> Workspace::write(const Principal& actor, const std::function<Result<void>(Transaction&)>& work,
                              Strictness strictness, Problems* warnings) {
  std::lock_guard lock(write_mutex_);
  if (!writer_) {
    TRY(writer_, connect(false));
  }
  CHECK(writer_->begin_write());
  Transaction transaction(reader_on(*writer_), {actor, settings_.clock.now(), key_, strictness});
  auto done = [&]() -> Result<void> {
    CHECK(begin_turn());
    CHECK(work(transaction));
    return transaction.finish();
  }();
  if (done) done = writer_->commit();
  if (!done) {
    writer_->rollback();
    // A connection that failed for reasons of its own (server restart) is opened anew by the next write.
    if (engine() == Engine::postgres && done.error().kind == ErrorKind::internal) writer_.reset();
    return done;
  }
  if (warnings) *warnings = transaction.warnings();
  ++writes_;
  count_anew(transaction.entries());
  return {};
}

// After an import the planner would still take the registers for small, and lists and rules would take seconds.
// Statistics that cannot be had are no reason to call a write that is on disk a failure.
void Workspace::count_anew(std::uint64_t entries) {
  uncounted_ += entries;
  if (uncounted_ < many_entries) return;
  uncounted_ = 0;
  std::ignore = refresh_statistics(*writer_);
}

Result<void> Workspace::rehearse(const Principal& actor, const std::function<Result<void>(Transaction&)>& work) {
  std::lock_guard lock(write_mutex_);
  if (!writer_) {
    TRY(writer_, connect(false));
  }
  CHECK(writer_->begin_write());
  Transaction transaction(reader_on(*writer_), {actor, settings_.clock.now(), key_, Strictness::strict});
  auto done = begin_turn();
  if (done) done = work(transaction);
  if (done) done = writer_->settle();
  writer_->rollback();
  return done;
}

// Several nodes may share a PostgreSQL database; the ledger's order needs one writer at a time. The counter is what
// revision() reads there.
Result<void> Workspace::begin_turn() {
  if (engine() == Engine::sqlite) return {};
  return writer_->script(
      "lock table assay_ledger_head in exclusive mode; update assay_ledger_head set revision = revision + 1");
}

Result<std::int64_t> Workspace::revision() {
  if (memory_) return writes_.load();
  std::lock_guard lock(revision_mutex_);
  if (!watcher_) {
    TRY(watcher_, connect(true));
  }
  if (engine() == Engine::sqlite) {
    // data_version changes when another connection, of this or another process, has written.
    TRY(auto version, watcher_->one_integer("pragma data_version"));
    return version.value_or(0);
  }
  TRY(auto counted, watcher_->one_integer("select revision from assay_ledger_head where one = 1"));
  return counted.value_or(0);
}

}  // namespace assay
