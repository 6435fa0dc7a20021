// A network service that carries information.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct System;

enum class TlsEndpointMinTls { none, ssl3, v1_0, v1_1, v1_2, v1_3 };
template <>
inline constexpr auto choices_of<TlsEndpointMinTls> = choices<TlsEndpointMinTls>({
    choice<TlsEndpointMinTls::none>("None"),
    choice<TlsEndpointMinTls::ssl3>("SSL 3"),
    choice<TlsEndpointMinTls::v1_0>("TLS 1.0", "1.0"),
    choice<TlsEndpointMinTls::v1_1>("TLS 1.1", "1.1"),
    choice<TlsEndpointMinTls::v1_2>("TLS 1.2", "1.2"),
    choice<TlsEndpointMinTls::v1_3>("TLS 1.3", "1.3"),
});

struct TlsEndpoint {
  Id id;
  Ref<System> system;
  std::string host;
  TlsEndpointMinTls min_tls{};
  bool carries_sensitive = false;
  std::optional<Date> certificate_expires_on;
  std::optional<Date> last_probed_on;

  static const EntityDef& def();
};

}  // namespace assay
