// The connection on which rules are asked: it has their views, and looks at one state of the data at a time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "kernel/rules/dependencies.h"
#include "kernel/store/workspace.h"

namespace assay {

// Used by one thread at a time.
class RuleConnection {
 public:
  enum class Days {
    few,   // the same day again and again: planned for it
    many,  // one after another, none long enough to be planned for
  };
  explicit RuleConnection(Days days = Days::few) : days_(days) {}

  // Holds a state of the data until it goes away.
  class Snapshot {
   public:
    explicit Snapshot(Connection& connection) : connection_(&connection) {}
    Snapshot(Snapshot&& other) noexcept
        : entries(other.entries), connection_(std::exchange(other.connection_, nullptr)) {}
    ~Snapshot() {
      if (connection_) connection_->rollback();
    }
    Snapshot& operator=(Snapshot&&) = delete;

    Connection& connection() const { return *connection_; }
    std::int64_t entries = 0;  // of the ledger, in this state

    // What happened since the ledger had so many entries; everything when that is not known.
    Result<DataChanges> changes_since(std::optional<std::int64_t> known) const;

   private:
    Connection* connection_;
  };

  // Connects at the first call. Errors: of the database, or of a shared view, named by its file.
  Result<Snapshot> look(Workspace& workspace, const RuleSet& rules);

 private:
  Days days_;
  std::unique_ptr<Connection> connection_;
};

// Calls `use` with a connection over an empty workspace in memory that has the rules' views and was told day and
// parameters: to learn what rules and views are made of. Errors: those of `use`, or of a shared view.
Result<void> over_no_data(const RuleSet& rules, const Registry& registry,
                          const std::function<Result<void>(Connection&)>& use);

}  // namespace assay
