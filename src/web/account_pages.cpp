// One's own account: who one is here, and the password.
#include <fmt/format.h>

#include "base/text.h"
#include "web/account_view.h"
#include "web/assets.h"
#include "web/frame.h"

namespace assay {

void account_input(HtmlWriter& h, std::string_view label, std::string_view name, Attributes attributes,
                   std::string_view hint) {
  (void)name;
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), at("for", name)}, label);
    h.leaf("input", attributes);
    if (!hint.empty()) h.el("div", {cls("form-hint mt-1")}, hint);
  });
}

void button_form(HtmlWriter& h, const Visit& visit, std::string_view url, std::string_view label,
                 std::string_view classes, std::string_view confirm, std::string_view reason) {
  h.el("form",
       {at("method", "post"), at("action", url), cls("d-inline"), at_if(!confirm.empty(), "data-confirm", confirm),
        at_if(!reason.empty(), "data-reason", reason)},
       [&] {
         hidden_csrf(h, visit);
         h.el("button", {at("type", "submit"), cls(classes)}, label);
       });
}

void account_card(HtmlWriter& h, std::string_view title, const std::function<void()>& body) {
  h.el("section", {cls("card mb-3"), at("aria-label", title)}, [&] {
    h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title")}, title); });
    h.el("div", {cls("card-body")}, body);
  });
}

Response to_account(Visit& visit, const Result<void>& outcome, std::string_view message) {
  return outcome ? done(visit, "/account", message) : error_page(visit, outcome.error());
}

namespace {

void fact(HtmlWriter& h, std::string_view label, std::string_view value) {
  h.el("dt", label);
  h.el("dd", value.empty() ? std::string_view("–") : value);
}

void who(HtmlWriter& h, const Visit& visit, const UserAccount& account) {
  account_card(h, "Who you are here", [&] {
    h.el("dl", {cls("facts")}, [&] {
      fact(h, "Name", account.name);
      fact(h, "E-mail", account.email);
      fact(h, "Roles", account.roles.labels());
      fact(h, "Workspace", visit.tenant.workspace->name());
      h.el("dt", "Person");
      h.el("dd", [&] {
        const EntityDef* person = visit.registry().find("person");
        if (person && !account.person.empty())
          h.el("a", {at("href", record_url(*person, account.person))}, account.name);
        else h.text("not linked; an administrator can link it, so that your own records are recognised");
      });
      if (account.valid_to) fact(h, "Until", account.valid_to->iso());
    });
  });
}

Response show_account(Visit& visit) {
  auto account = visit.tenant.accounts.find(visit.principal.account);
  if (!account) return error_page(visit, account.error());
  Frame frame{.title = "My account", .active = "account", .narrow = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    who(h, visit, *account);
    account_card(h, "Password", [&] {
      h.el("a", {cls("btn"), at("href", "/account/password")}, "Change the password");
    });
    security_cards(h, visit, *account);
  });
}

Response password_page(Visit& visit, const Error* error) {
  bool forced = visit.session.password_is_temporary;
  Frame frame{
      .title = forced ? "Choose your own password" : "Change the password", .active = "account", .narrow = true};
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (forced)
      h.el("p",
           "Your password was given to you by an administrator. Choose one that only you know; then you can go on.");
    if (error) problem_list(h, *error);
    h.el("form", {at("method", "post"), at("action", "/account/password"), cls("card")}, [&] {
      hidden_csrf(h, visit);
      h.el("div", {cls("card-body")}, [&] {
        account_input(h, "Current password", "current",
                      {at("type", "password"), cls("form-control"), at("id", "current"), at("name", "current"),
                       at("autocomplete", "current-password"), flag("required"), flag("autofocus")});
        account_input(h, "New password", "password",
                      {at("type", "password"), cls("form-control"), at("id", "password"), at("name", "password"),
                       at("autocomplete", "new-password"), at("minlength", 12), at("maxlength", 200), flag("required")},
                      "At least 12 characters. A few unrelated words do well; your name, your e-mail and well-known "
                      "passwords do not.");
        account_input(h, "New password again", "again",
                      {at("type", "password"), cls("form-control"), at("id", "again"), at("name", "again"),
                       at("autocomplete", "new-password"), flag("required")});
      });
      h.el("div", {cls("card-footer btn-list")}, [&] {
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Change the password");
        if (!forced) h.el("a", {cls("btn"), at("href", "/account")}, "Cancel");
      });
    });
  });
}

Response show_password(Visit& visit) { return password_page(visit, nullptr); }

Result<void> set_password(Visit& visit) {
  TRY(Form form, visit.request.form());
  if (form.value("password") != form.value("again"))
    return fail(Problems{{"password", "must be typed twice in the same way", ""}});
  auto cookie = parse_session_cookie(visit.request.cookie(session_cookie_name));
  return visit.tenant.accounts.set_password(visit.principal, visit.principal.account, form.value("current"),
                                            form.value("password"),
                                            cookie ? std::string_view(cookie->token) : std::string_view());
}

Response change_password(Visit& visit) {
  bool forced = visit.session.password_is_temporary;
  auto outcome = set_password(visit);
  if (!outcome) return password_page(visit, &outcome.error());
  return done(visit, forced ? "/" : "/account", "The password is changed. Other sessions of this account have ended.");
}

}  // namespace

std::vector<PageRoute> account_pages() {
  std::vector<PageRoute> all = {
      {"GET", "/account", show_account},
      {"GET", "/account/password", show_password},
      {"POST", "/account/password", change_password},
  };
  for (auto* list : {&own_security_pages, &administration_pages}) std::ranges::move(list(), std::back_inserter(all));
  return all;
}

}  // namespace assay
