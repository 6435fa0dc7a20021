// The sheet of one assessor: every scenario with the wording of the levels, scored without knowing what others score.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/risk/method_levels.h"
#include "web/assets.h"
#include "web/method/calibration_view.h"

namespace assay {
namespace {

// What was typed for one scenario.
struct SheetRow {
  std::optional<std::int64_t> likelihood, impact;
  std::string rationale;
  bool left_out = false;
};

void write_wording(HtmlWriter& h, const RiskMethodology& method) {
  section(h, "wording", "What the levels mean", {}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      for (MethodScale scale : {MethodScale::likelihood, MethodScale::impact}) {
        h.el("details", {flag("open", scale == MethodScale::likelihood)}, [&] {
          h.el("summary", {cls("fw-medium")}, choices_of<MethodScale>[static_cast<std::size_t>(scale)].label);
          h.el("dl", {cls("mt-2")}, [&] {
            for (std::int64_t level = scale_min(method, scale);
                 level <= std::min(scale_max(method, scale), scale_min(method, scale) + 100); ++level) {
              const MethodLevel* found = level_of(method, scale, level);
              h.el("dt", fmt::format("{} {}", level, found ? found->name : ""));
              h.el("dd", {cls("text-preline text-secondary")},
                   found ? found->meaning : "Not described in this version of the method.");
            }
          });
        });
      }
    });
  });
}

void write_scenario(HtmlWriter& h, const CalibrationView& view, std::size_t position, const SheetRow& row,
                    const FormState& state) {
  const CalibrationScenario& scenario = view.exercise.scenarios[position];
  h.el("fieldset", {cls("card mb-3")}, [&] {
    h.el("div", {cls("card-body")}, [&] {
      h.el("legend", {cls("h3")}, fmt::format("{}. {}", position + 1, scenario.name));
      if (scenario.description) h.el("p", {cls("text-preline")}, *scenario.description);
      h.el("div", {cls("row")}, [&] {
        h.el("div", {cls("col-md-6 mb-2")}, [&] {
          level_select(h, view.method, MethodScale::likelihood, fmt::format("{}.likelihood", position), "Likelihood",
                       row.likelihood, state, false);
        });
        h.el("div", {cls("col-md-6 mb-2")}, [&] {
          level_select(h, view.method, MethodScale::impact, fmt::format("{}.impact", position), "Impact", row.impact,
                       state, false);
        });
      });
      plain_input(h,
                  {fmt::format("{}.rationale", position),
                   "What you had in mind (shown to the others once everybody is in)", row.rationale, "textarea"},
                  state);
      h.el("label", {cls("form-check mt-2 mb-0")}, [&] {
        h.leaf("input",
               {at("type", "checkbox"), cls("form-check-input"), at("name", fmt::format("{}.left_out", position)),
                at("value", "1"), flag("checked", row.left_out)});
        h.el("span", {cls("form-check-label")}, "I cannot judge this scenario");
      });
    });
  });
}

Response show_sheet(Visit& visit, const CalibrationView& view, const std::vector<SheetRow>& rows, const Error* error) {
  Frame frame = calibration_frame("Your scores", {{view.exercise.id, calibration_url(view.exercise.id)}});
  frame.status = error ? status_of(error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    if (error) problem_list(h, *error);
    h.el("p", {cls("text-secondary")},
         "Score alone. Nobody, the ISMS owner included, sees what you enter before every assessor has handed in; until "
         "then you may come back and change it.");
    FormState state{error ? &error->problems : nullptr};
    h.el("div", {cls("row")}, [&] {
      h.el("div", {cls("col-lg-8")}, [&] {
        h.el("form",
             {at("method", "post"), at("action", calibration_url(view.exercise.id) + "/score"), flag("novalidate")},
             [&] {
               hidden_csrf(h, visit);
               for (std::size_t n = 0; n < rows.size(); ++n) write_scenario(h, view, n, rows[n], state);
               h.el("div", {cls("form-foot mb-3")}, [&] {
                 h.el("a", {cls("btn"), at("href", calibration_url(view.exercise.id))}, "Cancel");
                 h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Hand in");
               });
             });
      });
      h.el("div", {cls("col-lg-4")}, [&] { write_wording(h, view.method); });
    });
  });
}

Result<CalibrationView> open_sheet(Visit& visit) {
  TRY(CalibrationView view, asked_calibration(visit));
  if (!view.may_score)
    return Failure(Error{ErrorKind::forbidden,
                         "Only the assessors of the exercise score its scenarios.",
                         {},
                         {},
                         "the assessors that the exercise names"});
  if (!view.sealed)
    return fail(ErrorKind::conflict, "The scores of this exercise are open and do not change any more.");
  return view;
}

}  // namespace

Response score_page(Visit& visit) {
  auto view = open_sheet(visit);
  if (!view) return error_page(visit, view.error());
  auto sheet = own_sheet(visit.tenant.registers, visit.principal, view->exercise.id);
  if (!sheet) return error_page(visit, sheet.error());
  std::vector<SheetRow> rows(view->exercise.scenarios.size());
  for (std::size_t n = 0; n < rows.size(); ++n) {
    auto found = std::ranges::find(*sheet, view->exercise.scenarios[n].name, &BlindScore::scenario);
    if (found != sheet->end()) rows[n] = {found->likelihood, found->impact, found->rationale, false};
    else rows[n].left_out = !sheet->empty();
  }
  return show_sheet(visit, *view, rows, nullptr);
}

Response hand_in_scores(Visit& visit) {
  auto view = open_sheet(visit);
  if (!view) return error_page(visit, view.error());
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::vector<SheetRow> rows(view->exercise.scenarios.size());
  std::vector<BlindScore> sheet;
  Problems problems;
  for (std::size_t n = 0; n < rows.size(); ++n) {
    SheetRow& row = rows[n];
    row = {typed_level(form->value(fmt::format("{}.likelihood", n))),
           typed_level(form->value(fmt::format("{}.impact", n))),
           std::string(trim(form->value(fmt::format("{}.rationale", n)))), form->has(fmt::format("{}.left_out", n))};
    if (row.left_out) continue;
    for (auto [name, value] : {std::pair("likelihood", row.likelihood), std::pair("impact", row.impact)}) {
      if (!value)
        problems.push_back(
            {fmt::format("{}.{}", n, name),
             fmt::format("{}: choose the {}, or say that you cannot judge it.", view->exercise.scenarios[n].name, name),
             ""});
    }
    sheet.push_back(
        {view->exercise.scenarios[n].name, row.likelihood.value_or(0), row.impact.value_or(0), row.rationale});
  }
  if (!problems.empty()) {
    Error error{
        ErrorKind::invalid, "The scores were not handed in: some need another look.", std::move(problems), {}, {}};
    return show_sheet(visit, *view, rows, &error);
  }
  auto open = hand_in(visit.tenant.registers, visit.principal, view->exercise.id, sheet);
  if (!open) return show_sheet(visit, *view, rows, &open.error());
  return done(visit, calibration_url(view->exercise.id),
              *open ? "Everybody is in: the scores are open now."
                    : "Your scores are in. They stay sealed until everybody has handed in.");
}

}  // namespace assay
