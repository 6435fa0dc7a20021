#include "isms/certification/certification_body.h"

namespace assay {

const EntityDef& CertificationBody::def() {
  static constexpr FieldDef fields[] = {
      field<&CertificationBody::name>({.label = "Name", .example = "Nordcert GmbH", .title = true, .in_list = true}),
      field<&CertificationBody::accreditation_body>(
          {.label = "Accredited by", .example = "DAkkS", .in_list = true, .max_length = 100}),
      field<&CertificationBody::accreditation_ref>({.label = "Accreditation number", .max_length = 100}),
      field<&CertificationBody::accredited_for_27001>(
          {.label = "Accredited for ISMS", .help = "The accreditation covers ISMS certification.", .in_list = true}),
      field<&CertificationBody::accreditation_verified_on>({.label = "Accreditation looked up on",
                                                            .help = "In the accreditor's directory, by ourselves.",
                                                            .in_list = true}),
      field<&CertificationBody::accreditation_valid_to>({.label = "Accreditation valid until", .in_list = true}),
      field<&CertificationBody::mra_signatory>(
          {.label = "Recognised internationally",
           .help = "The accreditor has signed the international arrangement for ISMS."}),
      field<&CertificationBody::sectors>(
          {.label = "Sectors", .help = "Technical areas it is competent in.", .example = "J62"}),
      field<&CertificationBody::countries>({.label = "Countries",
                                            .help = "Two-letter codes of where it audits.",
                                            .example = "DE; AT; CH",
                                            .pattern = "[A-Z]{2}",
                                            .pattern_text = "a two-letter country code such as DE"}),
      field<&CertificationBody::consultancy_to_us_until>(
          {.label = "Advised us until",
           .help = "Last day of consultancy or internal audit by it; two years must pass."}),
  };
  static constexpr EntityDef def = entity<CertificationBody>(
      {
          .name = "certification_body",
          .label = "Certification body",
          .plural = "Certification bodies",
          .help = "Bodies that were considered or chosen to certify the ISMS. A certificate is recognised only if the "
                  "body is accredited for ISMS and independent of us.",
          .example = "Nordcert GmbH, accredited by DAkkS, looked up last month, audits in Germany and Austria.",
          .phase = Phase::certification,
          .access = AccessClass::certification,
          .prefix = "CBY",
          .default_sort = "name",
      },
      fields);
  return def;
}

Problems CertificationBody::validate() const {
  Problems problems;
  if (accredited_for_27001 && !accreditation_body) {
    problems.push_back({"accreditation_body", "is needed for an accredited body", ""});
  }
  return problems;
}

}  // namespace assay
