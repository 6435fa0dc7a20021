// The findings of the rules, filtered by the address, grouped by rule.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "kernel/rules/report.h"
#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {
namespace {

constexpr std::size_t most_per_rule = 5, most_on_page = 300, page_size = 100;

struct FindingQuery {
  Fields parameters;  // those of the address that count, to build links from
  Date as_of;
  std::string stage, finding_class, clause, ref, kind, rule, text;
  bool mine = false;
  std::size_t from = 0;  // with `rule`: the first one shown

  std::string with(std::string_view name, std::string_view value) const {
    Fields out;
    for (const auto& parameter : parameters) {
      if (parameter.first != name && parameter.first != "from") out.push_back(parameter);
    }
    if (!value.empty()) out.emplace_back(name, value);
    return findings_url(out);
  }
};

Result<FindingQuery> read_query(Visit& visit) {
  FindingQuery query;
  Problems problems;
  for (const auto& [name, value] : visit.request.query) {
    static constexpr std::string_view known[] = {"as_of", "stage", "class", "clause", "ref",
                                                 "kind",  "rule",  "q",     "mine",   "from"};
    if (!value.empty() && std::ranges::find(known, name) != std::end(known)) query.parameters.emplace_back(name, value);
  }
  auto value = [&](std::string_view name) { return std::string(trim(value_of(query.parameters, name))); };
  query.as_of = visit.tenant.workspace->clock().today();
  if (std::string day = value("as_of"); !day.empty()) {
    auto parsed = Date::parse(day);
    // The form always sends a day; today's page stays today's when it is kept as a bookmark.
    if (parsed == query.as_of)
      std::erase_if(query.parameters, [](const auto& parameter) { return parameter.first == "as_of"; });
    if (parsed) query.as_of = *parsed;
    else problems.push_back({"as_of", "must be a date YYYY-MM-DD", shorten(day, 40)});
  }
  query.stage = value("stage");
  if (!query.stage.empty() && !is_stage(query.stage)) problems.push_back(unknown_stage("stage", query.stage));
  query.finding_class = value("class");
  if (!query.finding_class.empty() && !finding_class_of(query.finding_class))
    problems.push_back({"class", "must be major, minor, observation or ofi", shorten(query.finding_class, 40)});
  query.clause = value("clause");
  query.ref = value("ref");
  query.kind = value("kind");
  query.rule = value("rule");
  query.text = lower(value("q"));
  query.mine = value("mine") == "true";
  for (char c : value("from")) {
    if (c >= '0' && c <= '9' && query.from < 1'000'000)
      query.from = query.from * 10 + static_cast<std::size_t>(c - '0');
  }
  if (!problems.empty()) return fail(std::move(problems), "This filter cannot be read.");
  return query;
}

bool concerns(const RuleFinding& finding, std::string_view ref) {
  for (std::string_view part : split(finding.ref, ',')) {
    if (lies_under(part, ref)) return true;
  }
  return false;
}

bool fits(const RuleFinding& finding, const FindingQuery& query) {
  if (!query.finding_class.empty() && name_of(finding.finding_class) != query.finding_class) return false;
  if (!query.clause.empty()) {
    bool group = std::ranges::find(clause_groups, query.clause) != std::end(clause_groups);
    if (group ? clause_group(finding.ref) != query.clause : !lies_under(finding.ref, query.clause)) return false;
  }
  if (!query.ref.empty() && !concerns(finding, query.ref)) return false;
  if (!query.kind.empty() && finding.kind != query.kind) return false;
  if (!query.rule.empty() && finding.rule_id != query.rule) return false;
  if (query.text.empty()) return true;
  return lower(finding.detail).contains(query.text) || lower(finding.title).contains(query.text) ||
         lower(finding.subject).contains(query.text) || lower(finding.rule_id).contains(query.text);
}

// Records of mine among those that findings are about, by register: one bounded question each.
std::set<std::pair<std::string, Id>> own_subjects(Visit& visit, const Verdict& verdict) {
  std::set<std::string> kinds;
  for (const RuleFinding& finding : verdict.findings) kinds.insert(finding.kind);
  std::set<std::pair<std::string, Id>> out;
  if (visit.principal.person.empty()) return out;
  for (const std::string& kind : kinds) {
    const EntityDef* def = visit.registry().find(kind);
    if (!def || def->text.holder.empty()) continue;
    ListQuery query;
    query.def = def;
    query.filters.push_back({def->find(def->text.holder), Comparison::is, {visit.principal.person}});
    query.limit = 500;
    query.columns = {&def->title_field()};
    auto page = visit.tenant.registers.list(visit.principal, query);
    if (!page) continue;
    for (const ListRow& row : page->rows) out.emplace(kind, row.record.id);
  }
  return out;
}

struct Selection {
  std::shared_ptr<const Verdict> verdict;
  std::vector<const RuleFinding*> findings;  // in the verdict's order
  std::size_t hidden = 0;                    // fit, but concern records this person may not see
};

Selection select(Visit& visit, const FindingQuery& query, std::shared_ptr<const Verdict> verdict) {
  Selection out{std::move(verdict), {}, 0};
  FindingSight sight(visit.principal, visit.registry());
  std::set<std::pair<std::string, Id>> own;
  if (query.mine) own = own_subjects(visit, *out.verdict);
  for (const RuleFinding& finding : out.verdict->findings) {
    if (!fits(finding, query) || (query.mine && !own.contains({finding.kind, finding.subject}))) continue;
    bool own_record = query.mine;
    if (own_record || sight.shows(finding)) out.findings.push_back(&finding);
    else ++out.hidden;
  }
  return out;
}

// ---- Export --------------------------------------------------------------------------------------------------------

Response export_findings(const FindingQuery& query, const Selection& selection, const RuleSet& rules,
                         ReportFormat format, std::string_view name) {
  Verdict narrowed = *selection.verdict;
  narrowed.findings.clear();
  for (const RuleFinding* finding : selection.findings) narrowed.findings.push_back(*finding);
  bool json = format == ReportFormat::json || format == ReportFormat::sarif;
  std::string_view type = json                          ? "application/json"
                          : format == ReportFormat::csv ? "text/csv; charset=utf-8"
                                                        : "application/xml";
  Response response = Response::of(type, report(narrowed, rules, format));
  std::string_view extension = format == ReportFormat::junit ? "xml" : name;
  response.set_header("Content-Disposition",
                      content_disposition("attachment", fmt::format("findings-{}.{}", query.as_of.iso(), extension)));
  return response;
}

Html export_links(const FindingQuery& query) {
  HtmlWriter h(1024);
  for (std::string_view format : {"csv", "json", "sarif", "junit"}) {
    std::string url = query.with("format", format);
    h.el("a", {cls("btn btn-sm"), at("href", url), at("aria-label", fmt::format("Export as {}", format))}, [&] {
      if (format == "csv") h.add(icon("download", "icon-sm"));
      h.text(format == "csv" ? "CSV" : format == "json" ? "JSON" : format == "sarif" ? "SARIF" : "JUnit");
    });
  }
  return h.take();
}

// ---- Filters -------------------------------------------------------------------------------------------------------

void write_class_chips(HtmlWriter& h, const FindingQuery& query, const Selection& all_classes) {
  for (FindingClass finding_class : classes_by_weight) {
    auto count = std::ranges::count(all_classes.findings, finding_class,
                                    [](const RuleFinding* finding) { return finding->finding_class; });
    bool active = query.finding_class == name_of(finding_class);
    chip(h, query.with("class", active ? "" : name_of(finding_class)),
         fmt::format("{} {}", class_label(finding_class), count), active);
  }
  chip(h, query.with("mine", query.mine ? "" : "true"), "About my records", query.mine);
  struct Single {
    std::string_view name, label, value;
  };
  for (const Single& single : {Single{"ref", "Reference", query.ref}, Single{"rule", "Rule", query.rule}}) {
    if (!single.value.empty())
      chip(h, query.with(single.name, ""), fmt::format("{}: {}", single.label, single.value), true);
  }
}

void write_select(HtmlWriter& h, std::string_view name, std::string_view label, std::string_view any,
                  std::string_view chosen, const std::vector<std::pair<std::string, std::string>>& choices) {
  h.el("label", {cls("filter-field")}, [&] {
    h.el("span", {cls("form-label")}, label);
    h.el("select", {cls("form-select"), at("name", name)}, [&] {
      h.el("option", {at("value", "")}, any);
      for (const auto& [value, text] : choices)
        h.el("option", {at("value", value), flag("selected", value == chosen)}, text);
    });
  });
}

// What the findings are about, as the verdict names it.
std::vector<std::pair<std::string, std::string>> kinds_of(const Visit& visit, const Verdict& verdict) {
  std::set<std::string_view> kinds;
  for (const RuleFinding& finding : verdict.findings) kinds.insert(finding.kind);
  std::vector<std::pair<std::string, std::string>> out;
  for (std::string_view kind : kinds) {
    const EntityDef* def = visit.registry().find(kind);
    out.emplace_back(kind, def ? std::string(def->text.label) : replace_all(kind, "_", " "));
  }
  std::ranges::sort(out, {}, &std::pair<std::string, std::string>::second);
  return out;
}

void write_filter_form(HtmlWriter& h, const Visit& visit, const FindingQuery& query, const Verdict& verdict) {
  std::vector<std::pair<std::string, std::string>> stages, clauses;
  for (std::string_view stage : all_stages) stages.emplace_back(stage, stage_label(stage));
  for (std::string_view group : clause_groups) clauses.emplace_back(group, clause_group_label(group));
  if (!query.clause.empty() && std::ranges::find(clause_groups, query.clause) == std::end(clause_groups))
    clauses.emplace_back(query.clause, query.clause);
  h.el("form", {cls("filter-form"), at("method", "get"), at("action", "/findings")}, [&] {
    for (std::string_view kept : {"class", "ref", "rule", "mine"}) {
      std::string_view value = value_of(query.parameters, kept);
      if (!value.empty()) h.leaf("input", {at("type", "hidden"), at("name", kept), at("value", value)});
    }
    h.el("label", {cls("filter-field filter-text")}, [&] {
      h.el("span", {cls("form-label")}, "Words");
      h.leaf("input",
             {at("type", "search"), cls("form-control"), at("name", "q"), at("value", visit.request.query_value("q")),
              at("data-shortcut", "/"), at("data-shortcut-label", "Search findings")});
    });
    write_select(h, "clause", "Clause", "All", query.clause, clauses);
    write_select(h, "stage", "As in", "All stages", query.stage, stages);
    write_select(h, "kind", "About", "Everything", query.kind, kinds_of(visit, verdict));
    h.el("label", {cls("filter-field")}, [&] {
      h.el("span", {cls("form-label")}, "On the day");
      h.leaf("input", {at("type", "date"), cls("form-control"), at("name", "as_of"), at("value", query.as_of.iso())});
    });
    h.el("button", {cls("btn"), at("type", "submit")}, "Show");
    if (!query.parameters.empty()) h.el("a", {cls("btn btn-ghost-secondary"), at("href", "/findings")}, "Clear");
  });
}

// ---- List ----------------------------------------------------------------------------------------------------------

using Marks = std::map<FindingKey, FindingMark>;

struct Group {
  const RuleFinding* first = nullptr;
  std::vector<const RuleFinding*> findings;
};

std::vector<Group> groups_of(const Selection& selection) {
  std::vector<Group> groups;
  std::map<std::string_view, std::size_t> place;  // rules keep the place of their gravest finding
  for (const RuleFinding* finding : selection.findings) {
    auto [found, fresh] = place.emplace(finding->rule_id, groups.size());
    if (fresh) groups.push_back({finding, {}});
    groups[found->second].findings.push_back(finding);
  }
  return groups;
}

void write_group(HtmlWriter& h, const Visit& visit, const FindingQuery& query, const Marks& marks, const Group& group,
                 std::size_t from, std::size_t most) {
  const RuleFinding& first = *group.first;
  h.el("section", {cls("row-group")}, [&] {
    h.el("div", {cls("row-group-head")}, [&] {
      h.el("h2", [&] {
        if (first.synthetic) h.text(first.title);
        else h.el("a", {cls("quiet"), at("href", rule_url(first.rule_id))}, first.title);
      });
      h.el("span", {cls("numeric text-nowrap")}, first.rule_id);
      h.el("span", [&] { ref_links(h, visit, first.ref); });
      h.el("span", {cls("numeric text-nowrap")},
           group.findings.size() == 1 ? std::string("1 finding") : fmt::format("{} findings", group.findings.size()));
    });
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (std::size_t i = from; i < group.findings.size() && i < from + most; ++i) {
        // The same advice for every record of a rule is given once.
        bool advise = i == from || group.findings[i]->fix != group.findings[i - 1]->fix;
        finding_item(h, visit, *group.findings[i], {.advise = advise, .marks = &marks});
      }
      if (query.rule.empty() && group.findings.size() > most) {
        h.el("li", {cls("list-group-item")}, [&] {
          h.el("a", {at("href", query.with("rule", first.rule_id))},
               fmt::format("All {} findings of this rule", group.findings.size()));
        });
      }
    });
  });
}

void write_not_evaluated(HtmlWriter& h, const Verdict& verdict, const RuleSet& rules) {
  if (verdict.not_evaluated.empty()) return;
  h.el("section", {cls("card mb-3"), at("id", "not-evaluated")}, [&] {
    h.el("div", {cls("card-header")},
         [&] { h.el("h2", {cls("card-title")}, fmt::format("Not evaluated: {}", verdict.not_evaluated.size())); });
    h.el("div", {cls("card-body pb-0 text-secondary")}, "Nothing that could not be judged counts as met.");
    h.el("ul", {cls("list-group list-group-flush")}, [&] {
      for (const NotEvaluated& item : verdict.not_evaluated) {
        const Rule* rule = rules.find(item.rule);
        h.el("li", {cls("list-group-item")}, [&] {
          if (rule) h.el("a", {at("href", rule_url(rule->id))}, fmt::format("{} {}", rule->id, rule->title));
          else h.text(item.rule);
          h.el("div", {cls("text-secondary")}, item.reason);
        });
      }
    });
  });
}

void write_nothing(HtmlWriter& h, const FindingQuery& query) {
  HtmlWriter clear(256);
  bool filtered = !query.parameters.empty();
  if (filtered) clear.el("a", {cls("btn"), at("href", "/findings")}, "Show all");
  empty_state(h, "circle-check", "No findings",
              filtered ? "Nothing fits this filter." : "Every rule that could be evaluated is met today.",
              clear.take());
}

void write_groups(HtmlWriter& h, const Visit& visit, const FindingQuery& query, const Selection& selection) {
  std::size_t written = 0;
  std::string next;
  Marks marks = marks_of(visit);
  h.el("div", {cls("card mb-3 overflow-hidden")}, [&] {
    for (const Group& group : groups_of(selection)) {
      if (!query.rule.empty()) {
        std::size_t from = query.from < group.findings.size() ? query.from : 0;
        write_group(h, visit, query, marks, group, from, page_size);
        if (from + page_size < group.findings.size()) {
          Fields parameters = query.parameters;
          std::erase_if(parameters, [](const auto& parameter) { return parameter.first == "from"; });
          parameters.emplace_back("from", std::to_string(from + page_size));
          next = findings_url(parameters);
        }
        continue;
      }
      // A page of thousands helps nobody: later rules show their number and open on demand.
      std::size_t most = written < most_on_page ? most_per_rule : 0;
      write_group(h, visit, query, marks, group, 0, most);
      written += std::min(most, group.findings.size());
    }
  });
  if (!next.empty()) h.el("p", [&] { h.el("a", {cls("btn"), at("href", next)}, "Next"); });
}

}  // namespace

Response findings_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  auto query = read_query(visit);
  if (!query) return error_page(visit, query.error());
  auto verdict = visit.tenant.auditor.verdict(query->as_of, query->stage);
  if (!verdict) return error_page(visit, verdict.error());
  const RuleSet& rules = visit.tenant.auditor.rules();
  Selection shown = select(visit, *query, *verdict);
  if (auto format = report_format_of(visit.request.query_value("format")); format && *format != ReportFormat::text) {
    return export_findings(*query, shown, rules, *format, visit.request.query_value("format"));
  }
  FindingQuery any_class = *query;
  any_class.finding_class.clear();
  Selection all_classes = query->finding_class.empty() ? shown : select(visit, any_class, *verdict);
  Frame frame{.title = "Findings", .active = "findings", .own_search = true, .live = "verdict"};
  frame.kicker = query->stage.empty()
                     ? "What an auditor would raise on " + query->as_of.iso()
                     : fmt::format("Rehearsal: {} on {}", stage_label(query->stage), query->as_of.iso());
  frame.actions = export_links(*query);
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("div", {cls("filter-bar no-print")}, [&] {
      write_filter_form(h, visit, *query, **verdict);
      h.el("div", {cls("chips"), at("role", "group"), at("aria-label", "Filters")},
           [&] { write_class_chips(h, *query, all_classes); });
    });
    h.el("p", {cls("text-secondary mb-2"), at("role", "status")}, [&] {
      h.text(fmt::format("{} {}. {} rules evaluated, ", grouped(static_cast<std::int64_t>(shown.findings.size())),
                         shown.findings.size() == 1 ? "finding" : "findings", (*verdict)->rules_evaluated));
      if ((*verdict)->not_evaluated.empty()) h.text("all could be judged.");
      else
        h.el("a", {at("href", "#not-evaluated")}, fmt::format("{} not evaluated.", (*verdict)->not_evaluated.size()));
      if (shown.hidden > 0) h.text(fmt::format(" {} more concern records that are not shown to you.", shown.hidden));
      h.text(" ");
      h.el("a", {at("href", "/findings/closed")}, "Closed lately");
    });
    if (shown.findings.empty()) write_nothing(h, *query);
    else write_groups(h, visit, *query, shown);
    write_not_evaluated(h, **verdict, rules);
  });
}

}  // namespace assay
