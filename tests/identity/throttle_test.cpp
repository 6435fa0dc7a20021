#include "kernel/identity/throttle.h"

#include <gtest/gtest.h>

namespace assay::test {
namespace {

using std::chrono::seconds;

class ThrottleTest : public ::testing::Test {
 protected:
  std::int64_t wait(std::string_view email, std::string_view address, bool known = false) {
    return throttle_.admit(email, address, known, now_).count();
  }
  void pass(std::int64_t count) { now_.seconds += seconds(count); }
  // Failures from as many addresses as it takes to be an attack.
  void attack(std::string_view email) {
    for (int i = 0; i < 40; ++i) wait(email, "10.0.0." + std::to_string(i));
  }

  Throttle throttle_;
  Instant now_ = *Instant::parse("2026-03-02T09:00:00Z");
};

TEST_F(ThrottleTest, DelayGrowsWithFailures) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(wait("a@x.org", "1.1.1.1"), 0) << i;
  std::int64_t before = 0;
  for (int i = 0; i < 8; ++i) {
    std::int64_t now = wait("a@x.org", "1.1.1.1");
    EXPECT_GT(now, before);
    before = now;
    pass(now);
    EXPECT_EQ(wait("a@x.org", "1.1.1.1"), 0);
  }
  for (int i = 0; i < 20; ++i) pass(wait("a@x.org", "1.1.1.1"));
  EXPECT_LE(wait("a@x.org", "1.1.1.1"), 900);
}

TEST_F(ThrottleTest, AskingAgainDoesNotLengthenTheWait) {
  for (int i = 0; i < 3; ++i) wait("a@x.org", "1.1.1.1");
  std::int64_t first = wait("a@x.org", "1.1.1.1");
  for (int i = 0; i < 50; ++i) EXPECT_EQ(wait("a@x.org", "1.1.1.1"), first);
  pass(first);
  EXPECT_EQ(wait("a@x.org", "1.1.1.1"), 0);
}

TEST_F(ThrottleTest, SuccessClearsThePair) {
  for (int i = 0; i < 3; ++i) wait("a@x.org", "1.1.1.1");
  pass(2);
  EXPECT_EQ(wait("a@x.org", "1.1.1.1"), 0);
  throttle_.succeeded("a@x.org", "1.1.1.1", now_);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(wait("a@x.org", "1.1.1.1"), 0);
}

TEST_F(ThrottleTest, OthersAtTheAccountAreNotLockedOut) {
  for (int i = 0; i < 30; ++i) wait("a@x.org", "6.6.6.6");
  EXPECT_GT(wait("a@x.org", "6.6.6.6"), 0);
  EXPECT_EQ(wait("a@x.org", "1.1.1.1"), 0) << "the owner at home";
}

TEST_F(ThrottleTest, AnAddressThatTriesManyAccountsIsSlowed) {
  for (int i = 0; i < 15; ++i) EXPECT_EQ(wait("a" + std::to_string(i) + "@x.org", "6.6.6.6"), 0);
  EXPECT_GT(wait("another@x.org", "6.6.6.6"), 0);
  EXPECT_EQ(wait("another@x.org", "1.1.1.1"), 0);
}

TEST_F(ThrottleTest, AColleagueKnownAtTheSlowedAddressIsNotHindered) {
  wait("anna@x.org", "6.6.6.6");
  throttle_.succeeded("anna@x.org", "6.6.6.6", now_);
  for (int i = 0; i < 15; ++i) wait("a" + std::to_string(i) + "@x.org", "6.6.6.6");
  EXPECT_GT(wait("another@x.org", "6.6.6.6"), 0);
  EXPECT_EQ(wait("anna@x.org", "6.6.6.6"), 0);
}

TEST_F(ThrottleTest, SigningInToOnesOwnAccountBuysNoGuesses) {
  for (int i = 0; i < 60; ++i) {
    pass(1);
    if (wait("victim" + std::to_string(i) + "@x.org", "6.6.6.6") > 0) return;
    ASSERT_EQ(wait("mine@x.org", "6.6.6.6", true), 0);
    throttle_.succeeded("mine@x.org", "6.6.6.6", now_);
  }
  FAIL() << "60 guesses without a wait";
}

TEST_F(ThrottleTest, AttackFromManyAddresses) {
  attack("a@x.org");
  EXPECT_EQ(wait("a@x.org", "1.1.1.1", true), 0) << "known addresses notice nothing";
  EXPECT_EQ(wait("a@x.org", "9.9.9.9"), 30) << "an unknown one waits before its first attempt";
  attack("a@x.org");
  pass(30);
  EXPECT_EQ(wait("a@x.org", "9.9.9.9"), 0) << "and then has its turn, whatever others do meanwhile";
  EXPECT_GT(wait("a@x.org", "9.9.9.9"), 30);
  EXPECT_EQ(wait("b@x.org", "9.9.9.9"), 0) << "other accounts go on as before";
}

TEST_F(ThrottleTest, FailuresAreForgotten) {
  attack("a@x.org");
  for (int i = 0; i < 20; ++i) wait("a@x.org", "6.6.6.6", true);
  pass(3601);
  EXPECT_EQ(wait("a@x.org", "6.6.6.6"), 0);
  EXPECT_EQ(wait("a@x.org", "5.5.5.5"), 0);
}

TEST_F(ThrottleTest, RightPasswordWithoutCodeIsNoFailureAndNoSuccess) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(wait("a@x.org", "1.1.1.1"), 0);
    throttle_.undecided("a@x.org", "1.1.1.1", now_);
  }
  attack("a@x.org");
  EXPECT_GT(wait("a@x.org", "1.1.1.1"), 0) << "the address is not known by that";
}

TEST_F(ThrottleTest, MemoryIsBounded) {
  Throttle small{{.entries = 50}};
  for (int i = 0; i < 1000; ++i) {
    small.admit("a" + std::to_string(i) + "@x.org", "10.1." + std::to_string(i / 250) + "." + std::to_string(i % 250),
                false, now_);
    small.succeeded("a" + std::to_string(i) + "@x.org", "10.1.0.1", now_);
  }
  EXPECT_LE(small.size(), 200U);
}

TEST_F(ThrottleTest, IPv6CountsByNetwork) {
  EXPECT_EQ(throttle_address("2001:db8:1:2:3:4:5:6"), throttle_address("2001:db8:1:2::9"));
  EXPECT_NE(throttle_address("2001:db8:1:2::9"), throttle_address("2001:db8:1:3::9"));
  EXPECT_EQ(throttle_address("::ffff:10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(throttle_address("10.0.0.1"), "10.0.0.1");
}

TEST_F(ThrottleTest, AClockSetBackDoesNotLengthenTheWait) {
  for (int i = 0; i < 3; ++i) wait("a@x.org", "1.1.1.1");
  pass(-100000);
  EXPECT_LE(wait("a@x.org", "1.1.1.1"), 2);
}

}  // namespace
}  // namespace assay::test
