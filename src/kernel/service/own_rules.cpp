#include "kernel/service/own_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "kernel/service/conformity.h"

namespace assay {
namespace {

constexpr std::string_view subject = "own_rule";
constexpr std::size_t longest_reason = 2000;
constexpr int most_trials = 100;  // on one connection: PostgreSQL keeps every text that it ever prepared

Decision may_touch(const Principal& principal) {
  Decision writes = may_write_rules(principal);
  if (writes.allowed || may_approve_rules(principal).allowed) return {true, {}, {}};
  return writes;
}

Result<void> check_reason(std::string_view reason, bool needed) {
  if (needed && is_blank(reason)) return fail(Problems{{"reason", "say why; it is kept with the rule", ""}});
  if (utf8_length(reason) > longest_reason)
    return fail(
        Problems{{"reason", fmt::format("must have at most {} characters", longest_reason), shorten(reason, 60)}});
  return {};
}

Failure unknown(std::string_view id) {
  return fail(ErrorKind::not_found, fmt::format("There is no own rule \"{}\".", shorten(id, 60)));
}

Failure overtaken(const OwnRuleVersion& newest) {
  return fail(ErrorKind::conflict, fmt::format("{} wrote version {} of this rule meanwhile. Open it again.",
                                               newest.author_name, newest.version));
}

std::string version_json(std::int64_t version) { return fmt::format("{{\"version\":{}}}", version); }

// The rules of what may be stored at all; everything else may be mended in a later draft.
Result<std::string> id_to_store(std::string_view id, std::string_view text) {
  std::string named = header_value(text, "id");
  if (text.size() > longest_own_rule)
    return fail(Problems{{"text", fmt::format("must have at most {} bytes", longest_own_rule), ""}});
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos)
    return fail(Problems{{"text", "must be valid UTF-8 text", ""}});
  if (!is_own_rule_id(named)) {
    return fail(Problems{
        {"rule.sql:1",
         "the header must name the rule: \"-- id: ORG-…\" or \"-- id: X-…\", with letters, digits, \".\" and \"-\"",
         shorten(named, 60)}});
  }
  if (!id.empty() && named != id)
    return fail(Problems{{std::string(id) + ".sql:1", fmt::format("the id never changes; it must be {}", id), named}});
  return named;
}

}  // namespace

const OwnRuleVersion* OwnRule::in_state(OwnRuleState state) const {
  auto found = std::ranges::find(versions, state, &OwnRuleVersion::state);
  return found == versions.end() ? nullptr : &*found;
}

OwnRuleState OwnRule::state() const {
  for (OwnRuleState state : {OwnRuleState::active, OwnRuleState::draft, OwnRuleState::retired}) {
    if (in_state(state)) return state;
  }
  return OwnRuleState::discarded;
}

std::string tidy_rule_text(std::string_view text) {
  std::string out = replace_all(replace_all(text, "\r\n", "\n"), "\r", "\n");
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ' || out.back() == '\t')) out.pop_back();
  return out + "\n";
}

Result<std::vector<OwnRule>> OwnRules::read(Connection& connection, std::string_view id) const {
  TRY(auto versions, read_own_rules(connection, id));
  std::vector<OwnRule> out;
  for (OwnRuleVersion& version : versions) {
    if (out.empty() || out.back().id != version.rule) out.push_back({version.rule, {}});
    out.back().versions.push_back(std::move(version));
  }
  return out;
}

Result<std::vector<OwnRule>> OwnRules::list(const Principal& principal) const {
  CHECK(demand_conformity(principal));
  TRY(auto reader, workspace_.read());
  return read(reader->connection(), {});
}

Result<OwnRule> OwnRules::find(const Principal& principal, std::string_view id) const {
  CHECK(demand_conformity(principal));
  if (!is_own_rule_id(id)) return unknown(id);
  TRY(auto reader, workspace_.read());
  TRY(auto found, read(reader->connection(), id));
  if (found.empty()) return unknown(id);
  return std::move(found.front());
}

Result<std::vector<LedgerEntry>> OwnRules::history(const Principal& principal, std::string_view id) const {
  CHECK(demand_conformity(principal));
  TRY(auto reader, workspace_.read());
  return reader->history(subject, id, 0, 100);
}

Result<OwnRuleVersion> OwnRules::save(const Principal& principal, std::string_view id, std::int64_t based_on,
                                      std::string text, std::string_view reason) {
  CHECK(demand(may_write_rules(principal)));
  CHECK(check_reason(reason, false));
  text = tidy_rule_text(text);
  OwnRuleVersion fresh;
  TRY(fresh.rule, id_to_store(id, text));
  fresh.text = std::move(text);
  fresh.reason = trim(reason);
  fresh.author = principal.account;
  fresh.author_name = principal.name;
  fresh.author_person = principal.person;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    Connection& connection = transaction.connection();
    TRY(auto found, read(connection, fresh.rule));
    if (found.empty()) {
      if (!id.empty()) return unknown(id);
      TRY(auto count, connection.one_integer("select count(distinct rule) from assay_own_rule"));
      if (count.value_or(0) >= static_cast<std::int64_t>(most_rules))
        return fail(ErrorKind::limit, fmt::format("A workspace has at most {} own rules.", most_rules));
      fresh.version = 1;
    } else {
      const OwnRuleVersion& newest = found.front().newest();
      if (id.empty())
        return Failure(Error{ErrorKind::conflict,
                             fmt::format("There is already a rule {}.", fresh.rule),
                             {{fresh.rule + ".sql:1", "must be an id of its own", fresh.rule}},
                             {},
                             {}});
      if (newest.version != based_on) return overtaken(newest);
      fresh.version = newest.version + 1;
      const OwnRuleVersion* draft = found.front().draft();
      if (newest.text == fresh.text && draft == &newest) {
        fresh = newest;  // nothing to store
        return {};
      }
      if (draft)
        CHECK(set_own_rule_state(connection, *draft, OwnRuleState::replaced, principal.name, transaction.now().iso()));
    }
    fresh.written_at = transaction.now().iso();
    CHECK(insert_own_rule(connection, fresh));
    // The ledger bears the text itself: what was approved can be proved from it alone.
    std::string changes = fmt::format("{{\"version\":{},\"text\":{}}}", fresh.version, json_string(fresh.text));
    return transaction.note(subject, fresh.rule, fresh.version == 1 ? "create" : "draft", fresh.reason, changes);
  }));
  return fresh;
}

Decision OwnRules::may_approve(const Principal& principal, const OwnRuleVersion& draft) const {
  Decision decision = may_approve_rules(principal);
  if (!decision.allowed || principal.system) return decision;
  bool own =
      principal.account == draft.author || (!principal.person.empty() && principal.person == draft.author_person);
  if (own)
    return {false, "Nobody puts a rule into force that they wrote.",
            "top management or an internal auditor, other than the author"};
  return decision;
}

Result<void> OwnRules::approve(const Principal& principal, std::string_view id, std::int64_t version,
                               std::string_view reason) {
  CHECK(demand(may_approve_rules(principal)));
  CHECK(check_reason(reason, false));
  TRY(OwnRule rule, find(principal, id));
  const OwnRuleVersion* draft = rule.draft();
  if (!draft || draft->version != version) return overtaken(rule.newest());
  CHECK(demand(may_approve(principal, *draft)));
  TRY(RuleTrial trial, try_out(principal, draft->text));
  if (!trial.problems.empty())
    return fail(std::move(trial.problems), "The rule cannot be put into force: it cannot be asked.");
  return workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    Connection& connection = transaction.connection();
    TRY(auto found, read(connection, id));
    const OwnRuleVersion* still = found.empty() ? nullptr : found.front().draft();
    if (!still || still->version != version) return found.empty() ? unknown(id) : overtaken(found.front().newest());
    std::string now = transaction.now().iso();
    if (const OwnRuleVersion* before = found.front().active())
      CHECK(set_own_rule_state(connection, *before, OwnRuleState::replaced, principal.name, now));
    CHECK(set_own_rule_state(connection, *still, OwnRuleState::active, principal.name, now));
    CHECK(mark_own_rules_changed(connection));
    return transaction.note(subject, id, "approve", trim(reason), version_json(version));
  });
}

Result<void> OwnRules::discard(const Principal& principal, std::string_view id, std::int64_t version,
                               std::string_view reason) {
  CHECK(demand(may_touch(principal)));
  CHECK(check_reason(reason, false));
  return workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto found, read(transaction.connection(), id));
    if (found.empty()) return unknown(id);
    const OwnRuleVersion* draft = found.front().draft();
    if (!draft || draft->version != version) return overtaken(found.front().newest());
    CHECK(set_own_rule_state(transaction.connection(), *draft, OwnRuleState::discarded, principal.name,
                             transaction.now().iso()));
    return transaction.note(subject, id, "discard", trim(reason), version_json(version));
  });
}

Result<void> OwnRules::retire(const Principal& principal, std::string_view id, std::string_view reason) {
  CHECK(demand(may_touch(principal)));
  CHECK(check_reason(reason, true));
  return workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(auto found, read(transaction.connection(), id));
    if (found.empty()) return unknown(id);
    const OwnRuleVersion* active = found.front().active();
    if (!active) return fail(ErrorKind::conflict, fmt::format("{} is not in force.", id));
    CHECK(set_own_rule_state(transaction.connection(), *active, OwnRuleState::retired, principal.name,
                             transaction.now().iso()));
    CHECK(mark_own_rules_changed(transaction.connection()));
    return transaction.note(subject, id, "retire", trim(reason), version_json(active->version));
  });
}

Result<RuleTrial> OwnRules::try_out(const Principal& principal, std::string_view text) {
  Decision decision = may_touch(principal);
  // To see what a text finds is to read, so an access that only reads may do it for those roles.
  if (principal.read_only) {
    Principal person = principal;
    person.read_only = false;
    decision = may_touch(person);
  }
  CHECK(demand(decision));
  RuleTrial trial;
  auto rule = read_own_rule(tidy_rule_text(text), auditor_.product_rules());
  if (!rule) {
    trial.problems = rule.error().problems;
    if (trial.problems.empty()) trial.problems.push_back({"rule.sql:1", rule.error().message, ""});
    return trial;
  }
  trial.rule = *std::move(rule);
  CHECK(run(trial));
  FindingSight sight(principal, workspace_.registry());
  std::erase_if(trial.findings, [&](const RuleFinding& finding) { return !sight.shows(finding); });
  return trial;
}

Result<std::shared_ptr<const RuleSchema>> OwnRules::schema() {
  std::lock_guard lock(schema_mutex_);
  if (!schema_) {
    TRY(RuleSchema described, describe_rule_schema(auditor_.product_rules(), workspace_.registry()));
    schema_ = std::make_shared<const RuleSchema>(std::move(described));
  }
  return schema_;
}

Result<void> OwnRules::run(RuleTrial& trial) {
  std::lock_guard lock(trial_mutex_);
  if (++trials_ > most_trials) {
    trial_connection_ = RuleConnection();
    trials_ = 1;
  }
  RuleQuestion question;
  question.as_of = workspace_.clock().today();
  question.limits = trial_limits;
  TRY(auto reader, workspace_.read());
  TRY(auto parameters, reader->parameters(question.as_of));
  TRY(auto snapshot, trial_connection_.look(workspace_, auditor_.product_rules()));
  CHECK(snapshot.connection().ask({question.as_of, std::move(parameters)}));
  TRY(Gates gates, read_gates(snapshot.connection()));
  RuleAnswer given = answer(*trial.rule, snapshot.connection(), gates, question);
  trial.took = given.took;
  trial.findings = std::move(given.findings);
  for (RuleFinding& finding : trial.findings) finding.rule = nullptr;
  if (given.not_evaluated.empty()) return {};
  std::string place = fmt::format("{}:{}", trial.rule->file, line_in_place(given.not_evaluated));
  std::string_view message = given.not_evaluated;
  if (!message.starts_with(trial.rule->file + ":")) {
    trial.obstacle = std::move(given.not_evaluated);
  } else {
    if (message.starts_with(place + ": ")) message.remove_prefix(place.size() + 2);
    trial.problems.push_back({place, std::string(message), ""});
  }
  return {};
}

}  // namespace assay
