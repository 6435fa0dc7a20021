#include "kernel/identity/accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "kernel/identity/account_rows.h"
#include "kernel/identity/permission.h"

namespace assay {
namespace {

std::atomic<std::uint64_t> changes_so_far{1};

Result<void> demand_administrator(const Principal& principal) {
  CHECK(demand(may_administer(principal)));
  return {};
}

// Somebody's own account; a token that may only read changes nothing.
bool is_own(const Principal& principal, std::string_view id) {
  return !principal.read_only && !principal.system && principal.account == id;
}

Problems check_name(std::string_view name) {
  if (is_blank(name) || !is_utf8(name) || utf8_length(name) > 200)
    return {{"name", "must have 1 to 200 characters", shorten(name, 60)}};
  return {};
}

Result<void> check_person(const Transaction& transaction, std::string_view account, std::string_view person) {
  if (person.empty()) return {};
  const EntityDef* def = transaction.registry().find("person");
  if (!def) return fail({{"person", "there is no register of persons", std::string(person)}});
  TRY(bool exists, transaction.exists(*def, person));
  if (!exists) return fail({{"person", "there is no such person", std::string(person)}});
  Param params[] = {person, account};
  TRY(auto other,
      transaction.connection().one_text("select email from assay_account where person = ? and id <> ?", params));
  if (other) return fail({{"person", "already belongs to the account " + *other, std::string(person)}});
  return {};
}

// An administrator whose account does not end by itself: one of these must stay, or nobody could let anybody in.
bool is_lasting_administrator(const UserAccount& account) {
  return account.roles.has(Role::administrator) && account.state == AccountState::active && !account.valid_to;
}

Result<void> check_administrator_stays(const Transaction& transaction, const UserAccount& before,
                                       const UserAccount& after) {
  if (!is_lasting_administrator(before) || is_lasting_administrator(after)) return {};
  TRY(auto accounts, read_accounts(transaction.connection(), "", {}));
  bool other = std::ranges::any_of(accounts, [&](const UserAccount& account) {
    return account.id != before.id && is_lasting_administrator(account);
  });
  if (other) return {};
  return fail(ErrorKind::conflict,
              "This is the last administrator without an end date. Make somebody else an administrator first.");
}

UserAccount with(UserAccount account, const AccountChange& change) {
  if (change.name) account.name = trim(*change.name);
  if (change.person) account.person = *change.person;
  if (change.roles) account.roles = *change.roles;
  if (change.state) account.state = *change.state;
  if (change.valid_to) account.valid_to = *change.valid_to;
  return account;
}

Result<void> store_change(Transaction& transaction, const UserAccount& account) {
  std::string roles = join(account.roles.names(), " ");
  std::string valid_to = account.valid_to ? account.valid_to->iso() : std::string();
  Param params[] = {std::string_view(account.name), nullable(account.person), std::string_view(roles),
                    state_name(account.state),      nullable(valid_to),       std::string_view(account.id)};
  return run(transaction.connection(),
             "update assay_account set name = ?, person = ?, roles = ?, state = ?, valid_to = ? where id = ?", params);
}

Result<void> check_change(const Transaction& transaction, const UserAccount& before, const UserAccount& after) {
  Problems problems = check_name(after.name);
  if (before.roles != after.roles) std::ranges::copy(check_roles(after.roles), std::back_inserter(problems));
  if (!problems.empty()) return fail(std::move(problems));
  if (before.person != after.person) {
    CHECK(check_person(transaction, after.id, after.person));
  }
  return check_administrator_stays(transaction, before, after);
}

}  // namespace

Principal UserAccount::principal() const {
  Principal out;
  out.account = id;
  out.name = name;
  out.person = person;
  out.roles = roles;
  return out;
}

Result<std::string> normal_email(std::string_view email) {
  std::string out = lower(trim(email));
  auto refuse = [&] {
    return fail({{"email", "must be an e-mail address such as anna@example.org", shorten(email, 80)}});
  };
  std::size_t at = out.rfind('@');
  if (out.size() > 254 || at == std::string::npos || at == 0 || at > 64) return refuse();
  std::string_view local = std::string_view(out).substr(0, at);
  auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  auto local_part = [&](char c) {
    return plain(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
  };
  if (!std::ranges::all_of(local, local_part) || local.front() == '.' || local.back() == '.' ||
      local.find("..") != std::string_view::npos) {
    return refuse();
  }
  std::vector<std::string_view> labels = split(std::string_view(out).substr(at + 1), '.');
  bool domain = labels.size() > 1 && std::ranges::all_of(labels, [&](std::string_view label) {
                  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
                         std::ranges::all_of(label, [&](char c) { return plain(c) || c == '-'; });
                });
  if (!domain) return refuse();
  return out;
}

Problems check_roles(Roles roles) {
  Problems problems;
  auto add = [&](std::string message) { problems.push_back({"roles", std::move(message), roles.labels()}); };
  if (roles.empty()) add("an account needs at least one role");
  for (Role alone : {Role::external_auditor, Role::collector}) {
    if (roles.has(alone) && roles != Roles{alone}) {
      add(fmt::format("{} goes with no other role", choices_of<Role>[static_cast<std::size_t>(alone)].label));
    }
  }
  if (roles.has(Role::internal_auditor) && roles.any_of({Role::isms_owner, Role::consultant})) {
    add("who keeps the ISMS or advises on it cannot audit it (9.2.2)");
  }
  return problems;
}

Result<void> Accounts::check_new(const Transaction& transaction, const NewAccount& account) const {
  Problems problems = check_name(account.name);
  std::ranges::copy(check_roles(account.roles), std::back_inserter(problems));
  std::ranges::copy(check_new_password(account.password, account.email, account.name, common_),
                    std::back_inserter(problems));
  Param params[] = {std::string_view(account.email)};
  TRY(auto taken, transaction.connection().one_text("select id from assay_account where email = ?", params));
  if (taken) problems.push_back({"email", "belongs to another account", account.email});
  if (!problems.empty()) return fail(std::move(problems));
  return check_person(transaction, "", account.person);
}

Result<UserAccount> Accounts::create(const Principal& principal, const NewAccount& wanted) {
  CHECK(demand_administrator(principal));
  NewAccount account = wanted;
  account.name = trim(wanted.name);
  TRY(account.email, normal_email(wanted.email));
  {
    // Checked before the costly hash, and again inside the transaction by the unique e-mail.
    Problems problems = check_new_password(account.password, account.email, account.name, common_);
    if (!problems.empty()) return fail(std::move(problems));
  }
  TRY(std::string hash, hash_password(account.password));
  std::string id = "user-" + hex(random_bytes(6));
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    CHECK(check_new(transaction, account));
    std::string now = transaction.now().iso();
    std::string roles = join(account.roles.names(), " ");
    std::string valid_to = account.valid_to ? account.valid_to->iso() : std::string();
    std::string_view password_at = principal.system ? std::string_view(now) : temporary_password;
    Param params[] = {std::string_view(id),
                      std::string_view(account.email),
                      std::string_view(account.name),
                      nullable(account.person),
                      std::string_view(roles),
                      std::string_view(hash),
                      std::int64_t{0},
                      state_name(AccountState::active),
                      std::string_view(now),
                      password_at,
                      nullable(valid_to)};
    CHECK(
        transaction.connection().run("insert into assay_account (id, email, name, person, roles, password_hash, "
                                     "totp_step, state, created_at, password_at, valid_to) "
                                     "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                     params));
    UserAccount nothing;
    TRY(UserAccount stored, read_account(transaction.connection(), "id = ?", id));
    return transaction.note("account", id, "create", "", account_changes(nothing, stored));
  }));
  access_changed();
  return find(id);
}

Result<UserAccount> Accounts::change(const Principal& principal, std::string_view id, const AccountChange& change,
                                     std::string_view reason) {
  CHECK(demand_administrator(principal));
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    TRY(UserAccount before, read_account(transaction.connection(), "id = ?", id));
    UserAccount after = with(before, change);
    std::string changes = account_changes(before, after);
    if (changes == "{}") return {};
    CHECK(check_change(transaction, before, after));
    CHECK(store_change(transaction, after));
    if (before.roles != after.roles || before.state != after.state) {
      CHECK(end_sessions(transaction.connection(), id, ""));
    }
    return transaction.note("account", id, "change", reason, changes);
  }));
  access_changed();
  return find(id);
}

Result<void> Accounts::set_password(const Principal& principal, std::string_view id, std::string_view current,
                                    std::string_view password, std::string_view keep_token) {
  if (!principal.system && !is_own(principal, id)) {
    return Failure(Error{
        ErrorKind::forbidden, "Only you can choose your password. Administrators can reset it.", {}, {}, "the person"});
  }
  TRY(UserAccount account, find(id));
  if (!principal.system) {
    CHECK(check_current_password(workspace_, id, current));
    if (current == password) return fail({{"password", "must differ from the one it replaces", ""}});
  }
  if (Problems problems = check_new_password(password, account.email, account.name, common_); !problems.empty()) {
    return fail(std::move(problems));
  }
  TRY(std::string hash, hash_password(password));
  std::string keep = keep_token.empty() ? std::string() : hex(sha256(keep_token));
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    CHECK(store_password(transaction, id, hash, transaction.now().iso()));
    CHECK(end_sessions(transaction.connection(), id, keep));
    return transaction.note("account", id, "set_password", "", "{}");
  }));
  access_changed();
  return {};
}

Result<std::string> Accounts::reset_password(const Principal& principal, std::string_view id, std::string_view reason) {
  CHECK(demand_administrator(principal));
  std::string password = random_token(15);
  TRY(std::string hash, hash_password(password));
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    CHECK(read_account(transaction.connection(), "id = ?", id));
    CHECK(store_password(transaction, id, hash, temporary_password));
    CHECK(end_sessions(transaction.connection(), id, ""));
    return transaction.note("account", id, "reset_password", reason, "{}");
  }));
  access_changed();
  return password;
}

Result<std::vector<UserAccount>> Accounts::list(const Principal& principal) const {
  CHECK(demand_administrator(principal));
  TRY(auto reader, workspace_.read());
  return read_accounts(reader->connection(), "", {});
}

Result<UserAccount> Accounts::find(std::string_view id) const {
  TRY(auto reader, workspace_.read());
  return read_account(reader->connection(), "id = ?", id);
}

Result<UserAccount> Accounts::find_by_email(std::string_view email) const {
  TRY(std::string normal, normal_email(email));
  TRY(auto reader, workspace_.read());
  return read_account(reader->connection(), "email = ?", normal);
}

Result<std::int64_t> Accounts::count() const {
  TRY(auto reader, workspace_.read());
  TRY(auto accounts, reader->connection().one_integer("select count(*) from assay_account"));
  return accounts.value_or(0);
}

std::uint64_t access_changes() { return changes_so_far.load(); }
void access_changed() { ++changes_so_far; }

}  // namespace assay
