#include "isms/people/employment_agreement.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& EmploymentAgreement::def() {
  static constexpr FieldDef fields[] = {
      field<&EmploymentAgreement::person>({.label = "Person", .title = true, .in_list = true}),
      field<&EmploymentAgreement::signed_on>({.label = "Signed on", .in_list = true}),
      field<&EmploymentAgreement::security_terms>({.label = "States security duties",
                                                   .help = "The terms name the person's duties for security.",
                                                   .in_list = true}),
      field<&EmploymentAgreement::confidentiality_signed_on>({.label = "Confidentiality signed on", .in_list = true}),
      field<&EmploymentAgreement::post_employment_terms>({.label = "Duties continue afterwards",
                                                          .help = "What stays binding after the end is stated.",
                                                          .in_list = true}),
  };
  static constexpr EntityDef def = entity<EmploymentAgreement>(
      {
          .name = "employment_agreement",
          .label = "Terms signed",
          .plural = "Terms signed",
          .help = "The terms each person has signed. Controls A.6.2 and A.6.6 ask for security duties, confidentiality "
                  "and duties that continue after the end, agreed in writing.",
          .clause = "A.6.2",
          .example = "Jana Weber: signed on 2 March with security duties, confidentiality on the same day.",
          .phase = Phase::people,
          .access = AccessClass::confidential,
          .prefix = "EA",
          .holder = "person",
          .default_sort = "-signed_on",
      },
      fields);
  return def;
}

}  // namespace assay
