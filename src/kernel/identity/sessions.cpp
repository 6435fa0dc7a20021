#include "kernel/identity/sessions.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "kernel/identity/account_rows.h"
#include "kernel/identity/permission.h"
#include "kernel/identity/totp.h"

namespace assay {
namespace {

constexpr std::string_view wrong_credentials = "E-mail or password is wrong.";
constexpr std::string_view code_due = "Enter the code that your authenticator app shows.";
constexpr std::string_view code_wrong = "The code is wrong or was used already. Wait for the next one.";

std::string token_hash(std::string_view token) { return hex(sha256(token)); }

// What a list shows of a session and revoke() takes: derived from the hash, so it opens nothing.
std::string session_id(std::string_view hash) { return std::string(hash.substr(0, 16)); }

Result<void> demand_own_or_administrator(const Principal& principal, std::string_view account) {
  if (principal.account == account && !principal.read_only) return {};
  CHECK(demand(may_administer(principal)));
  return {};
}

Failure wait_message(std::chrono::seconds wait) {
  return fail(ErrorKind::limit, fmt::format("Too many attempts from here. Try again in {} seconds.", wait.count()));
}

// An unknown account costs the same time as a known one.
Result<UserAccount> checked_account(Workspace& workspace, std::string_view email, std::string_view password,
                                    AccountSecrets& secrets) {
  Result<UserAccount> account = fail(ErrorKind::not_found, "");
  {
    TRY(auto reader, workspace.read());
    account = read_account(reader->connection(), "email = ?", email, &secrets);
  }
  if (!account && account.error().kind != ErrorKind::not_found) return account;
  bool right = verify_password(account ? secrets.password_hash : dummy_hash(), password);
  if (!account || !right) return fail(ErrorKind::unauthenticated, std::string(wrong_credentials));
  return account;
}

}  // namespace

std::string session_cookie(std::string_view workspace, std::string_view token) {
  return fmt::format("{}:{}", workspace, token);
}

std::optional<SessionCookie> parse_session_cookie(std::string_view value) {
  std::size_t colon = value.find(':');
  if (value.size() > 200 || colon == std::string_view::npos || colon + 1 == value.size()) return std::nullopt;
  if (!is_workspace_name(value.substr(0, colon))) return std::nullopt;
  return SessionCookie{std::string(value.substr(0, colon)), std::string(value.substr(colon + 1))};
}

bool needs_code(const Error& error) {
  return error.kind == ErrorKind::unauthenticated && (error.message == code_due || error.message == code_wrong);
}

Result<bool> Sessions::knows_address(std::string_view email, std::string_view address) const {
  TRY(auto reader, workspace_.read());
  Param params[] = {email, address};
  TRY(auto found, reader->connection().one_integer("select count(*) from assay_session s join assay_account a on a.id "
                                                   "= s.account where a.email = ? and s.address = ?",
                                                   params));
  return found.value_or(0) > 0;
}

Result<SignedIn> Sessions::sign_in(std::string_view email, std::string_view password, std::string_view code,
                                   std::string_view address, std::string_view agent, Instant now) {
  auto normal = normal_email(email);
  // What is no address is throttled and hashed like one, so that nothing is learnt from the difference.
  const std::string key = normal ? *normal : shorten(lower(trim(email)), 254);
  TRY(bool known, knows_address(key, address));
  if (auto wait = throttle_.admit(key, address, known, now); wait.count() > 0) return wait_message(wait);

  AccountSecrets secrets;
  // 200 characters of UTF-8 have at most 800 bytes; longer input is not worth hashing.
  TRY(UserAccount account, checked_account(workspace_, key, password.substr(0, 801), secrets));
  if (!account.may_sign_in(now.day())) {
    throttle_.undecided(key, address, now);
    return Failure(
        Error{ErrorKind::forbidden, "This account has ended.", {}, {}, "an administrator can open it again"});
  }
  std::int64_t step = secrets.totp_step;
  if (account.totp_enabled) {
    if (is_blank(code)) {
      throttle_.undecided(key, address, now);
      return fail(ErrorKind::unauthenticated, std::string(code_due));
    }
    TRY(std::string secret, open_totp_secret(workspace_, account.id, secrets));
    auto accepted = accepted_totp_step(secret, trim(code), now, secrets.totp_step);
    if (!accepted) return fail(ErrorKind::unauthenticated, std::string(code_wrong));
    step = *accepted;
  }
  std::string new_hash;
  if (needs_rehash(secrets.password_hash)) {
    TRY(new_hash, hash_password(password));
  }
  TRY(SignedIn signed_in, open(account, secrets, step, new_hash, address, agent, now));
  throttle_.succeeded(key, address, now);
  return signed_in;
}

Result<Principal> Sessions::sign(const Principal& principal, std::string_view password, std::string_view code,
                                 std::string_view address, Instant now) {
  AccountSecrets secrets;
  Result<UserAccount> account = fail(ErrorKind::not_found, "");
  {
    TRY(auto reader, workspace_.read());
    account = read_account(reader->connection(), "id = ?", principal.account, &secrets);
  }
  if (!account) return Failure(account.error());
  if (auto wait = throttle_.admit(account->email, address, true, now); wait.count() > 0) return wait_message(wait);
  if (!verify_password(secrets.password_hash, password.substr(0, 801))) {
    return fail(Problems{{"_password", is_blank(password) ? "sign with your password" : "is not your password", ""}});
  }
  if (account->totp_enabled) {
    TRY(std::string secret, open_totp_secret(workspace_, account->id, secrets));
    auto accepted = accepted_totp_step(secret, trim(code), now, secrets.totp_step);
    if (!accepted) {
      if (is_blank(code)) throttle_.undecided(account->email, address, now);
      return fail(Problems{{"_code",
                            is_blank(code) ? "sign with the code of your authenticator app too"
                                           : "is not a valid code of your authenticator app",
                            ""}});
    }
    CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
      Param mark[] = {*accepted, std::string_view(account->id), secrets.totp_step};
      TRY(std::int64_t rows,
          transaction.connection().run("update assay_account set totp_step = ? where id = ? and totp_step = ?", mark));
      if (rows == 0) return fail(Problems{{"_code", "was used already; wait for the next one", ""}});
      return {};
    }));
  }
  throttle_.succeeded(account->email, address, now);
  Principal signer = principal;
  signer.signed_now = true;
  return signer;
}

// One transaction marks the code as used and opens the session: of two sign-ins with the same code one fails.
Result<SignedIn> Sessions::open(const UserAccount& account, const AccountSecrets& secrets, std::int64_t totp_step,
                                const std::string& new_hash, std::string_view address, std::string_view agent,
                                Instant now) {
  SignedIn out{random_token(32), random_token(32), account.principal(), account.password_is_temporary};
  std::string hash = token_hash(out.token);
  std::string at = now.iso();
  std::string expires = Instant{now.seconds + settings_.absolute}.iso();
  std::string short_agent = is_utf8(agent) ? shorten(agent, 300) : std::string();
  CHECK(workspace_.write(out.principal, [&](Transaction& transaction) -> Result<void> {
    Connection& connection = transaction.connection();
    Param mark[] = {totp_step, std::string_view(at), std::string_view(account.id), secrets.totp_step,
                    std::string_view(secrets.password_hash)};
    TRY(std::int64_t rows, connection.run("update assay_account set totp_step = ?, last_sign_in_at = ? "
                                          "where id = ? and totp_step = ? and password_hash = ?",
                                          mark));
    if (rows != 1)
      return fail(ErrorKind::unauthenticated, std::string(account.totp_enabled ? code_wrong : wrong_credentials));
    if (!new_hash.empty()) {
      Param rehash[] = {std::string_view(new_hash), std::string_view(account.id)};
      CHECK(run(connection, "update assay_account set password_hash = ? where id = ?", rehash));
    }
    Param session[] = {std::string_view(hash),
                       std::string_view(account.id),
                       std::string_view(out.csrf),
                       std::string_view(at),
                       std::string_view(at),
                       std::string_view(expires),
                       address,
                       std::string_view(short_agent)};
    return run(connection,
               "insert into assay_session (token_hash, account, csrf, created_at, seen_at, expires_at, address, agent) "
               "values (?, ?, ?, ?, ?, ?, ?, ?)",
               session);
  }));
  return out;
}

Result<ActiveSession> Sessions::authenticate(std::string_view token, Instant now) {
  const Failure refusal = fail(ErrorKind::unauthenticated, "Please sign in.");
  if (token.empty() || token.size() > 100) return refusal;
  const std::string hash = token_hash(token);
  auto entry = cached(hash, now);
  if (!entry) {
    std::uint64_t generation = access_changes();
    auto found = look_up(hash, now);
    if (!found && found.error().kind == ErrorKind::not_found) return refusal;
    if (!found) return std::unexpected(std::move(found).error());
    found->generation = generation;
    entry = std::move(*found);
  }
  if (now >= entry->expires || now.seconds - entry->seen.seconds >= settings_.idle) return refusal;
  entry->seen = std::max(entry->seen, now);
  if (now.seconds - entry->seen_written.seconds >= settings_.seen_every) {
    entry->seen_written = now;
    // Nobody is refused because "last seen" could not be written.
    mark_seen(hash, now);
  }
  remember(hash, *entry);
  return entry->session;
}

std::optional<Sessions::Cached> Sessions::cached(const std::string& hash, Instant now) {
  std::lock_guard lock(mutex_);
  auto found = cache_.find(hash);
  if (found == cache_.end()) return std::nullopt;
  const Cached& entry = found->second;
  bool fresh = now >= entry.looked_up && now.seconds - entry.looked_up.seconds < settings_.stale;
  if (fresh && entry.generation == access_changes() && now.day() == entry.looked_up.day()) return entry;
  return std::nullopt;
}

Result<Sessions::Cached> Sessions::look_up(const std::string& hash, Instant now) const {
  TRY(auto reader, workspace_.read());
  Cached entry;
  Param params[] = {std::string_view(hash)};
  CHECK(reader->connection().query("select account, csrf, seen_at, expires_at from assay_session where token_hash = ?",
                                   params, [&](const Row& row) {
                                     entry.session.account = row.text(0);
                                     entry.session.csrf = row.text(1);
                                     entry.seen = Instant::parse(row.text(2)).value_or(Instant{});
                                     entry.expires = Instant::parse(row.text(3)).value_or(Instant{});
                                   }));
  if (entry.session.account.empty()) return fail(ErrorKind::not_found, "no such session");
  TRY(UserAccount account, read_account(reader->connection(), "id = ?", entry.session.account));
  if (!account.may_sign_in(now.day())) return fail(ErrorKind::not_found, "the account has ended");
  entry.session.principal = account.principal();
  entry.session.password_is_temporary = account.password_is_temporary;
  entry.looked_up = now;
  entry.seen_written = entry.seen;
  return entry;
}

void Sessions::remember(const std::string& hash, const Cached& entry) {
  std::lock_guard lock(mutex_);
  // Sessions come back within seconds, so starting over is cheaper than an order of use.
  if (cache_.size() >= settings_.cached && !cache_.contains(hash)) cache_.clear();
  cache_[hash] = entry;
}

void Sessions::mark_seen(const std::string& hash, Instant now) {
  std::string at = now.iso();
  (void)workspace_.write(Principal::product("sessions"), [&](Transaction& transaction) -> Result<void> {
    Param params[] = {std::string_view(at), std::string_view(hash)};
    return run(transaction.connection(), "update assay_session set seen_at = ? where token_hash = ?", params);
  });
}

Result<void> Sessions::sign_out(std::string_view token) {
  std::string hash = token_hash(token);
  CHECK(workspace_.write(Principal::product("sessions"), [&](Transaction& transaction) -> Result<void> {
    Param params[] = {std::string_view(hash)};
    return run(transaction.connection(), "delete from assay_session where token_hash = ?", params);
  }));
  access_changed();
  return {};
}

Result<std::vector<SessionEntry>> Sessions::list(const Principal& principal, std::string_view account,
                                                 Instant now) const {
  CHECK(demand_own_or_administrator(principal, account));
  TRY(auto reader, workspace_.read());
  std::vector<SessionEntry> out;
  Param params[] = {account};
  CHECK(reader->connection().query(
      "select token_hash, created_at, seen_at, expires_at, address, agent from assay_session where account = ? order "
      "by seen_at desc, "
      "token_hash",
      params, [&](const Row& row) {
        auto instant = [&](int column) { return Instant::parse(row.text(column)).value_or(Instant{}); };
        SessionEntry entry{session_id(row.text(0)), instant(1), instant(2), instant(3), std::string(row.text(4)),
                           std::string(row.text(5))};
        if (entry.expires_at > now && now.seconds - entry.seen_at.seconds < settings_.idle)
          out.push_back(std::move(entry));
      }));
  return out;
}

Result<void> Sessions::revoke(const Principal& principal, std::string_view account, std::string_view id) {
  CHECK(demand_own_or_administrator(principal, account));
  std::int64_t rows = 0;
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    Param params[] = {account, id};
    TRY(rows, transaction.connection().run(
                  "delete from assay_session where account = ? and substr(token_hash, 1, 16) = ?", params));
    return {};
  }));
  access_changed();
  if (rows == 0) return fail(ErrorKind::not_found, "There is no such session any more.");
  return {};
}

Result<void> Sessions::revoke_all(const Principal& principal, std::string_view account) {
  CHECK(demand_own_or_administrator(principal, account));
  CHECK(workspace_.write(
      principal, [&](Transaction& transaction) { return end_sessions(transaction.connection(), account, ""); }));
  access_changed();
  return {};
}

Result<std::int64_t> Sessions::remove_expired(Instant now) {
  std::string at = now.iso();
  std::string idle = Instant{now.seconds - settings_.idle}.iso();
  std::int64_t rows = 0;
  CHECK(workspace_.write(Principal::product("sessions"), [&](Transaction& transaction) -> Result<void> {
    Param params[] = {std::string_view(at), std::string_view(idle)};
    TRY(rows, transaction.connection().run("delete from assay_session where expires_at <= ? or seen_at <= ?", params));
    return {};
  }));
  return rows;
}

}  // namespace assay
