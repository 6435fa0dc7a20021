#include "kernel/identity/password.h"

#include <thread>

#include "tests/identity/fixture.h"

namespace assay::test {
namespace {

bool refused(std::string_view password, std::string_view email = "anna.lindqvist@example.org",
             std::string_view name = "Anna Lindqvist") {
  return !check_new_password(password, email, name, common_passwords()).empty();
}

TEST(Password, HashVerifiesOnlyThePassword) {
  auto hash = hash_password(good_password);
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << *hash;
  EXPECT_TRUE(verify_password(*hash, good_password));
  EXPECT_FALSE(verify_password(*hash, "teal lamp seven river"));
  EXPECT_FALSE(verify_password("nonsense", good_password));
  EXPECT_FALSE(verify_password(dummy_hash(), good_password));
  EXPECT_FALSE(needs_rehash(*hash));
  EXPECT_TRUE(needs_rehash(
      "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$0123456789012345678901234567890123456789012"));
}

TEST(Password, TwoHashesOfOnePasswordDiffer) {
  EXPECT_NE(*hash_password(good_password), *hash_password(good_password));
}

TEST(Password, ManyAtOnceAllFinish) {
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 5; ++i) threads.emplace_back([&] { right += hash_password(good_password).has_value() ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 5);
}

TEST(Password, LengthCountsCharacters) {
  EXPECT_TRUE(refused("teal lamps7"));
  EXPECT_FALSE(refused("teal lamps 7"));
  EXPECT_FALSE(refused("åäöåäöüßéèñõ"));
  std::string long_text;
  for (int i = 0; long_text.size() < 200; ++i) long_text += "x" + std::to_string(i * 37);
  EXPECT_FALSE(refused(long_text.substr(0, 200)));
  EXPECT_TRUE(refused(long_text.substr(0, 200) + "z"));
}

TEST(Password, NeedsUtf8) { EXPECT_TRUE(refused("teal lamp \xff\xfe rivers")); }

TEST(Password, NothingAboutThePersonOrTheProduct) {
  EXPECT_TRUE(refused("my lindqvist secret word"));
  EXPECT_TRUE(refused("blue anna.lindqvist boat"));
  EXPECT_TRUE(refused("ANNA likes the boats"));
  EXPECT_TRUE(refused("the Assay of 27001 gold"));
  EXPECT_FALSE(refused("quiet boats under bridges"));
}

TEST(Password, NoCompositionRules) { EXPECT_FALSE(refused("boatsunderbridges")); }

TEST(Password, CommonOnesInAnyDress) {
  EXPECT_GT(common_passwords().size(), 500U);
  for (std::string_view password :
       {"password1234", "P4ssw0rd!!!!", "Passw0rd2024!", "passwordpassword", "QWERTYUIOP123", "qwertyqwerty",
        "letmein!!!!!!", "!!welcome2026!!", "12345678901234567890", "123456789012", "aaaaaaaaaaaaaa", "abcdefghijklmn",
        "1q2w3e4r5t6y", "adminpassword", "ChangeMe12345", "Sommer2026!!!", "CorrectHorseBatteryStaple", "i5ms2026!!!!!",
        "zyxwvutsrqpon"}) {
    EXPECT_TRUE(refused(password)) << password;
  }
  for (std::string_view password :
       {"password of the seven lakes", "teal lamp seven rivers", "k7#Vq9!mZ2@pR4", "monkeys paint doors"}) {
    EXPECT_FALSE(refused(password)) << password;
  }
}

TEST(Password, MessagesDoNotRepeatIt) {
  for (const Problem& problem : check_new_password("password1234", "a@b.org", "A", common_passwords())) {
    EXPECT_EQ(problem.place, "password");
    EXPECT_EQ(problem.value, "");
    EXPECT_EQ(problem.message.find("password1234"), std::string::npos);
  }
}

}  // namespace
}  // namespace assay::test
