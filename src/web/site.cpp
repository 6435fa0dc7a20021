// Joins the pages behind sign-in: authentication, the check against forged forms, headers, pages for what goes wrong.
#include "web/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "web/assets.h"
#include "web/chapters.h"
#include "web/frame.h"
#include "web/sign_in.h"

namespace assay {
namespace {

bool reads_only(std::string_view method) { return method == "GET" || method == "HEAD"; }

// Takes the same time wherever the texts differ.
bool equal_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || a.empty()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

bool carries_csrf(const Request& request, std::string_view expected) {
  if (std::string_view header = request.header("X-CSRF-Token"); !header.empty()) return equal_secret(header, expected);
  auto form = request.form();
  return form && equal_secret(form->value("csrf"), expected);
}

Response to_sign_in(const Request& request) {
  bool can_return =
      reads_only(request.method) && !request.is_htmx() && request.path != "/" && is_local_target(request.target);
  std::string url = can_return ? "/sign-in?next=" + percent_encode(request.target) : "/sign-in";
  if (!request.is_htmx()) return Response::redirect(url);
  Response response = Response::text("Your session has ended. Please sign in again.", 401);
  response.set_header("HX-Redirect", url);
  return response;
}

// Somebody with a password that an administrator gave does nothing before choosing another one.
bool is_open_before_password(std::string_view path) { return path == "/account/password" || path == "/sign-out"; }

// Everything a kept page depends on besides the workspace's revision. The token of the forms stands for the session.
std::string page_key(const Visit& visit) {
  const Principal& who = visit.principal;
  const Request& request = visit.request;
  return fmt::format("{} {} {} {} {} {}|{} {} {}", visit.tenant.workspace->name(), visit.session.csrf, who.roles.bits(),
                     who.read_only, who.person, visit.tenant.workspace->clock().today().iso(), request.is_htmx(),
                     request.header("HX-Target"), request.target);
}

Response kept_page(const PageRoute& route, Visit& visit) {
  // A message waits to be shown once.
  bool is_plain = visit.request.cookie(flash_cookie).empty();
  auto revision = visit.tenant.workspace->revision();
  if (!is_plain || !revision) return route.handler(visit);
  std::string key = page_key(visit);
  auto now = PageCache::Clock::now();
  if (auto found = visit.site.pages->find(key, *revision, now)) return *std::move(found);
  Response response = route.handler(visit);
  visit.site.pages->keep(key, *revision, response, now);
  return response;
}

struct SignedInPerson {
  Tenant* tenant = nullptr;
  ActiveSession session;
};

// Who asks, or the answer for those who are not signed in.
std::variant<SignedInPerson, Response> person_of(WebFace& site, const Request& request) {
  auto cookie = parse_session_cookie(request.cookie(session_cookie_name));
  Tenant* tenant = cookie ? site.installation.find(cookie->workspace) : nullptr;
  if (!tenant) return to_sign_in(request);
  auto session = tenant->sessions.authenticate(cookie->token, site.installation.product().clock.now());
  if (session) return SignedInPerson{tenant, *std::move(session)};
  if (session.error().kind == ErrorKind::unauthenticated) return to_sign_in(request);
  return Response::failure(session.error());
}

Response answer(WebFace& site, const PageRoute& route, Request& request) {
  auto asked = person_of(site, request);
  if (auto* refusal = std::get_if<Response>(&asked)) return std::move(*refusal);
  auto& [tenant, session] = std::get<SignedInPerson>(asked);
  Visit visit{site, *tenant, session.principal, session, request};
  if (!reads_only(request.method) && route.options.csrf && !carries_csrf(request, session.csrf)) {
    return error_page(visit,
                      {ErrorKind::forbidden,
                       "This form belongs to another session or has expired. Go back, reload the page and try again.",
                       {},
                       {},
                       {}});
  }
  if (session.password_is_temporary && !is_open_before_password(request.path)) {
    if (!request.is_htmx()) return Response::redirect("/account/password");
    Response response = Response::no_content();
    response.set_header("HX-Redirect", "/account/password");
    return response;
  }
  return route.kept ? kept_page(route, visit) : route.handler(visit);
}

Response not_found(Visit& visit) {
  return error_page(visit, {ErrorKind::not_found, "There is no page at this address.", {}, {}, {}});
}

std::vector<PageRoute> all_pages() {
  std::vector<PageRoute> all;
  for (auto* list : {&journey_pages,   &list_pages,        &record_pages,       &document_pages,    &import_pages,
                     &search_pages,    &account_pages,     &custom_field_pages, &api_pages,         &own_rule_pages,
                     &parameter_pages, &finding_pages,     &readiness_pages,    &forecast_pages,    &what_if_pages,
                     &rehearsal_pages, &live_pages,        &issue_pages,        &house_style_pages, &gap_pages,
                     &context_pages,   &scope_pages,       &governance_pages,   &raci_pages,        &committee_pages,
                     &objective_pages, &risk_method_pages, &calibration_pages,  &risk_pages,        &loss_pages,
                     &treatment_pages, &acceptance_pages,  &touched_pages,      &soa_pages}) {
    std::ranges::move(list(), std::back_inserter(all));
  }
  all.push_back({"POST", "/sign-out", sign_out});
  return all;
}

}  // namespace

const CustomFields& Visit::custom_fields() const {
  if (!custom) custom = tenant.workspace->custom_fields().value_or(&CustomFields::none());
  return *custom;
}

std::vector<Route> web_routes(WebFace& site) {
  std::vector<Route> routes;
  auto add = [&](PageRoute page) {
    Route route{page.method, page.pattern, {}, page.options, {}};
    route.admit = [&site](Request& head) -> std::optional<Response> {
      auto asked = person_of(site, head);
      auto* refusal = std::get_if<Response>(&asked);
      if (!refusal) return std::nullopt;
      add_security_headers(*refusal, site.is_https(head));
      return std::move(*refusal);
    };
    route.handler = [&site, page = std::move(page)](Request& request) {
      Response response = answer(site, page, request);
      add_security_headers(response, site.is_https(request));
      return response;
    };
    routes.push_back(std::move(route));
  };
  for (PageRoute& page : all_pages()) add(std::move(page));
  for (Route& route : sign_in_routes(site)) {
    route.options.anonymous = true;
    route.handler = [&site, inner = std::move(route.handler)](Request& request) {
      Response response = inner(request);
      add_security_headers(response, site.is_https(request));
      return response;
    };
    routes.push_back(std::move(route));
  }
  Route assets{"GET", "/assets/{name}", {}, {}};
  assets.options.anonymous = true;
  assets.handler = [](Request& request) {
    Response response = serve_asset(request);
    response.set_header("X-Content-Type-Options", "nosniff");
    return response;
  };
  routes.push_back(std::move(assets));
  // Addresses that nothing serves get a page; programs that ask the API get a short text.
  PageRoute rest{"GET", "/{rest*}", not_found};
  add(rest);
  routes.back().options.anonymous = true;
  routes.back().handler = [inner = std::move(routes.back().handler)](Request& request) {
    if (request.path.starts_with("/api") || request.path.starts_with("/assets/")) return Response::not_found();
    return inner(request);
  };
  return routes;
}

}  // namespace assay
