// Signing in with e-mail, password and code; the first administrator of an empty workspace; signing out.
#include <fmt/format.h>

#include <mutex>

#include "base/text.h"
#include "web/frame.h"
#include "web/sign_in.h"

namespace assay {
namespace {

constexpr std::string_view workspace_cookie = "assay_workspace";

struct Attempt {
  std::string workspace, email, password, next;
};

// A form sent from another site would sign somebody in to an account that is not theirs.
bool from_elsewhere(const Request& request) {
  std::string_view site = request.header("Sec-Fetch-Site");
  return !site.empty() && site != "same-origin" && site != "none";
}

void labelled(HtmlWriter& h, std::string_view id, std::string_view label, std::initializer_list<Attribute> attributes,
              std::string_view hint = {}) {
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), at("for", id)}, label);
    h.leaf("input", attributes);
    if (!hint.empty()) h.el("div", {cls("form-hint mt-1")}, hint);
  });
}

void hidden(HtmlWriter& h, std::string_view name, std::string_view value) {
  h.leaf("input", {at("type", "hidden"), at("name", name), at("value", value)});
}

void submit(HtmlWriter& h, std::string_view label) {
  h.el("button", {at("type", "submit"), cls("btn btn-primary w-100")}, label);
}

void refusal(HtmlWriter& h, const Error& error) {
  h.el("div", {cls("alert alert-danger"), at("role", "alert")}, [&] {
    h.el("div", error.kind == ErrorKind::internal ? std::string_view("Internal error. Please try again.")
                                                  : std::string_view(error.message));
    for (const Problem& problem : error.problems) h.el("div", fmt::format("{}: {}", problem.place, problem.message));
  });
}

bool several(const WebFace& site) { return site.installation.names().size() > 1; }

// Which workspace is meant: typed, from the address, from the last time, or the only one.
std::string wanted_workspace(const WebFace& site, const Request& request) {
  if (!several(site)) return site.installation.names().front();
  std::string_view named = request.query_value("workspace");
  return std::string(named.empty() ? request.cookie(workspace_cookie) : named);
}

void credential_inputs(HtmlWriter& h, const WebFace& site, const Attempt& attempt) {
  if (several(site)) {
    // Typed, not chosen: a list would tell strangers who else is kept here.
    labelled(h, "workspace", "Workspace",
             {at("type", "text"), cls("form-control"), at("id", "workspace"), at("name", "workspace"),
              at("value", attempt.workspace), at("autocomplete", "organization"), at("autocapitalize", "none"),
              flag("required"), flag("autofocus", attempt.workspace.empty())});
  }
  labelled(h, "email", "E-mail",
           {at("type", "email"), cls("form-control"), at("id", "email"), at("name", "email"),
            at("value", attempt.email), at("autocomplete", "username"), flag("required"),
            flag("autofocus", attempt.email.empty() && !attempt.workspace.empty())});
  labelled(h, "password", "Password",
           {at("type", "password"), cls("form-control"), at("id", "password"), at("name", "password"),
            at("autocomplete", "current-password"), flag("required"), flag("autofocus", !attempt.email.empty())});
}

void code_inputs(HtmlWriter& h, const Attempt& attempt) {
  hidden(h, "workspace", attempt.workspace);
  hidden(h, "email", attempt.email);
  hidden(h, "password", attempt.password);
  labelled(h, "code", "Code",
           {at("type", "text"), cls("form-control"), at("id", "code"), at("name", "code"), at("inputmode", "numeric"),
            at("pattern", "[0-9 ]{6,7}"), at("autocomplete", "one-time-code"), flag("required"), flag("autofocus")},
           "The six digits that your authenticator app shows for Assay.");
}

Response sign_in_page(const WebFace& site, const Attempt& attempt, const Error* error) {
  bool code_due = error && needs_code(*error);
  int status = !error ? 200 : code_due && attempt.password.empty() ? 200 : status_of(error->kind);
  return bare_page(
      code_due ? "One more step" : "Sign in",
      [&](HtmlWriter& h) {
        if (error) refusal(h, *error);
        h.el("form", {at("method", "post"), at("action", "/sign-in")}, [&] {
          hidden(h, "next", attempt.next);
          if (code_due) code_inputs(h, attempt);
          else credential_inputs(h, site, attempt);
          submit(h, code_due ? "Confirm" : "Sign in");
        });
        if (code_due)
          h.el("p", {cls("text-center mt-3 mb-0")}, [&] { h.el("a", {at("href", "/sign-in")}, "Start again"); });
      },
      status == 401 && code_due ? 200 : status);
}

bool has_no_account(WebFace& site, std::string_view workspace) {
  Tenant* tenant = site.installation.find(workspace);
  return tenant && tenant->accounts.count().value_or(1) == 0;
}

Response show_sign_in(WebFace& site, Request& request) {
  std::string workspace = wanted_workspace(site, request);
  if (has_no_account(site, workspace)) return Response::redirect("/set-up?workspace=" + percent_encode(workspace));
  return sign_in_page(site, {workspace, "", "", std::string(request.query_value("next"))}, nullptr);
}

Response signed_in(const WebFace& site, const Request& request, std::string_view workspace, const SignedIn& session,
                   std::string_view next) {
  Response response = Response::redirect(session.password_is_temporary ? "/account/password"
                                         : is_local_target(next)       ? std::string(next)
                                                                       : "/");
  Cookie cookie{.name = std::string(session_cookie_name), .value = session_cookie(workspace, session.token)};
  cookie.max_age = std::chrono::hours(24 * 7);  // the server ends it earlier when it is not used
  cookie.secure = site.is_https(request);
  response.add_header("Set-Cookie", cookie.header());
  if (several(site)) {
    Cookie place{.name = std::string(workspace_cookie),
                 .value = std::string(workspace),
                 .max_age = std::chrono::hours(24 * 365)};
    place.secure = site.is_https(request);
    response.add_header("Set-Cookie", place.header());
  }
  return response;
}

Response do_sign_in(WebFace& site, Request& request) {
  auto form = request.form();
  if (!form) return sign_in_page(site, {}, &form.error());
  Attempt attempt{std::string(trim(form->value("workspace"))), std::string(form->value("email")),
                  std::string(form->value("password")), std::string(form->value("next"))};
  if (!several(site)) attempt.workspace = site.installation.names().front();
  if (from_elsewhere(request)) {
    Error error{ErrorKind::forbidden, "This form was sent from another site. Sign in here instead.", {}, {}, {}};
    return sign_in_page(site, {attempt.workspace, "", "", ""}, &error);
  }
  Tenant* tenant = site.installation.find(attempt.workspace);
  std::string email = attempt.email;
  if (!tenant) {
    // An unknown workspace is refused, slowed down and takes as long as a wrong password; the slash fits no account.
    tenant = site.installation.find(site.installation.names().front());
    email = shorten(attempt.workspace, 40) + "/" + email;
  }
  auto session = tenant->sessions.sign_in(email, attempt.password, trim(form->value("code")), request.remote,
                                          request.header("User-Agent"), site.installation.product().clock.now());
  if (!session) return sign_in_page(site, attempt, &session.error());
  return signed_in(site, request, attempt.workspace, *session, attempt.next);
}

Response set_up_page(const WebFace& site, const std::string& workspace, const NewAccount& account, const Error* error) {
  return bare_page(
      "Welcome",
      [&](HtmlWriter& h) {
        h.el("p", {cls("text-secondary")},
             "Nobody can sign in yet. Create the first account: it may invite others and keeps the ISMS until you "
             "share the work out.");
        if (several(site)) h.el("p", {cls("text-secondary")}, "Workspace " + workspace);
        if (error) refusal(h, *error);
        h.el("form", {at("method", "post"), at("action", "/set-up")}, [&] {
          hidden(h, "workspace", workspace);
          labelled(
              h, "name", "Your name",
              {at("type", "text"), cls("form-control"), at("id", "name"), at("name", "name"), at("value", account.name),
               at("autocomplete", "name"), at("maxlength", 200), flag("required"), flag("autofocus")});
          labelled(h, "email", "E-mail",
                   {at("type", "email"), cls("form-control"), at("id", "email"), at("name", "email"),
                    at("value", account.email), at("autocomplete", "username"), flag("required")});
          labelled(h, "password", "Password",
                   {at("type", "password"), cls("form-control"), at("id", "password"), at("name", "password"),
                    at("autocomplete", "new-password"), at("minlength", 12), at("maxlength", 200), flag("required")},
                   "At least 12 characters. A few unrelated words do well.");
          submit(h, "Create the account");
        });
      },
      error ? status_of(error->kind) : 200);
}

Response show_set_up(WebFace& site, Request& request) {
  std::string workspace = wanted_workspace(site, request);
  if (!has_no_account(site, workspace)) return Response::redirect("/sign-in");
  return set_up_page(site, workspace, {}, nullptr);
}

Response do_set_up(WebFace& site, Request& request) {
  static std::mutex one_at_a_time;  // two first administrators would be one too many
  std::lock_guard lock(one_at_a_time);
  auto form = request.form();
  if (!form) return Response::failure(form.error());
  std::string workspace(several(site) ? form->value("workspace") : std::string_view(site.installation.names().front()));
  if (from_elsewhere(request) || !has_no_account(site, workspace)) return Response::redirect("/sign-in");
  Tenant& tenant = *site.installation.find(workspace);
  NewAccount account;
  account.email = form->value("email");
  account.name = form->value("name");
  account.password = form->value("password");
  account.roles = {Role::administrator, Role::isms_owner, Role::risk_owner, Role::control_owner, Role::action_owner};
  auto created = tenant.accounts.create(Principal::product("first set-up"), account);
  if (!created) return set_up_page(site, workspace, account, &created.error());
  auto session = tenant.sessions.sign_in(account.email, account.password, "", request.remote,
                                         request.header("User-Agent"), site.installation.product().clock.now());
  if (!session) return Response::redirect("/sign-in");
  Response response = signed_in(site, request, workspace, *session, "/");
  set_flash(response, site.is_https(request), "Welcome. This is your workspace.");
  return response;
}

}  // namespace

std::vector<Route> sign_in_routes(WebFace& site) {
  RouteOptions options{.max_body = 64 * 1024, .anonymous = true, .csrf = false};
  auto with_site = [&site](Response (*handler)(WebFace&, Request&)) {
    return [&site, handler](Request& request) { return handler(site, request); };
  };
  return {{"GET", "/sign-in", with_site(show_sign_in), options},
          {"POST", "/sign-in", with_site(do_sign_in), options},
          {"GET", "/set-up", with_site(show_set_up), options},
          {"POST", "/set-up", with_site(do_set_up), options}};
}

Response sign_out(Visit& visit) {
  if (auto cookie = parse_session_cookie(visit.request.cookie(session_cookie_name))) {
    if (auto ended = visit.tenant.sessions.sign_out(cookie->token); !ended) return error_page(visit, ended.error());
  }
  Response response = Response::redirect("/sign-in");
  Cookie gone{.name = std::string(session_cookie_name), .value = "", .max_age = std::chrono::seconds(0)};
  gone.secure = visit.site.is_https(visit.request);
  response.add_header("Set-Cookie", gone.header());
  return response;
}

}  // namespace assay
