// Many risks scored again in one table, one transaction, one assessment.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "isms/organisation/isms_change.h"
#include "isms/record_checks.h"
#include "isms/risk/risk_assessment_run.h"
#include "web/assets.h"
#include "web/risk/assessment_inputs.h"
#include "web/risk/risk_view.h"
#include "workflows/risk_register/reassessment.h"
#include "workflows/risk_register/risk_reading.h"

namespace assay {
namespace {

constexpr std::size_t most_rows = 100;
constexpr std::string_view scored_fields[] = {"residual_likelihood", "residual_impact", "target_likelihood",
                                              "target_impact"};

std::optional<std::int64_t>& level_of(Rescore& row, std::string_view field) {
  if (field == "residual_likelihood") return row.residual_likelihood;
  if (field == "residual_impact") return row.residual_impact;
  return field == "target_likelihood" ? row.target_likelihood : row.target_impact;
}

Rescore as_it_stands(const Risk& risk) {
  return {risk.id, risk.residual_likelihood, risk.residual_impact, risk.target_likelihood, risk.target_impact};
}

// The table as it is shown: the risks, and what was typed into their rows.
struct Table {
  std::vector<Risk> risks;
  std::map<Id, Rescore> rows;
  std::set<Id> ticked;
  bool more = false;  // the register has more risks than the table takes
  const Error* error = nullptr;
  AssessmentInputs inputs;
};

Result<Table> read_table(Visit& visit, const RiskChoice& choice) {
  Table table;
  std::vector<Filter> filters = choice.filters;
  std::vector<std::string> ids;
  for (std::string_view id : visit.request.query_values("id")) ids.emplace_back(id);
  if (!ids.empty()) filters.push_back({nullptr, Comparison::is, std::move(ids)});
  TRY(table.risks, read_risks(visit.tenant.registers, visit.principal, std::move(filters),
                              {"title", "owner", "methodology", "assessed_on", "next_review_on", "inherent_likelihood",
                               "inherent_impact", "inherent_score", "residual_likelihood", "residual_impact",
                               "residual_score", "target_likelihood", "target_impact", "target_score", "status"}));
  std::erase_if(table.risks, [&](const Risk& risk) {
    Record record = encode(risk);
    return risk.status == RiskStatus::closed || !visit.may(Action::change, Risk::def(), &record);
  });
  std::ranges::stable_sort(table.risks, std::ranges::greater(), [](const Risk& risk) {
    return risk.residual_score.value_or(risk.inherent_score.value_or(1e9));
  });
  table.more = table.risks.size() > most_rows;
  if (table.more) table.risks.resize(most_rows);
  for (const Risk& risk : table.risks) table.rows[risk.id] = as_it_stands(risk);
  return table;
}

void write_row(HtmlWriter& h, const Risk& risk, const Table& table, const RiskScale& scale) {
  FormState state{table.error ? &table.error->problems : nullptr};
  Rescore row = table.rows.at(risk.id);
  std::string problems;
  for (std::string_view field : scored_fields) {
    if (std::string found = state.problem_of(fmt::format("{}.{}", risk.id, field)); !found.empty())
      problems += fmt::format("{}{} {}", problems.empty() ? "" : ". ", Risk::def().find(field)->text.label, found);
  }
  if (problems.empty()) problems = state.problem_of(risk.id);
  h.el("tr", {cls_if(!problems.empty(), "table-danger")}, [&] {
    h.el("td", [&] {
      h.leaf("input", {at("type", "checkbox"), cls("form-check-input"), at("name", "id"), at("value", risk.id),
                       flag("checked", table.ticked.contains(risk.id)),
                       at("aria-label", fmt::format("Reviewed: {} {}", risk.id, risk.title))});
    });
    h.el("th", {at("scope", "row"), cls("fw-normal assess-title")}, [&] {
      h.el("a", {at("href", record_url(Risk::def(), risk.id))}, fmt::format("{} {}", risk.id, risk.title));
      if (!problems.empty())
        h.el("div", {cls("invalid-feedback d-block"), at("id", fmt::format("f-{}-problem", risk.id))}, problems);
    });
    h.el("td", {at("data-label", "Inherent"), cls("text-nowrap")}, [&] {
      if (auto place = place_of(risk, RiskView::inherent)) h.text(place_words(*place) + " ");
      band_badge(h, scale, risk.inherent_score);
    });
    for (RiskView view : {RiskView::residual, RiskView::target}) {
      h.el("td", {at("data-label", view_label(view))}, [&] {
        h.el("div", {cls("level-row")}, [&] {
          for (std::string_view which : {"likelihood", "impact"}) {
            std::string field = fmt::format("{}_{}", view_prefix(view), which);
            std::string name = fmt::format("{}.{}", risk.id, field);
            level_input(h, which == "impact" ? &scale.impacts : &scale.likelihoods,
                        {.name = name,
                         .id = "f-" + name,
                         .label = fmt::format("{}, {} {}", risk.id, in_sentence(view_label(view)), which),
                         .value = level_of(row, field),
                         .invalid = !state.problem_of(name).empty(),
                         .bare = true});
          }
        });
      });
    }
    h.el("td", {at("data-label", "Assessed on"), cls("numeric text-nowrap")},
         risk.assessed_on ? risk.assessed_on->iso() : std::string("never"));
  });
}

void write_table(HtmlWriter& h, const Table& table, const RiskScale& scale) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table table-stack assess-table")}, [&] {
      h.el("caption", {cls("visually-hidden")}, "Risks with the levels of their current and target score");
      h.el("thead", [&] {
        h.el("tr", [&] {
          h.el("th", {at("scope", "col")}, [&] { h.el("span", {cls("visually-hidden")}, "Reviewed"); });
          for (std::string_view label :
               {"Risk", "Inherent", "Current: likelihood, impact", "Target: likelihood, impact", "Assessed on"})
            h.el("th", {at("scope", "col")}, label);
        });
      });
      h.el("tbody", [&] {
        for (const Risk& risk : table.risks) write_row(h, risk, table, scale);
      });
    });
  });
}

Response show(Visit& visit, const Table& table, const RiskChoice& choice) {
  auto scale = scale_in_force(visit.tenant.registers, visit.principal);
  if (!scale) return error_page(visit, scale.error());
  Frame frame = risk_frame("Assess risks", "Clause 8.2");
  if (table.error) frame.status = status_of(table.error->kind);
  return page(visit, frame, [&](HtmlWriter& h) {
    risk_tabs(h, visit, "/risks/assess");
    if (!*scale) return no_method_alert(h, visit);
    if (table.error) problem_list(h, *table.error);
    risk_filter_form(h, visit, choice, "/risks/assess");
    if (table.risks.empty()) {
      HtmlWriter actions(256);
      actions.el("a", {cls("btn"), at("href", "/risks/assess")}, "All open risks");
      return empty_state(h, "clipboard-check", "There is nothing here for you to assess",
                         "Open risks that you may change are listed here with the levels of their scores, to be scored "
                         "again together (8.2).",
                         actions.take());
    }
    h.el("p", {cls("text-secondary")},
         "Change the levels that moved; tick what you looked at and left as it is. What is neither changed nor ticked "
         "is left alone.");
    h.el("form",
         {cls("card mb-3"), at("method", "post"),
          at("action",
             "/risks/assess" + std::string(visit.request.query.empty() ? "" : "?" + join_pairs(visit.request.query))),
          flag("data-dirty"), flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           write_table(h, table, **scale);
           if (table.more)
             h.el("p", {cls("card-body text-secondary mb-0")},
                  fmt::format("The {} highest are listed. Use the filters for the others.", most_rows));
           h.el("div", {cls("card-body")}, [&] { write_assessment_inputs(h, visit, table.inputs, table.error); });
           h.el("div", {cls("card-footer form-foot")}, [&] {
             h.el("a", {cls("btn"), at("href", "/risks")}, "Cancel");
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Record the assessment");
           });
         });
  });
}

// The levels that were typed. A row that does not read is a problem with its place.
void read_rows(const Form& form, Table& table, Problems& problems) {
  for (std::string_view id : form.values("id")) table.ticked.emplace(id);
  for (const Risk& risk : table.risks) {
    for (std::string_view field : scored_fields) {
      std::string name = fmt::format("{}.{}", risk.id, field);
      if (!form.has(name)) continue;
      std::string_view text = trim(form.value(name));
      std::int64_t level = 0;
      auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), level);
      bool whole = error == std::errc() && end == text.data() + text.size();
      if (text.empty()) level_of(table.rows[risk.id], field).reset();
      else if (whole) level_of(table.rows[risk.id], field) = level;
      else problems.push_back({name, "must be a level of the scale", shorten(text, 20)});
    }
  }
}

bool is_moved(const Risk& risk, const Rescore& row) {
  return risk.residual_likelihood != row.residual_likelihood || risk.residual_impact != row.residual_impact ||
         risk.target_likelihood != row.target_likelihood || risk.target_impact != row.target_impact;
}

}  // namespace

Response assess_page(Visit& visit) {
  auto choice = risk_choice(visit, {"id"});
  if (!choice) return error_page(visit, choice.error());
  auto table = read_table(visit, *choice);
  if (!table) return error_page(visit, table.error());
  table->inputs = usual_assessment_inputs(visit);
  for (std::string_view id : visit.request.query_values("id")) table->ticked.emplace(id);
  return show(visit, *table, *choice);
}

Response save_assessment(Visit& visit) {
  auto choice = risk_choice(visit, {"id"});
  if (!choice) return error_page(visit, choice.error());
  auto table = read_table(visit, *choice);
  if (!table) return error_page(visit, table.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Error wrong{ErrorKind::invalid, "Nothing was changed.", {}, {}, {}};
  read_rows(*form, *table, wrong.problems);
  table->inputs = read_assessment_inputs(*form, wrong.problems);
  Reassessment work{.risks = {},
                    .reason = table->inputs.reason,
                    .next_review_on = table->inputs.next_review_on,
                    .run = table->inputs.run};
  for (const Risk& risk : table->risks) {
    const Rescore& row = table->rows[risk.id];
    if (is_moved(risk, row) || table->ticked.contains(risk.id)) work.risks.push_back(row);
  }
  auto outcome = wrong.problems.empty() ? reassess(visit.tenant.registers, visit.principal, work)
                                        : Result<ReassessmentOutcome>(Failure(wrong));
  if (!outcome) {
    table->error = &outcome.error();
    return show(visit, *table, *choice);
  }
  return done(visit, outcome->run.empty() ? std::string("/risks") : record_url(RiskAssessmentRun::def(), outcome->run),
              outcome_words(*outcome));
}

}  // namespace assay
