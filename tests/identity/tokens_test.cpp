#include "kernel/identity/tokens.h"

#include "tests/identity/fixture.h"

namespace assay::test {
namespace {

class TokensTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    admin_ = add("admin", {Role::administrator, Role::isms_owner}).principal();
    anna_ = add("anna", {Role::employee, Role::risk_owner}).principal();
  }
  Tokens tokens() { return Tokens(*workspace_); }
  Result<NewToken> create(const Principal& who, TokenScope scope, std::int64_t days = 30) {
    return tokens().create(who, who.account, "nightly job", scope, clock_.today().plus_days(days));
  }
  Principal admin_, anna_;
};

TEST_F(TokensTest, ScopesLimitTheAccount) {
  auto read = tokens().authenticate(create(admin_, TokenScope::read)->token, now());
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->read_only);
  EXPECT_EQ(read->roles, Roles{Role::isms_owner});
  auto write = tokens().authenticate(create(admin_, TokenScope::write)->token, now());
  EXPECT_FALSE(write->read_only);
  EXPECT_EQ(write->roles, Roles{Role::isms_owner}) << "no administration";
  auto collector = tokens().authenticate(create(admin_, TokenScope::collector)->token, now());
  EXPECT_EQ(collector->roles, Roles{Role::collector});
  EXPECT_EQ(collector->person, "");
  auto all = tokens().authenticate(create(admin_, TokenScope::admin)->token, now());
  EXPECT_EQ(all->roles, (Roles{Role::administrator, Role::isms_owner}));
  EXPECT_EQ(all->account, admin_.account);
}

TEST_F(TokensTest, WhoMayCreateWhat) {
  EXPECT_TRUE(create(anna_, TokenScope::write));
  EXPECT_EQ(create(anna_, TokenScope::admin).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(create(anna_, TokenScope::collector).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(tokens().create(anna_, admin_.account, "x", TokenScope::read, clock_.today()).error().kind,
            ErrorKind::forbidden);
  EXPECT_TRUE(tokens().create(admin_, anna_.account, "x", TokenScope::read, clock_.today()));
  EXPECT_EQ(tokens().create(admin_, "nobody", "x", TokenScope::read, clock_.today()).error().kind,
            ErrorKind::not_found);
  Principal reading = *tokens().authenticate(create(anna_, TokenScope::read)->token, now());
  EXPECT_EQ(create(reading, TokenScope::write).error().kind, ErrorKind::forbidden) << "a token does not grow";
}

TEST_F(TokensTest, ExpiryIsDemanded) {
  EXPECT_TRUE(create(anna_, TokenScope::read, 366));
  EXPECT_EQ(create(anna_, TokenScope::read, 367).error().kind, ErrorKind::invalid);
  EXPECT_EQ(create(anna_, TokenScope::read, -1).error().kind, ErrorKind::invalid);
  auto token = create(anna_, TokenScope::read, 1);
  pass(std::chrono::hours(24));
  EXPECT_TRUE(tokens().authenticate(token->token, now())) << "the last day";
  pass(std::chrono::hours(24));
  EXPECT_FALSE(tokens().authenticate(token->token, now()));
}

TEST_F(TokensTest, Revoked) {
  auto token = create(anna_, TokenScope::read);
  Principal bert = add("bert", {Role::employee}).principal();
  EXPECT_EQ(tokens().revoke(bert, token->entry.id).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(tokens().list(bert, anna_.account).error().kind, ErrorKind::forbidden);
  ASSERT_TRUE(tokens().revoke(anna_, token->entry.id));
  EXPECT_FALSE(tokens().authenticate(token->token, now()));
  EXPECT_TRUE(tokens().list(anna_, anna_.account)->front().revoked_at);
  EXPECT_EQ(tokens().revoke(admin_, "nothing").error().kind, ErrorKind::not_found);
}

TEST_F(TokensTest, EndsWithTheAccount) {
  auto token = create(anna_, TokenScope::read);
  ASSERT_TRUE(accounts().change(admin_, anna_.account, {.state = AccountState::disabled}));
  EXPECT_FALSE(tokens().authenticate(token->token, now()));
}

TEST_F(TokensTest, ManipulatedTokens) {
  auto token = create(anna_, TokenScope::read)->token;
  EXPECT_EQ(workspace_of_token(token), "main");
  std::string other = token;
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_FALSE(tokens().authenticate(other, now()));
  std::string elsewhere = "assay_other" + token.substr(std::string_view("assay_main").size());
  EXPECT_EQ(workspace_of_token(elsewhere), "other");
  EXPECT_FALSE(tokens().authenticate(elsewhere, now())) << "a token opens its own workspace only";
  EXPECT_EQ(workspace_of_token("assay_a_b" + token.substr(std::string_view("assay_main").size())), "a_b");
  for (std::string text : {"", "assay_", "assay_main", "assay_main_x_y", "Bearer x"}) {
    EXPECT_FALSE(workspace_of_token(text)) << text;
    EXPECT_FALSE(tokens().authenticate(text, now()));
  }
}

TEST_F(TokensTest, UseIsNotedNowAndThen) {
  auto token = create(anna_, TokenScope::read);
  auto used = [&] { return tokens().list(anna_, anna_.account)->front().used_at; };
  EXPECT_FALSE(used());
  ASSERT_TRUE(tokens().authenticate(token->token, now()));
  Instant first = now();
  EXPECT_EQ(used(), first);
  pass(std::chrono::minutes(4));
  ASSERT_TRUE(tokens().authenticate(token->token, now()));
  EXPECT_EQ(used(), first);
  pass(std::chrono::minutes(1));
  ASSERT_TRUE(tokens().authenticate(token->token, now()));
  EXPECT_EQ(used(), now());
}

TEST_F(TokensTest, TheSecretIsStoredNowhere) {
  auto token = create(anna_, TokenScope::read)->token;
  std::string secret = token.substr(token.rfind('_') + 1);
  EXPECT_EQ(ledger().find(secret), std::string::npos);
  auto reader = workspace_->read();
  EXPECT_NE((*reader)->connection().one_text("select token_hash from assay_token")->value(), secret);
}

}  // namespace
}  // namespace assay::test
