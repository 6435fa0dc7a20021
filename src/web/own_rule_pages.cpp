// The organisation's own rules: the list, one rule with its versions, and the steps that bring it into force and out of
// it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "web/account_view.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/record_parts.h"
#include "web/rules_view.h"

namespace assay {
namespace {

std::string_view colour_of(OwnRuleState state) {
  switch (state) {
    case OwnRuleState::active: return "bg-green-lt";
    case OwnRuleState::draft: return "bg-blue-lt";
    default: return "bg-secondary-lt";
  }
}

void state_badge(HtmlWriter& h, OwnRuleState state) {
  h.el("span", {cls("badge"), cls(colour_of(state))}, label_of(state));
}

// The version that tells what the rule is about: what is in force, else what was written last.
const OwnRuleVersion& shown_version(const OwnRule& rule) { return rule.active() ? *rule.active() : rule.newest(); }

std::string title_of(const OwnRule& rule) {
  std::string title = header_value(shown_version(rule).text, "title");
  return title.empty() ? rule.id : shorten(title, 300);
}

Html new_button() {
  HtmlWriter h(512);
  h.el("a",
       {cls("btn btn-primary"), at("href", "/rules/own/new"), at("data-shortcut", "n"),
        at("data-shortcut-label", "New own rule")},
       [&] {
         h.add(icon("plus"));
         h.text("New rule");
       });
  return h.take();
}

bool may_write(const Visit& visit) { return may_write_rules(visit.principal).allowed; }
bool may_try(const Visit& visit) { return may_write(visit) || may_approve_rules(visit.principal).allowed; }

// ---- the list ------------------------------------------------------------------------------------------------------

void list_row(HtmlWriter& h, const Visit& visit, const OwnRule& rule, const Verdict* verdict) {
  const OwnRuleVersion& shown = shown_version(rule);
  h.el("tr", [&] {
    h.el("th", {at("scope", "row"), cls("text-nowrap")},
         [&] { h.el("a", {at("href", own_rule_url(rule.id))}, rule.id); });
    h.el("td", {at("data-label", "Rule")}, title_of(rule));
    h.el("td", {at("data-label", "Requirement")}, [&] { ref_links(h, visit, header_value(shown.text, "ref")); });
    h.el("td", {at("data-label", "State")}, [&] {
      state_badge(h, rule.state());
      if (rule.active() && rule.draft()) {
        h.text(" ");
        h.el("span", {cls("badge bg-blue-lt")}, "Draft waits");
      }
    });
    h.el("td", {cls("text-nowrap"), at("data-label", "Today")}, [&] {
      if (!rule.active() || !verdict) return;
      auto unable = std::ranges::find(verdict->not_evaluated, rule.id, &NotEvaluated::rule);
      if (unable != verdict->not_evaluated.end())
        return h.el("span", {cls("badge bg-secondary-lt"), at("title", unable->reason)}, "Not evaluated");
      auto count = std::ranges::count(verdict->findings, rule.id, &RuleFinding::rule_id);
      h.el("a", {at("href", rule_url(rule.id))},
           count == 0 ? std::string("Met") : fmt::format("{} {}", count, count == 1 ? "finding" : "findings"));
    });
  });
}

Response list_page(Visit& visit) {
  auto rules = visit.tenant.own_rules.list(visit.principal);
  if (!rules) return error_page(visit, rules.error());
  auto verdict = visit.tenant.auditor.today();
  Frame frame{.title = "Own rules",
              .active = "findings",
              .crumbs = {{"Findings", "/findings"}, {"Rules", "/rules"}},
              .live = "verdict"};
  if (!rules->empty() && may_write(visit)) frame.actions = new_button();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (rules->empty()) {
      return empty_state(h, "list-check", "No rules of your own yet",
                         "What your organisation asks of itself beyond the standard: a deadline of a customer, a rule "
                         "of the group, a check that an auditor missed last year. "
                         "A rule of your own is a question in SQL. It takes part in the verdict, the forecast and the "
                         "reports like the others, once a second person approved it.",
                         may_write(visit) ? new_button() : Html());
    }
    h.el("p", {cls("text-secondary")},
         "The ISMS owner writes them; top management or an internal auditor puts them into force. From then on they "
         "are asked like the product's rules.");
    h.el("div", {cls("card")}, [&] {
      h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
        h.el("caption", {cls("visually-hidden")}, "Own rules with their state");
        h.el("thead", [&] {
          h.el("tr", [&] {
            for (std::string_view label : {"Id", "Rule", "Requirement", "State", "Today"})
              h.el("th", {at("scope", "col")}, label);
          });
        });
        h.el("tbody", [&] {
          for (const OwnRule& rule : *rules) list_row(h, visit, rule, verdict ? verdict->get() : nullptr);
        });
      });
    });
  });
}

// ---- one rule ------------------------------------------------------------------------------------------------------

void hidden_version(HtmlWriter& h, std::int64_t version) {
  h.leaf("input", {at("type", "hidden"), at("name", "version"), at("value", version)});
}

void decision_form(HtmlWriter& h, const Visit& visit, const OwnRuleVersion& draft, std::string_view step,
                   std::string_view label, std::string_view classes) {
  h.el("form", {at("method", "post"), at("action", own_rule_url(draft.rule, step)), cls("d-inline")}, [&] {
    hidden_csrf(h, visit);
    hidden_version(h, draft.version);
    h.el("button", {at("type", "submit"), cls(classes)}, label);
  });
}

void write_text(HtmlWriter& h, std::string_view text) {
  h.el("pre", {cls("sql mb-0"), at("tabindex", 0), at("role", "region"), at("aria-label", "Text of the rule")}, text);
}

void write_draft(HtmlWriter& h, Visit& visit, const OwnRule& rule, const OwnRuleVersion& draft, const Error* refused) {
  Decision approves = visit.tenant.own_rules.may_approve(visit.principal, draft);
  HtmlWriter actions(1024);
  actions.el("div", {cls("btn-list")}, [&] {
    if (may_try(visit)) decision_form(actions, visit, draft, "/discard", "Discard", "btn");
    if (approves.allowed)
      decision_form(actions, visit, draft, "/approve", "Approve and put into force", "btn btn-primary");
  });
  section(h, "draft", fmt::format("Draft: version {}", draft.version), actions.take(), [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (refused) problem_list(h, *refused);
      Instant now = visit.tenant.workspace->clock().now();
      h.el("p", {cls("mb-0")}, [&] {
        h.text(fmt::format("Written by {} ", draft.author_name));
        moment(h, draft.written_at, now);
        if (!draft.reason.empty()) h.text(fmt::format(", because: {}", draft.reason));
        h.text(". ");
        if (rule.active())
          h.text(fmt::format("Version {} stays in force until this one is approved. ", rule.active()->version));
        if (!approves.allowed)
          h.text(fmt::format("It is approved by {}.",
                             approves.who_may.empty() ? std::string("somebody else") : in_sentence(approves.who_may)));
      });
    });
    write_text(h, draft.text);
    if (!may_try(visit)) return;
    h.el("div", {cls("card-body")}, [&] {
      auto trial = visit.tenant.own_rules.try_out(visit.principal, draft.text);
      if (trial) write_trial(h, visit, *trial, draft.text);
      else problem_list(h, trial.error());
    });
  });
}

void write_active(HtmlWriter& h, const Visit& visit, const OwnRuleVersion& active) {
  HtmlWriter actions(1024);
  if (may_try(visit))
    button_form(actions, visit, own_rule_url(active.rule, "/retire"), "Retire", "btn",
                fmt::format("Take {} out of force?", active.rule), "Why is it no longer needed?");
  section(h, "active", fmt::format("In force: version {}", active.version), actions.take(), [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("p", {cls("mb-0")}, [&] {
        h.text(fmt::format("Written by {}, approved by {} ", active.author_name, active.decider_name));
        moment(h, active.decided_at, visit.tenant.workspace->clock().now());
        h.text(". ");
        h.el("a", {at("href", rule_url(active.rule))}, "What it finds today");
      });
    });
    write_text(h, active.text);
  });
}

void write_versions(HtmlWriter& h, const Visit& visit, const OwnRule& rule) {
  Instant now = visit.tenant.workspace->clock().now();
  section(h, "versions", "Versions", {}, [&] {
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (const OwnRuleVersion& version : rule.versions) {
        h.el("li", {cls("list-group-item")}, [&] {
          h.el("details", [&] {
            h.el("summary", [&] {
              h.text(fmt::format("Version {} ", version.version));
              state_badge(h, version.state);
              h.text(fmt::format(" by {} ", version.author_name));
              moment(h, version.written_at, now);
              if (!version.reason.empty()) h.text(fmt::format(": {}", version.reason));
            });
            write_text(h, version.text);
          });
        });
      }
    });
  });
}

std::string_view verb_of(std::string_view operation) {
  if (operation == "create") return "wrote the rule";
  if (operation == "draft") return "wrote a new version";
  if (operation == "approve") return "put it into force";
  if (operation == "retire") return "took it out of force";
  return "discarded the draft";
}

void write_history(HtmlWriter& h, const Visit& visit, const OwnRule& rule) {
  auto entries = visit.tenant.own_rules.history(visit.principal, rule.id);
  if (!entries) return;
  Instant now = visit.tenant.workspace->clock().now();
  section(h, "history", "History", {}, [&] {
    h.el("ol", {cls("list-group list-group-flush list-unstyled mb-0")}, [&] {
      for (const LedgerEntry& entry : *entries) {
        h.el("li", {cls("list-group-item")}, [&] {
          h.el("b", entry.actor_name.empty() ? entry.actor : entry.actor_name);
          h.text(fmt::format(" {}{} ", verb_of(entry.operation),
                             is_blank(entry.reason) ? std::string() : ", because: " + entry.reason));
          h.el("span", {cls("text-secondary small")}, [&] {
            moment(h, entry.at, now);
            h.text(" · ");
            h.el("a", {cls("quiet"), at("href", fmt::format("/ledger/{}", entry.seq))},
                 fmt::format("entry {} of the ledger", entry.seq));
          });
        });
      }
    });
  });
}

Response rule_view(Visit& visit, const OwnRule& rule, const Error* refused) {
  HtmlWriter beside(128);
  state_badge(beside, rule.state());
  HtmlWriter actions(256);
  if (may_write(visit)) {
    actions.el("a", {cls("btn"), at("href", own_rule_url(rule.id, "/edit"))}, [&] {
      actions.add(icon("edit"));
      actions.text(rule.draft() ? "Edit the draft" : "Write a new version");
    });
  }
  Frame frame{.title = title_of(rule),
              .active = "findings",
              .crumbs = {{"Findings", "/findings"}, {"Rules", "/rules"}, {"Own rules", "/rules/own"}},
              .kicker = "Own rule " + rule.id,
              .beside = beside.take(),
              .actions = actions.take(),
              .status = refused ? status_of(refused->kind) : 200};
  return page(visit, frame, [&](HtmlWriter& h) {
    if (const OwnRuleVersion* draft = rule.draft()) write_draft(h, visit, rule, *draft, refused);
    else if (refused) problem_list(h, *refused);
    if (const OwnRuleVersion* active = rule.active()) write_active(h, visit, *active);
    write_versions(h, visit, rule);
    write_history(h, visit, rule);
  });
}

Response show_rule(Visit& visit) {
  auto rule = visit.tenant.own_rules.find(visit.principal, visit.request.param("id"));
  if (!rule) return error_page(visit, rule.error());
  return rule_view(visit, *rule, nullptr);
}

// ---- steps ---------------------------------------------------------------------------------------------------------

using Deed = std::function<Result<void>(std::string_view id, std::int64_t version, std::string_view reason)>;

Response decide(Visit& visit, const Deed& deed, std::string_view message) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::string id(visit.request.param("id"));
  std::int64_t version = 0;
  std::string_view text = form->value("version");
  std::from_chars(text.data(), text.data() + text.size(), version);
  auto outcome = deed(id, version, form->value("reason"));
  if (outcome) return done(visit, own_rule_url(id), fmt::format("{} {}", id, message));
  auto rule = visit.tenant.own_rules.find(visit.principal, id);
  bool on_page = rule && (outcome.error().kind == ErrorKind::invalid || outcome.error().kind == ErrorKind::conflict);
  return on_page ? rule_view(visit, *rule, &outcome.error()) : error_page(visit, outcome.error());
}

Response approve_rule(Visit& visit) {
  return decide(
      visit,
      [&](auto id, auto version, auto reason) {
        return visit.tenant.own_rules.approve(visit.principal, id, version, reason);
      },
      "is in force.");
}
Response discard_draft(Visit& visit) {
  return decide(
      visit,
      [&](auto id, auto version, auto reason) {
        return visit.tenant.own_rules.discard(visit.principal, id, version, reason);
      },
      "has no draft any more.");
}
Response retire_rule(Visit& visit) {
  return decide(
      visit, [&](auto id, auto, auto reason) { return visit.tenant.own_rules.retire(visit.principal, id, reason); },
      "is out of force.");
}

}  // namespace

std::string own_rule_url(std::string_view id, std::string_view below) {
  return fmt::format("/rules/own/{}{}", encode_url(id), below);
}

std::vector<PageRoute> own_rule_pages() {
  return {
      {"GET", "/rules/own", list_page},
      {"POST", "/rules/own", create_own_rule},
      {"GET", "/rules/own/new", new_own_rule},
      kept({"GET", "/rules/own/schema", rule_schema_page}),
      {"POST", "/rules/own/preview", preview_own_rule},
      {"GET", "/rules/own/{id}", show_rule},
      {"GET", "/rules/own/{id}/edit", edit_own_rule},
      {"POST", "/rules/own/{id}/edit", save_own_rule},
      {"POST", "/rules/own/{id}/approve", approve_rule},
      {"POST", "/rules/own/{id}/discard", discard_draft},
      {"POST", "/rules/own/{id}/retire", retire_rule},
  };
}

}  // namespace assay
