// API tokens: assay_<workspace>_<id>_<secret>, stored as a SHA-256 alone, limited in scope and time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/identity/accounts.h"

namespace assay {

enum class TokenScope {
  read,       // sees what the account sees
  write,      // does what the account may do, but no administration
  collector,  // pushes evidence and state; nothing else of the account
  admin,      // everything the account may do
};

template <>
inline constexpr auto choices_of<TokenScope> = choices<TokenScope>({
    choice<TokenScope::read>("Read"),
    choice<TokenScope::write>("Read and write"),
    choice<TokenScope::collector>("Collector"),
    choice<TokenScope::admin>("Administration"),
});

struct Token {
  std::string id, account, name;
  TokenScope scope = TokenScope::read;
  Instant created_at;
  Date expires_on;  // last day
  std::optional<Instant> revoked_at, used_at;
};

struct NewToken {
  std::string token;  // shown once
  Token entry;
};

// The workspace named in a token; nothing when it is no token of ours.
std::optional<std::string> workspace_of_token(std::string_view token);

class Tokens {
 public:
  explicit Tokens(Workspace& workspace) : workspace_(workspace) {}

  // For one's own account, or any for an administrator. Collector tokens: administrators and ISMS owners; admin tokens:
  // administrators. `expires_on` at most 366 days ahead. Errors: forbidden, invalid, not_found.
  Result<NewToken> create(const Principal& principal, std::string_view account, std::string_view name, TokenScope scope,
                          Date expires_on);
  // Error: unauthenticated, one text whatever is wrong.
  Result<Principal> authenticate(std::string_view token, Instant now);
  Result<void> revoke(const Principal& principal, std::string_view id);
  // Of one account; of all for an empty `account` (administrators). Newest first.
  Result<std::vector<Token>> list(const Principal& principal, std::string_view account) const;

 private:
  Workspace& workspace_;
};

}  // namespace assay
