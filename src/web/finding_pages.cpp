// One finding explained: the facts that made it fire, since when and why, what it takes to mend it, and who disputes
// it.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"
#include "web/record_parts.h"

namespace assay {
namespace {

FindingKey key_asked(const Visit& visit) {
  return {std::string(visit.request.param("rule")), std::string(visit.request.param("kind")),
          std::string(visit.request.param("subject"))};
}

const RuleFinding* find(const Verdict& verdict, const FindingKey& key) {
  auto found =
      std::ranges::find_if(verdict.findings, [&](const RuleFinding& finding) { return key_of(finding) == key; });
  return found == verdict.findings.end() ? nullptr : &*found;
}

// The values of the record that the rule looks at.
std::vector<const FieldDef*> fields_read(const RuleDependencies::OfRule& rule, const EntityDef& def) {
  std::vector<const FieldDef*> fields;
  auto table = rule.reads.columns.find(def.name());
  for (const FieldDef& field : def.fields) {
    bool column = table != rule.reads.columns.end() && table->second.contains(std::string(field.name));
    bool list = rule.reads.columns.contains(fmt::format("{}__{}", def.name(), field.name));
    if (column || list) fields.push_back(&field);
  }
  return fields;
}

void write_facts(HtmlWriter& h, const Visit& visit, const Record& record, const std::vector<const FieldDef*>& fields) {
  TitleBook titles(visit);
  for (const FieldDef* field : fields) titles.want(*field, record.at(field->name));
  titles.read();
  section(h, "facts", "What the rule looks at in this record", {}, [&] {
    h.el("dl", {cls("facts card-body mb-0")}, [&] {
      for (const FieldDef* field : fields) {
        if (!shows(visit, record, *field)) continue;
        h.el("dt", field->text.label);
        std::string words =
            is_unset(record.at(field->name)) ? std::string("not set") : titles.words(*field, record.at(field->name));
        h.el("dd", {cls_if(is_unset(record.at(field->name)), "text-secondary")}, words);
      }
    });
  });
}

void write_other_registers(HtmlWriter& h, const Visit& visit, const RuleDependencies::OfRule& rule,
                           std::string_view kind) {
  std::vector<const EntityDef*> others;
  for (const EntityDef* def : visit.registry().all()) {
    if (def->name() != kind && rule.reads.columns.contains(def->name()) && visit.may(Action::see, *def))
      others.push_back(def);
  }
  if (others.empty()) return;
  section(h, "others", "It also looks into", {}, [&] {
    h.el("ul", {cls("chips list-unstyled card-body mb-0")}, [&] {
      for (const EntityDef* def : others)
        h.el("li", [&] { h.el("a", {cls("chip"), at("href", list_url(*def))}, def->text.plural); });
    });
  });
}

void write_past(HtmlWriter& h, const std::vector<KeptFinding>& past) {
  section(h, "past", "Since when, and why", {}, [&] {
    if (past.empty())
      return h.el("p", {cls("card-body text-secondary mb-0")},
                  "Not recorded yet: the auditor looks within a second of every change while the server runs.");
    h.el("ol", {cls("list-group list-group-flush list-unstyled mb-0")}, [&] {
      for (const KeptFinding& kept : past) {
        if (kept.closed) h.el("li", {cls("list-group-item")}, [&] { write_cause(h, *kept.closed, false); });
        h.el("li", {cls("list-group-item")}, [&] { write_cause(h, kept.opened, true); });
      }
    });
  });
}

// An auditor makes it a finding of an audit.
void write_acceptance(HtmlWriter& h, const Visit& visit, const FindingKey& key,
                      const std::optional<FindingMark>& mark) {
  bool accepted = mark && mark->what == FindingMark::What::accepted;
  bool may_accept = visit.tenant.conformity.may_accept(visit.principal).allowed;
  if (!accepted && !may_accept) return;
  const EntityDef& def = *visit.registry().find("finding");
  section(h, "acceptance", "Taken into an audit", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (accepted) {
        return h.el("p", {cls("mb-0")}, [&] {
          h.text(fmt::format("{} accepted it on {} as ", mark->author, mark->at.substr(0, 10)));
          h.el("a", {at("href", record_url(def, mark->record))},
               fmt::format("{} {}", in_sentence(def.text.label), mark->record));
          h.text(". It stays open here until the data no longer shows it.");
        });
      }
      h.el("p", {cls("text-secondary")},
           "Makes it a finding of an internal audit, and a major or minor a nonconformity with correction, cause and "
           "corrective action.");
      auto audits = visit.tenant.conformity.running_audits();
      h.el("form", {at("method", "post"), at("action", finding_url(key) + "/accept")}, [&] {
        hidden_csrf(h, visit);
        h.el("label", {cls("form-label"), at("for", "audit")}, "Internal audit under way");
        h.el("select", {cls("form-select mb-2"), at("id", "audit"), at("name", "audit")}, [&] {
          if (audits) {
            for (const Record& audit : *audits)
              h.el("option", {at("value", audit.id)}, fmt::format("{}, begun {}", audit.id, audit.text("started_on")));
          }
          h.el("option", {at("value", "")}, "None: found by monitoring");
        });
        h.el("button", {cls("btn"), at("type", "submit")}, "Accept the finding");
      });
    });
  });
}

void write_dispute(HtmlWriter& h, const Visit& visit, const FindingKey& key, const std::optional<FindingMark>& mark) {
  if (mark && mark->what == FindingMark::What::accepted) return;
  bool disputed = mark.has_value();
  bool may_dispute = visit.tenant.conformity.may_dispute(visit.principal, key).allowed;
  if (!disputed && !may_dispute) return;
  section(h, "dispute", "Dispute", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      if (disputed) {
        h.el("p", [&] {
          h.text(fmt::format("{} disputes it ({}): {}", mark->author, mark->at.substr(0, 10), mark->reason));
        });
      } else {
        h.el("p", {cls("text-secondary")},
             "A dispute is shown beside the finding. It stays open until the data no longer shows it.");
      }
      if (!may_dispute) return;
      h.el("form", {at("method", "post"), at("action", finding_url(key) + (disputed ? "/withdraw" : "/dispute"))}, [&] {
        hidden_csrf(h, visit);
        if (!disputed) {
          h.el("label", {cls("form-label required"), at("for", "reason")}, "Why is the finding wrong?");
          h.el("textarea",
               {cls("form-control mb-2"), at("id", "reason"), at("name", "reason"), at("rows", 3),
                at("maxlength", 2000), flag("required")},
               "");
        }
        h.el("button", {cls("btn"), at("type", "submit")}, disputed ? "Withdraw the dispute" : "Dispute the finding");
      });
    });
  });
}

void write_head(HtmlWriter& h, const Visit& visit, const Rule* rule, const FindingKey& key,
                const RuleFinding* finding) {
  h.el("div", {cls("card mb-3")}, [&] {
    if (finding)
      h.el("ul", {cls("list-group list-group-flush")}, [&] { finding_item(h, visit, *finding, {.explain = false}); });
    else
      h.el("p", {cls("card-body mb-0")}, [&] {
        h.add(icon("circle-check", "text-success me-2"));
        h.text("This finding is closed: the data no longer shows it.");
      });
    if (!rule) return;
    h.el("dl", {cls("facts card-body border-top mb-0")}, [&] {
      h.el("dt", "Why it matters");
      h.el("dd", rule->why);
      h.el("dt", "Requirement");
      h.el("dd", [&] { ref_links(h, visit, rule->ref); });
      h.el("dt", "Rule");
      h.el("dd", [&] {
        h.el("a", {at("href", rule_url(key.rule))}, key.rule);
        h.text(": its question, parameters and other findings");
      });
    });
  });
}

Response show_finding(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  FindingKey key = key_asked(visit);
  auto verdict = visit.tenant.auditor.today();
  if (!verdict) return error_page(visit, verdict.error());
  const RuleFinding* finding = find(**verdict, key);
  auto past = visit.tenant.findings.of(key);
  if (!past) return error_page(visit, past.error());
  const RuleSet& rules = visit.tenant.auditor.rules();
  bool hidden = !FindingSight(visit.principal, visit.registry()).shows(rules, key);
  if (hidden || (!finding && past->empty()))
    return error_page(visit, {ErrorKind::not_found, "There is no such finding.", {}, {}, {}});
  const Rule* rule = rules.find(key.rule);
  auto dependencies = visit.tenant.auditor.dependencies();
  auto mark = visit.tenant.findings.mark_of(key).value_or(std::nullopt);
  Frame frame{
      .title = finding ? finding->title
               : rule  ? rule->title
                       : key.rule,
      .active = "findings",
      .crumbs = {{"Findings", "/findings"}},
      .kicker = fmt::format("Finding · {} · {}", key.rule, key.subject == "ORG" ? "the organisation" : key.subject),
      .live = "verdict"};
  return page(visit, frame, [&](HtmlWriter& h) {
    write_head(h, visit, rule, key, finding);
    const EntityDef* def = visit.registry().find(key.kind);
    const RuleDependencies::OfRule* reads_of = dependencies ? (*dependencies)->find(key.rule) : nullptr;
    if (rule && reads_of) {
      const auto& reads = *reads_of;
      auto record = def ? visit.tenant.registers.read(visit.principal, *def, key.subject)
                        : Result<Record>(fail(ErrorKind::not_found, ""));
      if (record) write_facts(h, visit, *record, fields_read(reads, *def));
      write_other_registers(h, visit, reads, key.kind);
    }
    write_past(h, *past);
    if (!finding || finding->synthetic) return;
    write_acceptance(h, visit, key, mark);
    write_dispute(h, visit, key, mark);
  });
}

Response dispute(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  FindingKey key = key_asked(visit);
  if (auto done = visit.tenant.conformity.dispute(visit.principal, key, form->value("reason")); !done)
    return error_page(visit, done.error());
  return done(visit, finding_url(key), "Your reason is shown beside the finding.");
}

Response withdraw(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  FindingKey key = key_asked(visit);
  if (auto done = visit.tenant.conformity.withdraw(visit.principal, key); !done) return error_page(visit, done.error());
  return done(visit, finding_url(key), "The dispute is withdrawn.");
}

Response accept(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  auto stored = visit.tenant.conformity.accept(visit.principal, key_asked(visit), form->value("audit"));
  if (!stored) return error_page(visit, stored.error());
  return done(visit, record_url(*stored->def, stored->id),
              "Accepted. Say here what was seen, in words that others find again.");
}

}  // namespace

void write_cause(HtmlWriter& h, const FindingEvent& event, bool opened) {
  std::string_view verb = opened ? "Opened" : "Closed";
  h.text(fmt::format("{} on {}", verb, event.on));
  switch (event.cause) {
    case Cause::first: return h.text(": it was there when the rules were first asked.");
    case Cause::time: return h.text(": nothing changed but the day.");
    case Cause::rule: return h.text(": the rules themselves changed.");
    case Cause::change: break;
  }
  h.text(" by ");
  h.el("a", {at("href", fmt::format("/ledger/{}", event.entry))}, fmt::format("entry {} of the ledger", event.entry));
  h.text(".");
}

std::string finding_url(const FindingKey& key) {
  return fmt::format("/findings/{}/{}/{}", encode_url(key.rule), encode_url(key.kind), encode_url(key.subject));
}

std::vector<PageRoute> finding_pages() {
  return {
      kept({"GET", "/findings/closed", closed_findings_page}),
      kept({"GET", "/findings/{rule}/{kind}/{subject}", show_finding}),
      {"POST", "/findings/{rule}/{kind}/{subject}/dispute", dispute},
      {"POST", "/findings/{rule}/{kind}/{subject}/withdraw", withdraw},
      {"POST", "/findings/{rule}/{kind}/{subject}/accept", accept},
  };
}

}  // namespace assay
