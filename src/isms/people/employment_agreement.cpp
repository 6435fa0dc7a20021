#include "isms/people/employment_agreement.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& EmploymentAgreement::def() {
  static constexpr FieldDef fields[] = {
      field<&EmploymentAgreement::person>({.label = "Person", .title = true, .in_list = true}),
      field<&EmploymentAgreement::signed_on>({.label = "Signed on", .help = "Signature.", .in_list = true}),
      field<&EmploymentAgreement::security_terms>({.label = "Security terms", .help = "Contains security responsibilities.", .in_list = true}),
      field<&EmploymentAgreement::confidentiality_signed_on>({.label = "Confidentiality signed on", .help = "Confidentiality undertaking.", .in_list = true}),
      field<&EmploymentAgreement::post_employment_terms>({.label = "Post employment terms", .help = "Duties that continue after the end."}),
  };
  static constexpr EntityDef def = entity<EmploymentAgreement>(
      {.name = "employment_agreement",
       .label = "Employment agreement",
       .plural = "Employment agreements",
       .help = "Terms a person signed.",
       .phase = Phase::people,
       .access = AccessClass::confidential,
       .prefix = "EA",
       .holder = "person",
      },
      fields);
  return def;
}

}  // namespace assay
