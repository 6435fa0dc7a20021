// The one place that says who may do what (domain model, chapter 5). Deny by default; the tables are constexpr data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/model/record.h"
#include "kernel/store/query.h"

namespace assay {

enum class Action { see, create, change, step, import_, export_, administer };

struct Decision {
  bool allowed = false;
  std::string reason;   // why not, for the person; empty when allowed
  std::string who_may;  // roles that could, in words; empty when allowed or nobody could

  explicit operator bool() const { return allowed; }
  // For those to whom it is not allowed.
  Error refusal() const { return {ErrorKind::forbidden, reason, {}, {}, who_may}; }
};
// Nothing when it is allowed, else the refusal.
Result<void> demand(const Decision& decision);

// Without a record: whether the principal may do it to some record of the register; what they see is then narrowed by
// row_filter(). With a record: whether to this one (for create: as it is about to be stored; for change: as it was).
// For a step this is the coarse answer, Step::who and never() decide. With `lookup` checks across records are made as
// well (key controls, owners of risks).
Decision may(const Principal& principal, Action action, const EntityDef& def, const Record* record = nullptr,
             const Lookup* lookup = nullptr);

// The filter that restricts a list to one's own records; nothing when the principal may see all. Ask may() first.
std::optional<Filter> row_filter(const Principal& principal, const EntityDef& def);

// Whether a person with the right to change the record may change this field of it: people confirm and complete their
// own acknowledgement and training but do not rewrite them, machines do not fill in approvals.
Decision may_change_field(const Principal& principal, const EntityDef& def, const FieldDef& field,
                          const Record* record = nullptr);

// Whether a field of a record one may see is shown (absence of other people).
Decision may_see_field(const Principal& principal, const EntityDef& def, const FieldDef& field,
                       const Record* record = nullptr);

// Accounts, tokens and settings of the workspace.
Decision may_administer(const Principal& principal);

// The custom fields of registers: administrators and the ISMS owner.
Decision may_define_fields(const Principal& principal);

// Rehearsals of audits: the ISMS owner, internal auditors, top management and consultants.
Decision may_rehearse(const Principal& principal);

// The organisation's own rules: the ISMS owner writes them, somebody who does not keep the ISMS puts them into force.
Decision may_write_rules(const Principal& principal);
Decision may_approve_rules(const Principal& principal);

// The "may never" rows: why this person must not take this step whatever their roles say; nothing when no such rule
// stands against it. A superior who accepts a risk is recognised through `lookup`; without it the step's own `who`
// decides.
std::optional<std::string> never(const Principal& principal, const EntityDef& def, const Step& step,
                                 const Record& record, const Lookup* lookup = nullptr);

// Roles by kind of record, and by register where it differs, as Markdown for docs/.
std::string permission_table_markdown(const Registry& registry);

}  // namespace assay
