// Time-based one-time passwords (RFC 6238): 30 seconds, 6 digits, SHA-1, as every authenticator app reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace assay {

// 160 random bits as base32, without padding.
std::string new_totp_secret();

// For the app: otpauth://totp/Assay:anna%40example.org?secret=…&issuer=Assay
std::string totp_uri(std::string_view secret, std::string_view email, std::string_view issuer = "Assay");

// The code of a moment; for tests and for people who must compare. Error: invalid when the secret is no base32.
Result<std::string> totp_code(std::string_view secret, Instant at);

// The time step of a code that is right now or one step earlier or later, and later than `last_step`; nothing
// otherwise. Store the answer as the new `last_step` before letting anybody in: a code is good once.
std::optional<std::int64_t> accepted_totp_step(std::string_view secret, std::string_view code, Instant now,
                                               std::int64_t last_step);

// A QR code as an SVG element of square modules, dark on white, with a quiet zone. Empty when the text is too long.
std::string qr_svg(std::string_view text);

}  // namespace assay
