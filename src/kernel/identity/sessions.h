// Signing in and the sessions that follow. A token is 256 random bits, stored as its SHA-256 alone.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/identity/accounts.h"
#include "kernel/identity/throttle.h"

namespace assay {

struct SessionSettings {
  std::chrono::seconds idle{8 * 3600};
  std::chrono::seconds absolute{7 * 24 * 3600};
  std::chrono::seconds seen_every{300};  // how often "last seen" is written
  std::chrono::seconds stale{10};        // how long a session is believed without looking it up
  std::size_t cached = 4096;
};

struct SignedIn {
  std::string token;  // for the cookie; not stored
  std::string csrf;   // to be sent with every change
  Principal principal;
  bool password_is_temporary = false;
};

struct ActiveSession {
  Principal principal;
  std::string csrf;
  std::string account;
  bool password_is_temporary = false;
};

struct AccountSecrets;

// A session as its owner sees it in the list.
struct SessionEntry {
  std::string id;  // for revoke(); tells nothing about the token
  Instant created_at, seen_at, expires_at;
  std::string address, agent;
};

inline constexpr std::string_view session_cookie_name = "assay_session";

// The value of the session cookie, "<workspace>:<token>".
std::string session_cookie(std::string_view workspace, std::string_view token);
struct SessionCookie {
  std::string workspace, token;
};
std::optional<SessionCookie> parse_session_cookie(std::string_view value);

// Safe to use from several threads.
class Sessions {
 public:
  explicit Sessions(Workspace& workspace, SessionSettings settings = {}, ThrottleSettings throttle = {})
      : workspace_(workspace), settings_(settings), throttle_(throttle) {}

  // Errors: unauthenticated with one text for a wrong e-mail or password; unauthenticated for which needs_code() holds
  // when the password was right and the second factor is due or wrong; forbidden for an account that has ended (after
  // the right password only); limit with the seconds to wait.
  Result<SignedIn> sign_in(std::string_view email, std::string_view password, std::string_view code,
                           std::string_view address, std::string_view agent, Instant now);

  // For a signature: the signed-in person proves again to be that person. Gives the principal with `signed_now`.
  // Errors: invalid with the place "_password" or "_code"; limit with the seconds to wait after failures.
  Result<Principal> sign(const Principal& principal, std::string_view password, std::string_view code,
                         std::string_view address, Instant now);

  // Error: unauthenticated. Roles and state are at most SessionSettings::stale old when another process changed them.
  Result<ActiveSession> authenticate(std::string_view token, Instant now);

  Result<void> sign_out(std::string_view token);
  // One's own sessions, or anybody's for an administrator.
  Result<std::vector<SessionEntry>> list(const Principal& principal, std::string_view account, Instant now) const;
  Result<void> revoke(const Principal& principal, std::string_view account, std::string_view session_id);
  Result<void> revoke_all(const Principal& principal, std::string_view account);

  Result<std::int64_t> remove_expired(Instant now);  // for the nightly job; gives how many

 private:
  struct Cached {
    ActiveSession session;
    Instant looked_up, seen, seen_written, expires;
    std::uint64_t generation = 0;
  };
  Result<SignedIn> open(const UserAccount& account, const AccountSecrets& secrets, std::int64_t totp_step,
                        const std::string& new_hash, std::string_view address, std::string_view agent, Instant now);
  Result<bool> knows_address(std::string_view email, std::string_view address) const;
  std::optional<Cached> cached(const std::string& hash, Instant now);
  Result<Cached> look_up(const std::string& hash, Instant now) const;
  void remember(const std::string& hash, const Cached& entry);
  void mark_seen(const std::string& hash, Instant now);

  Workspace& workspace_;
  SessionSettings settings_;
  Throttle throttle_;
  std::mutex mutex_;
  std::unordered_map<std::string, Cached> cache_;
};

// Whether a refused sign-in lacks only the code of the authenticator app.
bool needs_code(const Error& error);

}  // namespace assay
