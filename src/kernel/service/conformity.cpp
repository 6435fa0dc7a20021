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

Result<void> demand_conformity(const Principal& principal) {
  if (sees_conformity(principal)) return {};
  return Failure(Error{ErrorKind::forbidden,
                       "Findings and rules are shown to those who have a task in the management system.",
                       {},
                       {},
                       "Top management, ISMS owner, owners of risks, controls and actions, auditors, consultants"});
}

bool FindingSight::shows(const RuleFinding& finding) {
  return shows_record(finding.kind, finding.subject) && (finding.synthetic || shows_what_was_read(finding.rule));
}

bool FindingSight::shows(const RuleSet& rules, const FindingKey& key) {
  const bool synthetic = key.rule.starts_with("SYN-");
  return shows_record(key.kind, key.subject) && (synthetic || shows_what_was_read(rules.find(key.rule)));
}

bool FindingSight::shows_what_was_read(const Rule* rule) {
  if (!closed_) {
    closed_.emplace();
    for (const EntityDef* def : registry_.all()) {
      const bool about_persons =
          def->text.access == AccessClass::personal || def->text.access == AccessClass::confidential;
      if (about_persons && !shows_record(def->name(), {})) closed_->push_back(def->name());
    }
  }
  if (!rule) return closed_->empty();
  // The lists of a register are tables of their own, "register__field".
  return std::ranges::none_of(*closed_, [&](std::string_view name) {
    const std::string lists = std::string(name) + "__";
    auto at = rule->names.lower_bound(lists);
    return rule->names.contains(name) || (at != rule->names.end() && at->starts_with(lists));
  });
}

bool FindingSight::shows_record(std::string_view kind, std::string_view subject) {
  const EntityDef* def = registry_.find(kind);
  if (!def || subject == "ORG") return true;
  auto known = by_kind_.find(kind);
  if (known != by_kind_.end()) return known->second;
  bool shown = may(principal_, Action::see, *def).allowed && !row_filter(principal_, *def);
  by_kind_.emplace(kind, shown);
  return shown;
}

Result<ProposedVerdict> Conformity::what_if(const Principal& principal, const std::vector<ProposedChange>& changes,
                                            Date as_of, const std::string& stage) const {
  return try_change(
      auditor_, principal, [&](Transaction& transaction) { return registers_.make_in(transaction, changes); }, as_of,
      stage);
}

Result<ProposedVerdict> try_change(RuleAuditor& auditor, const Principal& principal,
                                   const std::function<Result<void>(Transaction&)>& work, Date as_of,
                                   const std::string& stage) {
  CHECK(demand_conformity(principal));
  ProposedVerdict out;
  Principal trying = principal;
  trying.signed_now = true;  // what is only tried needs no signature
  TRY(out.verdicts, auditor.what_if(trying, work, as_of, stage));
  VerdictChange turned = difference(*out.verdicts.now, *out.verdicts.then);
  FindingSight sight(principal, auditor.workspace().registry());
  auto keep_shown = [&](std::vector<const RuleFinding*>& from, std::vector<const RuleFinding*>& to) {
    for (const RuleFinding* finding : from) {
      if (sight.shows(*finding)) to.push_back(finding);
      else ++out.hidden;
    }
  };
  keep_shown(turned.opened, out.opened);
  keep_shown(turned.closed, out.closed);
  return out;
}

Result<RuleFinding> Conformity::open_finding(const FindingKey& key) const {
  TRY(auto verdict, auditor_.today());
  auto found =
      std::ranges::find_if(verdict->findings, [&](const RuleFinding& finding) { return key_of(finding) == key; });
  if (found == verdict->findings.end())
    return fail(ErrorKind::not_found, "This finding is not open: the data no longer shows it.");
  return *found;
}

Decision Conformity::may_dispute(const Principal& principal, const FindingKey& key) const {
  constexpr std::string_view who = "the ISMS owner, or who keeps the record";
  if (principal.read_only || !sees_conformity(principal))
    return {false, "Findings are disputed by those who answer for the records.", std::string(who)};
  if (principal.system || principal.roles.has(Role::isms_owner)) return {true, {}, {}};
  const EntityDef* def = workspace_.registry().find(key.kind);
  auto reader = def ? workspace_.read() : Result<Workspace::ReadLease>(fail(ErrorKind::not_found, ""));
  if (reader) {
    auto record = (*reader)->read(*def, key.subject);
    if (record && may(principal, Action::change, *def, &*record, &**reader).allowed) return {true, {}, {}};
  }
  return {false, "Only who keeps the record that the finding is about can say that it is wrong.", std::string(who)};
}

Result<void> Conformity::demand_dispute(const Principal& principal, const FindingKey& key) const {
  CHECK(demand(may_dispute(principal, key)));
  return {};
}

Result<void> Conformity::dispute(const Principal& principal, const FindingKey& key, std::string_view reason) const {
  CHECK(demand_dispute(principal, key));
  if (is_blank(reason)) return fail(Problems{{"reason", "must say why the finding is wrong", ""}});
  if (utf8_length(reason) > longest_reason)
    return fail(
        Problems{{"reason", fmt::format("must have at most {} characters", longest_reason), shorten(reason, 60)}});
  CHECK(open_finding(key));
  return workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto mark, FindingHistory(workspace_).mark_of(key));
    if (mark && mark->what == FindingMark::What::accepted)
      return fail(ErrorKind::conflict, "This finding was accepted as finding " + mark->record + " of an audit.");
    return FindingHistory::mark(transaction, {key, FindingMark::What::disputed, std::string(trim(reason)), {}, {}, {}});
  });
}

Result<void> Conformity::withdraw(const Principal& principal, const FindingKey& key) const {
  CHECK(demand_dispute(principal, key));
  return workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto mark, FindingHistory(workspace_).mark_of(key));
    if (!mark || mark->what != FindingMark::What::disputed)
      return fail(ErrorKind::not_found, "This finding is not disputed.");
    return FindingHistory::remove_mark(transaction, key, {});
  });
}

}  // namespace assay
