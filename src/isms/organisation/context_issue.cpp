#include "isms/organisation/context_issue.h"

#include "isms/organisation/obligation.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"

namespace assay {

const EntityDef& ContextIssue::def() {
  static constexpr FieldDef fields[] = {
      field<&ContextIssue::kind>({.label = "Inside or outside", .in_list = true}),
      field<&ContextIssue::topic>({.label = "Topic", .in_list = true}),
      field<&ContextIssue::description>(
          {.label = "Issue",
           .example = "Customers increasingly ask for proof of information security before they sign.",
           .multiline = true,
           .title = true,
           .in_list = true}),
      field<&ContextIssue::relevant>({.label = "Relevant",
                                      .help = "Does it bear on the ISMS? Leave open until it has been determined.",
                                      .in_list = true}),
      field<&ContextIssue::rationale>({.label = "Reasons", .help = "Why it matters, or why not.", .multiline = true}),
      field<&ContextIssue::determined_on>({.label = "Determined on"}),
      field<&ContextIssue::reviewed_on>({.label = "Last reviewed on", .in_list = true}),
      field<&ContextIssue::linked_risks>({.label = "Risks", .help = "Risks and opportunities that follow from it."}),
      field<&ContextIssue::linked_obligations>(
          {.label = "Obligations", .help = "Laws and contracts that it stems from."}),
      field<&ContextIssue::scope_consequence>({.label = "What follows for the scope",
                                               .help = "Clause 4.3 a: how the boundary answers to it.",
                                               .example = "The hosted service is inside, with both of its regions.",
                                               .multiline = true}),
  };
  static constexpr EntityDef def = entity<ContextIssue>(
      {
          .name = "context_issue",
          .label = "Context issue",
          .plural = "Context issues",
          .help = "Circumstances inside and outside that affect what the ISMS can achieve. Clause 4.1 asks to "
                  "determine them, and since 2024 to decide whether climate change is one.",
          .clause = "4.1",
          .example = "Climate change: the Porto data centre stands in a flood zone; relevant, leads to risk R-021.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "CI",
          .default_sort = "topic",
      },
      fields);
  return def;
}

Problems ContextIssue::validate() const {
  Problems problems;
  checks::refuse_before(problems, determined_on, "reviewed_on", reviewed_on,
                        "must not be before the day it was determined");
  if (topic == ContextIssueTopic::climate_change && relevant == false && !checks::given(rationale)) {
    problems.push_back({"rationale", "must say why climate change is not relevant", ""});
  }
  return problems;
}

}  // namespace assay
