#include "isms/organisation/context_issue.h"

#include "isms/risk/risk.h"

namespace assay {

const EntityDef& ContextIssue::def() {
  static constexpr FieldDef fields[] = {
      field<&ContextIssue::kind>({.label = "Kind", .help = "Origin.", .in_list = true}),
      field<&ContextIssue::topic>({.label = "Topic", .help = "Subject.", .in_list = true}),
      field<&ContextIssue::description>({.label = "Description", .help = "What the issue is.", .multiline = true, .title = true, .in_list = true}),
      field<&ContextIssue::relevant>({.label = "Relevant", .help = "Result of the determination; null = not determined.", .in_list = true}),
      field<&ContextIssue::rationale>({.label = "Rationale", .help = "Why relevant or not.", .multiline = true}),
      field<&ContextIssue::determined_on>({.label = "Determined on", .help = "First determination."}),
      field<&ContextIssue::reviewed_on>({.label = "Reviewed on", .help = "Latest review.", .in_list = true}),
      field<&ContextIssue::linked_risks>({.label = "Linked risks", .help = "Risks or opportunities derived from it."}),
  };
  static constexpr EntityDef def = entity<ContextIssue>(
      {.name = "context_issue",
       .label = "Context issue",
       .plural = "Context issues",
       .help = "An internal or external issue (4.1), climate change included.",
       .phase = Phase::organisation,
       .access = AccessClass::governance,
       .prefix = "CI",
      },
      fields);
  return def;
}

}  // namespace assay
