// The report of a rehearsal, laid out as a certification body would.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/registers.h"
#include "web/journey_view.h"
#include "web/rehearsal_view.h"

namespace assay {
namespace {

// A rule may concern every record of a register; the list names the first ones, the API all.
constexpr std::size_t most_evidence = 40;

void section(HtmlWriter& h, std::string_view id, std::string_view title, const std::function<void()>& body) {
  h.el("section", {cls("report-section"), at("aria-labelledby", id)}, [&] {
    h.el("h2", {at("id", id)}, title);
    body();
  });
}

void head(HtmlWriter& h, std::initializer_list<std::string_view> labels) {
  h.el("thead", [&] {
    h.el("tr", [&] {
      for (std::string_view label : labels) h.el("th", {at("scope", "col")}, label);
    });
  });
}

// ---- Findings ------------------------------------------------------------------------------------------------------

// Findings of one rule in one class: one statement with several pieces of evidence.
struct Statement {
  const RehearsalFinding* first = nullptr;
  std::vector<const RehearsalFinding*> findings;
};

std::vector<Statement> statements_of(const Rehearsal& rehearsal, std::string_view group) {
  std::vector<Statement> out;
  for (const RehearsalFinding& finding : rehearsal.findings) {
    if (clause_group(finding.ref) != group) continue;
    auto same = [&](const Statement& other) {
      return other.first->rule == finding.rule && other.first->finding_class == finding.finding_class;
    };
    auto found = std::ranges::find_if(out, same);
    if (found == out.end()) found = out.insert(out.end(), {&finding, {}});
    found->findings.push_back(&finding);
  }
  return out;
}

void row(HtmlWriter& h, std::string_view label, const std::function<void()>& value) {
  h.el("tr", [&] {
    h.el("th", {at("scope", "row")}, label);
    h.el("td", [&] { value(); });
  });
}

void write_evidence(HtmlWriter& h, const ReportSource& source, const Statement& statement) {
  h.el("ul", {cls("report-evidence")}, [&] {
    for (std::size_t i = 0; i < statement.findings.size() && i < most_evidence; ++i) {
      const RehearsalFinding& finding = *statement.findings[i];
      h.el("li", [&] {
        write_report_subject(h, source, finding);
        h.text(" ");
        h.text(finding.detail);
      });
    }
    if (statement.findings.size() > most_evidence)
      h.el("li", fmt::format("and {} more", statement.findings.size() - most_evidence));
  });
}

void write_statement(HtmlWriter& h, const ReportSource& source, const Statement& statement) {
  const Rehearsal& rehearsal = source.kept.rehearsal;
  const RehearsalFinding& first = *statement.first;
  auto found = rehearsal.rules.find(first.rule);
  static const RehearsedRule unknown;
  const RehearsedRule& rule = found == rehearsal.rules.end() ? unknown : found->second;
  h.el("article", {cls("report-finding"), cls(name_of(first.finding_class))}, [&] {
    h.el("h4", [&] {
      h.el("span", {cls("report-class")}, class_title(rehearsal.stage, first.finding_class));
      h.el("span", {cls("report-rule numeric")},
           statement.findings.size() == 1 ? first.rule
                                          : fmt::format("{} · {} findings", first.rule, statement.findings.size()));
    });
    h.el("table", {cls("report-facts")}, [&] {
      h.el("tbody", [&] {
        row(h, "Statement", [&] { h.el("strong", rule.title); });
        row(h, "Evidence", [&] { write_evidence(h, source, statement); });
        row(h, "Requirement", [&] {
          if (source.visit) ref_links(h, *source.visit, first.ref);
          else h.text(first.ref);
          h.text(". ");
          h.text(rule.why);
        });
        row(h, "To mend it", [&] { h.text(rule.fix); });
      });
    });
  });
}

void write_findings(HtmlWriter& h, const ReportSource& source) {
  section(h, "findings", "Findings by clause", [&] {
    if (source.kept.withheld > 0) {
      h.el("p", {cls("report-note")},
           fmt::format("{} about records that are not shown to you {} left out here; the numbers above count {}.",
                       counted(source.kept.withheld, "finding", "findings"), source.kept.withheld == 1 ? "is" : "are",
                       source.kept.withheld == 1 ? "it" : "them"));
    }
    if (source.kept.rehearsal.findings.empty()) {
      h.el("p", source.kept.withheld > 0 ? "There are no others." : "No finding was raised.");
      return;
    }
    for (std::string_view group : clause_groups) {
      auto statements = statements_of(source.kept.rehearsal, group);
      if (statements.empty()) continue;
      h.el("h3", group == "programme"
                     ? clause_group_label(group)
                     : (group.starts_with("A.") ? "Annex A: " : "Clause ") + clause_group_label(group));
      for (const Statement& statement : statements) write_statement(h, source, statement);
    }
  });
}

// ---- Numbers -------------------------------------------------------------------------------------------------------

void write_counts(HtmlWriter& h, const ReportSource& source) {
  const Rehearsal& now = source.kept.rehearsal;
  const Rehearsal* then = source.before ? &source.before->rehearsal : nullptr;
  h.el("table", {cls("table table-sm report-counts")}, [&] {
    h.el("thead", [&] {
      h.el("tr", [&] {
        h.el("th", {at("scope", "col")}, "Class");
        h.el("th", {at("scope", "col"), cls("text-end")}, "Now");
        if (then) h.el("th", {at("scope", "col"), cls("text-end")}, fmt::format("Rehearsal {}", then->number));
      });
    });
    auto line = [&](std::string_view label, std::size_t count, std::size_t earlier) {
      h.el("tr", [&] {
        h.el("th", {at("scope", "row")}, label);
        h.el("td", {cls("text-end")}, count);
        if (then) h.el("td", {cls("text-end")}, earlier);
      });
    };
    h.el("tbody", [&] {
      for (FindingClass finding_class : classes_by_weight)
        line(class_title(now.stage, finding_class), now.counts.of(finding_class),
             then ? then->counts.of(finding_class) : 0);
      line("Not evaluated", now.counts.not_evaluated, then ? then->counts.not_evaluated : 0);
    });
  });
}

void write_summary(HtmlWriter& h, const ReportSource& source) {
  const Rehearsal& rehearsal = source.kept.rehearsal;
  section(h, "summary", "Summary", [&] {
    h.el("p", {cls("report-headline"), cls(name_of(rehearsal.conclusion.outcome))}, rehearsal.conclusion.headline);
    h.el("p",
         fmt::format("{} of the stage {} held against the records as they stood when the rehearsal was made, for {}. "
                     "{} and {} of accepted evidence were looked at.",
                     counted(rehearsal.counts.rules_evaluated, "rule", "rules"),
                     rehearsal.counts.rules_evaluated == 1 ? "was" : "were", rehearsal.as_of.iso(),
                     counted(rehearsal.records, "record", "records"), counted(rehearsal.evidence, "piece", "pieces")));
    write_counts(h, source);
  });
}

// ---- What else was seen --------------------------------------------------------------------------------------------

void ref_cell(HtmlWriter& h, const ReportSource& source, const std::string& ref) {
  h.el("th", {at("scope", "row"), cls("numeric text-nowrap")}, [&] {
    if (source.visit) ref_links(h, *source.visit, ref);
    else h.text(ref);
  });
}

void write_strengths(HtmlWriter& h, const ReportSource& source) {
  const Rehearsal& rehearsal = source.kept.rehearsal;
  section(h, "strengths", "Strengths", [&] {
    h.el("p",
         rehearsal.strengths.empty()
             ? "No clause or control was judged on records or evidence and found without fault."
             : "These clauses and controls were judged on records or evidence, and nothing was found against them.");
    if (rehearsal.strengths.empty()) return;
    h.el("table", {cls("table table-sm table-stack")}, [&] {
      head(h, {"Clause or control", "Rules", "Records", "Held in", "Evidence", "Newest until"});
      h.el("tbody", [&] {
        for (const Strength& item : rehearsal.strengths) {
          h.el("tr", [&] {
            ref_cell(h, source, item.ref);
            h.el("td", {at("data-label", "Rules")}, item.rules);
            h.el("td", {at("data-label", "Records")}, item.records);
            h.el("td", {at("data-label", "Held in")}, join(item.registers, ", "));
            h.el("td", {at("data-label", "Evidence")}, item.evidence);
            h.el("td", {at("data-label", "Newest until"), cls("text-nowrap")}, item.newest);
          });
        }
      });
    });
  });
}

void write_not_evaluated(HtmlWriter& h, const ReportSource& source) {
  const Rehearsal& rehearsal = source.kept.rehearsal;
  section(h, "not-evaluated", "Not evaluated", [&] {
    if (rehearsal.not_evaluated.empty()) {
      h.el("p", "Every rule of the stage could be judged.");
      return;
    }
    h.el("p", "What could not be judged does not count as met.");
    h.el("table", {cls("table table-sm table-stack")}, [&] {
      head(h, {"Rule", "Question", "Why not"});
      h.el("tbody", [&] {
        for (const NotEvaluated& item : rehearsal.not_evaluated) {
          auto rule = rehearsal.rules.find(item.rule);
          h.el("tr", [&] {
            h.el("th", {at("scope", "row"), cls("numeric text-nowrap")}, item.rule);
            h.el("td", {at("data-label", "Question")},
                 rule == rehearsal.rules.end() ? std::string() : rule->second.title);
            h.el("td", {at("data-label", "Why not")}, item.reason);
          });
        }
      });
    });
  });
}

std::string kinds_in_words(const EvidenceLooked& looked) {
  const EntityDef* def = registers().find("evidence");
  const FieldDef* field = def ? def->find("kind") : nullptr;
  std::string out;
  for (const auto& [kind, pieces] : looked.kinds) {
    std::string label = field ? display(*field, Value(kind)) : kind;
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", label, pieces);
  }
  return out;
}

void write_looked_at(HtmlWriter& h, const ReportSource& source) {
  const Rehearsal& rehearsal = source.kept.rehearsal;
  section(h, "evidence", "Evidence looked at", [&] {
    if (rehearsal.looked_at.empty()) {
      h.el("p", rehearsal.evidence == 0 ? "There is no accepted evidence." : "Evidence is not shown to you.");
      return;
    }
    h.el("table", {cls("table table-sm table-stack")}, [&] {
      head(h, {"Clause or control", "Pieces", "Kinds", "Newest until"});
      h.el("tbody", [&] {
        for (const EvidenceLooked& item : rehearsal.looked_at) {
          h.el("tr", [&] {
            ref_cell(h, source, item.ref);
            h.el("td", {at("data-label", "Pieces")}, item.pieces);
            h.el("td", {at("data-label", "Kinds")}, kinds_in_words(item));
            h.el("td", {at("data-label", "Newest until"), cls("text-nowrap")}, item.newest);
          });
        }
      });
    });
  });
}

std::string criteria_of(const Rehearsal& rehearsal) {
  return fmt::format("ISO/IEC 27001:2022; {}; the organisation's own documented information",
                     rehearsal.soa_version > 0
                         ? fmt::format("Statement of Applicability version {}", rehearsal.soa_version)
                         : "no Statement of Applicability is approved");
}

}  // namespace

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(static_cast<std::int64_t>(count)), count == 1 ? one : many);
}

void write_report_subject(HtmlWriter& h, const ReportSource& source, const RehearsalFinding& finding) {
  const EntityDef* def = registers().find(finding.kind);
  if (finding.subject == "ORG") return h.el("span", {cls("report-subject")}, "The organisation");
  std::string label =
      fmt::format("{} {}", def ? std::string(def->text.label) : replace_all(finding.kind, "_", " "), finding.subject);
  if (!source.visit || !def || !source.visit->may(Action::see, *def))
    return h.el("span", {cls("report-subject")}, label);
  h.el("a", {cls("report-subject"), at("href", record_url(*def, finding.subject))}, label);
}

void write_report_title(HtmlWriter& h, const ReportSource& source) {
  const Rehearsal& rehearsal = source.kept.rehearsal;
  h.el("table", {cls("report-facts report-title")}, [&] {
    h.el("tbody", [&] {
      row(h, "Organisation",
          [&] { h.text(rehearsal.organisation.empty() ? "Not named yet" : rehearsal.organisation); });
      row(h, "Scope", [&] {
        if (rehearsal.scope.empty()) return h.text("No scope statement is approved.");
        h.el("span", {cls("text-preline")}, rehearsal.scope);
        h.text(fmt::format(" (version {})", rehearsal.scope_version));
      });
      row(h, "Audit criteria", [&] { h.text(criteria_of(rehearsal)); });
      row(h, "Stage", [&] { h.text(stage_title(rehearsal.stage)); });
      row(h, "For the day", [&] { h.text(rehearsal.as_of.iso()); });
      row(h, "Held", [&] {
        h.text(fmt::format("{} UTC by {}", replace_all(rehearsal.made_at.substr(0, 16), "T", " "), rehearsal.made_by));
      });
      row(h, "Nature", [&] {
        h.text(
            "Rehearsal, not a certification audit. Worked out by rules from the organisation's records; no "
            "certification body took part.");
      });
      row(h, "Integrity", [&] {
        if (!source.kept.intact)
          return h.el("strong", "The report does not agree with the ledger: it was altered behind the product's back.");
        std::string entry = fmt::format("entry {}", source.kept.entry);
        h.text("The report is as it was made: it agrees with ");
        if (source.visit) h.el("a", {at("href", fmt::format("/ledger/{}", source.kept.entry))}, entry);
        else h.text(entry);
        h.text(" of the ledger.");
      });
    });
  });
}

void write_report(HtmlWriter& h, const ReportSource& source) {
  const Conclusion& conclusion = source.kept.rehearsal.conclusion;
  write_summary(h, source);
  write_findings(h, source);
  write_strengths(h, source);
  write_not_evaluated(h, source);
  write_looked_at(h, source);
  section(h, "conclusion", "Conclusion", [&] {
    h.el("p", {cls("report-headline"), cls(name_of(conclusion.outcome))}, conclusion.headline);
    h.el("p", conclusion.text);
  });
  write_comparison(h, source);
}

}  // namespace assay
