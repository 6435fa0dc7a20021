// The "may never" column of chapter 5: duties that one person cannot hold together, whatever the roles say.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "kernel/identity/permission_table.h"
#include "kernel/store/reader.h"

namespace assay {
namespace permission {

bool is_or_stands_above(const Lookup& lookup, const EntityDef& persons, std::string_view superior,
                        std::string_view person) {
  std::set<Id> seen;
  for (Id current(person); !current.empty() && seen.insert(current).second;) {
    if (current == superior) return true;
    auto record = lookup.find(persons, current);
    if (!record) return false;
    current = record->text("manager");
  }
  return false;
}

}  // namespace permission

namespace {

using Reason = std::optional<std::string>;

constexpr std::string_view own_document_kinds = "policy topic_policy methodology soa";
constexpr std::string_view machine_decides =
    "A machine brings evidence and state; it does not accept, approve or close.";
constexpr std::int64_t consulting_days = 730;

bool is_person(const Principal& principal, std::string_view id) { return !id.empty() && principal.person == id; }
bool has_field(const EntityDef& def, std::string_view field) { return def.find(field) != nullptr; }
std::string_view text_if(const Record& record, std::string_view field) {
  return has_field(*record.def, field) ? record.text(field) : std::string_view();
}
bool wrote(const Principal& principal, const Record& record) {
  return !principal.account.empty() && record.created_by == principal.account;
}

// The record a reference field points to.
std::optional<Record> referred(const Lookup* lookup, const Record& record, std::string_view field) {
  const FieldDef* def = record.def->find(field);
  if (!lookup || !def || !def->target || record.text(field).empty()) return std::nullopt;
  return lookup->find(def->target(), record.text(field));
}

// A machine, an outside auditor and an internal auditor change nothing of the ISMS.
Reason by_role(const Principal& principal, const EntityDef& def) {
  if (principal.roles.has(Role::collector)) return std::string(machine_decides);
  if (principal.roles.has(Role::external_auditor))
    return "An external auditor reads; the records of the ISMS are changed by others.";
  bool may_step = permission::has(permission::rights_of(principal, def).all, Action::step) ||
                  permission::has(permission::rights_of(principal, def).own, Action::step);
  if (principal.roles.has(Role::internal_auditor) && !may_step)
    return "An internal auditor does not change the records that are audited.";
  return std::nullopt;
}

// ISMS owner (or the consultant in that place): own policy, method, Statement of Applicability.
Reason approving_own_document(const Principal& principal, const Step& step, const Record& record,
                              const Lookup* lookup) {
  if (step.to != "approved" || !principal.roles.any_of({Role::isms_owner, Role::consultant})) return std::nullopt;
  const std::string reason =
      "Who keeps the ISMS does not approve a policy, method or Statement of Applicability of their own.";
  std::string_view name = record.def->name();
  if (name == "risk_methodology" || name == "statement_of_applicability") {
    auto version = referred(lookup, record, "document_version");
    bool own = wrote(principal, record) || (version && is_person(principal, version->text("author")));
    return own ? Reason(reason) : std::nullopt;
  }
  if (name != "document_version") return std::nullopt;
  bool author = is_person(principal, record.text("author")) || wrote(principal, record);
  auto document = referred(lookup, record, "document");
  if (!document) return author ? Reason(reason) : std::nullopt;
  bool own = author || is_person(principal, document->text("owner"));
  return own && permission::lists(own_document_kinds, document->text("kind")) ? Reason(reason) : std::nullopt;
}

Reason accepting_for_another(const Principal& principal, const Step& step, const Record& record, const Lookup* lookup) {
  if (record.def->name() != "risk" || step.to != "accepted") return std::nullopt;
  std::string_view owner = record.text("owner");
  if (is_person(principal, owner)) return std::nullopt;
  // Without records at hand the step itself asks whether the person stands above the owner.
  if (!lookup && step.who.holder == "owner" && step.who.holder_only && step.who.or_superior) return std::nullopt;
  const FieldDef* field = record.def->find("owner");
  bool superior = lookup && field && field->target && !principal.person.empty() && !owner.empty() &&
                  permission::is_or_stands_above(*lookup, field->target(), principal.person, owner);
  if (superior) return std::nullopt;
  return "A risk is accepted by its owner or somebody above the owner.";
}

Reason accepting_own_evidence(const Principal& principal, const Step& step, const Record& record) {
  if (record.def->name() != "evidence" || step.to != "accepted") return std::nullopt;
  if (!is_person(principal, record.text("collected_by")) && !wrote(principal, record)) return std::nullopt;
  return "Evidence is accepted by somebody other than the one who collected it.";
}

bool verifies(const Step& step) {
  return step.to == "verified" || permission::lists("verify confirm_effect deny_effect", step.name);
}

bool has_action_in(const Principal& principal, const Record& nonconformity, const Lookup* lookup) {
  const EntityDef* actions = permission::find_def(lookup, "corrective_action");
  if (!actions || nonconformity.def->name() != "nonconformity") return false;
  return std::ranges::any_of(lookup->where(*actions, "nonconformity", nonconformity.id),
                             [&](const Record& action) { return is_person(principal, action.text("owner")); });
}

Reason verifying_own(const Principal& principal, const Step& step, const Record& record, const Lookup* lookup) {
  if (!verifies(step)) return std::nullopt;
  for (std::string_view field : {"owner", "completed_by", "implementer", "chair"}) {
    if (is_person(principal, text_if(record, field))) return "Whoever did it does not verify that it works.";
  }
  if (has_action_in(principal, record, lookup)) return "Whoever did one of the actions does not verify that they work.";
  if (!principal.roles.has(Role::top_management)) return std::nullopt;
  std::string_view name = record.def->name();
  auto parent = referred(lookup, record, "nonconformity");
  bool own_decision = name == "review_decision" || name == "management_review" ||
                      text_if(record, "source") == "management_review" ||
                      (parent && text_if(*parent, "source") == "management_review");
  return own_decision ? Reason("Top management does not verify its own decisions.") : std::nullopt;
}

// The parts of the standard that a person answers for: owned controls and what the entry as an auditor declares.
std::vector<std::string> own_area(const Principal& principal, const Lookup* lookup) {
  std::vector<std::string> area;
  const EntityDef* controls = permission::find_def(lookup, "control");
  const EntityDef* entries = permission::find_def(lookup, "soa_entry");
  const EntityDef* auditors = permission::find_def(lookup, "auditor");
  if (principal.person.empty() || !controls || !entries || !auditors) return area;
  for (const Record& control : lookup->where(*controls, "owner", principal.person)) {
    area.emplace_back(control.text("code"));
    for (const Record& entry : lookup->where(*entries, "control", control.id))
      area.emplace_back(entry.text("control_ref"));
  }
  for (const Record& auditor : lookup->where(*auditors, "person", principal.person)) {
    const auto& declared = list_of(auditor.at("responsible_for"));
    area.insert(area.end(), declared.begin(), declared.end());
  }
  return area;
}

// "A.8" covers "A.8.13".
bool covered(const std::vector<std::string>& area, std::string_view ref) {
  return std::ranges::any_of(area, [&](const std::string& own) {
    return !own.empty() && (ref == own || (ref.starts_with(own) && ref.substr(own.size()).starts_with('.')));
  });
}

// An audit that others share in may touch the auditor's own area; one that lies within it may not.
bool lies_in_own_area(const Principal& principal, const Record& record, const Lookup* lookup) {
  std::vector<std::string> refs;
  if (has_field(*record.def, "scope_clauses")) refs = list_of(record.at("scope_clauses"));
  if (has_field(*record.def, "scope_controls")) {
    const auto& controls = list_of(record.at("scope_controls"));
    refs.insert(refs.end(), controls.begin(), controls.end());
  }
  if (has_field(*record.def, "ref")) refs.emplace_back(record.text("ref"));
  if (refs.empty()) return false;
  auto area = own_area(principal, lookup);
  return std::ranges::all_of(refs, [&](const std::string& ref) { return covered(area, ref); });
}

bool advised_recently(const Principal& principal, const Lookup* lookup) {
  const EntityDef* auditors = permission::find_def(lookup, "auditor");
  const auto* reader = dynamic_cast<const Reader*>(lookup);
  if (!auditors || !reader || principal.person.empty()) return false;
  return std::ranges::any_of(lookup->where(*auditors, "person", principal.person), [&](const Record& auditor) {
    auto until = Date::parse(text_if(auditor, "consulted_until"));
    return until && days_between(*until, reader->today()) < consulting_days;
  });
}

// For what is an auditor's judgement.
Reason auditing_own(const Principal& principal, const Record& record, const Lookup* lookup) {
  if (principal.roles.has(Role::consultant))
    return "Who advises on the ISMS does not audit it for two years (730 days).";
  if (!principal.roles.has(Role::internal_auditor)) return std::nullopt;
  if (advised_recently(principal, lookup)) return "Who advised on the ISMS does not audit it for two years (730 days).";
  if (lies_in_own_area(principal, record, lookup)) return "Nobody audits what they own, run or built.";
  return std::nullopt;
}

// A machine's record that claims a decision.
bool claims_decision(const Record& record) {
  for (std::string_view field : split(permission::decision_fields, ' ')) {
    if (has_field(*record.def, field) && !is_empty(record.at(field))) return true;
  }
  std::string_view review = text_if(record, "review_status");
  return !review.empty() && review != "pending";
}

Reason signing_for_another(const Principal& principal, const Record& record, const Lookup* lookup) {
  if (!is_person(principal, record.text("accepted_by"))) return "An acceptance is signed by the person who accepts.";
  auto risk = referred(lookup, record, "risk");
  if (!risk) return std::nullopt;
  std::string_view owner = risk->text("owner");
  const FieldDef* field = risk->def->find("owner");
  bool entitled = field && field->target && !owner.empty() &&
                  permission::is_or_stands_above(*lookup, field->target(), principal.person, owner);
  return entitled ? std::nullopt : Reason("A risk is accepted by its owner or somebody above the owner.");
}

Reason testing_own_control(const Principal& principal, const Record& record, const Lookup* lookup) {
  auto control = referred(lookup, record, "control");
  bool own_key = control && truth_of(control->at("key_control")) && is_person(principal, control->text("owner"));
  return own_key ? Reason("A key control is tested by somebody other than its owner (9.2).") : std::nullopt;
}

}  // namespace

namespace permission {

std::optional<std::string> never_write(const Principal& principal, Action action, const EntityDef& def,
                                       const Record& record, const Lookup* lookup) {
  if (action != Action::change && principal.roles.has(Role::collector) && claims_decision(record))
    return std::string(machine_decides);
  if (action == Action::import_) return std::nullopt;  // what others decided elsewhere may be brought in
  if (def.name() == "risk_acceptance") return signing_for_another(principal, record, lookup);
  if (def.name() == "control_test") return testing_own_control(principal, record, lookup);
  if (def.name() == "finding" || def.name() == "audit_sample") return auditing_own(principal, record, lookup);
  return std::nullopt;
}

}  // namespace permission

std::optional<std::string> never(const Principal& principal, const EntityDef& def, const Step& step,
                                 const Record& record, const Lookup* lookup) {
  if (principal.system) return std::nullopt;
  if (auto reason = by_role(principal, def)) return reason;
  if (auto reason = approving_own_document(principal, step, record, lookup)) return reason;
  if (auto reason = accepting_for_another(principal, step, record, lookup)) return reason;
  if (auto reason = accepting_own_evidence(principal, step, record)) return reason;
  if (auto reason = verifying_own(principal, step, record, lookup)) return reason;
  bool judges =
      def.text.access == AccessClass::audit || (verifies(step) && def.text.access == AccessClass::improvement);
  if (judges && (principal.roles.has(Role::consultant) || def.text.access == AccessClass::audit)) {
    return auditing_own(principal, record, lookup);
  }
  return std::nullopt;
}

}  // namespace assay
