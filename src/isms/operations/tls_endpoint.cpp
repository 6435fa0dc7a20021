#include "isms/operations/tls_endpoint.h"

#include "isms/operations/system.h"

namespace assay {

const EntityDef& TlsEndpoint::def() {
  static constexpr FieldDef fields[] = {
      field<&TlsEndpoint::system>({.label = "System", .in_list = true}),
      field<&TlsEndpoint::host>({.label = "Host", .help = "Address.", .title = true, .in_list = true}),
      field<&TlsEndpoint::min_tls>({.label = "Min TLS", .help = "Lowest protocol accepted.", .in_list = true}),
      field<&TlsEndpoint::carries_sensitive>({.label = "Carries sensitive", .help = "Carries confidential or restricted information."}),
      field<&TlsEndpoint::certificate_expires_on>({.label = "Certificate expires on", .help = "Expiry.", .in_list = true}),
      field<&TlsEndpoint::last_probed_on>({.label = "Last probed on", .help = "Latest probe."}),
  };
  static constexpr EntityDef def = entity<TlsEndpoint>(
      {.name = "tls_endpoint",
       .label = "TLS endpoint",
       .plural = "TLS endpoints",
       .help = "A network service that carries information.",
       .phase = Phase::assets,
       .access = AccessClass::operation,
       .prefix = "TLS",
      },
      fields);
  return def;
}

}  // namespace assay
