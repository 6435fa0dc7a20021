#include "kernel/identity/totp.h"

#include <fmt/format.h>
#include <liboath/oath.h>
#include <qrencode.h>
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "base/random.h"

namespace assay {
namespace {

constexpr unsigned period = 30;
constexpr unsigned digits = 6;

struct FreeText {
  // liboath 2.6 takes its memory from malloc and has no call of its own to give it back.
  void operator()(char* text) const { std::free(text); }
};
using OathText = std::unique_ptr<char, FreeText>;

void start_library() {
  static const int started = oath_init();
  if (started != OATH_OK) throw std::runtime_error("liboath cannot start");
}

std::string base32(std::string_view bytes) {
  char* text = nullptr;
  std::size_t length = 0;
  if (oath_base32_encode(bytes.data(), bytes.size(), &text, &length) != OATH_OK)
    throw std::runtime_error("base32 failed");
  OathText owner(text);
  std::string out(text, length);
  while (out.ends_with('=')) out.pop_back();
  return out;
}

std::optional<std::string> base32_bytes(std::string_view text) {
  char* bytes = nullptr;
  std::size_t length = 0;
  if (oath_base32_decode(text.data(), text.size(), &bytes, &length) != OATH_OK) return std::nullopt;
  OathText owner(bytes);
  return std::string(bytes, length);
}

std::string code_of_step(const std::string& key, std::int64_t step) {
  std::array<char, digits + 1> code{};
  int done = oath_hotp_generate(key.data(), key.size(), static_cast<std::uint64_t>(step), digits, false,
                                OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
  if (done != OATH_OK) throw std::runtime_error(oath_strerror(done));
  return code.data();
}

std::int64_t step_of(Instant at) { return at.seconds.time_since_epoch().count() / period; }

std::string percent(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

std::string new_totp_secret() {
  start_library();
  return base32(random_bytes(20));
}

std::string totp_uri(std::string_view secret, std::string_view email, std::string_view issuer) {
  return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits={3}&period={4}",
                     percent(issuer), percent(email), secret, digits, period);
}

Result<std::string> totp_code(std::string_view secret, Instant at) {
  start_library();
  auto key = base32_bytes(secret);
  if (!key) return fail(ErrorKind::invalid, "The secret is no base32 text.");
  return code_of_step(*key, step_of(at));
}

std::optional<std::int64_t> accepted_totp_step(std::string_view secret, std::string_view code, Instant now,
                                               std::int64_t last_step) {
  start_library();
  auto key = base32_bytes(secret);
  if (!key || code.size() != digits) return std::nullopt;
  std::optional<std::int64_t> found;
  for (std::int64_t step = step_of(now) - 1; step <= step_of(now) + 1; ++step) {
    bool same = step >= 0 && sodium_memcmp(code_of_step(*key, step).data(), code.data(), digits) == 0;
    if (same && step > last_step && !found) found = step;
  }
  return found;
}

std::string qr_svg(std::string_view text) {
  std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M));
  if (!code) return {};
  constexpr int margin = 4;  // the standard asks for four white modules around
  const int size = code->width + 2 * margin;
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" role=\"img\" aria-label=\"QR code\" "
      "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{0}v{0}H0z\"/><path fill=\"#000\" d=\"",
      size);
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      if ((code->data[y * code->width + x] & 1U) != 0) out += fmt::format("M{} {}h1v1h-1z", x + margin, y + margin);
    }
  }
  return out + "\"/></svg>";
}

}  // namespace assay
