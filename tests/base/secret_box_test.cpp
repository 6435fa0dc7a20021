// Sealed texts open with their key, for their owner, unaltered; and not otherwise.
#include "base/secret_box.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(SecretBoxes, OpenWhatTheySealed) {
  SecretBox box("key", "test");
  for (std::string_view text :
       {std::string_view(), std::string_view("GEZDGNBVGY3TQOJQ"), std::string_view("a\0b", 3)}) {
    std::string sealed = box.seal(text, "anna");
    EXPECT_TRUE(SecretBox::is_sealed(sealed));
    EXPECT_EQ(box.open(sealed, "anna"), std::string(text));
    if (!text.empty()) {
      EXPECT_EQ(sealed.find(text), std::string::npos);
    }
  }
  EXPECT_NE(box.seal("x", "anna"), box.seal("x", "anna")) << "each with a nonce of its own";
}

TEST(SecretBoxes, OpenNothingElse) {
  SecretBox box("key", "test");
  std::string sealed = box.seal("secret", "anna");
  EXPECT_FALSE(box.open(sealed, "eva"));
  EXPECT_FALSE(SecretBox("other", "test").open(sealed, "anna"));
  EXPECT_FALSE(SecretBox("key", "other").open(sealed, "anna"));
  EXPECT_FALSE(box.open("secret", "anna"));
  EXPECT_FALSE(box.open("sealed:1:", "anna"));
  EXPECT_FALSE(box.open("sealed:1:AAAA", "anna"));
  for (std::size_t at = std::string_view("sealed:1:").size(); at < sealed.size(); ++at) {
    std::string altered = sealed;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(box.open(altered, "anna")) << at;
    EXPECT_FALSE(box.open(sealed.substr(0, at), "anna")) << at;
  }
}

}  // namespace
}  // namespace assay
