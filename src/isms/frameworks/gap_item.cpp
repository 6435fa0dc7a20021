#include "isms/frameworks/gap_item.h"

#include "isms/controls/evidence.h"
#include "isms/frameworks/annex_a_control.h"
#include "isms/frameworks/gap_assessment.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {

const EntityDef& GapItem::def() {
  static constexpr FieldDef fields[] = {
      field<&GapItem::assessment>({.label = "Gap analysis"}),
      field<&GapItem::ref>({.label = "Reference",
                            .help = "Number of the clause, or of the control in Annex A.",
                            .example = "6.1.2",
                            .title = true,
                            .in_list = true,
                            .max_length = 20}),
      field<&GapItem::dimension>({.label = "Part of the standard", .in_list = true}),
      field<&GapItem::result>({.label = "Result", .in_list = true}),
      field<&GapItem::rationale>({.label = "Reasons", .help = "What was seen and what is missing.", .multiline = true}),
      field<&GapItem::risk_severity>(
          {.label = "Severity", .help = "How bad it would be to leave the gap open.", .in_list = true}),
      field<&GapItem::complexity>({.label = "Complexity", .help = "How hard it is to close."}),
      field<&GapItem::priority>(
          {.label = "Priority", .help = "Rank in the roadmap, 1 first.", .in_list = true, .least = 1}),
      field<&GapItem::action>(
          {.label = "Next step", .example = "Write the risk method and have it approved", .multiline = true}),
      field<&GapItem::owner>({.label = "Responsible", .in_list = true}),
      field<&GapItem::target_on>({.label = "Target date", .in_list = true}),
      field<&GapItem::assessor>({.label = "Answered by"}),
      field<&GapItem::assessed_on>({.label = "Answered on"}),
      field<&GapItem::evidence>({.label = "Evidence seen", .help = "Records that were looked at."}),
      field<&GapItem::effort_days>({.label = "Effort (person-days)",
                                    .help = "Own work until the gap is closed.",
                                    .example = "5",
                                    .least = 0,
                                    .most = 10'000}),
      field<&GapItem::cost>({.label = "Cost", .help = "Purchases for it, in your own currency.", .least = 0}),
      field<&GapItem::depends_on>({.label = "Depends on", .help = "What must be closed before.", .chain = true}),
      field<&GapItem::roadmap_on>(
          {.label = "Date by the roadmap",
           .help = "Written by the roadmap; a target date that differs from it was set by a person."}),
  };
  static constexpr EntityDef def = entity<GapItem>(
      {
          .name = "gap_item",
          .label = "Gap item",
          .plural = "Gap items",
          .help = "One clause or control in the gap analysis: met or not, why, and what comes next. Each gap needs a "
                  "step, a responsible person, a date and a rank.",
          .clause = "4.4",
          .example = "6.1.2 not met: no risk method exists; write one by 31 January, priority 1.",
          .phase = Phase::audit,
          .access = AccessClass::governance,
          .prefix = "GI",
          .parent = "assessment",
          .unique_together = "assessment dimension ref",
          .holder = "owner",
          .default_sort = "ref",
          .settled_with = "approved",
      },
      fields);
  return def;
}

Problems GapItem::validate() const {
  Problems problems;
  if (dimension == GapItemDimension::control && !ref.empty() && !is_annex_a_ref(ref)) {
    problems.push_back({"ref", "must be one of the 93 references of 2022, from 5.1 to 8.34", ref});
  }
  if (result == GapItemResult::not_applicable && !checks::given(rationale)) {
    problems.push_back({"rationale", "must say why it does not apply", ""});
  }
  return problems;
}

}  // namespace assay
