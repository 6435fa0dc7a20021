#include "kernel/rules/rule_connection.h"

#include "kernel/rules/engine.h"

namespace assay {

Result<DataChanges> RuleConnection::Snapshot::changes_since(std::optional<std::int64_t> known) const {
  if (!known) return DataChanges::of_everything();
  return DataChanges::between(*connection_, *known, entries);
}

Result<RuleConnection::Snapshot> RuleConnection::look(Workspace& workspace, const RuleSet& rules) {
  if (!connection_) {
    TRY(auto connection, workspace.connect(true));
    if (days_ == Days::few) connection->plan_for_question();
    CHECK(create_views(rules, *connection));
    connection_ = std::move(connection);
  }
  CHECK(connection_->begin_read());
  Snapshot snapshot(*connection_);
  TRY(snapshot.entries, ledger_entries(*connection_));
  return snapshot;
}

Result<void> over_no_data(const RuleSet& rules, const Registry& registry,
                          const std::function<Result<void>(Connection&)>& use) {
  static const SystemClock clock;
  TRY(auto workspace, Workspace::in_memory({registry, clock, rules.parameter_defaults()}));
  TRY(auto lease, workspace->read());
  CHECK(create_views(rules, lease->connection()));
  CHECK(lease->connection().ask({clock.today(), rules.parameter_defaults()}));
  return use(lease->connection());
}

}  // namespace assay
