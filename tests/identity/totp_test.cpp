#include "kernel/identity/totp.h"

#include <gtest/gtest.h>

namespace assay::test {
namespace {

// RFC 6238 appendix B: the key "12345678901234567890", SHA-1; the last six of its eight digits.
constexpr std::string_view rfc_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

Instant at(std::int64_t seconds) { return Instant{std::chrono::sys_seconds(std::chrono::seconds(seconds))}; }

TEST(Totp, VectorsOfTheRfc) {
  EXPECT_EQ(*totp_code(rfc_secret, at(59)), "287082");
  EXPECT_EQ(*totp_code(rfc_secret, at(1111111109)), "081804");
  EXPECT_EQ(*totp_code(rfc_secret, at(1111111111)), "050471");
  EXPECT_EQ(*totp_code(rfc_secret, at(1234567890)), "005924");
  EXPECT_EQ(*totp_code(rfc_secret, at(2000000000)), "279037");
  EXPECT_EQ(*totp_code(rfc_secret, at(20000000000)), "353130");
}

TEST(Totp, OneStepEarlierAndLaterCount) {
  std::int64_t step = 2000000000 / 30;
  EXPECT_EQ(accepted_totp_step(rfc_secret, "279037", at(2000000000), 0), step);
  EXPECT_EQ(accepted_totp_step(rfc_secret, "279037", at(2000000000 + 30), 0), step);
  EXPECT_EQ(accepted_totp_step(rfc_secret, "279037", at(2000000000 - 30), 0), step);
  EXPECT_FALSE(accepted_totp_step(rfc_secret, "279037", at(2000000000 + 60), 0));
  EXPECT_FALSE(accepted_totp_step(rfc_secret, "279037", at(2000000000 - 60), 0));
}

TEST(Totp, ACodeIsGoodOnce) {
  auto step = accepted_totp_step(rfc_secret, "279037", at(2000000000), 0);
  ASSERT_TRUE(step);
  EXPECT_FALSE(accepted_totp_step(rfc_secret, "279037", at(2000000000), *step));
  EXPECT_FALSE(accepted_totp_step(rfc_secret, *totp_code(rfc_secret, at(2000000000 - 30)), at(2000000000), *step))
      << "an older code";
  EXPECT_TRUE(accepted_totp_step(rfc_secret, *totp_code(rfc_secret, at(2000000000 + 30)), at(2000000000 + 30), *step));
}

TEST(Totp, NonsenseIsRefused) {
  for (std::string_view code : {"", "27903", "2790370", "27903a", "000000"})
    EXPECT_FALSE(accepted_totp_step(rfc_secret, code, at(2000000000), 0)) << code;
  EXPECT_FALSE(accepted_totp_step("not base32 1!", "279037", at(2000000000), 0));
  EXPECT_FALSE(totp_code("not base32 1!", at(0)));
}

TEST(Totp, SecretsAreNewAndReadable) {
  std::string secret = new_totp_secret();
  EXPECT_EQ(secret.size(), 32U);
  EXPECT_NE(secret, new_totp_secret());
  EXPECT_TRUE(totp_code(secret, at(59)));
}

TEST(Totp, UriAndQr) {
  std::string uri = totp_uri("ABC", "anna+x@example.org");
  EXPECT_EQ(uri,
            "otpauth://totp/Assay:anna%2Bx%40example.org?secret=ABC&issuer=Assay&algorithm=SHA1&digits=6&period=30");
  std::string svg = qr_svg(uri);
  EXPECT_TRUE(svg.starts_with("<svg "));
  EXPECT_TRUE(svg.ends_with("</svg>"));
  EXPECT_EQ(qr_svg(std::string(5000, 'x')), "");
}

}  // namespace
}  // namespace assay::test
