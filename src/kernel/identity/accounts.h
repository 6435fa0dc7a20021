// Accounts of a workspace: who may sign in, with which roles. Each change stands in the ledger (never a secret).
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/identity/password.h"
#include "kernel/store/workspace.h"

namespace assay {

enum class AccountState { active, disabled };

struct UserAccount {
  std::string id;
  std::string email;  // lower case
  std::string name;
  Id person;  // record of the register person; empty: none
  Roles roles;
  AccountState state = AccountState::active;
  bool totp_enabled = false;
  bool password_is_temporary = false;  // given by an administrator; to be changed at the next sign-in
  std::optional<Instant> created_at, last_sign_in_at;
  std::optional<Date> valid_to;  // last day; nothing: without end

  bool may_sign_in(Date today) const { return state == AccountState::active && (!valid_to || today <= *valid_to); }
  Principal principal() const;
};

struct NewAccount {
  std::string email, name;
  Id person;
  Roles roles;
  std::string password;
  std::optional<Date> valid_to;
};

// What is to change; nothing: stays.
struct AccountChange {
  std::optional<std::string> name = {};
  std::optional<Id> person = {};  // empty id: no person
  std::optional<Roles> roles = {};
  std::optional<AccountState> state = {};
  std::optional<std::optional<Date>> valid_to = {};
};

struct TotpSetup {
  std::string secret, uri, qr_svg;
};

// Trimmed and in lower case; an error with the place "email" when it is no address.
Result<std::string> normal_email(std::string_view email);
// Roles that do not go together: an auditor who keeps the ISMS, a machine or an outside auditor with any other role.
Problems check_roles(Roles roles);

// All changes need Role::administrator (or the product itself), but password and second factor of one's own account.
// A change of roles, state or password ends the account's sessions. Errors: forbidden, invalid, not_found, conflict.
class Accounts {
 public:
  Accounts(Workspace& workspace, const CommonPasswords& common) : workspace_(workspace), common_(common) {}

  // The password is temporary unless the product itself (command line, installation) sets it.
  Result<UserAccount> create(const Principal& principal, const NewAccount& account);
  // Refuses to leave the workspace without an administrator whose account does not end.
  Result<UserAccount> change(const Principal& principal, std::string_view id, const AccountChange& change,
                             std::string_view reason = {});

  // One's own password; the product itself may give an empty `current` and set anybody's. Ends all sessions of the
  // account but the one with `keep_token`.
  Result<void> set_password(const Principal& principal, std::string_view id, std::string_view current,
                            std::string_view password, std::string_view keep_token = {});
  // For somebody who forgot: gives a temporary password, shown once. The second factor stays.
  Result<std::string> reset_password(const Principal& principal, std::string_view id, std::string_view reason);

  // Second factor: begin shows a secret, confirm proves that the app has it. Before that nothing is asked at sign-in.
  Result<TotpSetup> begin_totp(const Principal& principal, std::string_view id);
  Result<void> confirm_totp(const Principal& principal, std::string_view id, std::string_view code, Instant now);
  // One's own (with the password), or, for a lost phone, that of another by an administrator.
  Result<void> disable_totp(const Principal& principal, std::string_view id, std::string_view current_password,
                            std::string_view reason);

  Result<std::vector<UserAccount>> list(const Principal& principal) const;  // by name; administrators only
  Result<UserAccount> find(std::string_view id) const;                      // not_found; for the product's own use
  Result<UserAccount> find_by_email(std::string_view email) const;
  Result<std::int64_t> count() const;  // 0: nobody can sign in yet

 private:
  Result<void> check_new(const Transaction& transaction, const NewAccount& account) const;

  Workspace& workspace_;
  const CommonPasswords& common_;
};

// Counts the changes of accounts, sessions and tokens by this process, so that caches of them know when to look again.
std::uint64_t access_changes();
void access_changed();

}  // namespace assay
