#include "isms/organisation/scope_item.h"

#include "isms/organisation/scope_statement.h"
#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& ScopeItem::def() {
  static constexpr FieldDef fields[] = {
      field<&ScopeItem::scope>({.label = "Scope", .help = "Scope version."}),
      field<&ScopeItem::kind>({.label = "Kind", .help = "Boundary dimension.", .in_list = true}),
      field<&ScopeItem::target>({.label = "Target", .help = "Id or name of the thing (e.g. a cloud region code).", .title = true, .in_list = true}),
      field<&ScopeItem::inclusion>({.label = "Inclusion", .help = "In, excluded, or at the boundary.", .in_list = true}),
      field<&ScopeItem::justification>({.label = "Justification", .help = "Needed when inclusion = out.", .multiline = true}),
      field<&ScopeItem::in_scope_depends_on_it>({.label = "In scope depends on it", .help = "Something inside needs it to work."}),
      field<&ScopeItem::responsibility_split>({.label = "Responsibility split", .help = "Who does what at an interface.", .multiline = true}),
      field<&ScopeItem::supplier>({.label = "Supplier", .help = "Provider at an interface.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ScopeItem>(
      {.name = "scope_item",
       .label = "Scope item",
       .plural = "Scope items",
       .help = "One thing inside, outside or at the boundary of a scope version.",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "SI",
       .parent = "scope",
      },
      fields);
  return def;
}

}  // namespace assay
