#include "isms/documents/acknowledgement.h"

#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/record_checks.h"

namespace assay {
namespace {

constexpr State acknowledgement_states[] = {{"requested", "Requested"}, {"acknowledged", "Confirmed"}};

std::string_view acknowledgement_state(const Record& record) {
  return record.text("acknowledged_on").empty() ? "requested" : "acknowledged";
}

bool acknowledgement_is_for_a_version_in_force(const StepContext& context) {
  const auto version = context.lookup.find<DocumentVersion>(context.after.text("document_version"));
  return version && version->status == DocumentVersionStatus::effective;
}

constexpr Guard acknowledgement_guards[] = {
    {.reason = "This version is not in force: there is nothing to confirm any more.",
     .rule = "A5.1-02",
     .holds = acknowledgement_is_for_a_version_in_force},
};

constexpr Step acknowledgement_steps[] = {
    {.name = "acknowledge",
     .from = "requested",
     .to = "acknowledged",
     .label = "I have read and understood it",
     .help = "Nobody can confirm for somebody else.",
     .who = {.roles = {}, .holder = "person", .holder_only = true},
     .guards = acknowledgement_guards,
     .sets = "acknowledged_on=today"},
};

constexpr Lifecycle acknowledgement_lifecycle{
    .states = acknowledgement_states, .state_of = acknowledgement_state, .steps = acknowledgement_steps};

}  // namespace

const EntityDef& Acknowledgement::def() {
  static constexpr FieldDef fields[] = {
      field<&Acknowledgement::document_version>({.label = "Document version", .in_list = true}),
      field<&Acknowledgement::person>({.label = "Person", .title = true, .in_list = true}),
      field<&Acknowledgement::requested_on>({.label = "Requested on", .in_list = true}),
      field<&Acknowledgement::acknowledged_on>({.label = "Confirmed on", .in_list = true}),
  };
  static constexpr EntityDef def = entity<Acknowledgement>(
      {
          .name = "acknowledgement",
          .label = "Acknowledgement",
          .plural = "Acknowledgements",
          .help = "A person's confirmation of having read a document that binds them. Clause 5.2 and control A.5.1 ask "
                  "that policies are made known; requests are created when a version comes into force.",
          .clause = "A.5.1",
          .example = "Maria Weber was asked on 3 March to confirm version 2.0 of the information security policy and "
                     "did so on 5 March.",
          .phase = Phase::documents,
          .access = AccessClass::personal,
          .prefix = "ACK",
          .parent = "document_version",
          .unique_together = "document_version person",
          .holder = "person",
          .default_sort = "-requested_on",
      },
      fields, &acknowledgement_lifecycle);
  return def;
}

Problems Acknowledgement::validate() const {
  Problems problems;
  checks::refuse_before(problems, requested_on, "acknowledged_on", acknowledged_on, "must not be before the request");
  return problems;
}

}  // namespace assay
