#include "isms/organisation/process.h"

#include <algorithm>

#include "isms/documents/document.h"
#include "isms/organisation/org_unit.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"
#include "isms/suppliers/supplier.h"

namespace assay {

const EntityDef& Process::def() {
  static constexpr FieldDef fields[] = {
      field<&Process::name>({.label = "Name", .example = "Handling of incidents", .title = true, .in_list = true}),
      field<&Process::kind>({.label = "Kind", .in_list = true}),
      field<&Process::isms_type>({.label = "ISMS process for",
                                  .help = "For processes of the ISMS: which of those that clause 4.4 needs it is.",
                                  .in_list = true}),
      field<&Process::owner>({.label = "Process owner", .in_list = true}),
      field<&Process::org_unit>({.label = "Performed by", .help = "The unit that performs it."}),
      field<&Process::in_scope>({.label = "In scope", .in_list = true}),
      field<&Process::interactions>({.label = "Interacts with", .help = "Processes it feeds or depends on."}),
      field<&Process::criteria_document>(
          {.label = "Operating criteria", .help = "The document that says how it runs. Clause 8.1 asks for criteria."}),
      field<&Process::externally_provided_by>(
          {.label = "Provided by", .help = "The supplier, when it is outsourced.", .in_list = true}),
      field<&Process::mtpd_hours>(
          {.label = "Longest tolerable outage (hours)",
           .help = "From the business impact analysis: the maximum tolerable period of disruption.",
           .example = "24",
           .least = 0,
           .most = 87600}),
      field<&Process::bia_approved_on>({.label = "Business impact analysis approved on"}),
  };
  static constexpr EntityDef def = entity<Process>(
      {
          .name = "process",
          .label = "Process",
          .plural = "Processes",
          .help = "What the organisation does, and the processes of the ISMS itself with owner and interactions. "
                  "Clause 4.4 asks to establish them, 8.1 to run them by criteria.",
          .clause = "4.4",
          .example = "Handling of incidents, owned by the head of IT, feeds corrective action, described in PRO-07.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "PR",
          .holder = "owner",
          .default_sort = "name",
      },
      fields);
  return def;
}

Problems Process::validate() const {
  Problems problems;
  if (isms_type && kind != ProcessKind::isms) {
    problems.push_back(
        {"isms_type", "must be given for processes of the ISMS only", std::string(name_of_choice(*isms_type))});
  }
  const bool with_itself = std::ranges::any_of(interactions, [&](const Ref<Process>& other) { return other.id == id; });
  if (!id.empty() && with_itself) problems.push_back({"interactions", "must name other processes", id});
  return problems;
}

}  // namespace assay
