// SHA-256 (FIPS 180-4) and the text forms of bytes: hexadecimal, base64 and base64url (RFC 4648).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace assay {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(std::string_view bytes);

// SHA-256 of bytes that arrive in pieces. A moved-from object may only be assigned to or destroyed.
class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  Hash finish();  // the hash of everything since the construction or the last finish(); starts over

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// The bytes of a hash as text, valid as long as the hash itself.
std::string_view bytes_of(const Hash& hash);
// 32 bytes as a hash; nothing for any other length.
std::optional<Hash> hash_from_bytes(std::string_view bytes);

// Lower-case hexadecimal, two digits a byte.
std::string hex(std::string_view bytes);
std::string hex(const Hash& hash);
// Reads what hex(Hash) writes. Capitals are refused so that a hash has one text form: it names files and rows.
std::optional<Hash> hash_from_hex(std::string_view text);

// RFC 4648 §4, padded with '='.
std::string base64(std::string_view bytes);
// Reads only what base64() writes: padding is required, unused bits are zero (RFC 4648 §3.5), white space is refused.
// A signed text that could be spelled in two ways would be a way around "the bytes are equal".
std::optional<std::string> base64_decode(std::string_view text);
// RFC 4648 §5 without padding: fits a URL, a cookie and a file name.
std::string base64url(std::string_view bytes);

}  // namespace assay
