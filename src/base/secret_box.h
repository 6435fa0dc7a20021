// Small secrets that lie in the database, closed with a key that does not: AES-256-GCM (NIST SP 800-38D).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"

namespace assay {

class SecretBox {
 public:
  // The key is derived (HKDF-SHA-256, RFC 5869) from `secret`; `purpose` keeps keys of different uses apart.
  SecretBox(std::string_view secret, std::string_view purpose);

  // "sealed:1:" and base64. `context` says what the secret belongs to, e.g. an account: sealed for another one it does
  // not open, so that a row cannot be given somebody else's secret.
  std::string seal(std::string_view plain, std::string_view context) const;
  // Nothing when it was sealed with another key or for another context, or was altered.
  std::optional<std::string> open(std::string_view sealed, std::string_view context) const;
  static bool is_sealed(std::string_view text);

 private:
  Hash key_;
};

}  // namespace assay
