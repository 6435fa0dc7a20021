// An installation with one empty workspace whose pages are asked as a browser would ask them, without a server.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "base/random.h"
#include "isms/registers.h"
#include "tests/web/whole.h"
#include "web/rehearsal_view.h"
#include "web/site.h"

namespace assay::test {

// Of everybody but the first account.
inline constexpr std::string_view password_of_others = "teal lamp seven rivers";

struct Desk {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("assay-pages-" + random_token(6));
  FixedClock clock{*Instant::parse("2026-06-01T08:00:00Z")};
  RuleSet rules;
  CommonPasswords common{"qwerty"};
  Product product{registers(), rules, clock, common, &rehearsal_print_html};
  std::unique_ptr<Installation> installation;
  Library library;
  std::unique_ptr<WebFace> site;
  std::unique_ptr<Router> router;
  std::string cookie, csrf;

  explicit Desk(RuleSet of_desk = {}) : rules(std::move(of_desk)) {
    std::filesystem::create_directories(folder);
    Location location = *Location::parse(folder.string());
    EXPECT_TRUE(Workspace::create(location, "main", product.workspace_settings()).has_value());
    installation = *Installation::open(location, product);
    site = std::make_unique<WebFace>(WebFace{*installation, library, {""}});
    router = std::make_unique<Router>(web_routes(*site));
  }
  ~Desk() {
    router.reset();
    site.reset();
    installation.reset();
    std::filesystem::remove_all(folder);
  }

  Tenant& tenant() { return *installation->find("main"); }

  Response ask(std::string method, std::string target, std::string body = {}, bool htmx = false,
               std::string htmx_target = {}) {
    Request request = make_request(std::move(method), std::move(target));
    if (!cookie.empty()) request.headers.emplace_back("Cookie", "assay_session=" + cookie);
    if (!body.empty()) request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    if (htmx) request.headers.emplace_back("HX-Request", "true");
    if (!htmx_target.empty()) request.headers.emplace_back("HX-Target", htmx_target);
    request.body = std::move(body);
    return whole(router->handle(request));
  }
  Response get(std::string target) { return ask("GET", std::move(target)); }
  Response post(std::string target, std::string body) { return ask("POST", std::move(target), body + "&csrf=" + csrf); }

  void set_up() {
    Response response =
        ask("POST", "/set-up", "name=Anna+Keller&email=anna%40example.org&password=seven+green+ladders+sing");
    std::string set(response.header("Set-Cookie"));
    cookie = set.substr(set.find('=') + 1, set.find(';') - set.find('=') - 1);
    auto parsed = parse_session_cookie(cookie);
    if (parsed) csrf = tenant().sessions.authenticate(parsed->token, clock.now())->csrf;
  }
  // From now on the pages are asked by somebody else, whose name is to be escaped.
  void become(const std::string& name, Roles roles, std::string_view person = {}) {
    NewAccount account{name + "@example.org", "<i>" + name + "</i>", {}, roles, std::string(password_of_others), {}};
    account.person = person;
    ASSERT_TRUE(tenant().accounts.create(Principal::product("test"), account).has_value());
    sign_in(name);
  }
  void sign_in(const std::string& name) {
    auto session = tenant().sessions.sign_in(name + "@example.org", std::string(password_of_others), "", "192.0.2.1",
                                             "test", clock.now());
    ASSERT_TRUE(session.has_value());
    cookie = session_cookie("main", session->token);
    csrf = session->csrf;
  }
  void fill(int risks) {
    const EntityDef& risk = *registers().find("risk");
    const EntityDef& person = *registers().find("person");
    auto stored = tenant().workspace->write(
        Principal::product("test"),
        [&](Transaction& transaction) -> Result<void> {
          Record anna(person);
          anna.id = "P-1";
          anna.at("name") = std::string("Anna Keller");
          CHECK(transaction.insert(anna, ""));
          for (int i = 0; i < risks; ++i) {
            Record record(risk);
            record.id = "R-" + std::to_string(100000 + i);
            record.at("title") = "Risk <" + std::to_string(i) + ">";
            record.at("owner") = std::string("P-1");
            record.at("status") = std::string(risk.find("status")->choices.front().name);
            CHECK(transaction.insert(record, ""));
          }
          return {};
        },
        Strictness::lenient);
    ASSERT_TRUE(stored.has_value()) << stored.error().text();
  }
};

inline bool holds(const Response& response, std::string_view text) {
  return response.body.find(text) != std::string::npos;
}

}  // namespace assay::test
