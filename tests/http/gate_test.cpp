// What a request passes first: trusted proxies and the Host header.
#include "http/gate.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

Request from(std::string remote, Fields headers) {
  Request request = make_request("GET", "/r/risk");
  request.remote = std::move(remote);
  request.headers = std::move(headers);
  return request;
}

Gate gate(std::vector<std::string> hosts, std::initializer_list<std::string_view> proxies = {},
          bool any_address = false) {
  GateOptions options;
  options.hosts = std::move(hosts);
  options.any_address = any_address;
  for (std::string_view proxy : proxies) options.proxies.push_back(*Network::parse(proxy));
  return Gate(options);
}

TEST(Networks, ContainWhatTheirPrefixSays) {
  EXPECT_TRUE(Network::parse("10.0.0.0/8")->contains("10.200.3.4"));
  EXPECT_FALSE(Network::parse("10.0.0.0/8")->contains("11.0.0.1"));
  EXPECT_TRUE(Network::parse("192.0.2.7")->contains("192.0.2.7"));
  EXPECT_FALSE(Network::parse("192.0.2.7")->contains("192.0.2.8"));
  EXPECT_TRUE(Network::parse("192.0.2.7")->contains("::ffff:192.0.2.7"));
  EXPECT_TRUE(Network::parse("2001:db8::/33")->contains("2001:db8:7fff::1"));
  EXPECT_FALSE(Network::parse("2001:db8::/33")->contains("2001:db8:8000::1"));
  EXPECT_TRUE(Network::parse("0.0.0.0/0")->contains("203.0.113.9"));
  EXPECT_FALSE(Network::parse("0.0.0.0/0")->contains("2001:db8::1"));
  EXPECT_FALSE(Network::parse("10.0.0.0/8")->contains("nonsense"));
  for (std::string_view text :
       {"", "example.org", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "10.0.0/8", "::/129", "/8"})
    EXPECT_FALSE(Network::parse(text)) << text;
}

TEST(Gates, LetInOnlyUnderTheirNames) {
  Gate ours = gate({"localhost", "isms.example.org"});
  auto status = [&](std::string host) {
    Request request = from("192.0.2.1", {{"Host", host}});
    auto refusal = ours.admit(request);
    return refusal ? refusal->status : 200;
  };
  EXPECT_EQ(status("isms.example.org"), 200);
  EXPECT_EQ(status("ISMS.example.org:8443"), 200);
  EXPECT_EQ(status("localhost:8080"), 200);
  EXPECT_EQ(status("evil.example"), 421);
  EXPECT_EQ(status("isms.example.org.evil.example"), 421);
  EXPECT_EQ(status("192.0.2.9"), 421);
  EXPECT_EQ(status(""), 421);
  Request health = make_request("GET", "/healthz");
  EXPECT_FALSE(ours.admit(health));
}

TEST(Gates, OnAllAddressesEveryAddressIsTheirsButNoName) {
  Gate open = gate({"localhost"}, {}, true);
  for (std::string_view host : {"192.0.2.9", "192.0.2.9:8080", "[2001:db8::1]", "[2001:db8::1]:8080"}) {
    Request request = from("192.0.2.1", {{"Host", std::string(host)}});
    EXPECT_FALSE(open.admit(request)) << host;
  }
  Request rebound = from("192.0.2.1", {{"Host", "evil.example:8080"}});
  EXPECT_TRUE(open.admit(rebound));
}

TEST(Gates, BelieveOnlyTheirProxies) {
  Gate behind = gate({"h"}, {"127.0.0.1", "10.0.0.0/8"});
  auto asker = [&](std::string remote, Fields headers) {
    headers.emplace_back("Host", "h");
    Request request = from(std::move(remote), std::move(headers));
    EXPECT_FALSE(behind.admit(request));
    return request.remote + (request.https ? " https" : "");
  };
  EXPECT_EQ(asker("127.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}}),
            "203.0.113.9 https");
  EXPECT_EQ(asker("198.51.100.1", {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}}),
            "198.51.100.1");
  // What the client itself wrote to the left of the first stranger counts for nothing.
  EXPECT_EQ(asker("127.0.0.1", {{"X-Forwarded-For", "192.0.2.1, 203.0.113.9, 10.1.2.3"}}), "203.0.113.9");
  EXPECT_EQ(asker("127.0.0.1", {{"X-Forwarded-For", "192.0.2.1"}, {"X-Forwarded-For", "203.0.113.9"}}), "203.0.113.9");
  EXPECT_EQ(asker("127.0.0.1", {{"X-Forwarded-For", "203.0.113.9:4711"}}), "203.0.113.9");
  EXPECT_EQ(asker("127.0.0.1", {{"X-Forwarded-For", "[2001:db8::1]:4711"}}), "2001:db8::1");
  EXPECT_EQ(asker("127.0.0.1", {{"X-Forwarded-For", "unknown"}}), "127.0.0.1");
  EXPECT_EQ(asker("127.0.0.1", {{"X-Forwarded-For", "<script>, 10.1.1.1"}}), "10.1.1.1");
  EXPECT_EQ(asker("127.0.0.1", {{"X-Forwarded-Proto", "http"}}), "127.0.0.1");
}

TEST(Gates, KnowWhoSitsAtThisMachine) {
  EXPECT_TRUE(is_local(from("127.0.0.1", {})));
  EXPECT_TRUE(is_local(from("::1", {})));
  EXPECT_FALSE(is_local(from("192.0.2.1", {})));
  EXPECT_FALSE(is_local(from("127.0.0.1", {{"X-Forwarded-For", "192.0.2.1"}}))) << "a proxy that nobody named";
  EXPECT_FALSE(is_local(from("", {})));
}

}  // namespace
}  // namespace assay
