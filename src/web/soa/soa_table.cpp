// The lines of the Statement of Applicability as a table, narrowed by the address.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/record_checks.h"
#include "web/assets.h"
#include "web/soa/soa_view.h"

namespace assay {
namespace {

bool holds_words(const SoaRow& row, std::string_view words) {
  std::string text =
      fmt::format("{} {} {} {} {}", row.entry.control_ref, row.title, row.entry.inclusion_justification.value_or(""),
                  row.entry.exclusion_justification.value_or(""), row.control ? row.control->title : std::string());
  return lower(text).contains(words);
}

void write_needs(HtmlWriter& h, const SoaRow& row) {
  const std::string_view justification = row.is_applicable()
                                             ? std::string_view(row.record.text("inclusion_justification"))
                                             : row.record.text("exclusion_justification");
  if (row.is_applicable() && !row.entry.inclusion_reasons.empty()) {
    h.el("div", {cls("small text-secondary")}, [&] {
      h.text(soa_ground_labels(list_of(row.record.at("inclusion_reasons"))));
      if (row.entry.is_built()) h.text(" · built");
    });
  }
  if (!justification.empty()) h.el("div", {cls("soa-why")}, justification);
  if (row.can_be_built_anew())
    h.el("div", {cls("small soa-hint")},
         row.entry.is_built() ? "What needs it has changed: build it anew." : "Can be built from what needs it.");
  for (const SoaProblem& problem : row.problems) {
    h.el("div", {cls("small text-danger")}, [&] {
      h.add(icon("alert-triangle", "icon-sm me-1"));
      h.text(problem.message);
    });
  }
}

void write_status(HtmlWriter& h, const SoaRow& row) {
  if (!row.is_applicable()) return;
  soa_status_badge(h, row.record.text("implementation_status"));
  if (row.status_differs()) {
    h.el("div", {cls("small mt-1")}, [&] {
      h.text("Shown: ");
      soa_status_badge(h, soa_status_name(row.derived.status));
    });
  }
  if (!row.derived.missing.empty()) h.el("div", {cls("small text-secondary mt-1")}, row.derived.missing);
  else if (row.derived.holds_until) {
    h.el("div", {cls("small text-secondary mt-1")}, [&] {
      h.text("Evidence counts until ");
      h.el("span", {cls("text-nowrap")}, row.derived.holds_until->iso());
    });
  }
}

void write_control(HtmlWriter& h, const SoaBench& bench, const SoaRow& row) {
  if (!row.control) return;
  h.el("a", {at("href", record_url(Control::def(), row.control->id))}, row.control->title);
  const auto owner = bench.people.find(checks::id_of(row.control->owner));
  if (owner != bench.people.end()) h.el("div", {cls("small text-secondary")}, owner->second);
}

void write_row(HtmlWriter& h, const SoaBench& bench, const SoaRow& row, bool selectable) {
  const std::string url = soa_line_url(row.record.id);
  h.el("tr", {at("data-url", url)}, [&] {
    if (selectable) {
      h.el("td", {cls("cell-select")}, [&] {
        h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "id"), at("value", row.record.id),
                         at("form", "soa-lines"), flag("data-select-row"),
                         at("aria-label", fmt::format("Select {}", row.entry.control_ref))});
      });
    }
    h.el("th", {at("scope", "row"), cls("soa-control")}, [&] {
      h.el("a", {cls("row-title"), at("href", url)}, fmt::format("{} {}", row.entry.control_ref, row.title));
    });
    h.el("td", {at("data-label", "Decision")}, [&] { soa_decision_badge(h, row); });
    h.el("td", {at("data-label", "Why"), cls("soa-text")}, [&] { write_needs(h, row); });
    h.el("td", {at("data-label", "Status")}, [&] { write_status(h, row); });
    h.el("td", {at("data-label", "Own control")}, [&] { write_control(h, bench, row); });
    h.el("td", {at("data-label", "Reviewed"), cls("text-nowrap")}, [&] {
      if (row.entry.last_reviewed_on) h.text(row.entry.last_reviewed_on->iso());
      if (!row.is_reviewed) h.el("div", {cls("small text-secondary")}, "Due");
    });
  });
}

}  // namespace

SoaFilter read_soa_filter(const Request& request, std::int64_t version) {
  SoaFilter out;
  for (std::string_view name : {"theme", "decision", "ground", "declared", "shown", "owner", "q", "contradicted",
                                "wrong", "unreviewed", "differing"}) {
    std::string value(trim(request.query_value(name)));
    if (!value.empty()) out.parameters.emplace_back(name, std::move(value));
  }
  auto value = [&](std::string_view name) { return std::string(value_of(out.parameters, name)); };
  out.theme = value("theme");
  out.decision = value("decision");
  out.ground = value("ground");
  out.declared = value("declared");
  out.shown = value("shown");
  out.owner = value("owner");
  out.words = lower(value("q"));
  out.contradicted = value("contradicted") == "true";
  out.wrong = value("wrong") == "true";
  out.unreviewed = value("unreviewed") == "true";
  out.differing = value("differing") == "true";
  out.parameters.insert(out.parameters.begin(), {"version", std::to_string(version)});
  return out;
}

bool SoaFilter::is_narrowed() const { return parameters.size() > 1; }

std::string SoaFilter::with(std::string_view name, std::string_view value) const {
  Fields out;
  for (const auto& parameter : parameters) {
    if (parameter.first != name) out.push_back(parameter);
  }
  if (!value.empty()) out.emplace_back(name, value);
  return "/soa?" + join_pairs(out);
}

bool SoaFilter::admits(const SoaRow& row) const {
  if (!theme.empty() && (theme == "own" ? !row.theme.empty() : row.theme != theme)) return false;
  if (!decision.empty() && row.applicability() != decision) return false;
  const auto& grounds = list_of(row.record.at("inclusion_reasons"));
  if (!ground.empty() && std::ranges::find(grounds, ground) == grounds.end()) return false;
  if (!declared.empty() && (!row.is_applicable() || row.record.text("implementation_status") != declared)) return false;
  if (!shown.empty() && (!row.is_applicable() || soa_status_name(row.derived.status) != shown)) return false;
  if (!owner.empty() && (!row.control || checks::id_of(row.control->owner) != owner)) return false;
  if (contradicted && (row.is_applicable() || row.contradictions.empty())) return false;
  if (wrong && row.problems.empty()) return false;
  if (unreviewed && row.is_reviewed) return false;
  if (differing && !row.status_differs()) return false;
  return words.empty() || holds_words(row, words);
}

void write_soa_table(HtmlWriter& h, const Visit& visit, const SoaBench& bench, const SoaFilter& filter) {
  std::vector<const SoaRow*> rows;
  for (const SoaRow& row : bench.rows) {
    if (filter.admits(row)) rows.push_back(&row);
  }
  if (rows.empty()) {
    HtmlWriter clear(256);
    clear.el("a", {cls("btn"), at("href", soa_url(bench.statement.version))}, "Show all");
    return h.el("div", {cls("card")}, [&] {
      empty_state(h, "filter", "Nothing fits", "No line of this version has what the filters ask for.", clear.take());
    });
  }
  const bool selectable =
      bench.statement.status != VersionStatus::superseded && visit.may(Action::change, SoAEntry::def());
  h.el("div", {cls("card"), at("id", "soa-table")}, [&] {
    h.el("div", {cls("table-responsive")}, [&] {
      h.el("table",
           {cls("table card-table table-sticky table-stack soa-table"), flag("data-select"), flag("data-rows")}, [&] {
             h.el("caption", {cls("visually-hidden")}, "Lines of the Statement of Applicability");
             h.el("thead", [&] {
               h.el("tr", [&] {
                 if (selectable) {
                   h.el("th", {cls("cell-select")}, [&] {
                     h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), flag("data-select-all"),
                                      at("aria-label", "Select all lines shown")});
                   });
                 }
                 for (std::string_view label : {"Control", "Decision", "Why", "Status", "Own control", "Reviewed"})
                   h.el("th", {at("scope", "col")}, label);
               });
             });
             h.el("tbody", [&] {
               for (const SoaRow* row : rows) write_row(h, bench, *row, selectable);
             });
           });
    });
    h.el("div", {cls("card-footer")}, [&] {
      h.el("p", {cls("m-0 text-secondary"), at("role", "status")},
           filter.is_narrowed() ? fmt::format("{} of {} lines", rows.size(), bench.rows.size())
                                : fmt::format("{} lines", rows.size()));
    });
  });
}

}  // namespace assay
