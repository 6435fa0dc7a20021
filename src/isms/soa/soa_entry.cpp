#include "isms/soa/soa_entry.h"

#include "base/hash.h"
#include "base/text.h"
#include "isms/controls/control.h"
#include "isms/frameworks/annex_a_control.h"
#include "isms/organisation/obligation.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"
#include "isms/soa/statement_of_applicability.h"

namespace assay {

const EntityDef& SoAEntry::def() {
  static constexpr FieldDef fields[] = {
      field<&SoAEntry::soa>({.label = "Statement"}),
      field<&SoAEntry::control_ref>({.label = "Reference",
                                     .help = "Of Annex A, such as 8.13, or of your own.",
                                     .example = "8.13",
                                     .title = true,
                                     .in_list = true,
                                     .max_length = 40}),
      field<&SoAEntry::origin>({.label = "Origin"}),
      field<&SoAEntry::applicability>({.label = "Decision", .in_list = true}),
      field<&SoAEntry::inclusion_reasons>({.label = "Grounds", .help = "What makes the control necessary."}),
      field<&SoAEntry::inclusion_justification>({.label = "Why it is included",
                                                 .example = "Needed to bring R-001 and R-007 below the threshold.",
                                                 .multiline = true}),
      field<&SoAEntry::exclusion_justification>(
          {.label = "Why it is excluded",
           .help = "The fact or decision that makes it unnecessary, not just \"not applicable\".",
           .example = "No software is developed; all applications are bought as a service.",
           .multiline = true}),
      field<&SoAEntry::implementation_status>(
          {.label = "Implementation",
           .help = "As declared; the product compares it with the control and its evidence.",
           .in_list = true}),
      field<&SoAEntry::linked_risks>({.label = "Risks", .help = "Risks that need it."}),
      field<&SoAEntry::linked_obligations>({.label = "Obligations", .help = "Laws and contracts that need it."}),
      field<&SoAEntry::control>({.label = "Control", .help = "How the organisation does it.", .in_list = true}),
      field<&SoAEntry::last_reviewed_on>({.label = "Last reviewed on", .in_list = true}),
      field<&SoAEntry::built_mark>({.label = "Mark of the built justification",
                                    .help = "Set when the product builds the justification; once somebody edits the "
                                            "text it no longer fits, and the text is never overwritten unasked.",
                                    .max_length = 16}),
  };
  static constexpr EntityDef def = entity<SoAEntry>(
      {
          .name = "soa_entry",
          .label = "Line of the SoA",
          .plural = "Lines of the SoA",
          .help = "The decision about one control: applicable or excluded, why, and how far it is implemented. Clause "
                  "6.1.3 d asks for all four.",
          .clause = "6.1.3 d",
          .example = "8.13 Backup: applicable because of R-009 and two customer contracts, implemented by CTL-8.13.",
          .phase = Phase::applicability,
          .access = AccessClass::control,
          .prefix = "SE",
          .parent = "soa",
          .unique_together = "soa control_ref",
          .default_sort = "control_ref",
          // What was decided and approved. What needs the control and how far it is implemented goes on being told.
          .settled_with = "in_review approved effective superseded",
          .settled_fields = "soa control_ref origin applicability inclusion_reasons inclusion_justification "
                            "exclusion_justification built_mark",
      },
      fields, &soa_entry_lifecycle);
  return def;
}

std::string built_mark_of(std::string_view text) { return hex(sha256(trim(text))).substr(0, 16); }

bool SoAEntry::is_undecided() const {
  return applicability == SoAEntryApplicability::applicable && inclusion_reasons.empty() &&
         !checks::given(inclusion_justification);
}

bool SoAEntry::is_built() const {
  return checks::given(inclusion_justification) && built_mark == built_mark_of(*inclusion_justification);
}

Problems SoAEntry::validate() const {
  Problems problems;
  if (origin == SoAEntryOrigin::annex_a && !control_ref.empty() && !is_annex_a_ref(control_ref)) {
    problems.push_back({"control_ref",
                        "must be one of the 93 references of 2022, from 5.1 to 8.34, or the line an own control",
                        control_ref});
  }
  if (applicability == SoAEntryApplicability::excluded && !checks::given(exclusion_justification)) {
    problems.push_back({"exclusion_justification", "must say why the control is excluded", ""});
  }
  if (applicability == SoAEntryApplicability::excluded && !inclusion_reasons.empty()) {
    problems.push_back({"inclusion_reasons", "must be empty for an excluded control", ""});
  }
  return problems;
}

}  // namespace assay
