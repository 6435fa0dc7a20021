#include "web/treatment/new_actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "base/text.h"
#include "web/record_parts.h"
#include "web/treatment/treatment_parts.h"
#include "workflows/treatment/approve_plan.h"

namespace assay {
namespace {

constexpr std::size_t fewest_rows = 2, most_rows = 20;
constexpr std::string_view row_fields[] = {"description", "control", "owner",     "due_on",
                                           "start_on",    "cost",    "resources", "depends_on"};

// The fields of one row of new actions, named apart from those of the other rows.
class RowFields {
 public:
  explicit RowFields(std::size_t row) {
    for (std::string_view name : row_fields) {
      FieldDef field = *TreatmentAction::def().find(name);
      field.name = names_.emplace_back(fmt::format("a{}.{}", row, name));
      field.text.multiline = false;
      fields_.push_back(field);
    }
  }
  const std::vector<FieldDef>& fields() const { return fields_; }

 private:
  std::deque<std::string> names_;
  std::vector<FieldDef> fields_;
};

void write_row(HtmlWriter& h, const Visit& visit, std::size_t row, const Form* sent, const FormState& state) {
  const RowFields fields(row);
  h.el("fieldset", [&] {
    h.el("legend", {cls("field-group")}, fmt::format("Action {}", row + 1));
    h.el("div", {cls("row")}, [&] {
      for (const FieldDef& field : fields.fields()) {
        Value value;
        if (sent) {
          if (auto read = form_value(field, *sent)) value = *std::move(read);
        }
        const bool wide = field.name.ends_with("description") || field.name.ends_with("resources") ||
                          field.name.ends_with("depends_on");
        form_field(h, visit, field, value, state, row == 0 && field.name.ends_with("description"), false,
                   wide ? FieldWidth::full : FieldWidth::half);
      }
    });
  });
}

std::size_t rows_wanted(const Visit& visit) {
  auto wanted = counting_number(visit.request.query_value("rows"));
  return wanted ? std::clamp<std::size_t>(static_cast<std::size_t>(*wanted), fewest_rows, most_rows) : fewest_rows;
}

std::size_t rows_in(const Form& form) {
  std::size_t rows = 0;
  while (rows < most_rows && form.has(fmt::format("a{}.description", rows))) ++rows;
  return rows;
}

// Problems of rows under the names of their inputs: "rows[1].owner" is "a1.owner".
Problems under_inputs(const Problems& problems) {
  Problems out;
  for (Problem problem : problems) {
    problem.place = replace_all(replace_all(problem.place, "rows[", "a"), "]", "");
    out.push_back(std::move(problem));
  }
  return out;
}

// Empty rows were left out: back to the numbers of the form, given the position there of each row.
void number_as_in_form(Problems& problems, const std::vector<std::size_t>& positions) {
  for (Problem& problem : problems) {
    for (std::size_t i = positions.size(); i-- > 0;) {
      const std::string from = fmt::format("rows[{}].", i);
      if (!problem.place.starts_with(from)) continue;
      problem.place = fmt::format("rows[{}].{}", positions[i], problem.place.substr(from.size()));
      break;
    }
  }
}

}  // namespace

void write_new_actions(HtmlWriter& h, Visit& visit, const RiskTreatmentPlan& into, const NewActionsForm& form) {
  if (!visit.may(Action::create, TreatmentAction::def())) return;
  const Problems problems = form.error ? under_inputs(form.error->problems) : Problems{};
  const FormState state{form.error ? &problems : nullptr};
  const std::size_t rows = form.sent ? std::max(rows_in(*form.sent), fewest_rows) : rows_wanted(visit);
  section(h, "add", "Add actions", {}, [&] {
    h.el("form",
         {cls("card-body"), at("method", "post"), at("action", treatment_case_url(form.risk, form.plan, "actions")),
          flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           h.leaf("input", {at("type", "hidden"), at("name", "plan"), at("value", into.id)});
           if (form.error) h.el("div", {cls("alert alert-danger"), at("role", "alert")}, form.error->message);
           h.el("p", {cls("text-secondary")},
                fmt::format("They go into {} of the plan. What is left empty can follow; all are stored, or none.",
                            lower(plan_words(into))));
           for (std::size_t row = 0; row < rows; ++row) write_row(h, visit, row, form.sent, state);
           h.el("div", {cls("btn-list")}, [&] {
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Add the actions");
             if (rows < most_rows)
               h.el("a",
                    {cls("btn"), at("href", fmt::format("{}{}rows={}#add", treatment_case_url(form.risk, form.plan),
                                                        form.plan.empty() ? "?" : "&", std::min(rows + 3, most_rows)))},
                    "More rows");
           });
         });
  });
}

Result<std::vector<Id>> take_new_actions(Visit& visit, const Form& form, std::string_view risk) {
  std::vector<Patch> rows;
  std::vector<std::size_t> positions;
  Error wrong{ErrorKind::invalid, "No action was added: some fields need another look.", {}, {}, {}};
  for (std::size_t row = 0; row < rows_in(form); ++row) {
    Patch patch;
    const RowFields fields(row);
    for (std::size_t i = 0; i < std::size(row_fields); ++i) {
      auto value = form_value(fields.fields()[i], form);
      if (!value)
        wrong.problems.push_back(
            {fmt::format("rows[{}].{}", row, row_fields[i]),
             value.error().problems.empty() ? value.error().message : value.error().problems.front().message,
             {}});
      else if (!is_empty(*value)) patch.emplace_back(TreatmentAction::def().find(row_fields[i]), *std::move(value));
    }
    if (patch.empty()) continue;
    rows.push_back(std::move(patch));
    positions.push_back(row);
  }
  if (!wrong.problems.empty()) return std::unexpected(std::move(wrong));
  auto made = add_actions(visit.tenant.registers, visit.principal, form.value("plan"), risk, rows);
  if (!made) number_as_in_form(made.error().problems, positions);
  return made;
}

}  // namespace assay
