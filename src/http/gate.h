// What every request passes before anything else is done with it: who really asks, when proxies stand in front, and
// whether it is meant for us at all.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace assay {

// A range of IP addresses; IPv4 is kept as IPv4-mapped IPv6, so that both compare alike.
struct Network {
  std::array<std::uint8_t, 16> address{};
  unsigned prefix = 128;  // bits

  // "10.0.0.7", "10.0.0.0/8", "2001:db8::/32". Nothing when it is neither an address nor a network.
  static std::optional<Network> parse(std::string_view text);
  bool contains(std::string_view remote) const;  // false for what is no address
};

struct GateOptions {
  std::vector<std::string> hosts;  // as for host_allowed()
  bool any_address = false;        // an IP address as host fits too: for a server that listens on all of them
  std::vector<Network> proxies;    // whose X-Forwarded-For and X-Forwarded-Proto are believed
};

class Gate {
 public:
  explicit Gate(GateOptions options) : options_(std::move(options)) {}

  // Sets `remote` and `https` from what trusted proxies say, then checks the Host header. Without the check a page of
  // another site whose name is made to resolve to us could read answers with the visitor's browser (DNS rebinding).
  // Gives the refusal, 421. Health checks pass under every name: they tell nothing and are asked by machines.
  std::optional<Response> admit(Request& request) const;

 private:
  void believe_proxies(Request& request) const;
  bool is_for_us(const Request& request) const;

  GateOptions options_;
};

// Whether a request comes from this very machine and no proxy passed it on.
bool is_local(const Request& request);

}  // namespace assay
