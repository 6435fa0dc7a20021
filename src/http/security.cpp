#include "http/security.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/text.h"

namespace assay {
namespace {

// Characters of an RFC 6265 cookie value; '=' is fine there, quotes, comma, semicolon and backslash are not.
bool is_cookie_char(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

void add_missing(Response& response, std::string_view name, std::string_view value) {
  if (response.header(name).empty()) response.add_header(name, std::string(value));
}

// "[::1]:8080" -> "[::1]", "8080". The port is empty when there is none.
std::pair<std::string_view, std::string_view> split_port(std::string_view host) {
  std::size_t bracket = host.rfind(']');
  std::size_t colon = host.rfind(':');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) return {host, {}};
  return {host.substr(0, colon), host.substr(colon + 1)};
}

bool name_fits(std::string_view name, std::string_view pattern) {
  if (!pattern.starts_with("*.")) return equal_ignoring_case(name, pattern);
  std::string_view suffix = pattern.substr(1);  // ".example.org"
  return name.size() > suffix.size() && equal_ignoring_case(name.substr(name.size() - suffix.size()), suffix);
}

}  // namespace

std::string content_security_policy(ContentPolicy policy) {
  constexpr std::string_view preview =
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; base-uri 'none'; "
      "form-action 'none'; frame-ancestors 'self'";
  constexpr std::string_view page =
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' "
      "data:; "
      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  constexpr std::string_view frames = "; frame-src 'self'; object-src 'self'";
  std::string text(policy.is_preview ? preview : page);
  if (policy.embeds_previews && !policy.is_preview) text += frames;
  return text;
}

void add_security_headers(Response& response, bool https) {
  static const std::string default_policy = content_security_policy();
  add_missing(response, "Content-Security-Policy", default_policy);
  add_missing(response, "X-Content-Type-Options", "nosniff");
  add_missing(response, "Referrer-Policy", "same-origin");
  add_missing(response, "Cross-Origin-Opener-Policy", "same-origin");
  add_missing(response, "Cross-Origin-Resource-Policy", "same-origin");
  add_missing(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  bool framed = response.header("Content-Security-Policy").find("frame-ancestors 'self'") != std::string_view::npos;
  add_missing(response, "X-Frame-Options", framed ? "SAMEORIGIN" : "DENY");
  add_missing(response, "Cache-Control", "no-store");
  if (https) add_missing(response, "Strict-Transport-Security", "max-age=31536000");
}

bool host_allowed(std::string_view host, const std::vector<std::string>& allowed) {
  auto [name, port] = split_port(host);
  if (name.empty()) return false;
  if (allowed.empty()) return name == "127.0.0.1" || name == "[::1]" || equal_ignoring_case(name, "localhost");
  return std::any_of(allowed.begin(), allowed.end(), [&, name = name, port = port](const std::string& entry) {
    auto [entry_name, entry_port] = split_port(entry);
    return name_fits(name, entry_name) && (entry_port.empty() || entry_port == port);
  });
}

bool is_local_target(std::string_view target) {
  if (!target.starts_with('/') || target.starts_with("//") || target.starts_with("/\\")) return false;
  // Browsers drop tabs and line ends inside an address, so that "/\t/x" would become "//x".
  return std::none_of(target.begin(), target.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::string Cookie::header() const {
  bool name_ok =
      !name.empty() && name.find('=') == std::string::npos && std::all_of(name.begin(), name.end(), is_cookie_char);
  bool value_ok = std::all_of(value.begin(), value.end(), is_cookie_char);
  bool path_ok = path.starts_with('/') && std::all_of(path.begin(), path.end(), is_cookie_char);
  if (!name_ok || !value_ok || !path_ok)
    throw std::logic_error("cookie " + name + ": characters that no cookie can carry");
  std::string out = name + "=" + value + "; Path=" + path;
  if (max_age) out += "; Max-Age=" + std::to_string(max_age->count());
  if (http_only) out += "; HttpOnly";
  if (secure) out += "; Secure";
  switch (same_site) {
    case SameSite::lax: return out + "; SameSite=Lax";
    case SameSite::strict: return out + "; SameSite=Strict";
    case SameSite::none: return out + "; SameSite=None";
  }
  return out;
}

RateLimiter::RateLimiter(double burst, double per_second, std::size_t max_keys)
    : burst_(burst), per_second_(per_second), max_keys_(std::max<std::size_t>(max_keys, 1)) {}

std::chrono::milliseconds RateLimiter::take(std::string_view key, Time now, double cost) {
  std::lock_guard lock(mutex_);
  auto found = index_.find(key);
  if (found == index_.end()) {
    if (recent_.size() == max_keys_) {
      index_.erase(recent_.back().key);
      recent_.pop_back();
    }
    recent_.push_front({std::string(key), burst_, now});
    found = index_.emplace(recent_.front().key, recent_.begin()).first;
  } else {
    recent_.splice(recent_.begin(), recent_, found->second);
  }
  Bucket& bucket = *found->second;
  double passed = std::max(0.0, std::chrono::duration<double>(now - bucket.at).count());
  bucket.tokens = std::min(burst_, bucket.tokens + passed * per_second_);
  bucket.at = std::max(bucket.at, now);
  if (bucket.tokens >= cost) {
    bucket.tokens -= cost;
    return std::chrono::milliseconds(0);
  }
  double wait = per_second_ > 0 ? (cost - bucket.tokens) / per_second_ : 3600.0;
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(std::min(wait, 86'400.0) * 1000)));
}

void RateLimiter::forget(std::string_view key) {
  std::lock_guard lock(mutex_);
  auto found = index_.find(key);
  if (found == index_.end()) return;
  auto bucket = found->second;
  index_.erase(found);
  recent_.erase(bucket);
}

std::size_t RateLimiter::size() const {
  std::lock_guard lock(mutex_);
  return recent_.size();
}

}  // namespace assay
