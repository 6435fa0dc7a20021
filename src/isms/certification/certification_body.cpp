#include "isms/certification/certification_body.h"

namespace assay {

const EntityDef& CertificationBody::def() {
  static constexpr FieldDef fields[] = {
      field<&CertificationBody::name>({.label = "Name", .title = true, .in_list = true}),
      field<&CertificationBody::accreditation_body>({.label = "Accreditation body", .help = "Accrediting body.", .in_list = true}),
      field<&CertificationBody::accreditation_ref>({.label = "Accreditation ref", .help = "Number.", .in_list = true}),
      field<&CertificationBody::accredited_for_27001>({.label = "Accredited for 27001", .help = "Scope includes ISMS (27006-1).", .in_list = true}),
      field<&CertificationBody::accreditation_verified_on>({.label = "Accreditation verified on", .help = "Looked up by us."}),
      field<&CertificationBody::accreditation_valid_to>({.label = "Accreditation valid to", .help = "End."}),
      field<&CertificationBody::mra_signatory>({.label = "MRA signatory", .help = "Accreditor signs the international arrangement for ISMS."}),
      field<&CertificationBody::sectors>({.label = "Sectors", .help = "Technical areas."}),
      field<&CertificationBody::countries>({.label = "Countries", .help = "Coverage."}),
      field<&CertificationBody::consultancy_to_us_until>({.label = "Consultancy to us until", .help = "Latest consultancy or internal audit for us."}),
  };
  static constexpr EntityDef def = entity<CertificationBody>(
      {.name = "certification_body",
       .label = "Certification body",
       .plural = "Certification bodies",
       .help = "A body that audits and certifies.",
       .phase = Phase::certification,
       .access = AccessClass::certification,
       .prefix = "CBY",
      },
      fields);
  return def;
}

}  // namespace assay
