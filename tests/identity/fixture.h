// A workspace of a test's own with the registers of the product, and people in it.
#pragma once

#include <gtest/gtest.h>

#include "base/file.h"
#include "isms/registers.h"
#include "kernel/identity/accounts.h"
#include "kernel/store/workspace.h"
#include "tests/base/temp_folder.h"

namespace assay::test {

inline const CommonPasswords& common_passwords() {
  static const CommonPasswords list = [] {
    auto text = read_file(std::filesystem::path(ASSAY_SOURCE_DIR) / "content/common-passwords.txt", 1 << 20);
    if (!text) throw std::runtime_error(text.error().message);
    return CommonPasswords(*text);
  }();
  return list;
}

inline constexpr std::string_view good_password = "teal lamp seven rivers";

class IdentityTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto location = Location::parse(folder_.path().native());
    ASSERT_TRUE(location) << location.error().text();
    auto made = Workspace::create(*location, "main", {registers(), clock_, {}});
    ASSERT_TRUE(made) << made.error().text();
    workspace_ = std::move(*made);
  }

  Instant now() const { return clock_.now(); }
  void pass(std::chrono::seconds time) { clock_.set(Instant{clock_.now().seconds + time}); }

  UserAccount add(const std::string& name, Roles roles, std::string_view password = good_password) {
    auto account = accounts().create(Principal::product("test"),
                                     {name + "@example.org", "Person " + name, {}, roles, std::string(password), {}});
    if (!account) throw std::runtime_error(account.error().text());
    return *account;
  }
  Accounts accounts() { return {*workspace_, common_passwords()}; }

  std::string ledger() {
    auto reader = workspace_->read();
    std::string out;
    auto done = (*reader)->connection().query(
        "select register, operation, changes from assay_ledger order by seq", {}, [&](const Row& row) {
          out += std::string(row.text(0)) + " " + std::string(row.text(1)) + " " + std::string(row.text(2)) + "\n";
        });
    EXPECT_TRUE(done);
    return out;
  }

  TempFolder folder_;
  FixedClock clock_{*Instant::parse("2026-03-02T09:00:00Z")};
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace assay::test
