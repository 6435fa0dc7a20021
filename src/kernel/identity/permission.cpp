#include "kernel/identity/permission.h"

#include <fmt/format.h>

#include "base/text.h"
#include "kernel/identity/permission_table.h"
#include "kernel/store/reader.h"

namespace assay {
namespace permission {

bool lists(std::string_view words, std::string_view word) {
  for (std::string_view each : split(words, ' ')) {
    if (!each.empty() && each == word) return true;
  }
  return false;
}

Rights rights_of(Role role, const EntityDef& def) {
  for (const RegisterRow& row : registers) {
    if (row.role == role && row.name == def.name()) return row.rights;
  }
  for (const RoleRow& row : roles) {
    if (row.role == role) return row.rights[static_cast<std::size_t>(def.text.access)];
  }
  return none;
}

Rights rights_of(const Principal& principal, const EntityDef& def) {
  // An outside auditor and a machine are nothing else, whatever further roles somebody gave them.
  for (Role alone : {Role::external_auditor, Role::collector}) {
    if (principal.roles.has(alone)) return rights_of(alone, def);
  }
  Rights sum;
  for (const RoleRow& row : roles) {
    if (!principal.roles.has(row.role)) continue;
    Rights rights = rights_of(row.role, def);
    sum.all |= rights.all;
    sum.own |= rights.own;
  }
  return sum;
}

bool is_own(const Principal& principal, const Record& record) {
  const EntityText& text = record.def->text;
  if (!text.holder.empty() && !principal.person.empty() && record.text(text.holder) == principal.person) return true;
  // Who writes about a person does not thereby own what is written.
  bool about_persons = text.access == AccessClass::personal || text.access == AccessClass::confidential;
  bool by_author = text.holder.empty() || text.access == AccessClass::incident;
  return by_author && !about_persons && !principal.account.empty() && record.created_by == principal.account;
}

const EntityDef* find_def(const Lookup* lookup, std::string_view name) {
  const auto* reader = dynamic_cast<const Reader*>(lookup);
  return reader ? reader->registry().find(name) : nullptr;
}

}  // namespace permission

namespace {

using permission::has;
using permission::Rights;

constexpr std::string_view verb(Action action) {
  constexpr std::array<std::string_view, 7> verbs{"see",         "add to", "change",    "take steps in",
                                                  "import into", "export", "administer"};
  return verbs[static_cast<std::size_t>(action)];
}

bool only_reads(Action action) { return action == Action::see || action == Action::export_; }

// Which roles could, in words: "ISMS owner, Risk owner (own)".
std::string who_could(Action action, const EntityDef& def) {
  std::string out;
  for (const permission::RoleRow& row : permission::roles) {
    Rights rights = permission::rights_of(row.role, def);
    bool own = !has(rights.all, action) && has(rights.own, action);
    if (!own && !has(rights.all, action)) continue;
    out += fmt::format("{}{}{}", out.empty() ? "" : ", ", choices_of<Role>[static_cast<std::size_t>(row.role)].label,
                       own ? " (own)" : "");
  }
  return out;
}

Decision allow() { return {true, {}, {}}; }
Decision refuse(std::string reason, std::string who = {}) { return {false, std::move(reason), std::move(who)}; }

// Whether the register can hold records of one's own at all, so that a list of them makes sense.
bool can_own(const Principal& principal, const EntityDef& def) {
  if (def.text.access == AccessClass::incident) return true;  // whoever reports an event owns the report
  return !def.text.holder.empty() && !principal.person.empty();
}

Decision by_table(const Principal& principal, Action action, const EntityDef& def, const Record* record) {
  Rights rights = permission::rights_of(principal, def);
  if (has(rights.all, action)) return allow();
  if (has(rights.own, action)) {
    if (record ? permission::is_own(principal, *record) : (can_own(principal, def) || !only_reads(action)))
      return allow();
    return refuse(record ? fmt::format("This record of {} is not yours.", def.text.plural)
                         : fmt::format("You have no {} of your own here.", def.text.plural),
                  who_could(action, def));
  }
  return refuse(fmt::format("Your roles do not let you {} {}.", verb(action), def.text.plural), who_could(action, def));
}

bool named(std::span<const permission::FieldRow> rows, const EntityDef& def, const FieldDef& field) {
  for (const permission::FieldRow& row : rows) {
    if (row.name == def.name() && permission::lists(row.fields, field.name)) return true;
  }
  return false;
}

}  // namespace

Result<void> demand(const Decision& decision) {
  if (decision.allowed) return {};
  return Failure(decision.refusal());
}

Decision may(const Principal& principal, Action action, const EntityDef& def, const Record* record,
             const Lookup* lookup) {
  if (principal.system) return allow();
  if (action == Action::administer) return may_administer(principal);
  if (principal.read_only && !only_reads(action)) return refuse("This access may only read.");
  Decision decision = by_table(principal, action, def, record);
  bool writes = action == Action::create || action == Action::change || action == Action::import_;
  if (!decision.allowed || !record || !writes) return decision;
  if (auto reason = permission::never_write(principal, action, def, *record, lookup))
    return refuse(*reason, "somebody else");
  return decision;
}

std::optional<Filter> row_filter(const Principal& principal, const EntityDef& def) {
  if (principal.system || has(permission::rights_of(principal, def).all, Action::see)) return std::nullopt;
  // No record has an empty id: without a person, or without the right, the list is empty.
  bool own = has(permission::rights_of(principal, def).own, Action::see);
  if (!own || principal.person.empty() || def.text.holder.empty()) return Filter{nullptr, Comparison::is, {""}};
  return Filter{def.find(def.text.holder), Comparison::is, {principal.person}};
}

Decision may_change_field(const Principal& principal, const EntityDef& def, const FieldDef& field,
                          const Record* record) {
  Decision decision = may(principal, Action::change, def, record);
  if (principal.system || !decision.allowed) return decision;
  if (principal.roles.has(Role::collector) &&
      (permission::lists(permission::decision_fields, field.name) || field.name == "review_status")) {
    return refuse("A machine brings facts; people decide.", "somebody with the right to decide");
  }
  if (has(permission::rights_of(principal, def).all, Action::change)) return decision;
  bool theirs_only = def.text.access == AccessClass::personal && !named(permission::own_fields, def, field);
  if (theirs_only || named(permission::not_own_fields, def, field)) {
    return refuse(fmt::format("\"{}\" is set by somebody else.", field.text.label), "those who keep the register");
  }
  return decision;
}

Decision may_see_field(const Principal& principal, const EntityDef& def, const FieldDef& field, const Record* record) {
  Decision decision = may(principal, Action::see, def, record);
  if (principal.system || !decision.allowed || !named(permission::private_fields, def, field)) return decision;
  bool keeps = has(permission::rights_of(principal, def).all, Action::change);
  bool about_self = record && def.name() == "person" && !principal.person.empty() && record->id == principal.person;
  if (keeps || about_self) return decision;
  return refuse(fmt::format("\"{}\" is between the person and those who keep the register.", field.text.label),
                who_could(Action::change, def));
}

namespace {

Decision may_keep(const Principal& principal, Roles keepers, std::string_view refusal) {
  if (principal.system) return allow();
  bool alone = principal.roles.any_of({Role::external_auditor, Role::collector});
  if (principal.roles.any_of(keepers) && !alone) {
    return principal.read_only ? refuse("This access may only read.") : allow();
  }
  return refuse(std::string(refusal), keepers.labels());
}

}  // namespace

Decision may_administer(const Principal& principal) {
  return may_keep(principal, {Role::administrator}, "Accounts, tokens and settings are kept by administrators.");
}

Decision may_define_fields(const Principal& principal) {
  return may_keep(principal, {Role::administrator, Role::isms_owner},
                  "Custom fields are defined by administrators and the ISMS owner.");
}

Decision may_rehearse(const Principal& principal) {
  return may_keep(principal, {Role::isms_owner, Role::internal_auditor, Role::top_management, Role::consultant},
                  "Rehearsals are held by those who answer for the management system or audit it.");
}

Decision may_write_rules(const Principal& principal) {
  return may_keep(principal, {Role::isms_owner}, "Own rules are written by the ISMS owner.");
}

Decision may_approve_rules(const Principal& principal) {
  return may_keep(principal, {Role::top_management, Role::internal_auditor},
                  "Own rules are put into force by top management or an internal auditor.");
}

}  // namespace assay
