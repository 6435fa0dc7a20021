#include "kernel/service/conformity.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace assay {
namespace {

constexpr Roles isms_roles{Role::top_management, Role::isms_owner,       Role::risk_owner,       Role::control_owner,
                           Role::action_owner,   Role::internal_auditor, Role::external_auditor, Role::consultant};
constexpr std::size_t longest_reason = 2000;

}  // namespace

bool sees_conformity(const Principal& principal) { return principal.system || principal.roles.any_of(isms_roles); }

Decision Conformity::may_dispute(const Principal& principal, const FindingKey& key) const {
  constexpr std::string_view who = "the ISMS owner, or who keeps the record";
  if (principal.read_only || !sees_conformity(principal)) return {false, "Findings are disputed by those who answer for the records.", std::string(who)};
  if (principal.system || principal.roles.has(Role::isms_owner)) return {true, {}, {}};
  const EntityDef* def = workspace_.registry().find(key.kind);
  auto reader = def ? workspace_.read() : Result<Workspace::ReadLease>(fail(ErrorKind::not_found, ""));
  if (reader) {
    auto record = (*reader)->read(*def, key.subject);
    if (record && may(principal, Action::change, *def, &*record, &**reader).allowed) return {true, {}, {}};
  }
  return {false, "Only who keeps the record that the finding is about can say that it is wrong.", std::string(who)};
}

Result<void> Conformity::demand(const Principal& principal, const FindingKey& key) const {
  Decision decision = may_dispute(principal, key);
  if (!decision.allowed) return Failure(Error{ErrorKind::forbidden, decision.reason, {}, {}, decision.who_may});
  return {};
}

Result<void> Conformity::dispute(const Principal& principal, const FindingKey& key, std::string_view reason) const {
  CHECK(demand(principal, key));
  if (is_blank(reason)) return fail(Problems{{"reason", "must say why the finding is wrong", ""}});
  if (utf8_length(reason) > longest_reason) return fail(Problems{{"reason", fmt::format("must have at most {} characters", longest_reason), shorten(reason, 60)}});
  TRY(auto verdict, auditor_.today());
  bool open = std::ranges::any_of(verdict->findings, [&](const RuleFinding& finding) { return key_of(finding) == key; });
  if (!open) return fail(ErrorKind::not_found, "This finding is not open: the data no longer shows it.");
  return workspace_.write(principal, [&](Transaction& transaction) {
    return FindingHistory::mark(transaction, {key, FindingMark::What::disputed, std::string(trim(reason)), {}, {}, {}});
  });
}

Result<void> Conformity::withdraw(const Principal& principal, const FindingKey& key) const {
  CHECK(demand(principal, key));
  return workspace_.write(principal, [&](Transaction& transaction) { return FindingHistory::remove_mark(transaction, key, {}); });
}

}  // namespace assay
