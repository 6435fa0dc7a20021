// One's own second factor, sessions and API tokens.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/account_view.h"
#include "web/assets.h"

namespace assay {
namespace {

std::string moment(Instant at) {
  std::string iso = at.iso();
  return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

void totp_card(HtmlWriter& h, const Visit& visit, const UserAccount& account) {
  account_card(h, "Second factor", [&] {
    if (!account.totp_enabled) {
      h.el("p",
           "With an authenticator app a stolen password alone opens nothing. Control A.8.5 asks for it where the risk "
           "is high.");
      return button_form(h, visit, "/account/totp", "Set up an authenticator app", "btn btn-primary");
    }
    h.el("p", [&] {
      h.add(icon("circle-check", "text-success me-1"));
      h.text("An authenticator app is asked for at each sign-in.");
    });
    h.el("details", [&] {
      h.el("summary", "Turn it off");
      h.el("form", {at("method", "post"), at("action", "/account/totp/off"), cls("mt-2")}, [&] {
        hidden_csrf(h, visit);
        account_input(h, "Your password", "totp-password",
                      {at("type", "password"), cls("form-control"), at("id", "totp-password"), at("name", "password"),
                       at("autocomplete", "current-password"), flag("required")});
        h.el("button", {cls("btn btn-danger"), at("type", "submit")}, "Turn the second factor off");
      });
    });
  });
}

void session_rows(HtmlWriter& h, const Visit& visit, const std::vector<SessionEntry>& sessions) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-stack mb-0")}, [&] {
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (std::string_view label : {"Since", "Last seen", "From", "With", ""})
            h.el("th", {at("scope", "col")}, label);
        });
      });
      h.el("tbody", [&] {
        for (const SessionEntry& session : sessions) {
          h.el("tr", [&] {
            h.el("td", {cls("numeric text-nowrap"), at("data-label", "Since")}, moment(session.created_at));
            h.el("td", {cls("numeric text-nowrap"), at("data-label", "Last seen")}, moment(session.seen_at));
            h.el("td", {at("data-label", "From")}, session.address);
            h.el("td", {at("data-label", "With")}, shorten(session.agent, 70));
            h.el("td", {cls("text-end")}, [&] {
              button_form(h, visit, fmt::format("/account/sessions/{}/end", encode_url(session.id)), "End",
                          "btn btn-sm");
            });
          });
        }
      });
    });
  });
}

void token_rows(HtmlWriter& h, const Visit& visit, const std::vector<Token>& tokens) {
  h.el("div", {cls("table-responsive mb-3")}, [&] {
    h.el("table", {cls("table table-stack mb-0")}, [&] {
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (std::string_view label : {"Name", "May", "Until", "Last used", ""})
            h.el("th", {at("scope", "col")}, label);
        });
      });
      h.el("tbody", [&] {
        for (const Token& token : tokens) {
          h.el("tr", [&] {
            h.el("td", {at("data-label", "Name")}, token.name);
            h.el("td", {at("data-label", "May")}, choices_of<TokenScope>[static_cast<std::size_t>(token.scope)].label);
            h.el("td", {cls("numeric text-nowrap"), at("data-label", "Until")}, token.expires_on.iso());
            h.el("td", {cls("numeric text-nowrap"), at("data-label", "Last used")},
                 token.used_at ? moment(*token.used_at) : "never");
            h.el("td", {cls("text-end")}, [&] {
              if (token.revoked_at) h.el("span", {cls("badge bg-secondary-lt")}, "Revoked");
              else
                button_form(h, visit, fmt::format("/account/tokens/{}/revoke", encode_url(token.id)), "Revoke",
                            "btn btn-sm", fmt::format("Revoke the token {}?", token.name));
            });
          });
        }
      });
    });
  });
}

void token_form(HtmlWriter& h, const Visit& visit) {
  Date today = visit.site.installation.product().clock.today();
  h.el("form", {at("method", "post"), at("action", "/account/tokens"), cls("row g-2 align-items-end")}, [&] {
    hidden_csrf(h, visit);
    h.el("div", {cls("col-md")}, [&] {
      h.el("label", {cls("form-label"), at("for", "token-name")}, "What it is for");
      h.leaf("input", {at("type", "text"), cls("form-control"), at("id", "token-name"), at("name", "name"),
                       at("maxlength", 100), at("placeholder", "Nightly export"), flag("required")});
    });
    h.el("div", {cls("col-md")}, [&] {
      h.el("label", {cls("form-label"), at("for", "token-scope")}, "May");
      h.el("select", {cls("form-select"), at("id", "token-scope"), at("name", "scope")}, [&] {
        for (const Choice& choice : choices_of<TokenScope>) h.el("option", {at("value", choice.name)}, choice.label);
      });
    });
    h.el("div", {cls("col-md")}, [&] {
      h.el("label", {cls("form-label"), at("for", "token-until")}, "Until");
      h.leaf("input", {at("type", "date"), cls("form-control"), at("id", "token-until"), at("name", "expires_on"),
                       at("value", today.plus_days(90).iso()), at("min", today.iso()),
                       at("max", today.plus_days(366).iso()), flag("required")});
    });
    h.el("div", {cls("col-md-auto")}, [&] {
      h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Create a token");
    });
  });
}

Response confirm_page(Visit& visit, const TotpSetup* setup, const Error* error) {
  Frame frame{.title = "Set up an authenticator app",
              .active = "account",
              .crumbs = {{"My account", "/account"}},
              .narrow = true};
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    h.el("div", {cls("card")}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        if (setup) {
          h.el("p", "1. Scan this picture with your authenticator app, or type the key.");
          // Made by our own encoder from text that we made: no foreign markup.
          h.el("div", {cls("qr"), at("role", "img"), at("aria-label", "QR code for the authenticator app")},
               [&] { h.raw(setup->qr_svg); });
          h.el("p", [&] { h.el("code", {cls("user-select-all")}, setup->secret); });
        }
        h.el("form", {at("method", "post"), at("action", "/account/totp/confirm")}, [&] {
          hidden_csrf(h, visit);
          account_input(
              h, "2. The code that the app shows now", "code",
              {at("type", "text"), cls("form-control"), at("id", "code"), at("name", "code"),
               at("inputmode", "numeric"), at("autocomplete", "one-time-code"), flag("required"), flag("autofocus")});
          h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Confirm");
        });
        if (!setup)
          h.el("div", {cls("mt-3")},
               [&] { button_form(h, visit, "/account/totp", "Start again with a new key", "btn"); });
      });
    });
  });
}

Response begin_totp(Visit& visit) {
  auto setup = visit.tenant.accounts.begin_totp(visit.principal, visit.principal.account);
  return setup ? confirm_page(visit, &*setup, nullptr) : error_page(visit, setup.error());
}

Response confirm_totp(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto outcome = visit.tenant.accounts.confirm_totp(visit.principal, visit.principal.account, trim(form->value("code")),
                                                    visit.site.installation.product().clock.now());
  if (!outcome) return confirm_page(visit, nullptr, &outcome.error());
  return done(visit, "/account", "The second factor is on.");
}

Response disable_totp(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  return to_account(
      visit, visit.tenant.accounts.disable_totp(visit.principal, visit.principal.account, form->value("password"), ""),
      "The second factor is off.");
}

Response end_session(Visit& visit) {
  return to_account(visit,
                    visit.tenant.sessions.revoke(visit.principal, visit.principal.account, visit.request.param("id")),
                    "The session has ended.");
}

Response end_all_sessions(Visit& visit) {
  auto outcome = visit.tenant.sessions.revoke_all(visit.principal, visit.principal.account);
  return outcome ? Response::redirect("/sign-in") : error_page(visit, outcome.error());
}

Result<NewToken> make_token(Visit& visit) {
  TRY(Form form, visit.request.form());
  auto scope = choice_of<TokenScope>(form.value("scope"));
  auto until = Date::parse(form.value("expires_on"));
  Problems problems;
  if (!scope) problems.push_back({"scope", "must be one of the list", std::string(form.value("scope"))});
  if (!until)
    problems.push_back({"expires_on", "must be a day such as 2026-12-31", std::string(form.value("expires_on"))});
  if (!problems.empty()) return fail(std::move(problems));
  return visit.tenant.tokens.create(visit.principal, visit.principal.account, trim(form.value("name")), *scope, *until);
}

Response create_token(Visit& visit) {
  auto token = make_token(visit);
  if (!token) return error_page(visit, token.error());
  Frame frame{.title = "The new token", .active = "account", .crumbs = {{"My account", "/account"}}, .narrow = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("alert alert-warning"), at("role", "status")},
         "Copy it now: it is not stored and cannot be shown again.");
    h.el("div", {cls("card")}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        h.el("p", [&] { h.el("code", {cls("user-select-all text-break")}, token->token); });
        h.el("button", {cls("btn"), at("type", "button"), at("data-copy", token->token)}, "Copy");
        h.el("p", {cls("text-secondary mt-3 mb-0")}, "Send it with each request: Authorization: Bearer <token>");
      });
    });
    h.el("p", {cls("mt-3")}, [&] { h.el("a", {cls("btn"), at("href", "/account")}, "Done"); });
  });
}

Response revoke_token(Visit& visit) {
  return to_account(visit, visit.tenant.tokens.revoke(visit.principal, visit.request.param("id")),
                    "The token is revoked.");
}

}  // namespace

void security_cards(HtmlWriter& h, const Visit& visit, const UserAccount& account) {
  totp_card(h, visit, account);
  account_card(h, "Sessions", [&] {
    auto sessions =
        visit.tenant.sessions.list(visit.principal, account.id, visit.site.installation.product().clock.now());
    if (!sessions) return problem_list(h, sessions.error());
    session_rows(h, visit, *sessions);
    h.el("div", {cls("mt-3")}, [&] {
      button_form(h, visit, "/account/sessions/end", "End all sessions, this one too", "btn", "End all your sessions?");
    });
  });
  account_card(h, "API tokens", [&] {
    auto tokens = visit.tenant.tokens.list(visit.principal, account.id);
    if (!tokens) return problem_list(h, tokens.error());
    h.el("p", {cls("text-secondary")}, [&] {
      h.text("For programs: they act with your rights, or fewer, until the day you set. ");
      h.el("a", {at("href", "/api/docs")}, "What the API offers");
    });
    if (!tokens->empty()) token_rows(h, visit, *tokens);
    token_form(h, visit);
  });
}

std::vector<PageRoute> own_security_pages() {
  return {
      {"POST", "/account/totp", begin_totp},
      {"POST", "/account/totp/confirm", confirm_totp},
      {"POST", "/account/totp/off", disable_totp},
      {"POST", "/account/sessions/{id}/end", end_session},
      {"POST", "/account/sessions/end", end_all_sessions},
      {"POST", "/account/tokens", create_token},
      {"POST", "/account/tokens/{id}/revoke", revoke_token},
  };
}

}  // namespace assay
