// A workspace: the data of one organisation. A SQLite file or a PostgreSQL schema; no query can reach another one.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/ledger/note.h"
#include "kernel/store/custom_field_rows.h"
#include "kernel/store/transaction.h"

namespace assay {

// Where an installation keeps its data: a folder, or a PostgreSQL address plus a folder for files and keys.
struct Location {
  Engine engine = Engine::sqlite;
  std::string address;           // postgresql://… ; empty for SQLite
  std::filesystem::path folder;  // workspaces/<name>.db, blobs/<name>/, keys/<name>.key, temp/

  // `where` is a folder or an address that begins with postgresql:// or postgres://. `state_folder` holds blobs and
  // keys for PostgreSQL; empty: $ASSAY_STATE_FOLDER, else $XDG_STATE_HOME/assay or ~/.local/state/assay, named after
  // the database.
  static Result<Location> parse(std::string_view where, std::string_view state_folder = {});
  std::filesystem::path database_file(std::string_view workspace) const;
  std::filesystem::path blob_folder(std::string_view workspace) const;
  std::filesystem::path key_file(std::string_view workspace) const;
  std::filesystem::path temp_folder() const;
  std::filesystem::path server_lock() const;  // held by the server that works on a folder of SQLite workspaces
};

// Names of the workspaces that exist there, sorted. `main` is the first one that `assay init` makes.
Result<std::vector<std::string>> workspace_names(const Location& location);
bool is_workspace_name(std::string_view name);  // 1 to 40 of a-z, 0-9, '_'; begins with a letter

struct WorkspaceSettings {
  const Registry& registry;
  const Clock& clock;
  std::map<std::string, double, std::less<>> parameters;  // defaults of rulebook 0.3
};

class Workspace {
 public:
  // Creates the database, tables and signing key. Error: conflict when it exists.
  static Result<std::unique_ptr<Workspace>> create(const Location& location, std::string name,
                                                   WorkspaceSettings settings);
  // Opens and brings the schema up to date. Error: not_found when there is none.
  static Result<std::unique_ptr<Workspace>> open(const Location& location, std::string name,
                                                 WorkspaceSettings settings);
  // A private one in memory, for `assay check --bundle` and tests. Always SQLite; one connection.
  static Result<std::unique_ptr<Workspace>> in_memory(WorkspaceSettings settings);

  const std::string& name() const { return name_; }
  const Location& location() const { return location_; }
  const Registry& registry() const { return settings_.registry; }
  const Clock& clock() const { return settings_.clock; }
  Engine engine() const { return location_.engine; }
  const SigningKey& signing_key() const { return key_; }
  const std::map<std::string, double, std::less<>>& default_parameters() const { return settings_.parameters; }

  // A reader over a pooled connection, returned when the lease ends.
  class ReadLease {
   public:
    ReadLease(Workspace& workspace, std::unique_ptr<Connection> connection);
    ~ReadLease();
    ReadLease(ReadLease&&) = default;
    const Reader& operator*() const { return reader_; }
    const Reader* operator->() const { return &reader_; }

   private:
    Workspace* workspace_;
    std::unique_ptr<Connection> connection_;
    Reader reader_;
  };
  Result<ReadLease> read();

  // The custom fields in force; what is given out holds as long as the workspace.
  Result<const CustomFields*> custom_fields();

  // Runs `work` in one transaction as `actor`; commits when it succeeds and everything checks, else nothing is changed.
  // Returns when the change is on disk. Warnings of a lenient write go to `warnings`.
  Result<void> write(const Principal& actor, const std::function<Result<void>(Transaction&)>& work,
                     Strictness strictness = Strictness::strict, Problems* warnings = nullptr);

  // Runs `work` in a transaction that is always undone; for questions such as "what if".
  Result<void> rehearse(const Principal& actor, const std::function<Result<void>(Transaction&)>& work);

  // A connection for long work of its own (rules, verify, backup).
  Result<std::unique_ptr<Connection>> connect(bool read_only) const;

  // Changes whenever the data may have changed, by this process or another; for caches.
  Result<std::int64_t> revision();

 private:
  Workspace(Location location, std::string name, WorkspaceSettings settings);
  Result<void> prepare(bool fresh);
  Result<void> begin_turn();
  void count_anew(std::uint64_t entries);
  void give_back(std::unique_ptr<Connection> connection);
  Reader reader_on(Connection& connection);

  Location location_;
  std::string name_;
  WorkspaceSettings settings_;
  CustomFieldCache custom_fields_;
  SigningKey key_;
  bool memory_ = false;
  std::mutex pool_mutex_;
  std::vector<std::unique_ptr<Connection>> pool_;
  std::mutex write_mutex_;
  std::unique_ptr<Connection> writer_;
  std::uint64_t uncounted_ = 0;  // ledger entries since the planner's statistics were refreshed
  std::mutex revision_mutex_;
  std::unique_ptr<Connection> watcher_;
  std::atomic<std::int64_t> writes_{0};
};

}  // namespace assay
