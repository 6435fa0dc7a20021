// Calibration: the exercises, a new one, and one exercise from blind scoring to its record.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "isms/organisation/person.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/method/calibration_view.h"
#include "web/record_form.h"

namespace assay {

Result<CalibrationView> asked_calibration(Visit& visit) {
  return calibration_view(visit.tenant.registers, visit.principal, visit.request.param("id"));
}

std::vector<std::string> assessor_names(const Visit& visit, const CalibrationView& view) {
  TitleBook titles(visit);
  for (const Ref<Person>& person : view.exercise.assessors) titles.want(Person::def(), person.id);
  titles.read();
  std::vector<std::string> out;
  for (const Ref<Person>& person : view.exercise.assessors) out.push_back(titles.title(Person::def(), person.id));
  return out;
}

namespace {

const EntityDef& exercise_def() { return CalibrationExercise::def(); }

// ---- All exercises -----------------------------------------------------------------------------------------------------

void write_exercise_row(HtmlWriter& h, const CalibrationView& view) {
  const CalibrationExercise& exercise = view.exercise;
  h.el("tr", [&] {
    h.el("th", {at("scope", "row")}, [&] { h.el("a", {at("href", calibration_url(exercise.id))}, exercise.id); });
    h.el("td", {at("data-label", "Held on"), cls("numeric")}, exercise.held_on.iso());
    h.el("td", {at("data-label", "Method")}, fmt::format("Version {}", view.method.version));
    h.el("td", {at("data-label", "Assessors"), cls("numeric")}, std::to_string(exercise.assessors.size()));
    h.el("td", {at("data-label", "State")}, [&] {
      if (view.sealed) {
        h.el("span", {cls("badge bg-blue-lt")},
             fmt::format("{} of {} handed in", view.state.assessors.size() - view.state.waiting(),
                         view.state.assessors.size()));
        if (view.may_score) {
          h.text(" ");
          h.el("a", {at("href", calibration_url(exercise.id) + "/score")}, "Score");
        }
        return;
      }
      std::size_t open = evaluate(exercise, view.method).unsettled();
      bool settled = open == 0 || exercise.reconciled_on;
      h.el("span", {cls("badge"), cls(settled ? "bg-green-lt" : "bg-orange-lt")},
           settled ? std::string("Settled") : fmt::format("{} to settle", open));
    });
    h.el("td", {at("data-label", "Alpha of the level"), cls("text-end numeric")}, [&] {
      auto found = std::ranges::find(exercise.agreement, calibration_measures[2], &CalibrationAgreement::measured);
      h.text(found != exercise.agreement.end() && found->alpha ? fmt::format("{:.2f}", *found->alpha) : "–");
    });
  });
}

Response exercises_page(Visit& visit) {
  auto views = calibration_views(visit.tenant.registers, visit.principal);
  if (!views) return error_page(visit, views.error());
  bool may_plan = visit.may(Action::create, exercise_def());
  Frame frame = calibration_frame("Calibration");
  HtmlWriter actions(512);
  if (may_plan) actions.el("a", {cls("btn btn-primary"), at("href", "/risk/calibration/new")}, "New exercise");
  if (visit.may(Action::see, RiskMethodology::def()))
    actions.el("a", {cls("btn"), at("href", "/risk/method")}, "Risk method");
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (views->empty()) {
      HtmlWriter button(256);
      if (may_plan) button.el("a", {cls("btn btn-primary"), at("href", "/risk/calibration/new")}, "Plan an exercise");
      return empty_state(h, "users-group", "No exercise has been held yet",
                         "Clause 6.1.2 b asks for consistent, valid and comparable results. Let two or more assessors "
                         "score the same scenarios without seeing each other's scores: "
                         "the product measures how well they agree and shows where the wording of the levels leaves "
                         "room. Example: three assessors, ten scenarios, half an hour.",
                         button.take());
    }
    h.el("div", {cls("card")}, [&] {
      h.el("div", {cls("table-responsive")}, [&] {
        h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
          h.el("caption", {cls("visually-hidden")}, "Calibration exercises, newest first");
          h.el("thead", [&] {
            h.el("tr", [&] {
              for (std::string_view label : {"Exercise", "Held on", "Method", "Assessors", "State"})
                h.el("th", {at("scope", "col")}, label);
              h.el("th", {at("scope", "col"), cls("text-end")}, "Alpha of the level");
            });
          });
          h.el("tbody", [&] {
            for (const CalibrationView& view : *views) write_exercise_row(h, view);
          });
        });
      });
    });
  });
}

// ---- A new one ---------------------------------------------------------------------------------------------------------

std::vector<const FieldDef*> planned_fields() {
  std::vector<const FieldDef*> out;
  for (std::string_view name : {"methodology", "held_on", "assessors", "scenarios"})
    out.push_back(exercise_def().find(name));
  return out;
}

Response plan_form(Visit& visit, const Record& record, const Error* error) {
  Frame frame = calibration_frame("New exercise");
  frame.status = error ? status_of(error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("p", {cls("text-secondary")},
         "Choose people who assess risks in practice, and scenarios from all over the scales. The five below are a "
         "beginning; ten or more give figures to rely on.");
    write_record_form(h, RecordForm{visit, record, planned_fields(), "/risk/calibration/new", "/risk/calibration",
                                    "Plan the exercise", error});
  });
}

Response new_exercise(Visit& visit) {
  if (Decision decision = may(visit.principal, Action::create, exercise_def()); !decision)
    return error_page(visit, decision.refusal());
  CalibrationExercise exercise;
  exercise.held_on = visit.tenant.workspace->clock().today();
  exercise.scenarios = proposed_scenarios();
  if (auto book = method_book(visit.tenant.registers, visit.principal); book && !book->versions.empty()) {
    exercise.methodology.id = book->in_force() ? book->in_force()->id : book->versions.front().id;
  }
  return plan_form(visit, encode(exercise), nullptr);
}

Response plan_exercise(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  Record record(exercise_def());
  Problems problems = read_fields(record, planned_fields(), *form);
  if (!problems.empty()) {
    Error error{ErrorKind::invalid,
                "The exercise was not planned: some fields need another look.",
                std::move(problems),
                {},
                {}};
    return plan_form(visit, record, &error);
  }
  auto made = plan_calibration(visit.tenant.registers, visit.principal, record);
  if (!made && made.error().kind == ErrorKind::forbidden) return error_page(visit, made.error());
  if (!made) return plan_form(visit, record, &made.error());
  return done(visit, calibration_url(made->id), "The exercise is planned. The assessors score on this page.");
}

// ---- One exercise ------------------------------------------------------------------------------------------------------

void write_progress(HtmlWriter& h, const Visit& visit, const CalibrationView& view) {
  TitleBook titles(visit);
  for (const BlindState::Assessor& assessor : view.state.assessors) titles.want(Person::def(), assessor.person);
  titles.read();
  section(h, "progress",
          fmt::format("{} of {} assessors have handed in", view.state.assessors.size() - view.state.waiting(),
                      view.state.assessors.size()),
          {}, [&] {
            h.el("ul", {cls("list-group list-group-flush")}, [&] {
              for (const BlindState::Assessor& assessor : view.state.assessors) {
                h.el("li", {cls("list-group-item d-flex gap-2 align-items-center")}, [&] {
                  h.add(icon(assessor.handed_in ? "circle-check" : "circle-dashed", "icon-sm"));
                  h.el("span", {cls("flex-fill")}, titles.title(Person::def(), assessor.person));
                  h.el("span", {cls("text-secondary")}, assessor.handed_in ? "handed in" : "not yet");
                });
              }
            });
            h.el("div", {cls("card-body")}, [&] {
              h.el("p",
                   "The scores are sealed until everybody is in. Whoever is named when the first sheet comes in is "
                   "waited for; if somebody cannot take part, plan a new exercise without them.");
              if (view.may_score)
                h.el("a", {cls("btn btn-primary"), at("href", calibration_url(view.exercise.id) + "/score")},
                     "Score the scenarios");
            });
          });
  section(h, "scenarios", fmt::format("{} scenarios", view.exercise.scenarios.size()), {}, [&] {
    h.el("ol", {cls("card-body mb-0 ps-5")}, [&] {
      for (const CalibrationScenario& scenario : view.exercise.scenarios) {
        h.el("li", [&] {
          h.el("b", scenario.name);
          if (scenario.description) h.el("div", {cls("text-secondary text-preline")}, *scenario.description);
        });
      }
    });
  });
}

struct SettleForm {
  std::string scenario;
  std::optional<std::int64_t> likelihood, impact;
  std::string reason;
  const Error* error = nullptr;
};

void write_settle_form(HtmlWriter& h, Visit& visit, const CalibrationView& view, const CalibrationRow& row,
                       std::size_t position, const SettleForm& typed, const std::vector<std::string>& names) {
  bool here = typed.scenario == row.scenario;
  FormState state{here && typed.error ? &typed.error->problems : nullptr};
  section(h, fmt::format("settle-{}", position), row.scenario, {}, [&] {
    h.el("form",
         {cls("card-body"), at("method", "post"),
          at("action", fmt::format("{}/settle#settle-{}", calibration_url(view.exercise.id), position)),
          flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           h.leaf("input", {at("type", "hidden"), at("name", "scenario"), at("value", row.scenario)});
           h.el("p", [&] {
             for (std::size_t n = 0; n < row.scores.size(); ++n) {
               if (row.scores[n])
                 h.text(fmt::format("{}{}: {} / {}", n == 0 ? "" : "; ", names[n], row.scores[n]->likelihood,
                                    row.scores[n]->impact));
             }
           });
           // Inputs of several forms on one page: their names carry the position, so that each id stands once.
           h.el("div", {cls("row")}, [&] {
             h.el("div", {cls("col-md-6 mb-2")}, [&] {
               level_select(h, view.method, MethodScale::likelihood, fmt::format("likelihood-{}", position),
                            "Agreed likelihood", here ? typed.likelihood : std::nullopt, state, false);
             });
             h.el("div", {cls("col-md-6 mb-2")}, [&] {
               level_select(h, view.method, MethodScale::impact, fmt::format("impact-{}", position), "Agreed impact",
                            here ? typed.impact : std::nullopt, state, false);
             });
           });
           plain_input(h,
                       {fmt::format("reason-{}", position), "Where the difference came from, and why you agree on this",
                        here ? typed.reason : "", "textarea"},
                       state);
           h.el("button",
                {cls("btn btn-primary mt-3"), at("type", "submit"), at("name", "position"), at("value", position)},
                "Settle");
         });
  });
}

bool may_settle(const Visit& visit, const CalibrationView& view) {
  auto record = visit.tenant.registers.read(visit.principal, exercise_def(), view.exercise.id);
  return record && visit.may(Action::change, exercise_def(), &*record);
}

Html exercise_actions(const Visit& visit, const CalibrationView& view, bool may_change) {
  HtmlWriter h(1024);
  std::string url = calibration_url(view.exercise.id);
  if (!view.sealed && !view.exercise.scores.empty()) {
    h.el("a", {cls("btn"), at("href", url + "/pdf")}, [&] {
      h.add(icon("file-type-pdf"));
      h.text("PDF");
    });
    h.el("a", {cls("btn"), at("href", url + "/xlsx")}, [&] {
      h.add(icon("file-type-xls"));
      h.text("XLSX");
    });
    bool finished = evaluate(view.exercise, view.method).unsettled() == 0;
    auto post = [&](std::string_view what, std::string_view label) {
      h.el("form", {at("method", "post"), at("action", fmt::format("{}/{}", url, what))}, [&] {
        hidden_csrf(h, visit);
        h.el("button", {cls("btn"), at("type", "submit")}, label);
      });
    };
    if (finished && may_change) post("issue", "Issue");
    if (const EntityDef* evidence = visit.registry().find("evidence");
        finished && evidence && visit.may(Action::create, *evidence))
      post("evidence", "File as evidence");
  }
  if (visit.may(Action::see, exercise_def()))
    h.el("a", {cls("btn"), at("href", record_url(exercise_def(), view.exercise.id))}, "Record and history");
  return h.take();
}

Response show_exercise(Visit& visit, const SettleForm& typed) {
  auto view = asked_calibration(visit);
  if (!view) return error_page(visit, view.error());
  auto letterhead = letterhead_of(visit);
  if (!letterhead) return error_page(visit, letterhead.error());
  bool may_change = may_settle(visit, *view);
  Frame frame = calibration_frame(fmt::format("Exercise {}", view->exercise.id));
  frame.actions = exercise_actions(visit, *view, may_change);
  frame.status = typed.error ? status_of(typed.error->kind) : 200;
  return page(visit, frame, [&](HtmlWriter& h) {
    if (view->sealed) return write_progress(h, visit, *view);
    if (view->exercise.scores.empty()) {
      return empty_state(h, "clipboard-list", "This exercise has neither scenarios nor scores",
                         "Name its scenarios and assessors on the record, then let them score here.", {});
    }
    const std::vector<std::string> names = assessor_names(visit, *view);
    const CalibrationResult result = evaluate(view->exercise, view->method);
    if (typed.error) problem_list(h, *typed.error);
    if (result.unsettled() > 0) {
      h.el("p", {cls("lead")},
           fmt::format("{} {} beyond the tolerance. Talk about {} and record what you agree on.", result.unsettled(),
                       result.unsettled() == 1 ? "scenario is" : "scenarios are",
                       result.unsettled() == 1 ? "it" : "them"));
      for (std::size_t n = 0; n < result.rows.size(); ++n) {
        if (may_change && result.rows[n].beyond_tolerance && !result.rows[n].settled)
          write_settle_form(h, visit, *view, result.rows[n], n, typed, names);
      }
    }
    paper_on_screen(h, *letterhead, calibration_paper(*letterhead, *view, names),
                    [&](HtmlWriter& body) { write_calibration_body(body, *letterhead, *view, names); });
  });
}

Response exercise_page(Visit& visit) { return show_exercise(visit, {}); }

Response settle_difference(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::string position(form->value("position"));
  auto typed_under = [&](std::string_view name) { return form->value(fmt::format("{}-{}", name, position)); };
  SettleForm typed{std::string(form->value("scenario")), typed_level(typed_under("likelihood")),
                   typed_level(typed_under("impact")), std::string(trim(typed_under("reason"))), nullptr};
  auto made =
      settle(visit.tenant.registers, visit.principal, visit.request.param("id"),
             {typed.scenario, typed.likelihood.value_or(-1), typed.impact.value_or(-1), typed.reason, std::nullopt});
  if (!made) {
    Error error = made.error();
    if (error.kind == ErrorKind::forbidden || error.kind == ErrorKind::not_found) return error_page(visit, error);
    for (Problem& problem : error.problems) {
      if (problem.value == "-1") problem.value.clear();
      problem.place += "-" + position;
    }
    typed.error = &error;
    return show_exercise(visit, typed);
  }
  return done(visit, calibration_url(made->id),
              is_unset(made->at("reconciled_on")) ? "The difference is settled." : "Every difference is settled.");
}

}  // namespace

std::vector<PageRoute> calibration_pages() {
  return {
      {"GET", "/risk/calibration", exercises_page},
      {"GET", "/risk/calibration/new", new_exercise},
      {"POST", "/risk/calibration/new", plan_exercise},
      {"GET", "/risk/calibration/{id}", exercise_page},
      {"GET", "/risk/calibration/{id}/score", score_page},
      {"POST", "/risk/calibration/{id}/score", hand_in_scores},
      {"POST", "/risk/calibration/{id}/settle", settle_difference},
      {"GET", "/risk/calibration/{id}/pdf", pdf_of(calibration_pdf)},
      {"GET", "/risk/calibration/{id}/xlsx", calibration_xlsx},
      {"POST", "/risk/calibration/{id}/issue", issue_calibration},
      {"POST", "/risk/calibration/{id}/evidence", file_calibration_record},
  };
}

}  // namespace assay
