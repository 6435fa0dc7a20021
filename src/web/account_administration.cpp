// Who may sign in: accounts of others, for administrators.
#include <fmt/format.h>

#include <algorithm>

#include "base/random.h"
#include "base/text.h"
#include "web/account_view.h"
#include "web/assets.h"

namespace assay {
namespace {

Result<void> demand_administrator(const Visit& visit) {
  CHECK(demand(may_administer(visit.principal)));
  return {};
}

// Account::person is a reference to the register of persons; the picker wants it as a field.
const FieldDef& person_field(const Visit& visit) {
  static const FieldDef field = [&] {
    FieldDef made;
    for (const Registry::Referrer& referrer : visit.registry().referrers(*visit.registry().find("person"))) {
      if (referrer.field->kind == Kind::reference) made = *referrer.field;
    }
    made.name = "person";
    made.text = {.label = "Person"};
    made.required = false;
    return made;
  }();
  return field;
}

void state_words(HtmlWriter& h, const UserAccount& account, Date today) {
  bool open = account.may_sign_in(today);
  h.el("span", {cls("badge"), cls(open ? "bg-green-lt" : "bg-secondary-lt")},
       open                                      ? "May sign in"
       : account.state == AccountState::disabled ? "Disabled"
                                                 : "Ended");
}

void account_row(HtmlWriter& h, const UserAccount& account, Date today) {
  h.el("tr", {at("data-url", "/accounts/" + encode_url(account.id))}, [&] {
    h.el("td", {at("data-label", "Name")}, [&] {
      h.el("a", {cls("row-title"), at("href", "/accounts/" + encode_url(account.id)), flag("data-open")}, account.name);
    });
    h.el("td", {at("data-label", "E-mail")}, account.email);
    h.el("td", {at("data-label", "Roles")}, account.roles.labels());
    h.el("td", {at("data-label", "Second factor")}, account.totp_enabled ? "On" : "Off");
    h.el("td", {cls("numeric text-nowrap"), at("data-label", "Last sign-in")},
         account.last_sign_in_at ? account.last_sign_in_at->day().iso() : "never");
    h.el("td", {at("data-label", "State")}, [&] { state_words(h, account, today); });
  });
}

Response list_accounts(Visit& visit) {
  auto accounts = visit.tenant.accounts.list(visit.principal);
  if (!accounts) return error_page(visit, accounts.error());
  HtmlWriter actions(512);
  actions.el("a", {cls("btn btn-primary"), at("href", "/accounts/new"), at("data-shortcut", "n")}, [&] {
    actions.add(icon("user-plus"));
    actions.text("New account");
  });
  Frame frame{.title = "Who may sign in", .active = "accounts", .kicker = "Administration", .actions = actions.take()};
  Date today = visit.site.installation.product().clock.today();
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("card")}, [&] {
      h.el("div", {cls("table-responsive")}, [&] {
        h.el("table", {cls("table table-vcenter card-table table-sticky table-stack"), flag("data-rows")}, [&] {
          h.el("thead", [&] {
            h.el("tr", [&] {
              for (std::string_view label : {"Name", "E-mail", "Roles", "Second factor", "Last sign-in", "State"})
                h.el("th", {at("scope", "col")}, label);
            });
          });
          h.el("tbody", [&] {
            for (const UserAccount& account : *accounts) account_row(h, account, today);
          });
        });
      });
    });
  });
}

void role_boxes(HtmlWriter& h, Roles roles) {
  h.el("fieldset", {cls("mb-3")}, [&] {
    h.el("legend", {cls("form-label")}, "Roles");
    for (std::size_t i = 0; i < choices_of<Role>.size(); ++i) {
      h.el("label", {cls("form-check")}, [&] {
        h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "role"),
                         at("value", choices_of<Role>[i].name), flag("checked", roles.has(static_cast<Role>(i)))});
        h.el("span", {cls("form-check-label")}, choices_of<Role>[i].label);
      });
    }
  });
}

void shared_inputs(HtmlWriter& h, const Visit& visit, const UserAccount& account) {
  account_input(h, "Name", "name",
                {at("type", "text"), cls("form-control"), at("id", "name"), at("name", "name"),
                 at("value", account.name), at("maxlength", 200), flag("required")});
  role_boxes(h, account.roles);
  h.el("div", {cls("mb-3")}, [&] {
    h.el("label", {cls("form-label"), at("for", "f-person")}, "Person");
    const FieldDef& field = person_field(visit);
    reference_input(h, visit, field, titles_of(visit, field, account.person.empty() ? Value() : Value(account.person)));
    h.el("div", {cls("form-hint mt-1")},
         "The record of the person behind the account: decides which records are their own.");
  });
  account_input(h, "Until", "valid_to",
                {at("type", "date"), cls("form-control"), at("id", "valid_to"), at("name", "valid_to"),
                 at("value", account.valid_to ? account.valid_to->iso() : "")},
                "The last day, for consultants and outside auditors. Empty: without end.");
}

Frame account_frame(std::string title) {
  return {
      .title = std::move(title), .active = "accounts", .crumbs = {{"Who may sign in", "/accounts"}}, .narrow = true};
}

Response new_page(Visit& visit, const UserAccount& account, const Error* error) {
  if (auto allowed = demand_administrator(visit); !allowed) return error_page(visit, allowed.error());
  Frame frame = account_frame("New account");
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    h.el("form", {at("method", "post"), at("action", "/accounts"), cls("card"), flag("data-dirty")}, [&] {
      hidden_csrf(h, visit);
      h.el("div", {cls("card-body")}, [&] {
        account_input(h, "E-mail", "email",
                      {at("type", "email"), cls("form-control"), at("id", "email"), at("name", "email"),
                       at("value", account.email), flag("required"), flag("autofocus")});
        shared_inputs(h, visit, account);
        h.el("p", {cls("text-secondary mb-0")},
             "A first password is made and shown once. It has to be changed at the first sign-in.");
      });
      h.el("div", {cls("card-footer btn-list")}, [&] {
        h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Create the account");
        h.el("a", {cls("btn"), at("href", "/accounts")}, "Cancel");
      });
    });
  });
}

Response show_new(Visit& visit) { return new_page(visit, {}, nullptr); }

// The account as the form describes it.
Result<UserAccount> read_form(const Visit& visit, const Form& form) {
  UserAccount account;
  account.email = form.value("email");
  account.name = trim(form.value("name"));
  for (std::string_view name : form.values("role")) {
    if (auto role = choice_of<Role>(name)) account.roles.add(*role);
  }
  TRY(Value person, form_value(person_field(visit), form));
  account.person = text_of(person);
  if (std::string_view until = trim(form.value("valid_to")); !until.empty()) {
    account.valid_to = Date::parse(until);
    if (!account.valid_to) return fail(Problems{{"valid_to", "must be a day such as 2026-12-31", std::string(until)}});
  }
  return account;
}

Response show_secret(Visit& visit, const UserAccount& account, std::string_view password, std::string title) {
  return page(visit, account_frame(std::move(title)), [&](HtmlWriter& h) {
    h.el("div", {cls("alert alert-warning"), at("role", "status")},
         "Hand it over in person or by another channel than e-mail. It is shown only now.");
    h.el("div", {cls("card")}, [&] {
      h.el("div", {cls("card-body")}, [&] {
        h.el("p", {cls("mb-1 text-secondary")}, account.email);
        h.el("p", [&] { h.el("code", {cls("user-select-all")}, password); });
        h.el("button", {cls("btn"), at("type", "button"), at("data-copy", password)}, "Copy");
      });
    });
    h.el("p", {cls("mt-3")}, [&] {
      h.el("a", {cls("btn"), at("href", "/accounts/" + encode_url(account.id))}, "To the account");
    });
  });
}

Response create_account(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto wanted = read_form(visit, *form);
  if (!wanted) return new_page(visit, {}, &wanted.error());
  std::string password = random_token(15);
  auto created = visit.tenant.accounts.create(
      visit.principal, {wanted->email, wanted->name, wanted->person, wanted->roles, password, wanted->valid_to});
  if (!created) return new_page(visit, *wanted, &created.error());
  return show_secret(visit, *created, password, fmt::format("First password of {}", created->name));
}

void ways_out(HtmlWriter& h, const Visit& visit, const UserAccount& account) {
  std::string base = "/accounts/" + encode_url(account.id);
  account_card(h, "Access", [&] {
    h.el("div", {cls("btn-list")}, [&] {
      button_form(h, visit, base + "/reset", "New password", "btn",
                  fmt::format("Give {} a new password?", account.name), "Why?");
      if (account.totp_enabled)
        button_form(h, visit, base + "/totp/off", "Turn the second factor off", "btn",
                    "Turn the second factor off? Make sure who asks for it.", "Why?");
      button_form(h, visit, base + "/sign-out", "End all sessions", "btn");
      bool active = account.state == AccountState::active;
      button_form(h, visit, base + (active ? "/disable" : "/enable"),
                  active ? "Disable the account" : "Let sign in again", active ? "btn btn-danger" : "btn btn-primary",
                  active ? fmt::format("Disable the account of {}?", account.name) : std::string(),
                  active ? "Why?" : "");
    });
  });
}

Response edit_page(Visit& visit, const UserAccount& account, const Error* error) {
  Frame frame = account_frame(account.name);
  frame.kicker = account.email;
  if (error) frame.status = status_of(error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    h.el("form",
         {at("method", "post"), at("action", "/accounts/" + encode_url(account.id)), cls("card mb-3"),
          flag("data-dirty")},
         [&] {
           hidden_csrf(h, visit);
           h.el("div", {cls("card-body")}, [&] {
             shared_inputs(h, visit, account);
             account_input(h, "Reason", "reason",
                           {at("type", "text"), cls("form-control"), at("id", "reason"), at("name", "reason"),
                            at("maxlength", 500)},
                           "Kept in the history.");
           });
           h.el("div", {cls("card-footer btn-list")}, [&] {
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Save");
             h.el("a", {cls("btn"), at("href", "/accounts")}, "Cancel");
           });
         });
    ways_out(h, visit, account);
  });
}

Result<UserAccount> asked_account(const Visit& visit) {
  CHECK(demand_administrator(visit));
  return visit.tenant.accounts.find(visit.request.param("id"));
}

Response show_edit(Visit& visit) {
  auto account = asked_account(visit);
  return account ? edit_page(visit, *account, nullptr) : error_page(visit, account.error());
}

Response save_account(Visit& visit) {
  auto account = asked_account(visit);
  if (!account) return error_page(visit, account.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto wanted = read_form(visit, *form);
  if (!wanted) return edit_page(visit, *account, &wanted.error());
  AccountChange change{.name = wanted->name,
                       .person = wanted->person,
                       .roles = wanted->roles,
                       .state = {},
                       .valid_to = wanted->valid_to};
  auto saved = visit.tenant.accounts.change(visit.principal, account->id, change, trim(form->value("reason")));
  if (saved) return done(visit, "/accounts", fmt::format("The account of {} is saved.", saved->name));
  account->name = wanted->name;
  account->roles = wanted->roles;
  account->person = wanted->person;
  account->valid_to = wanted->valid_to;
  return edit_page(visit, *account, &saved.error());
}

std::string reason_of(const Visit& visit) {
  auto form = visit.request.form();
  return form ? std::string(trim(form->value("reason"))) : std::string();
}

Response back_to(Visit& visit, const Result<void>& outcome, std::string_view message) {
  if (!outcome) return error_page(visit, outcome.error());
  return done(visit, "/accounts/" + encode_url(visit.request.param("id")), message);
}

Response set_state(Visit& visit, AccountState state, std::string_view message) {
  AccountChange change;
  change.state = state;
  auto changed = visit.tenant.accounts.change(visit.principal, visit.request.param("id"), change, reason_of(visit));
  if (!changed) return error_page(visit, changed.error());
  return back_to(visit, {}, message);
}

Response disable(Visit& visit) {
  return set_state(visit, AccountState::disabled, "The account is disabled; its sessions have ended.");
}
Response enable(Visit& visit) { return set_state(visit, AccountState::active, "The account may sign in again."); }

Response reset(Visit& visit) {
  auto account = asked_account(visit);
  if (!account) return error_page(visit, account.error());
  auto password = visit.tenant.accounts.reset_password(visit.principal, account->id, reason_of(visit));
  if (!password) return error_page(visit, password.error());
  return show_secret(visit, *account, *password, fmt::format("New password of {}", account->name));
}

Response totp_off(Visit& visit) {
  return back_to(visit,
                 visit.tenant.accounts.disable_totp(visit.principal, visit.request.param("id"), "", reason_of(visit)),
                 "The second factor is off.");
}

Response end_sessions(Visit& visit) {
  return back_to(visit, visit.tenant.sessions.revoke_all(visit.principal, visit.request.param("id")),
                 "All sessions have ended.");
}

}  // namespace

std::vector<PageRoute> administration_pages() {
  return {
      {"GET", "/accounts", list_accounts},           {"GET", "/accounts/new", show_new},
      {"POST", "/accounts", create_account},         {"GET", "/accounts/{id}", show_edit},
      {"POST", "/accounts/{id}", save_account},      {"POST", "/accounts/{id}/reset", reset},
      {"POST", "/accounts/{id}/disable", disable},   {"POST", "/accounts/{id}/enable", enable},
      {"POST", "/accounts/{id}/totp/off", totp_off}, {"POST", "/accounts/{id}/sign-out", end_sessions},
  };
}

}  // namespace assay
