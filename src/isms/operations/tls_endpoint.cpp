#include "isms/operations/tls_endpoint.h"

#include "isms/operations/system.h"

namespace assay {

const EntityDef& TlsEndpoint::def() {
  static constexpr FieldDef fields[] = {
      field<&TlsEndpoint::system>({.label = "System", .in_list = true}),
      field<&TlsEndpoint::host>({.label = "Address",
                                 .help = "Host name, with the port if it is not 443.",
                                 .example = "shop.example.com",
                                 .title = true,
                                 .in_list = true}),
      field<&TlsEndpoint::min_tls>(
          {.label = "Oldest protocol accepted", .help = "TLS 1.2 is the minimum, 1.3 is better.", .in_list = true}),
      field<&TlsEndpoint::carries_sensitive>(
          {.label = "Sensitive", .help = "Carries confidential or restricted information.", .in_list = true}),
      field<&TlsEndpoint::certificate_expires_on>({.label = "Certificate expires on", .in_list = true}),
      field<&TlsEndpoint::last_probed_on>({.label = "Last probed on", .in_list = true}),
  };
  static constexpr EntityDef def = entity<TlsEndpoint>(
      {
          .name = "tls_endpoint",
          .label = "Encrypted service",
          .plural = "Encrypted services",
          .help = "Network services and the protection of what they carry. Controls A.8.24 and A.5.14 ask for sound "
                  "cryptography and for protected transfer of information.",
          .clause = "A.8.24",
          .example = "shop.example.com: TLS 1.2 or later, certificate until November, probed yesterday.",
          .phase = Phase::assets,
          .access = AccessClass::operation,
          .prefix = "TLS",
          .default_sort = "certificate_expires_on",
      },
      fields);
  return def;
}

}  // namespace assay
