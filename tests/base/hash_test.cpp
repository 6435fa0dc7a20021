#include "base/hash.h"

#include <gtest/gtest.h>

#include <set>

#include "base/random.h"

namespace assay {
namespace {

// FIPS 180-4 examples (NIST CSRC).
TEST(Hash, KnownVectors) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hash, PiecesGiveTheHashOfTheWhole) {
  std::string text(1000, 'x');
  for (std::size_t piece : {1U, 63U, 64U, 65U, 999U}) {
    Sha256 hasher;
    for (std::size_t at = 0; at < text.size(); at += piece) hasher.update(std::string_view(text).substr(at, piece));
    EXPECT_EQ(hasher.finish(), sha256(text)) << piece;
  }
}

TEST(Hash, FinishStartsOver) {
  Sha256 hasher;
  hasher.update("first");
  hasher.finish();
  EXPECT_EQ(hasher.finish(), sha256(""));
  hasher.update("abc");
  Sha256 moved = std::move(hasher);
  EXPECT_EQ(moved.finish(), sha256("abc"));
}

TEST(Hash, HexGoesBothWays) {
  Hash hash = sha256("abc");
  EXPECT_EQ(hash_from_hex(hex(hash)), hash);
  EXPECT_EQ(hash_from_bytes(bytes_of(hash)), hash);
  EXPECT_EQ(hex(std::string_view("\x00\xff\x10", 3)), "00ff10");
  EXPECT_EQ(hex(std::string_view()), "");
}

TEST(Hash, HexIsStrict) {
  std::string good = hex(sha256("abc"));
  EXPECT_FALSE(hash_from_hex(""));
  EXPECT_FALSE(hash_from_hex(good.substr(1)));
  EXPECT_FALSE(hash_from_hex(good + "0"));
  for (char bad : {'A', 'F', 'g', ' ', '/', ':', '`', '\0', '\xff'}) {
    std::string text = good;
    text[31] = bad;
    EXPECT_FALSE(hash_from_hex(text)) << static_cast<int>(bad);
  }
  EXPECT_FALSE(hash_from_bytes(std::string(31, 'a')));
  EXPECT_FALSE(hash_from_bytes(std::string(33, 'a')));
}

// RFC 4648 §10.
TEST(Base64, KnownVectors) {
  const std::pair<std::string_view, std::string_view> cases[] = {{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : cases) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(base64_decode(text), std::string(bytes));
  }
  EXPECT_EQ(base64("\xfb\xff\xfe"), "+//+");
  EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(base64url("f"), "Zg");
  EXPECT_EQ(base64url("fo"), "Zm8");
}

TEST(Base64, DecodesEveryByte) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  for (std::size_t length = 0; length <= all.size(); ++length) {
    EXPECT_EQ(base64_decode(base64(std::string_view(all).substr(0, length))), all.substr(0, length));
  }
}

TEST(Base64, IsStrict) {
  for (std::string_view bad : {"Z", "Zg", "Zg=", "Zg===", "=", "==", "====", "Z===", "Zh==", "Zm9=", "Zg==Zg==", "Zm=v",
                               "Zm9v\n", " Zm9v", "Zm 9", "-__-", "Zm9v====", "Z\xc3\xa9v"}) {
    EXPECT_FALSE(base64_decode(bad)) << bad;
  }
}

TEST(Random, TokensDifferAndFitUrls) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    std::string token = random_token(32);
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    EXPECT_TRUE(seen.insert(token).second);
  }
  EXPECT_EQ(random_bytes(0), "");
  EXPECT_EQ(random_bytes(7).size(), 7U);
}

}  // namespace
}  // namespace assay
