#include "kernel/identity/sessions.h"

#include "base/hash.h"
#include "base/secret_box.h"
#include "kernel/identity/totp.h"
#include "tests/identity/fixture.h"

namespace assay::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SessionsTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    admin_ = add("admin", {Role::administrator}).principal();
    anna_ = add("anna", {Role::employee});
    sessions_ = std::make_unique<Sessions>(*workspace_);
  }
  Result<SignedIn> sign_in(std::string_view password = good_password, std::string_view code = "",
                           std::string_view address = "1.1.1.1") {
    return sessions_->sign_in("Anna@example.org ", password, code, address, "Browser", now());
  }
  std::string seen_at() {
    auto reader = workspace_->read();
    return (*reader)->connection().one_text("select max(seen_at) from assay_session")->value_or("");
  }

  Principal admin_;
  UserAccount anna_;
  std::unique_ptr<Sessions> sessions_;
};

TEST_F(SessionsTest, SignInAndOut) {
  auto session = sign_in();
  ASSERT_TRUE(session) << session.error().text();
  EXPECT_GE(session->token.size(), 43U);
  auto who = sessions_->authenticate(session->token, now());
  ASSERT_TRUE(who);
  EXPECT_EQ(who->principal.account, anna_.id);
  EXPECT_EQ(who->csrf, session->csrf);
  EXPECT_EQ(accounts().find(anna_.id)->last_sign_in_at, now());
  ASSERT_TRUE(sessions_->sign_out(session->token));
  EXPECT_FALSE(sessions_->authenticate(session->token, now()));
}

TEST_F(SessionsTest, TheTokenIsNotStored) {
  auto session = sign_in();
  auto reader = workspace_->read();
  auto stored = (*reader)->connection().one_text("select token_hash from assay_session");
  EXPECT_EQ(**stored, hex(sha256(session->token)));
}

TEST_F(SessionsTest, OneMessageForWhateverIsWrong) {
  auto wrong_password = sign_in("not this one at all");
  auto wrong_email = sessions_->sign_in("nobody@example.org", good_password, "", "2.2.2.2", "", now());
  auto no_email = sessions_->sign_in("nonsense", good_password, "", "3.3.3.3", "", now());
  auto nothing = sessions_->sign_in("", "", "", "4.4.4.4", "", now());
  for (const auto& result : {wrong_password, wrong_email, no_email, nothing}) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::unauthenticated);
    EXPECT_EQ(result.error().message, wrong_password.error().message);
    EXPECT_FALSE(needs_code(result.error()));
  }
}

TEST_F(SessionsTest, IdleSessionsExpire) {
  auto session = sign_in();
  pass(hours(8) - seconds(1));
  EXPECT_TRUE(sessions_->authenticate(session->token, now())) << "still in time";
  pass(hours(8) - seconds(1));
  EXPECT_TRUE(sessions_->authenticate(session->token, now())) << "the use counted";
  pass(hours(8));
  EXPECT_FALSE(sessions_->authenticate(session->token, now()));
}

TEST_F(SessionsTest, NoSessionOutlivesAWeek) {
  auto session = sign_in();
  for (int i = 0; i < 7 * 4 - 1; ++i) {
    pass(hours(6));
    ASSERT_TRUE(sessions_->authenticate(session->token, now())) << i;
  }
  pass(hours(6));
  EXPECT_FALSE(sessions_->authenticate(session->token, now()));
  EXPECT_EQ(*sessions_->remove_expired(now()), 1);
}

TEST_F(SessionsTest, SeenIsWrittenEveryFiveMinutesAtMost) {
  auto session = sign_in();
  std::string first = seen_at();
  for (int i = 0; i < 4; ++i) {
    pass(minutes(1));
    ASSERT_TRUE(sessions_->authenticate(session->token, now()));
    EXPECT_EQ(seen_at(), first);
  }
  pass(minutes(1));
  ASSERT_TRUE(sessions_->authenticate(session->token, now()));
  EXPECT_EQ(seen_at(), now().iso());
}

TEST_F(SessionsTest, ChangesOfTheAccountCountAtOnce) {
  auto session = sign_in();
  ASSERT_TRUE(sessions_->authenticate(session->token, now()));
  ASSERT_TRUE(accounts().change(admin_, anna_.id, {.name = "Anna New"}));
  EXPECT_EQ(sessions_->authenticate(session->token, now())->principal.name, "Anna New");
  ASSERT_TRUE(accounts().change(admin_, anna_.id, {.roles = Roles{Role::risk_owner}}));
  EXPECT_FALSE(sessions_->authenticate(session->token, now())) << "other roles, other session";
}

TEST_F(SessionsTest, AnotherProcessIsNoticedWithinTenSeconds) {
  auto session = sign_in();
  ASSERT_TRUE(sessions_->authenticate(session->token, now()));
  ASSERT_TRUE(workspace_->write(Principal::product("test"), [&](Transaction& transaction) -> Result<void> {
    return transaction.connection().script("delete from assay_session");
  }));
  EXPECT_TRUE(sessions_->authenticate(session->token, now()));
  pass(seconds(10));
  EXPECT_FALSE(sessions_->authenticate(session->token, now()));
}

TEST_F(SessionsTest, EndedAccounts) {
  auto session = sign_in();
  ASSERT_TRUE(accounts().change(admin_, anna_.id, {.valid_to = clock_.today()}));
  EXPECT_TRUE(sessions_->authenticate(session->token, now())) << "the last day";
  pass(hours(15));
  EXPECT_FALSE(sessions_->authenticate(session->token, now()));
  auto again = sign_in();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::forbidden);
  auto wrong = sign_in("not this one at all");
  EXPECT_EQ(wrong.error().kind, ErrorKind::unauthenticated) << "only the right password learns that the account ended";
}

TEST_F(SessionsTest, SecondFactorAndReplay) {
  auto setup = accounts().begin_totp(anna_.principal(), anna_.id);
  EXPECT_TRUE(sign_in()) << "not confirmed yet";
  ASSERT_TRUE(accounts().confirm_totp(anna_.principal(), anna_.id, *totp_code(setup->secret, now()), now()));
  auto without = sign_in();
  ASSERT_FALSE(without);
  EXPECT_TRUE(needs_code(without.error()));
  EXPECT_FALSE(sign_in(good_password, *totp_code(setup->secret, now()))) << "the code that confirmed is used up";
  pass(minutes(2));
  std::string code = *totp_code(setup->secret, now());
  EXPECT_TRUE(sign_in(good_password, code));
  auto replay = sign_in(good_password, code);
  ASSERT_FALSE(replay);
  EXPECT_TRUE(needs_code(replay.error()));
  EXPECT_FALSE(sign_in("not this one at all", *totp_code(setup->secret, now())));
}

TEST_F(SessionsTest, TheDatabaseAloneDoesNotTellTheSecondFactor) {
  auto setup = accounts().begin_totp(anna_.principal(), anna_.id);
  ASSERT_TRUE(accounts().confirm_totp(anna_.principal(), anna_.id, *totp_code(setup->secret, now()), now()));
  auto stored = [&] {
    auto reader = workspace_->read();
    Param params[] = {std::string_view(anna_.id)};
    return (*reader)->connection().one_text("select totp_secret from assay_account where id = ?", params)->value_or("");
  };
  auto store = [&](std::string_view text) {
    auto done = workspace_->write(Principal::product("test"), [&](Transaction& transaction) -> Result<void> {
      Param params[] = {text, std::string_view(anna_.id)};
      CHECK(transaction.connection().run("update assay_account set totp_secret = ? where id = ?", params));
      return {};
    });
    ASSERT_TRUE(done) << done.error().text();
  };
  const std::string sealed = stored();
  EXPECT_EQ(sealed.find(setup->secret), std::string::npos);
  // Somebody else's secret in one's own row opens nothing, and says so.
  pass(minutes(2));
  store(SecretBox("another installation", "x").seal(setup->secret, anna_.id));
  auto foreign = sign_in(good_password, *totp_code(setup->secret, now()));
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().kind, ErrorKind::internal);
  EXPECT_NE(foreign.error().message.find("main.key"), std::string::npos) << foreign.error().message;
  // A database of an earlier version holds it in plain text; opening the workspace seals it.
  store(setup->secret);
  auto location = workspace_->location();
  sessions_.reset();
  workspace_.reset();
  workspace_ = *Workspace::open(location, "main", {registers(), clock_, {}});
  sessions_ = std::make_unique<Sessions>(*workspace_);
  EXPECT_TRUE(SecretBox::is_sealed(stored())) << stored();
  pass(minutes(2));
  EXPECT_TRUE(sign_in(good_password, *totp_code(setup->secret, now())));
}

TEST_F(SessionsTest, GuessingIsSlowedButTheOwnerIsNot) {
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(sign_in("not this one at all", "", "6.6.6.6").error().kind, ErrorKind::unauthenticated);
  EXPECT_EQ(sign_in(good_password, "", "6.6.6.6").error().kind, ErrorKind::limit);
  EXPECT_TRUE(sign_in(good_password, "", "1.1.1.1"));
}

TEST_F(SessionsTest, ListAndRevoke) {
  auto one = sign_in();
  pass(minutes(1));
  auto two = sign_in(good_password, "", "2.2.2.2");
  auto entries = sessions_->list(anna_.principal(), anna_.id, now());
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2U);
  EXPECT_EQ((*entries)[0].address, "2.2.2.2");
  Principal bert = add("bert", {Role::employee}).principal();
  EXPECT_EQ(sessions_->list(bert, anna_.id, now()).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(sessions_->revoke(bert, anna_.id, (*entries)[0].id).error().kind, ErrorKind::forbidden);
  ASSERT_TRUE(sessions_->revoke(anna_.principal(), anna_.id, (*entries)[0].id));
  EXPECT_FALSE(sessions_->authenticate(two->token, now()));
  EXPECT_TRUE(sessions_->authenticate(one->token, now()));
  EXPECT_EQ(sessions_->revoke(anna_.principal(), anna_.id, "none").error().kind, ErrorKind::not_found);
  ASSERT_TRUE(sessions_->revoke_all(admin_, anna_.id));
  EXPECT_FALSE(sessions_->authenticate(one->token, now()));
}

TEST_F(SessionsTest, ANewPasswordEndsTheOtherSessions) {
  auto here = sign_in();
  auto there = sign_in(good_password, "", "2.2.2.2");
  ASSERT_TRUE(
      accounts().set_password(anna_.principal(), anna_.id, good_password, "green kite over dunes", here->token));
  EXPECT_TRUE(sessions_->authenticate(here->token, now()));
  EXPECT_FALSE(sessions_->authenticate(there->token, now()));
}

TEST_F(SessionsTest, StrangeTokens) {
  for (const std::string& token : {std::string(), std::string("x"), std::string(5000, 'a'), std::string("\0\xff", 2)}) {
    auto result = sessions_->authenticate(token, now());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::unauthenticated);
  }
}

TEST(SessionCookie, RoundTrip) {
  EXPECT_EQ(session_cookie("main", "abc"), "main:abc");
  EXPECT_EQ(parse_session_cookie("main:abc")->workspace, "main");
  EXPECT_EQ(parse_session_cookie("main:abc")->token, "abc");
  for (std::string_view value : {"", "main", "main:", ":abc", "../x:abc", "Main:abc"})
    EXPECT_FALSE(parse_session_cookie(value)) << value;
}

}  // namespace
}  // namespace assay::test
