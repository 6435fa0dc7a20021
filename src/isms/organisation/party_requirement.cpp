#include "isms/organisation/party_requirement.h"

#include "isms/controls/control.h"
#include "isms/organisation/interested_party.h"
#include "isms/organisation/obligation.h"
#include "isms/organisation/process.h"
#include "isms/record_checks.h"
#include "isms/risk/risk.h"

namespace assay {

const EntityDef& PartyRequirement::def() {
  static constexpr FieldDef fields[] = {
      field<&PartyRequirement::party>({.label = "Interested party", .in_list = true}),
      field<&PartyRequirement::text>({.label = "Requirement",
                                      .help = "In plain words.",
                                      .example = "Report a breach of our data within 24 hours.",
                                      .multiline = true,
                                      .title = true,
                                      .in_list = true}),
      field<&PartyRequirement::kind>({.label = "Kind", .in_list = true}),
      field<&PartyRequirement::climate_related>({.label = "Stems from climate change"}),
      field<&PartyRequirement::addressed_by_isms>({.label = "Addressed by the ISMS",
                                                   .help = "Clause 4.2 c asks to decide this for each requirement.",
                                                   .in_list = true}),
      field<&PartyRequirement::linked_controls>({.label = "Met by controls"}),
      field<&PartyRequirement::linked_obligation>(
          {.label = "Obligation",
           .help = "Its entry in the register of obligations, when it is law or contract.",
           .in_list = true}),
      field<&PartyRequirement::linked_process>({.label = "Met by process"}),
      field<&PartyRequirement::linked_risks>({.label = "Risks", .help = "What could keep us from meeting it."}),
      field<&PartyRequirement::scope_consequence>({.label = "What follows for the scope",
                                                   .help = "Clause 4.3 b: how the boundary answers to it.",
                                                   .multiline = true}),
  };
  static constexpr EntityDef def = entity<PartyRequirement>(
      {
          .name = "party_requirement",
          .label = "Requirement of a party",
          .plural = "Requirements of parties",
          .help = "What an interested party needs or expects. Clause 4.2 asks to determine the requirements and which "
                  "of them the ISMS addresses.",
          .clause = "4.2",
          .example = "Customers: report a breach of their data within 24 hours; contractual; met by incident handling.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "REQ",
          .parent = "party",
      },
      fields);
  return def;
}

Problems PartyRequirement::validate() const {
  Problems problems;
  // The first choice is "yes" and stands in for a missing value, so this speaks only when the text is there as well.
  const bool linked =
      !linked_controls.empty() || !checks::id_of(linked_obligation).empty() || !checks::id_of(linked_process).empty();
  if (!linked && !text.empty() && addressed_by_isms == PartyRequirementAddressedByIsms::yes) {
    problems.push_back({"addressed_by_isms",
                        "must be undetermined until a control, an obligation or a process that meets it is named",
                        "yes"});
  }
  return problems;
}

}  // namespace assay
