// The table assay_account for the files of this folder.
#pragma once

#include "kernel/identity/accounts.h"

namespace assay {

// password_at of a password that an administrator gave.
inline constexpr std::string_view temporary_password = "1970-01-01T00:00:00Z";
// totp_step of a secret that was shown but not confirmed; nothing is asked at sign-in yet.
inline constexpr std::int64_t totp_pending = -1;

inline Param nullable(const std::string& text) { return text.empty() ? Param() : Param(std::string_view(text)); }
// Runs a statement whose count of changed rows nobody asks for.
Result<void> run(Connection& connection, std::string_view sql, Params params);
std::string_view state_name(AccountState state);

// What only checks of identity look at.
struct AccountSecrets {
  std::string password_hash;
  std::string totp_secret;  // sealed, see open_totp_secret()
  std::int64_t totp_step = 0;
};

// Accounts in the order of their names; `where` is empty or a condition with one parameter.
Result<std::vector<UserAccount>> read_accounts(Connection& connection, std::string_view where, std::string_view value,
                                               std::vector<AccountSecrets>* secrets = nullptr);
Result<UserAccount> read_account(Connection& connection, std::string_view where, std::string_view value,
                                 AccountSecrets* secrets = nullptr);  // not_found

// The secret of the second factor as an app knows it. Error: internal when it was sealed with the key of another
// installation; the message says what to do.
Result<std::string> open_totp_secret(const Workspace& workspace, std::string_view account,
                                     const AccountSecrets& secrets);

// The differences for the ledger as JSON, "{}" when there are none; without anything secret.
std::string account_changes(const UserAccount& before, const UserAccount& after);

Result<void> store_password(Transaction& transaction, std::string_view id, std::string_view hash,
                            std::string_view password_at);
// Ends the sessions of an account but the one with the token hash `keep`.
Result<void> end_sessions(Connection& connection, std::string_view account, std::string_view keep);
// Error: invalid with the place "current_password".
Result<void> check_current_password(Workspace& workspace, std::string_view id, std::string_view password);

}  // namespace assay
