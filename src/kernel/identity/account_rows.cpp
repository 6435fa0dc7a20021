#include "kernel/identity/account_rows.h"

#include <fmt/format.h>

#include "base/text.h"
#include "kernel/store/sealed_secrets.h"

namespace assay {
namespace {

constexpr std::string_view columns =
    "id, email, name, person, roles, state, totp_secret, totp_step, created_at, password_at, last_sign_in_at, "
    "valid_to, password_hash";

// An unknown role name (of a later version) gives no rights.
Roles parse_roles(std::string_view names) {
  Roles roles;
  for (std::string_view name : split(names, ' ')) {
    if (auto role = choice_of<Role>(name)) roles.add(*role);
  }
  return roles;
}

UserAccount account_of(const Row& row) {
  UserAccount account;
  account.id = row.text(0);
  account.email = row.text(1);
  account.name = row.text(2);
  account.person = row.text(3);
  account.roles = parse_roles(row.text(4));
  // Anything but the word for an active account keeps people out.
  account.state = row.text(5) == state_name(AccountState::active) ? AccountState::active : AccountState::disabled;
  account.totp_enabled = !row.is_null(6) && row.integer(7) != totp_pending;
  account.created_at = Instant::parse(row.text(8));
  account.password_is_temporary = row.text(9) == temporary_password;
  account.last_sign_in_at = Instant::parse(row.text(10));
  account.valid_to = Date::parse(row.text(11));
  return account;
}

}  // namespace

Result<void> run(Connection& connection, std::string_view sql, Params params) {
  CHECK(connection.run(sql, params));
  return {};
}

std::string_view state_name(AccountState state) { return state == AccountState::active ? "active" : "disabled"; }

Result<std::vector<UserAccount>> read_accounts(Connection& connection, std::string_view where, std::string_view value,
                                               std::vector<AccountSecrets>* secrets) {
  std::vector<UserAccount> accounts;
  std::string sql = fmt::format("select {} from assay_account", columns);
  if (!where.empty()) sql += fmt::format(" where {}", where);
  sql += " order by name, id";
  Param params[] = {value};
  CHECK(connection.query(sql, where.empty() ? Params() : Params(params), [&](const Row& row) {
    accounts.push_back(account_of(row));
    if (secrets) secrets->push_back({std::string(row.text(12)), std::string(row.text(6)), row.integer(7)});
  }));
  return accounts;
}

Result<UserAccount> read_account(Connection& connection, std::string_view where, std::string_view value,
                                 AccountSecrets* secrets) {
  std::vector<AccountSecrets> all_secrets;
  TRY(auto accounts, read_accounts(connection, where, value, &all_secrets));
  if (accounts.empty()) return fail(ErrorKind::not_found, fmt::format("There is no account {}.", shorten(value, 80)));
  if (secrets) *secrets = std::move(all_secrets.front());
  return std::move(accounts.front());
}

Result<std::string> open_totp_secret(const Workspace& workspace, std::string_view account,
                                     const AccountSecrets& secrets) {
  auto plain = totp_box(workspace.signing_key()).open(secrets.totp_secret, account);
  if (plain) return *std::move(plain);
  return fail(
      ErrorKind::internal,
      fmt::format("The second factor of account {} cannot be opened with {}. Restore the key file that belongs to "
                  "this database, or let an administrator turn the second factor off.",
                  account, workspace.location().key_file(workspace.name()).string()));
}

std::string account_changes(const UserAccount& before, const UserAccount& after) {
  std::string out;
  auto add = [&](std::string_view name, const std::string& old_text, const std::string& new_text) {
    if (old_text == new_text) return;
    auto json = [](const std::string& text) { return text.empty() ? std::string("null") : json_string(text); };
    out += fmt::format("{}{}:[{},{}]", out.empty() ? "" : ",", json_string(name), json(old_text), json(new_text));
  };
  auto day = [](const std::optional<Date>& date) { return date ? date->iso() : std::string(); };
  auto state = [](const UserAccount& account) {
    return account.id.empty() ? std::string() : std::string(state_name(account.state));
  };
  add("email", before.email, after.email);
  add("name", before.name, after.name);
  add("person", before.person, after.person);
  add("roles", join(before.roles.names(), " "), join(after.roles.names(), " "));
  add("state", state(before), state(after));
  add("valid_to", day(before.valid_to), day(after.valid_to));
  return "{" + out + "}";
}

Result<void> store_password(Transaction& transaction, std::string_view id, std::string_view hash,
                            std::string_view password_at) {
  Param params[] = {hash, password_at, id};
  return run(transaction.connection(), "update assay_account set password_hash = ?, password_at = ? where id = ?",
             params);
}

Result<void> end_sessions(Connection& connection, std::string_view account, std::string_view keep) {
  Param params[] = {account, keep};
  return run(connection, "delete from assay_session where account = ? and token_hash <> ?", params);
}

Result<void> check_current_password(Workspace& workspace, std::string_view id, std::string_view password) {
  AccountSecrets secrets;
  {
    TRY(auto reader, workspace.read());
    CHECK(read_account(reader->connection(), "id = ?", id, &secrets));
  }
  if (!verify_password(secrets.password_hash, password))
    return fail({{"current_password", "is not your password", ""}});
  return {};
}

}  // namespace assay
