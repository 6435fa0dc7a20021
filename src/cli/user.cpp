#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"

namespace assay {
namespace {

const Principal& operator_principal() {
  static const Principal principal = Principal::product("command line");
  return principal;
}

Result<Roles> read_roles(std::string_view text) {
  Roles roles;
  for (std::string_view name : split(text, ',')) {
    if (trim(name).empty()) continue;
    auto role = choice_of<Role>(trim(name));
    if (!role) {
      std::vector<std::string> known;
      for (const Choice& choice : choices_of<Role>) known.emplace_back(choice.name);
      return fail(Problems{{"--roles", "must be of " + join(known, ", "), std::string(name)}});
    }
    roles.add(*role);
  }
  return roles;
}

Result<void> list_accounts(Tenant& tenant) {
  TRY(auto accounts, tenant.accounts.list(operator_principal()));
  for (const UserAccount& account : accounts) {
    fmt::print("{:<32} {:<24} {:<9} {}\n", account.email, account.name,
               account.state == AccountState::active ? "active" : "disabled", account.roles.labels());
  }
  if (accounts.empty()) fmt::print("No accounts yet. The server shows a page to set up the first one.\n");
  return {};
}

Result<void> add_account(Tenant& tenant, const Arguments& arguments) {
  NewAccount account;
  account.email = arguments.value("--email");
  account.name = arguments.value("--name", account.email);
  account.person = arguments.value("--person");
  TRY(account.roles, read_roles(arguments.value("--roles", "employee")));
  TRY(account.password, read_secret(arguments.value("--password-file")));
  TRY(UserAccount stored, tenant.accounts.create(operator_principal(), account));
  fmt::print("Account {} created with the roles: {}.\n", stored.email, stored.roles.labels());
  return {};
}

Result<void> make_token(Tenant& tenant, const Arguments& arguments) {
  TRY(UserAccount account, tenant.accounts.find_by_email(arguments.value("--email")));
  auto scope = choice_of<TokenScope>(arguments.value("--scope", "read"));
  if (!scope) return fail(Problems{{"--scope", "must be read, write, collector or admin", arguments.value("--scope")}});
  std::string days = arguments.value("--days", "90");
  std::int64_t count = 0;
  auto [end, error] = std::from_chars(days.data(), days.data() + days.size(), count);
  if (error != std::errc() || end != days.data() + days.size() || count < 1)
    return fail(Problems{{"--days", "must be a whole number from 1 to 366", days}});
  TRY(NewToken token, tenant.tokens.create(operator_principal(), account.id, arguments.value("--name", "command line"),
                                           *scope, product().clock.today().plus_days(count)));
  fmt::print("{}\n", token.token);
  return {};
}

Result<void> change_account(Tenant& tenant, const std::string& what, const Arguments& arguments) {
  TRY(UserAccount account, tenant.accounts.find_by_email(arguments.value("--email")));
  if (what == "password") {
    TRY(std::string password, read_secret(arguments.value("--password-file")));
    CHECK(tenant.accounts.set_password(operator_principal(), account.id, "", password));
  } else {
    AccountChange change;
    if (what == "roles") {
      TRY(change.roles, read_roles(arguments.value("--roles")));
    } else {
      change.state = what == "enable" ? AccountState::active : AccountState::disabled;
    }
    CHECK(tenant.accounts.change(operator_principal(), account.id, change, "command line"));
  }
  fmt::print("{}: done.\n", account.email);
  return {};
}

Result<void> act(const Call& call) {
  const Arguments& arguments = call.arguments;
  std::string what = arguments.words().empty() ? "list" : arguments.words()[0];
  TRY(auto tenant, open_tenant(call));
  if (what == "list") return list_accounts(*tenant);
  if (!arguments.has("--email")) return fail(Problems{{"--email", "is needed", ""}});
  if (what == "token") return make_token(*tenant, arguments);
  bool needs_password = what == "add" || what == "password";
  if (needs_password && !arguments.has("--password-file")) return fail(Problems{{"--password-file", "is needed", ""}});
  if (what == "add") return add_account(*tenant, arguments);
  if (what == "password" || what == "roles" || what == "enable" || what == "disable")
    return change_account(*tenant, what, arguments);
  return fail(ErrorKind::invalid,
              fmt::format("user knows list, add, roles, password, disable, enable and token, not \"{}\".", what));
}

}  // namespace

int run_user(const Call& call) {
  auto done = act(call);
  return done ? exit_done : report_failure(done.error());
}

}  // namespace assay
