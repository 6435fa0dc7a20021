// What the workspace has for a clause or a control: declared status, owner, evidence, findings.
#include <fmt/format.h>

#include <algorithm>

#include "isms/controls/control.h"
#include "web/assets.h"
#include "web/library_view.h"

namespace assay {
namespace {

// The first records of a register that fit, as this person may see them.
std::vector<ListRow> some(Visit& visit, std::string_view register_name,
                          const std::vector<std::pair<std::string, std::string>>& filters, std::string_view sort,
                          std::size_t limit) {
  const EntityDef* def = visit.registry().find(register_name);
  if (!def || !visit.may(Action::see, *def)) return {};
  ListQuery query;
  query.def = def;
  for (const auto& [field, value] : filters) query.filters.push_back({def->find(field), Comparison::is, {value}});
  if (!sort.empty()) {
    query.descending = sort.starts_with("-");
    query.sort = def->find(query.descending ? sort.substr(1) : sort);
  }
  query.limit = limit;
  auto page = visit.tenant.registers.list(visit.principal, query);
  return page ? std::move(page->rows) : std::vector<ListRow>();
}

// The line of the SoA in force, else of the approved one, else of the latest draft.
std::optional<Record> soa_line(Visit& visit, const std::string& ref) {
  for (std::string_view status : {"effective", "approved", "in_review", "draft"}) {
    auto soa = some(visit, "statement_of_applicability", {{"status", std::string(status)}}, "-version", 1);
    if (soa.empty()) continue;
    for (const std::string& spelling : {ref, "A." + ref}) {
      auto lines = some(visit, "soa_entry", {{"soa", soa[0].record.id}, {"control_ref", spelling}}, "", 1);
      if (!lines.empty()) return lines[0].record;
    }
    return std::nullopt;
  }
  return std::nullopt;
}

std::string fresh_evidence_url(const EntityDef& evidence, std::string_view control, Date since) {
  return fmt::format("{}?controls={}&review_status=accepted&period_end.min={}", list_url(evidence), encode_url(control),
                     since.iso());
}

void write_evidence(HtmlWriter& h, Visit& visit, const Record& control) {
  const EntityDef* evidence = visit.registry().find("evidence");
  if (!evidence || !visit.may(Action::see, *evidence)) return;
  constexpr std::int64_t window_of_events = 365;
  std::int64_t window = decode<Control>(control).evidence_window().value_or(window_of_events);
  Date since = visit.tenant.workspace->clock().today().plus_days(-window);
  ListQuery query;
  query.def = evidence;
  query.filters.push_back({evidence->find("controls"), Comparison::is, {control.id}});
  query.filters.push_back({evidence->find("review_status"), Comparison::is, {"accepted"}});
  query.filters.push_back({evidence->find("period_end"), Comparison::at_least, {since.iso()}});
  query.limit = 1;
  query.columns = {&evidence->title_field()};
  auto page = visit.tenant.registers.list(visit.principal, query);
  if (!page) return;
  h.el("dt", "Evidence");
  h.el("dd", [&] {
    std::string count = page->more_than_total ? std::string("more than 1,000") : grouped(page->total);
    h.el("a", {at("href", fresh_evidence_url(*evidence, control.id, since))},
         fmt::format("{} accepted in the last {} days", count, window));
  });
}

void write_owner(HtmlWriter& h, const Visit& visit, const Record& control) {
  const FieldDef* field = control.def->find("owner");
  h.el("dt", "Owner");
  h.el("dd", [&] {
    if (is_unset(control.at("owner"))) return h.text("Nobody");
    for (const auto& [id, title] : titles_of(visit, *field, control.at("owner")))
      h.el("a", {at("href", record_url(field->target(), id))}, title);
  });
}

void write_control(HtmlWriter& h, Visit& visit, std::string_view id) {
  const EntityDef* def = visit.registry().find("control");
  if (!def || !visit.may(Action::see, *def)) return;
  auto control = visit.tenant.registers.read(visit.principal, *def, id);
  if (!control) return;
  h.el("dt", "Control");
  h.el("dd", [&] {
    h.el("a", {at("href", record_url(*def, id))}, control->title());
    h.text(" ");
    state_badge(h, *def, control->state(), control->state_label());
  });
  write_owner(h, visit, *control);
  write_evidence(h, visit, *control);
}

void write_line(HtmlWriter& h, const Record& line) {
  h.el("dt", "Statement of Applicability");
  h.el("dd", [&] {
    bool applicable = line.text("applicability") == "applicable";
    const FieldDef* status = line.def->find("implementation_status");
    std::string words = applicable ? "Applicable, declared: " + display(*status, line.at("implementation_status"))
                                   : std::string("Excluded");
    if (applicable && is_unset(line.at("implementation_status"))) words = "Applicable, no status declared";
    h.el("a", {at("href", record_url(*line.def, line.id))}, words);
    std::string_view reason = line.text(applicable ? "inclusion_justification" : "exclusion_justification");
    h.el("div", {cls("text-secondary")}, reason.empty() ? "No justification" : reason);
  });
}

void write_findings(HtmlWriter& h, Visit& visit, const std::string& ref) {
  if (!sees_conformity(visit)) return;
  auto verdict = visit.tenant.auditor.today();
  if (!verdict) return;
  std::array<std::size_t, 4> counts{};
  for (const RuleFinding& finding : (*verdict)->findings) {
    std::string_view rest = finding.ref;
    bool concerned = false;
    while (!rest.empty() && !concerned) {
      std::size_t comma = rest.find(',');
      concerned = lies_under(rest.substr(0, comma), ref);
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    counts[static_cast<std::size_t>(finding.finding_class)] += concerned;
  }
  h.el("dt", "Findings today");
  h.el("dd", {cls("chips")}, [&] {
    bool any = false;
    for (FindingClass finding_class : classes_by_weight) {
      std::size_t count = counts[static_cast<std::size_t>(finding_class)];
      if (count == 0) continue;
      any = true;
      h.el("a",
           {cls("quiet"), at("href", findings_url({{"ref", ref}, {"class", std::string(name_of(finding_class))}}))},
           [&] {
             class_badge(h, finding_class);
             h.text(fmt::format(" {}", count));
           });
    }
    if (!any) h.text("None");
  });
}

void state_card(HtmlWriter& h, const std::function<void()>& inside) {
  h.el("section", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("h2", {cls("card-title")}, "Here");
      h.el("dl", {cls("facts mb-0")}, inside);
    });
  });
}

}  // namespace

void library_tabs(HtmlWriter& h, std::string_view current) {
  struct Tab {
    std::string_view name, url, label;
  };
  h.el("nav", {cls("chips mb-3 no-print"), at("aria-label", "Parts of the library")}, [&] {
    for (const Tab& tab :
         {Tab{"library", "/library", "Clauses and controls"}, Tab{"threats", "/library/threats", "Threats"},
          Tab{"weaknesses", "/library/weaknesses", "Weaknesses"},
          Tab{"templates", "/library/templates", "Document templates"}}) {
      bool here = tab.name == current;
      h.el("a", {cls("chip"), cls_if(here, "active"), at("href", tab.url), at_if(here, "aria-current", "page")},
           tab.label);
    }
  });
}

void write_clause_state(HtmlWriter& h, Visit& visit, const ClauseGuidance& clause) {
  state_card(h, [&] {
    std::vector<const EntityDef*> registers;
    for (const EntityDef* def : visit.registry().all()) {
      std::string_view asked = def->text.clause.substr(0, def->text.clause.find_first_of(", "));
      if (!asked.empty() && lies_under(asked, clause.ref) && visit.may(Action::see, *def)) registers.push_back(def);
    }
    if (!registers.empty()) {
      h.el("dt", "Registers");
      h.el("dd", [&] {
        for (const EntityDef* def : registers)
          h.el("div", [&] { h.el("a", {at("href", list_url(*def))}, def->text.plural); });
      });
    }
    write_findings(h, visit, clause.ref);
    if (registers.empty() && !sees_conformity(visit)) {
      h.el("dt", "Records");
      h.el("dd", {cls("text-secondary")}, "Nothing is shown to you.");
    }
  });
}

void write_control_state(HtmlWriter& h, Visit& visit, const ControlGuidance& control) {
  state_card(h, [&] {
    auto line = soa_line(visit, control.ref);
    if (line) {
      write_line(h, *line);
      if (std::string_view id = line->text("control"); !id.empty()) write_control(h, visit, id);
    } else {
      h.el("dt", "Statement of Applicability");
      h.el("dd", {cls("text-secondary")}, "No row is shown to you, or there is none yet.");
    }
    write_findings(h, visit, "A." + control.ref);
  });
}

}  // namespace assay
