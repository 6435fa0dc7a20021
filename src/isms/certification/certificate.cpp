#include "isms/certification/certificate.h"

#include "isms/certification/certification_body.h"
#include "isms/organisation/site.h"

namespace assay {

std::span<const FieldDef> MarkUse::parts() {
  static constexpr FieldDef parts[] = {
      field<&MarkUse::place>({.label = "Place"}),
      field<&MarkUse::seen_on>({.label = "Seen on"}),
      field<&MarkUse::on_product>({.label = "On product"}),
  };
  static_assert(embedded_complete<MarkUse>(parts));
  return parts;
}

const EntityDef& Certificate::def() {
  static constexpr FieldDef fields[] = {
      field<&Certificate::cb>({.label = "Certification body", .help = "Issuer.", .in_list = true}),
      field<&Certificate::number>({.label = "Number", .title = true, .in_list = true, .unique = true}),
      field<&Certificate::edition>({.label = "Edition"}),
      field<&Certificate::decision_on>({.label = "Decision on", .help = "Certification decision."}),
      field<&Certificate::issued_on>({.label = "Issued on", .help = "Issue."}),
      field<&Certificate::expires_on>({.label = "Expires on", .help = "Expiry.", .in_list = true}),
      field<&Certificate::status>({.label = "Status", .help = "State.", .in_list = true}),
      field<&Certificate::suspended_on>({.label = "Suspended on", .help = "Since."}),
      field<&Certificate::scope_text>({.label = "Scope text", .help = "Certified scope.", .multiline = true}),
      field<&Certificate::sites>({.label = "Sites", .help = "Sites listed."}),
      field<&Certificate::soa_version>({.label = "SoA version", .help = "SoA version named."}),
      field<&Certificate::previous>({.label = "Previous", .help = "Predecessor in the next cycle."}),
      field<&Certificate::mark_uses>({.label = "Mark uses", .help = "Uses of the mark."}),
  };
  static constexpr EntityDef def = entity<Certificate>(
      {.name = "certificate",
       .label = "Certificate",
       .plural = "Certificates",
       .help = "The certificate.",
       .phase = Phase::certification,
       .access = AccessClass::certification,
       .prefix = "CERT",
      },
      fields);
  return def;
}

}  // namespace assay
