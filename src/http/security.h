// What protects every answer: security headers, cookies, the Host check, and the bucket that slows guessing down.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/message.h"

namespace assay {

// The Content-Security-Policy. The default allows our own scripts, styles, fonts and nothing else.
struct ContentPolicy {
  bool embeds_previews = false;  // the page shows documents in a frame: frame-src and object-src 'self'
  bool is_preview = false;       // the answer is such a document: only our own pages may frame it, and it loads nothing
};
std::string content_security_policy(ContentPolicy policy = {});

// Adds what is missing of: CSP, X-Content-Type-Options, Referrer-Policy, COOP, CORP, Permissions-Policy,
// X-Frame-Options, Cache-Control: no-store, and HSTS when `https`. A header that the handler set itself stays.
void add_security_headers(Response& response, bool https);

// Whether the Host header names one of `allowed` ("isms.example.org", "[::1]", "*.example.org"; with or without a
// port). An allowed name without a port fits every port. An empty list allows only loopback names.
bool host_allowed(std::string_view host, const std::vector<std::string>& allowed);

// Whether a place to return to after signing in stays on this site: "/x", not "//x", "/\x" or "https://x".
bool is_local_target(std::string_view target);

enum class SameSite { lax, strict, none };
struct Cookie {
  std::string name;
  std::string value;                                 // percent-encode what is not a plain token
  std::optional<std::chrono::seconds> max_age = {};  // unset: until the browser closes; 0 deletes
  bool secure = false;                               // set it when the site is reached by https
  bool http_only = true;
  SameSite same_site = SameSite::lax;
  std::string path = "/";
  // Value for Set-Cookie. Throws std::logic_error when name, value or path hold characters a cookie cannot carry.
  std::string header() const;
};

// Token buckets by key ("login:192.0.2.7"). Memory is bounded: the key not seen for longest is forgotten. Thread-safe.
class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  RateLimiter(double burst, double per_second, std::size_t max_keys = 10'000);
  // Takes `cost` tokens. Returns 0 when they were there, otherwise how long to wait for them (nothing is taken).
  std::chrono::milliseconds take(std::string_view key, Time now, double cost = 1);
  void forget(std::string_view key);  // after a success
  std::size_t size() const;

 private:
  struct Bucket {
    std::string key;
    double tokens;
    Time at;
  };
  double burst_;
  double per_second_;
  std::size_t max_keys_;
  mutable std::mutex mutex_;
  std::list<Bucket> recent_;                                                 // most recent first
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> index_;  // keys live in the list
};

}  // namespace assay
