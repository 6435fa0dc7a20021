#include "kernel/identity/accounts.h"

#include "kernel/identity/totp.h"
#include "tests/identity/fixture.h"

namespace assay::test {
namespace {

class AccountsTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    admin_ = add("admin", {Role::administrator}).principal();
  }
  ErrorKind kind_of(const auto& result) { return result ? ErrorKind::internal : result.error().kind; }
  NewAccount wanted(std::string email) {
    return {std::move(email), "Somebody New", {}, {Role::employee}, std::string(good_password), {}};
  }

  Id add_person() {
    Record person(*registers().find("person"));
    person.id = "P-1";
    person.at("name") = std::string("Anna");
    auto done = workspace_->write(Principal::product("test"),
                                  [&](Transaction& transaction) { return transaction.insert(person, ""); });
    EXPECT_TRUE(done) << done.error().text();
    return person.id;
  }

  Principal admin_;
};

TEST_F(AccountsTest, CreatesAndFinds) {
  auto made = accounts().create(
      admin_,
      {"  Anna.L@Example.ORG ", " Anna L ", {}, {Role::employee, Role::risk_owner}, std::string(good_password), {}});
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(made->email, "anna.l@example.org");
  EXPECT_EQ(made->name, "Anna L");
  EXPECT_EQ(made->roles, (Roles{Role::employee, Role::risk_owner}));
  EXPECT_EQ(made->created_at, now());
  EXPECT_TRUE(made->password_is_temporary) << "an administrator knows it";
  EXPECT_FALSE(made->totp_enabled);
  EXPECT_EQ(accounts().find_by_email("ANNA.L@example.org")->id, made->id);
  EXPECT_EQ(*accounts().count(), 2);
  EXPECT_EQ(accounts().list(admin_)->size(), 2U);
  EXPECT_EQ(kind_of(accounts().find("nobody")), ErrorKind::not_found);
}

TEST_F(AccountsTest, OnlyAdministrators) {
  Principal owner = add("owner", {Role::isms_owner}).principal();
  EXPECT_EQ(kind_of(accounts().create(owner, wanted("x@example.org"))), ErrorKind::forbidden);
  EXPECT_EQ(kind_of(accounts().list(owner)), ErrorKind::forbidden);
  EXPECT_EQ(kind_of(accounts().change(owner, owner.account, {.roles = Roles{Role::administrator}})),
            ErrorKind::forbidden);
  EXPECT_EQ(kind_of(accounts().reset_password(owner, admin_.account, "")), ErrorKind::forbidden);
  Principal reading = admin_;
  reading.read_only = true;
  EXPECT_EQ(kind_of(accounts().create(reading, wanted("x@example.org"))), ErrorKind::forbidden);
}

TEST_F(AccountsTest, RefusesBadInput) {
  for (std::string email : {"", "anna", "@example.org", "anna@", "anna@localhost", "a b@example.org",
                            "a..b@example.org", "anna@-x.org", "a\n@example.org"}) {
    EXPECT_EQ(kind_of(accounts().create(admin_, wanted(email))), ErrorKind::invalid) << email;
  }
  EXPECT_EQ(kind_of(accounts().create(admin_, wanted("ADMIN@example.org"))), ErrorKind::invalid) << "taken";
  NewAccount weak = wanted("x@example.org");
  weak.password = "password1234";
  EXPECT_EQ(kind_of(accounts().create(admin_, weak)), ErrorKind::invalid);
  NewAccount nameless = wanted("x@example.org");
  nameless.name = "  ";
  EXPECT_EQ(kind_of(accounts().create(admin_, nameless)), ErrorKind::invalid);
  EXPECT_EQ(*accounts().count(), 1);
}

TEST_F(AccountsTest, RolesThatExcludeEachOther) {
  EXPECT_FALSE(check_roles({}).empty());
  EXPECT_FALSE(check_roles({Role::external_auditor, Role::employee}).empty());
  EXPECT_FALSE(check_roles({Role::collector, Role::isms_owner}).empty());
  EXPECT_FALSE(check_roles({Role::internal_auditor, Role::isms_owner}).empty());
  EXPECT_FALSE(check_roles({Role::internal_auditor, Role::consultant}).empty());
  EXPECT_TRUE(check_roles({Role::internal_auditor, Role::employee, Role::control_owner}).empty());
  EXPECT_TRUE(check_roles({Role::administrator, Role::isms_owner, Role::top_management}).empty());
}

TEST_F(AccountsTest, TheLastAdministratorStays) {
  EXPECT_EQ(kind_of(accounts().change(admin_, admin_.account, {.roles = Roles{Role::employee}})), ErrorKind::conflict);
  EXPECT_EQ(kind_of(accounts().change(admin_, admin_.account, {.state = AccountState::disabled})), ErrorKind::conflict);
  EXPECT_EQ(kind_of(accounts().change(admin_, admin_.account, {.valid_to = clock_.today().plus_days(10)})),
            ErrorKind::conflict);
  auto second = add("second", {Role::administrator});
  ASSERT_TRUE(accounts().change(admin_, second.id, {.valid_to = clock_.today().plus_days(10)}));
  EXPECT_EQ(kind_of(accounts().change(admin_, admin_.account, {.roles = Roles{Role::employee}})), ErrorKind::conflict)
      << "the other one ends";
  ASSERT_TRUE(accounts().change(admin_, second.id, {.valid_to = std::optional<Date>()}));
  EXPECT_TRUE(accounts().change(admin_, admin_.account, {.roles = Roles{Role::employee}}));
}

TEST_F(AccountsTest, APersonHasOneAccount) {
  Id person = add_person();
  auto anna = add("anna", {Role::employee});
  auto bert = add("bert", {Role::employee});
  auto linked = accounts().change(admin_, anna.id, {.person = person});
  ASSERT_TRUE(linked) << linked.error().text();
  EXPECT_EQ(linked->principal().person, person);
  EXPECT_EQ(kind_of(accounts().change(admin_, bert.id, {.person = person})), ErrorKind::invalid);
  EXPECT_EQ(kind_of(accounts().change(admin_, bert.id, {.person = Id("P-404")})), ErrorKind::invalid);
  ASSERT_TRUE(accounts().change(admin_, anna.id, {.person = Id()}));
  EXPECT_TRUE(accounts().change(admin_, bert.id, {.person = person}));
}

TEST_F(AccountsTest, OwnPassword) {
  auto anna = add("anna", {Role::employee});
  EXPECT_FALSE(anna.password_is_temporary);
  std::string fresh = "green kite over dunes";
  EXPECT_EQ(kind_of(accounts().set_password(anna.principal(), anna.id, "wrong one entirely", fresh)),
            ErrorKind::invalid);
  EXPECT_EQ(kind_of(accounts().set_password(anna.principal(), anna.id, good_password, "short")), ErrorKind::invalid);
  EXPECT_EQ(kind_of(accounts().set_password(anna.principal(), anna.id, good_password, good_password)),
            ErrorKind::invalid);
  EXPECT_EQ(kind_of(accounts().set_password(admin_, anna.id, good_password, fresh)), ErrorKind::forbidden)
      << "administrators reset";
  EXPECT_TRUE(accounts().set_password(anna.principal(), anna.id, good_password, fresh));
  EXPECT_TRUE(accounts().set_password(anna.principal(), anna.id, fresh, "violet harbour at nine"));
  EXPECT_TRUE(accounts().set_password(Principal::product("command line"), anna.id, "", fresh));
}

TEST_F(AccountsTest, ResetGivesATemporaryPassword) {
  auto anna = add("anna", {Role::employee});
  auto password = accounts().reset_password(admin_, anna.id, "forgotten");
  ASSERT_TRUE(password);
  EXPECT_TRUE(accounts().find(anna.id)->password_is_temporary);
  EXPECT_TRUE(accounts().set_password(anna.principal(), anna.id, *password, "green kite over dunes"));
  EXPECT_FALSE(accounts().find(anna.id)->password_is_temporary);
  EXPECT_EQ(kind_of(accounts().reset_password(admin_, "nobody", "")), ErrorKind::not_found);
}

TEST_F(AccountsTest, SecondFactor) {
  auto anna = add("anna", {Role::employee});
  EXPECT_EQ(kind_of(accounts().begin_totp(admin_, anna.id)), ErrorKind::forbidden);
  EXPECT_EQ(kind_of(accounts().confirm_totp(anna.principal(), anna.id, "123456", now())), ErrorKind::conflict)
      << "nothing begun";
  auto setup = accounts().begin_totp(anna.principal(), anna.id);
  ASSERT_TRUE(setup);
  EXPECT_FALSE(accounts().find(anna.id)->totp_enabled) << "not before the app proved itself";
  EXPECT_EQ(kind_of(accounts().confirm_totp(anna.principal(), anna.id, "abcdef", now())), ErrorKind::invalid);
  EXPECT_TRUE(accounts().confirm_totp(anna.principal(), anna.id, *totp_code(setup->secret, now()), now()));
  EXPECT_TRUE(accounts().find(anna.id)->totp_enabled);
  EXPECT_EQ(kind_of(accounts().begin_totp(anna.principal(), anna.id)), ErrorKind::conflict);
  EXPECT_EQ(kind_of(accounts().disable_totp(anna.principal(), anna.id, "wrong one entirely", "")), ErrorKind::invalid);
  EXPECT_TRUE(accounts().disable_totp(admin_, anna.id, "", "phone lost"));
  EXPECT_FALSE(accounts().find(anna.id)->totp_enabled);
  EXPECT_EQ(ledger().find(setup->secret), std::string::npos);
}

TEST_F(AccountsTest, TheLedgerTellsChangesButNoSecrets) {
  auto anna = add("anna", {Role::employee});
  ASSERT_TRUE(accounts().change(admin_, anna.id, {.roles = Roles{Role::risk_owner}}));
  ASSERT_TRUE(accounts().change(admin_, anna.id, {.roles = Roles{Role::risk_owner}})) << "no change, no entry";
  ASSERT_TRUE(accounts().set_password(anna.principal(), anna.id, good_password, "green kite over dunes"));
  std::string text = ledger();
  EXPECT_NE(text.find(R"(account change {"roles":["employee","risk_owner"]})"), std::string::npos) << text;
  EXPECT_EQ(text.find("account change"), text.rfind("account change"));
  EXPECT_NE(text.find("account set_password {}"), std::string::npos);
  EXPECT_EQ(text.find("argon2"), std::string::npos);
}

}  // namespace
}  // namespace assay::test
