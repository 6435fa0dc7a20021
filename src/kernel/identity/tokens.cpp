#include "kernel/identity/tokens.h"

#include <fmt/format.h>
#include <sodium.h>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "kernel/identity/account_rows.h"
#include "kernel/identity/permission.h"

namespace assay {
namespace {

constexpr std::int64_t longest_days = 366;
constexpr std::int64_t used_every = 300;  // seconds between two notes of the use
constexpr std::size_t id_length = 12;
constexpr std::size_t secret_length = 64;

constexpr std::string_view columns =
    "id, account, name, scope, created_at, expires_at, revoked_at, used_at, token_hash";

struct TokenParts {
  std::string_view workspace, id, secret;
};

bool is_hex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

// From the right: a workspace's name may contain '_', id and secret are hexadecimal of a fixed length.
std::optional<TokenParts> parse(std::string_view token) {
  constexpr std::string_view prefix = "assay_";
  constexpr std::size_t tail = 1 + id_length + 1 + secret_length;
  if (token.size() > 200 || !token.starts_with(prefix) || token.size() <= prefix.size() + tail) return std::nullopt;
  TokenParts parts{token.substr(prefix.size(), token.size() - prefix.size() - tail),
                   token.substr(token.size() - secret_length - 1 - id_length, id_length),
                   token.substr(token.size() - secret_length)};
  bool separated = token[token.size() - tail] == '_' && token[token.size() - secret_length - 1] == '_';
  if (!separated || !is_hex(parts.id) || !is_hex(parts.secret) || !is_workspace_name(parts.workspace))
    return std::nullopt;
  return parts;
}

Token token_of(const Row& row) {
  Token token;
  token.id = row.text(0);
  token.account = row.text(1);
  token.name = row.text(2);
  token.scope = choice_of<TokenScope>(row.text(3)).value_or(TokenScope::read);
  token.created_at = Instant::parse(row.text(4)).value_or(Instant{});
  token.expires_on = Date::parse(row.text(5)).value_or(Date{});
  token.revoked_at = Instant::parse(row.text(6));
  token.used_at = Instant::parse(row.text(7));
  return token;
}

// What the token may do of what its account may.
Principal limited(const UserAccount& account, const Token& token) {
  Principal out = account.principal();
  out.name = fmt::format("{} (token {})", account.name, token.name);
  if (token.scope == TokenScope::admin) return out;
  Roles roles;
  for (std::size_t i = 0; i < choices_of<Role>.size(); ++i) {
    Role role = static_cast<Role>(i);
    if (account.roles.has(role) && role != Role::administrator) roles.add(role);
  }
  out.roles = roles;
  out.read_only = token.scope == TokenScope::read;
  if (token.scope == TokenScope::collector) {
    out.roles = {Role::collector};
    out.person.clear();  // a machine owns nothing and accepts nothing
  }
  return out;
}

Result<void> may_create(const Principal& principal, std::string_view account, TokenScope scope) {
  Decision administers = may_administer(principal);
  bool own = !principal.read_only && principal.account == account;
  if (!own && !administers.allowed) return Failure(administers.refusal());
  if (scope == TokenScope::admin && !administers.allowed) return Failure(administers.refusal());
  bool trusts_machines = administers.allowed || (!principal.read_only && principal.roles.has(Role::isms_owner));
  if (scope == TokenScope::collector && !trusts_machines) {
    return Failure(Error{ErrorKind::forbidden,
                         "A collector feeds the registers; who lets one in decides for the ISMS.",
                         {},
                         {},
                         (Roles{Role::administrator, Role::isms_owner}).labels()});
  }
  return {};
}

Problems check_token(std::string_view name, Date expires_on, Date today) {
  Problems problems;
  if (is_blank(name) || !is_utf8(name) || utf8_length(name) > 100) {
    problems.push_back({"name", "must have 1 to 100 characters, saying what the token is for", shorten(name, 60)});
  }
  std::int64_t days = days_between(today, expires_on);
  if (days < 0 || days > longest_days) {
    problems.push_back(
        {"expires_on", fmt::format("must lie within {} days from today", longest_days), expires_on.iso()});
  }
  return problems;
}

}  // namespace

std::optional<std::string> workspace_of_token(std::string_view token) {
  auto parts = parse(token);
  if (!parts) return std::nullopt;
  return std::string(parts->workspace);
}

Result<NewToken> Tokens::create(const Principal& principal, std::string_view account, std::string_view name,
                                TokenScope scope, Date expires_on) {
  CHECK(may_create(principal, account, scope));
  if (Problems problems = check_token(name, expires_on, workspace_.clock().today()); !problems.empty())
    return fail(std::move(problems));
  Token entry{
      hex(random_bytes(id_length / 2)), std::string(account), std::string(trim(name)), scope, {}, expires_on, {}, {}};
  std::string secret = hex(random_bytes(secret_length / 2));
  std::string hash = hex(sha256(secret));
  std::string expires = expires_on.iso();
  CHECK(workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    CHECK(read_account(transaction.connection(), "id = ?", account));
    entry.created_at = transaction.now();
    std::string now = entry.created_at.iso();
    Param params[] = {std::string_view(entry.id),   account,
                      std::string_view(entry.name), name_of_choice(scope),
                      std::string_view(hash),       std::string_view(now),
                      std::string_view(expires)};
    CHECK(run(transaction.connection(),
              "insert into assay_token (id, account, name, scope, token_hash, created_at, expires_at) values (?, ?, ?, "
              "?, ?, ?, ?)",
              params));
    return transaction.note(
        "token", entry.id, "create", "",
        fmt::format(R"({{"account":[null,{}],"name":[null,{}],"scope":[null,"{}"],"expires_on":[null,"{}"]}})",
                    json_string(account), json_string(entry.name), name_of_choice(scope), expires));
  }));
  return NewToken{fmt::format("assay_{}_{}_{}", workspace_.name(), entry.id, secret), entry};
}

Result<Principal> Tokens::authenticate(std::string_view token, Instant now) {
  const Failure refusal = fail(ErrorKind::unauthenticated, "This token is not valid.");
  auto parts = parse(token);
  if (!parts || parts->workspace != workspace_.name()) return refusal;
  std::optional<Token> found;
  std::string stored_hash;
  Result<UserAccount> account = refusal;
  {
    TRY(auto reader, workspace_.read());
    Param params[] = {parts->id};
    CHECK(reader->connection().query(fmt::format("select {} from assay_token where id = ?", columns), params,
                                     [&](const Row& row) {
                                       found = token_of(row);
                                       stored_hash = row.text(8);
                                     }));
    if (!found) return refusal;
    account = read_account(reader->connection(), "id = ?", found->account);
  }
  std::string hash = hex(sha256(parts->secret));
  bool same = hash.size() == stored_hash.size() && sodium_memcmp(hash.data(), stored_hash.data(), hash.size()) == 0;
  bool in_force = !found->revoked_at && now.day() <= found->expires_on;
  if (!same || !in_force || !account || !account->may_sign_in(now.day())) return refusal;
  if (!found->used_at || (now.seconds - found->used_at->seconds).count() >= used_every) {
    std::string at = now.iso();
    // The work is done even if its note cannot be written.
    (void)workspace_.write(Principal::product("tokens"), [&](Transaction& transaction) -> Result<void> {
      Param params[] = {std::string_view(at), parts->id};
      return run(transaction.connection(), "update assay_token set used_at = ? where id = ?", params);
    });
  }
  return limited(*account, *found);
}

Result<void> Tokens::revoke(const Principal& principal, std::string_view id) {
  return workspace_.write(principal, [&](Transaction& transaction) -> Result<void> {
    Param by_id[] = {id};
    TRY(auto account, transaction.connection().one_text("select account from assay_token where id = ?", by_id));
    bool own = account && !principal.read_only && principal.account == *account;
    if (Decision decision = may_administer(principal); !own && !decision.allowed) return Failure(decision.refusal());
    if (!account) return fail(ErrorKind::not_found, "There is no such token.");
    std::string now = transaction.now().iso();
    Param params[] = {std::string_view(now), id};
    TRY(auto rows, transaction.connection().run(
                       "update assay_token set revoked_at = ? where id = ? and revoked_at is null", params));
    if (rows == 0) return {};
    return transaction.note("token", id, "revoke", "", fmt::format(R"({{"revoked_at":[null,"{}"]}})", now));
  });
}

Result<std::vector<Token>> Tokens::list(const Principal& principal, std::string_view account) const {
  bool own = !account.empty() && principal.account == account;
  if (Decision decision = may_administer(principal); !own && !decision.allowed) return Failure(decision.refusal());
  TRY(auto reader, workspace_.read());
  std::vector<Token> out;
  std::string where = account.empty() ? "" : " where account = ?";
  Param params[] = {account};
  CHECK(reader->connection().query(
      fmt::format("select {} from assay_token{} order by created_at desc, id", columns, where),
      account.empty() ? Params() : Params(params), [&](const Row& row) { out.push_back(token_of(row)); }));
  return out;
}

}  // namespace assay
