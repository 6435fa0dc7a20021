// Two organisations in one installation, on one of the engines, behind the pages and the API as a server has them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "api/api.h"
#include "base/file.h"
#include "isms/registers.h"
#include "kernel/service/bundle_service.h"
#include "kernel/service/tenant.h"
#include "tests/base/temp_folder.h"
#include "tests/rules/engines.h"
#include "tests/web/whole.h"
#include "web/site.h"

namespace assay::test {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

inline std::string source_text(std::string_view name) {
  return must(read_file(std::filesystem::path(ASSAY_SOURCE_DIR) / name, std::size_t{64} << 20U));
}

inline const Bundle& example_bundle() {
  static const Bundle bundle = must(read_bundle(registers(), source_text("content/example/workspace.json")));
  return bundle;
}

// Somebody with an account: for the service as a principal, for the API with a token, for the pages with a session.
struct Person {
  Principal principal;
  std::string token, cookie, csrf;
};

class Site {
 public:
  // `prefix`: of the workspaces' names and the database, so that two sites may stand beside each other.
  explicit Site(Engine engine, RuleSet rules = RuleSet::load({}), std::string prefix = "site")
      : engine_(engine), prefix_(std::move(prefix)), rules_(std::move(rules)) {
    bool postgres = engine == Engine::postgres;
    location_ = must(Location::parse(postgres ? make_database() : folder_.path().native(), folder_.path().native()));
    must(Workspace::create(location_, prefix_ + "_full", product_.workspace_settings()));
    must(Workspace::create(location_, prefix_ + "_empty", product_.workspace_settings()));
    installation_ = must(Installation::open(location_, product_));
    face_ = std::make_unique<WebFace>(WebFace{*installation_, library_, {""}});
    std::vector<Route> routes = web_routes(*face_);
    for (Route& route : api_routes(*installation_)) routes.push_back(std::move(route));
    router_ = std::make_unique<Router>(std::move(routes));
  }
  ~Site() {
    router_.reset();
    face_.reset();
    installation_.reset();
    if (engine_ == Engine::postgres) drop_database();
  }

  Tenant& full() { return *installation_->find(prefix_ + "_full"); }  // for the example organisation
  Tenant& empty() { return *installation_->find(prefix_ + "_empty"); }
  Engine engine() const { return engine_; }
  const Router& router() const { return *router_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  Instant now() const { return clock_.now(); }

  Person enrol(Tenant& tenant, const std::string& name, Roles roles, const Id& person = {},
               TokenScope scope = TokenScope::write) {
    NewAccount account{name + "@example.org", name, person, roles, "teal lamp seven rivers", {}};
    UserAccount stored = must(tenant.accounts.create(Principal::product("test"), account));
    Person out;
    out.principal = stored.principal();
    out.token =
        must(tenant.tokens.create(Principal::product("test"), stored.id, "test", scope, clock_.today().plus_days(30)))
            .token;
    SignedIn session =
        must(tenant.sessions.sign_in(account.email, account.password, "", "192.0.2.1", "test", clock_.now()));
    out.cookie = session_cookie(tenant.workspace->name(), session.token);
    out.csrf = session.csrf;
    return out;
  }

  Response api(const Person& person, std::string method, std::string target, std::string body = {},
               std::string if_match = {}) {
    Request request = make_request(std::move(method), std::move(target));
    request.headers.emplace_back("Authorization", "Bearer " + person.token);
    if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
    if (!if_match.empty()) request.headers.emplace_back("If-Match", if_match);
    request.body = std::move(body);
    return whole(router_->handle(request));
  }
  Response page(const Person& person, std::string method, std::string target, std::string form = {}) {
    Request request = make_request(std::move(method), std::move(target));
    request.headers.emplace_back("Cookie", "assay_session=" + person.cookie);
    if (request.method != "GET") {
      request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
      request.headers.emplace_back("X-CSRF-Token", person.csrf);
      request.body = std::move(form);
    }
    return whole(router_->handle(request));
  }

 private:
  // An installation opens every workspace of a database, and knows the keys of its own alone.
  std::string database() const { return "assay_" + prefix_; }
  void drop_database() {
    must(must(open_postgres(testing::postgres_address(), "public"))
             ->script("drop database if exists " + database() + " with (force)"));
  }
  std::string make_database() {
    drop_database();
    must(must(open_postgres(testing::postgres_address(), "public"))->script("create database " + database()));
    std::string address = testing::postgres_address();
    return address.substr(0, address.rfind('/') + 1) + database();
  }

  Engine engine_;
  std::string prefix_;
  TempFolder folder_;
  FixedClock clock_{*Instant::parse("2026-10-15T09:00:00Z")};
  RuleSet rules_;
  CommonPasswords common_{"qwerty"};
  Product product_{registers(), rules_, clock_, common_};
  Location location_;
  Library library_;
  std::unique_ptr<Installation> installation_;
  std::unique_ptr<WebFace> face_;
  std::unique_ptr<Router> router_;
};

// One for all tests of an engine, with the example organisation in the one workspace and nothing in the other: making
// the tables of a PostgreSQL workspace takes seconds.
inline Site& shared_site(Engine engine) {
  static std::map<Engine, std::unique_ptr<Site>> sites;
  std::unique_ptr<Site>& site = sites[engine];
  if (site) return *site;
  site = std::make_unique<Site>(engine);
  must(import_bundle(*site->full().workspace, Principal::product("test"), example_bundle(), {}));
  return *site;
}

}  // namespace assay::test
