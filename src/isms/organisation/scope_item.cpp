#include "isms/organisation/scope_item.h"

#include "isms/organisation/scope_statement.h"
#include "isms/record_checks.h"
#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& ScopeItem::def() {
  static constexpr FieldDef fields[] = {
      field<&ScopeItem::scope>({.label = "Scope version"}),
      field<&ScopeItem::kind>({.label = "Kind", .help = "Which side of the boundary it describes.", .in_list = true}),
      field<&ScopeItem::target>({.label = "What",
                                 .help = "The id of the record, or the name of the thing.",
                                 .example = "eu-central-1",
                                 .title = true,
                                 .in_list = true}),
      field<&ScopeItem::inclusion>({.label = "Inside or outside", .in_list = true}),
      field<&ScopeItem::justification>(
          {.label = "Reasons",
           .help = "Why it may be left out.",
           .example = "The payroll office uses none of the platform's systems and receives no customer data.",
           .multiline = true}),
      field<&ScopeItem::in_scope_depends_on_it>(
          {.label = "The scope depends on it", .help = "Something inside needs it to work.", .in_list = true}),
      field<&ScopeItem::responsibility_split>(
          {.label = "Who does what",
           .help = "At an interface: what the other side answers for and what we do.",
           .example = "The provider patches hosts and network; we patch operating systems and applications.",
           .multiline = true}),
      field<&ScopeItem::supplier>({.label = "Supplier", .help = "Who provides it, at an interface.", .in_list = true}),
  };
  static constexpr EntityDef def = entity<ScopeItem>(
      {
          .name = "scope_item",
          .label = "Scope item",
          .plural = "Scope items",
          .help = "One thing inside, outside or at the boundary of the scope. Clause 4.3 c asks to consider interfaces "
                  "and dependencies; what is left out needs reasons.",
          .clause = "4.3 c",
          .example = "The cloud region eu-central-1 is inside; the payroll office is outside, with reasons.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "SI",
          .parent = "scope",
          .default_sort = "kind",
          .settled_with = "in_review approved effective superseded",
      },
      fields);
  return def;
}

Problems ScopeItem::validate() const {
  Problems problems;
  // The first choice of `inclusion` is "in": an absent value asks for nothing.
  if (inclusion == ScopeItemInclusion::out && !checks::given(justification)) {
    problems.push_back({"justification", "must say why this is left out", ""});
  }
  if (inclusion == ScopeItemInclusion::interface && !checks::given(responsibility_split)) {
    problems.push_back({"responsibility_split", "must say what the other side answers for and what we do", ""});
  }
  return problems;
}

}  // namespace assay
