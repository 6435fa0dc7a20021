// The editor of own rules: the text with its line numbers, what it finds as it is written, and beside it what a rule
// may read.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/record_parts.h"
#include "web/rules_view.h"

namespace assay {
namespace {

constexpr std::size_t most_shown = 50;

// What was typed, with what came of it.
struct Editor {
  std::string id;             // empty: a new rule
  std::int64_t based_on = 0;  // the newest version that the author saw
  std::string text, reason;
  const Error* error = nullptr;
  const RuleTrial* trial = nullptr;
};

std::optional<Response> refuse_writing(Visit& visit) {
  Decision decision = may_write_rules(visit.principal);
  if (decision.allowed) return std::nullopt;
  return error_page(visit, decision.refusal());
}

std::string_view line_of_text(std::string_view text, std::size_t number) {
  auto lines = split(text, '\n');
  return number >= 1 && number <= lines.size() ? trim(lines[number - 1]) : std::string_view();
}

// ---- the form ------------------------------------------------------------------------------------------------------

void write_textarea(HtmlWriter& h, const Editor& editor) {
  h.el("label", {cls("form-label required"), at("for", "rule-text")}, "Text of the rule");
  h.el("div", {cls("code-editor")}, [&] {
    h.el("div", {cls("code-lines"), at("aria-hidden", "true")});
    h.el("textarea",
         {cls("form-control"), at("id", "rule-text"), at("name", "text"), at("rows", 24), at("spellcheck", "false"),
          at("autocomplete", "off"), at("autocapitalize", "off"), at("wrap", "off"), at("maxlength", longest_own_rule),
          flag("required"), flag("data-code"), at("aria-describedby", "rule-text-hint"),
          at("hx-post", "/rules/own/preview"), at("hx-trigger", "input changed delay:700ms"),
          at("hx-target", "#rule-preview"), at("hx-sync", "this:replace")},
         editor.text);
  });
  h.el("small", {cls("form-hint"), at("id", "rule-text-hint")}, [&] {
    h.text(
        "Header lines, then one select that returns kind, subject, detail and perhaps class. The tab key indents; "
        "press Escape first to leave the field with it. ");
    h.el("a", {at("href", "#rule-schema")}, "What a rule may read");
  });
}

void write_editor_form(HtmlWriter& h, const Visit& visit, const Editor& editor) {
  std::string action = editor.id.empty() ? std::string("/rules/own") : own_rule_url(editor.id, "/edit");
  h.el("form", {cls("card mb-3"), at("method", "post"), at("action", action), flag("data-dirty")}, [&] {
    hidden_csrf(h, visit);
    h.leaf("input", {at("type", "hidden"), at("name", "rule"), at("value", editor.id)});
    h.leaf("input", {at("type", "hidden"), at("name", "based_on"), at("value", editor.based_on)});
    h.el("div", {cls("card-body")}, [&] {
      write_textarea(h, editor);
      h.el("div", {cls("mt-3")}, [&] {
        h.el("label", {cls("form-label"), at("for", "rule-reason")}, "Why this version");
        h.leaf("input", {at("type", "text"), cls("form-control"), at("id", "rule-reason"), at("name", "reason"),
                         at("value", editor.reason), at("maxlength", 2000), at("autocomplete", "off")});
      });
    });
    h.el("div", {cls("card-footer form-foot")}, [&] {
      h.el("a", {cls("btn"), at("href", editor.id.empty() ? std::string("/rules/own") : own_rule_url(editor.id))},
           "Cancel");
      h.el("button",
           {cls("btn"), at("type", "submit"), at("formaction", "/rules/own/preview"),
            at("hx-post", "/rules/own/preview"), at("hx-target", "#rule-preview")},
           [&] {
             h.add(icon("player-play"));
             h.text("Try it out");
           });
      h.el("button", {cls("btn btn-primary"), at("type", "submit")}, [&] {
        h.add(icon("device-floppy"));
        h.text("Save the draft");
      });
    });
  });
}

void write_templates(HtmlWriter& h) {
  h.el("div", {cls("chips mb-3")}, [&] {
    h.el("span", {cls("text-secondary")}, "Begin with");
    for (const RuleTemplate& each : rule_templates())
      h.el("a", {cls("chip"), at("href", fmt::format("/rules/own/new?template={}", each.name))}, each.label);
  });
}

void write_functions(HtmlWriter& h) {
  h.el("details", {cls("schema-table"), flag("open")}, [&] {
    h.el("summary", "Functions");
    h.el("ul", [&] {
      for (const SchemaFunction& function : rule_functions()) {
        h.el("li", [&] {
          h.el("button", {at("type", "button"), cls("schema-insert"), at("data-insert", function.call)}, function.call);
          h.text(" ");
          h.text(function.meaning);
          h.text(" ");
          h.el("code", {cls("text-secondary")}, function.example);
        });
      }
    });
  });
}

Response editor_page(Visit& visit, const Editor& editor) {
  Frame frame{.title = editor.id.empty() ? std::string("New own rule") : editor.id,
              .active = "findings",
              .crumbs = {{"Findings", "/findings"}, {"Rules", "/rules"}, {"Own rules", "/rules/own"}},
              .kicker = "Own rule",
              .status = editor.error ? status_of(editor.error->kind) : 200};
  if (!editor.id.empty()) frame.crumbs.push_back({editor.id, own_rule_url(editor.id)});
  return page(visit, frame, [&](HtmlWriter& h) {
    if (editor.error) problem_list(h, *editor.error);
    if (editor.id.empty()) write_templates(h);
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-8")}, [&] {
        write_editor_form(h, visit, editor);
        h.el("section", {cls("card mb-3"), at("aria-labelledby", "rule-preview-title")}, [&] {
          h.el("div", {cls("card-header")}, [&] {
            h.el("h2", {cls("card-title"), at("id", "rule-preview-title")}, "What it finds now");
          });
          h.el("div", {cls("card-body"), at("id", "rule-preview"), at("aria-live", "polite")}, [&] {
            if (editor.trial) write_trial(h, visit, *editor.trial, editor.text);
            else
              h.el("p", {cls("text-secondary mb-0")},
                   "Nothing is stored by trying a rule out. It may run for two seconds and return 5 000 rows.");
          });
        });
      });
      h.el("aside", {cls("col-lg-4"), at("id", "rule-schema"), at("aria-label", "What a rule may read")}, [&] {
        h.el("div", {cls("card mb-3 schema")}, [&] {
          h.el("div", {cls("card-header")}, [&] { h.el("h2", {cls("card-title")}, "What a rule may read"); });
          h.el("div", {cls("card-body")}, [&] {
            write_functions(h);
            h.el("div", {at("hx-get", "/rules/own/schema"), at("hx-trigger", "load"), at("hx-swap", "innerHTML")}, [&] {
              h.el("a", {at("href", "/rules/own/schema"), at("target", "_blank"), at("rel", "noopener")},
                   "Registers and shared views");
            });
          });
        });
      });
    });
  });
}

// ---- what a rule may read ------------------------------------------------------------------------------------------

void write_table(HtmlWriter& h, const SchemaTable& table) {
  h.el("details", {cls("schema-table"), flag("data-schema-table")}, [&] {
    h.el("summary", [&] {
      h.el("code", table.name);
      if (!table.label.empty()) h.text(" " + table.label);
    });
    if (!table.help.empty()) h.el("p", {cls("text-secondary small")}, table.help);
    h.el("ul", [&] {
      h.el("li", [&] {
        h.el("button",
             {at("type", "button"), cls("schema-insert"), at("data-insert", table.name),
              at("aria-label", "Insert the name " + table.name)},
             "insert the name");
      });
      for (const SchemaColumn& column : table.columns) {
        h.el("li", [&] {
          h.el("button", {at("type", "button"), cls("schema-insert"), at("data-insert", column.name)}, column.name);
          if (!column.kind.empty()) h.el("span", {cls("text-secondary")}, " " + column.kind);
          if (!column.help.empty()) h.el("div", {cls("small")}, column.help);
        });
      }
    });
  });
}

void write_schema(HtmlWriter& h, const RuleSchema& schema) {
  h.el("div", {cls("my-2")}, [&] {
    h.el("label", {cls("visually-hidden"), at("for", "schema-search")}, "Find a register, view or field");
    h.leaf("input", {at("type", "search"), cls("form-control"), at("id", "schema-search"), flag("data-schema-search"),
                     at("placeholder", "Find a register, view or field"), at("autocomplete", "off")});
    h.el("p", {cls("text-secondary small mb-0 mt-1"), flag("data-schema-none"), flag("hidden"), at("role", "status")},
         "Nothing has that name.");
  });
  h.el("h3", {cls("field-group")}, "Shared views");
  for (const SchemaTable& view : schema.views) write_table(h, view);
  h.el("h3", {cls("field-group")}, "Registers and their lists");
  for (const SchemaTable& table : schema.registers) write_table(h, table);
}

// ---- requests ------------------------------------------------------------------------------------------------------

// "ORG-7" when ORG-6 is the highest so far.
std::string next_id(const std::vector<OwnRule>& rules) {
  std::int64_t highest = 0;
  for (const OwnRule& rule : rules) {
    std::string_view digits = std::string_view(rule.id).substr(rule.id.find('-') + 1);
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc() && end == digits.data() + digits.size() && rule.id.starts_with("ORG-"))
      highest = std::max(highest, number);
  }
  return fmt::format("ORG-{}", highest + 1);
}

Editor editor_of(const Form& form) {
  Editor editor;
  editor.text = tidy_rule_text(form.value("text"));
  editor.reason = form.value("reason");
  std::string_view based_on = form.value("based_on");
  std::from_chars(based_on.data(), based_on.data() + based_on.size(), editor.based_on);
  return editor;
}

Response save(Visit& visit, std::string_view id) {
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  Editor editor = editor_of(*sent);
  editor.id = id;
  auto stored = visit.tenant.own_rules.save(visit.principal, id, editor.based_on, editor.text, editor.reason);
  if (stored) return done(visit, own_rule_url(stored->rule), "The draft is saved.");
  bool elsewhere = stored.error().kind == ErrorKind::forbidden || stored.error().kind == ErrorKind::not_found;
  if (elsewhere) return error_page(visit, stored.error());
  editor.error = &stored.error();
  return editor_page(visit, editor);
}

}  // namespace

void write_trial(HtmlWriter& h, const Visit& visit, const RuleTrial& trial, std::string_view text) {
  if (!trial.problems.empty()) {
    std::string lines;
    h.el("div", {cls("alert alert-danger mb-0")}, [&] {
      h.el("div", [&] {
        h.el("p", {cls("mb-1")}, "The rule cannot be asked.");
        h.el("ul", {cls("mb-0")}, [&] {
          for (const Problem& problem : trial.problems) {
            std::size_t line = line_in_place(problem.place);
            lines += fmt::format("{}{}", lines.empty() ? "" : ",", line);
            h.el("li", [&] {
              if (line) h.el("b", fmt::format("Line {}: ", line));
              h.text(problem.message);
              if (!problem.value.empty()) h.text(fmt::format(" (here: {})", problem.value));
              if (std::string_view code = line_of_text(text, line); !code.empty())
                h.el("div", [&] { h.el("code", shorten(code, 160)); });
            });
          }
        });
      });
    });
    h.el("span", {at("data-problem-lines", lines), flag("hidden")});
    return;
  }
  std::string took = fmt::format("{:.1f} ms", static_cast<double>(trial.took.count()) / 1000);
  if (!trial.obstacle.empty())
    return h.el("p", {cls("mb-0")},
                fmt::format("The rule says that it cannot be asked: {} ({})", trial.obstacle, took));
  std::size_t count = trial.findings.size();
  h.el("p", {cls_if(count == 0, "mb-0")},
       count == 0 ? fmt::format("It finds nothing today. It took {}.", took)
                  : fmt::format("{} {} today. It took {}.", count, count == 1 ? "finding" : "findings", took));
  if (count == 0) return;
  h.el("ul", {cls("list-group")}, [&] {
    for (std::size_t i = 0; i < count && i < most_shown; ++i)
      finding_item(h, visit, trial.findings[i], {.advise = false, .explain = false});
  });
  if (count > most_shown)
    h.el("p", {cls("text-secondary mt-2 mb-0")}, fmt::format("Only the first {} are listed.", most_shown));
}

Response new_own_rule(Visit& visit) {
  if (auto refused = refuse_writing(visit)) return std::move(*refused);
  auto rules = visit.tenant.own_rules.list(visit.principal);
  if (!rules) return error_page(visit, rules.error());
  auto templates = rule_templates();
  auto chosen = std::ranges::find(templates, visit.request.query_value("template"), &RuleTemplate::name);
  Editor editor;
  editor.text = replace_all(chosen == templates.end() ? templates.front().text : chosen->text, "-- id: ORG-\n",
                            fmt::format("-- id: {}\n", next_id(*rules)));
  return editor_page(visit, editor);
}

Response edit_own_rule(Visit& visit) {
  if (auto refused = refuse_writing(visit)) return std::move(*refused);
  auto rule = visit.tenant.own_rules.find(visit.principal, visit.request.param("id"));
  if (!rule) return error_page(visit, rule.error());
  const OwnRuleVersion& newest = rule->newest();
  const OwnRuleVersion& shown = newest.state == OwnRuleState::discarded && rule->active() ? *rule->active() : newest;
  return editor_page(visit, {.id = rule->id,
                             .based_on = newest.version,
                             .text = shown.text,
                             .reason = rule->draft() ? newest.reason : std::string()});
}

Response create_own_rule(Visit& visit) { return save(visit, {}); }
Response save_own_rule(Visit& visit) { return save(visit, visit.request.param("id")); }

Response preview_own_rule(Visit& visit) {
  if (auto refused = refuse_writing(visit)) return std::move(*refused);
  auto sent = visit.request.form();
  if (!sent) return error_page(visit, sent.error());
  Editor editor = editor_of(*sent);
  if (is_own_rule_id(sent->value("rule"))) editor.id = sent->value("rule");
  auto trial = visit.tenant.own_rules.try_out(visit.principal, editor.text);
  if (!trial) return error_page(visit, trial.error());
  if (visit.request.is_htmx()) return fragment([&](HtmlWriter& h) { write_trial(h, visit, *trial, editor.text); });
  editor.trial = &*trial;
  return editor_page(visit, editor);
}

Response rule_schema_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  auto schema = visit.tenant.own_rules.schema();
  if (!schema) return error_page(visit, schema.error());
  if (visit.request.is_htmx()) return fragment([&](HtmlWriter& h) { write_schema(h, **schema); });
  Frame frame{.title = "What a rule may read",
              .active = "findings",
              .crumbs = {{"Findings", "/findings"}, {"Rules", "/rules"}, {"Own rules", "/rules/own"}},
              .narrow = true};
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("card")}, [&] {
      h.el("div", {cls("card-body schema")}, [&] {
        write_functions(h);
        write_schema(h, **schema);
      });
    });
  });
}

}  // namespace assay
