#include "http/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "base/text.h"
#include "http/security.h"

namespace assay {
namespace {

using boost::asio::ip::address;

constexpr unsigned mapped_bits = 96;  // of an IPv4 address before its own 32

std::optional<address> parse_address(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  boost::system::error_code error;
  address parsed = boost::asio::ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return parsed;
}

std::array<std::uint8_t, 16> bytes_of_address(const address& from) {
  auto six = from.is_v4() ? boost::asio::ip::make_address_v6(boost::asio::ip::v4_mapped, from.to_v4()) : from.to_v6();
  std::array<std::uint8_t, 16> out{};
  auto bytes = six.to_bytes();
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

// Proxies write "192.0.2.7", some with a port: "192.0.2.7:4711", "[2001:db8::1]:4711".
std::string without_port(std::string_view text) {
  text = trim(text);
  std::size_t bracket = text.find(']');
  if (text.starts_with('[') && bracket != std::string_view::npos) return std::string(text.substr(1, bracket - 1));
  bool has_port = std::count(text.begin(), text.end(), ':') == 1;
  return std::string(text.substr(0, has_port ? text.find(':') : text.size()));
}

bool is_health_check(const Request& request) { return request.path == "/healthz" || request.path == "/readyz"; }

}  // namespace

std::optional<Network> Network::parse(std::string_view text) {
  std::size_t slash = text.find('/');
  auto parsed = parse_address(text.substr(0, slash));
  if (!parsed) return std::nullopt;
  unsigned most = parsed->is_v4() ? 32 : 128;
  unsigned bits = most;
  if (slash != std::string_view::npos) {
    std::string_view digits = text.substr(slash + 1);
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc() || end != digits.data() + digits.size() || bits > most) return std::nullopt;
  }
  return Network{bytes_of_address(*parsed), parsed->is_v4() ? mapped_bits + bits : bits};
}

bool Network::contains(std::string_view remote) const {
  auto parsed = parse_address(remote);
  if (!parsed) return false;
  auto other = bytes_of_address(*parsed);
  for (unsigned bit = 0; bit < prefix; ++bit) {
    unsigned mask = 0x80U >> (bit % 8);
    if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) return false;
  }
  return true;
}

std::optional<Response> Gate::admit(Request& request) const {
  believe_proxies(request);
  if (is_health_check(request) || is_for_us(request)) return std::nullopt;
  return Response::text(fmt::format("This server does not answer under the name \"{}\". If it should, add the name to "
                                    "the setting allowed_hosts.\n",
                                    shorten(request.header("Host"), 80)),
                        421);
}

// The list grows to the right, a proxy a name: the first from the right that is no proxy of ours is who asks. Further
// left anybody may have written anything.
void Gate::believe_proxies(Request& request) const {
  auto trusted = [&](std::string_view remote) {
    return std::any_of(options_.proxies.begin(), options_.proxies.end(),
                       [&](const Network& proxy) { return proxy.contains(remote); });
  };
  if (!trusted(request.remote)) return;
  std::vector<std::string_view> chain;
  for (const auto& [name, value] : request.headers) {
    if (!equal_ignoring_case(name, "X-Forwarded-For")) continue;
    for (std::string_view part : split(value, ',')) chain.push_back(part);
  }
  for (auto hop = chain.rbegin(); hop != chain.rend() && trusted(request.remote); ++hop) {
    std::string before = without_port(*hop);
    if (!parse_address(before)) break;
    request.remote = std::move(before);
  }
  request.https = equal_ignoring_case(trim(request.header("X-Forwarded-Proto")), "https");
}

bool Gate::is_for_us(const Request& request) const {
  std::string_view host = request.header("Host");
  if (host_allowed(host, options_.hosts)) return true;
  std::size_t bracket = host.find(']');
  std::size_t colon = host.rfind(':');
  bool has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  return options_.any_address && parse_address(host.substr(0, has_port ? colon : host.size())).has_value();
}

bool is_local(const Request& request) {
  auto remote = parse_address(request.remote);
  return remote && remote->is_loopback() && request.header("X-Forwarded-For").empty() &&
         request.header("Forwarded").empty();
}

}  // namespace assay
