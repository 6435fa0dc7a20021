// Objectives with their course: where each stands, its values against the target, where the trend leads, a value taken
// quickly.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "isms/organisation/person.h"
#include "web/assets.h"
#include "web/chapters.h"
#include "web/charts/line_chart.h"
#include "web/scope/scope_view.h"
#include "workflows/scope/objectives.h"

namespace assay {
namespace {

using Stand = ObjectiveCourse::Stand;

std::string objective_url(std::string_view id) { return "/objectives/" + encode_url(id); }

void stand_badge(HtmlWriter& h, const ObjectiveCourse& course) {
  switch (course.stand) {
    case Stand::on_target: return tone_badge(h, "green", "On target");
    case Stand::off_target: return tone_badge(h, "red", "Off target");
    case Stand::no_value: return tone_badge(h, "yellow", "No value yet");
    case Stand::no_target: return tone_badge(h, "yellow", "No target");
    case Stand::no_metric: return tone_badge(h, "secondary", "No metric");
  }
}

void alarm_badges(HtmlWriter& h, const FollowedObjective& one) {
  if (one.objective.status != SecurityObjectiveStatus::active) return;
  if (one.course.measurement_late) {
    h.text(" ");
    tone_badge(h, "red", "Measurement late");
  }
  if (one.course.evaluation_late) {
    h.text(" ");
    tone_badge(h, "red", "Evaluation late");
  }
}

std::string target_words(const FollowedObjective& one) {
  if (!one.course.target) return {};
  std::string_view sign = !one.metric                                      ? ""
                          : one.metric->direction == MetricDirection::up   ? "at least "
                          : one.metric->direction == MetricDirection::down ? "at most "
                                                                           : "";
  return fmt::format("{}{}", sign, decimal(*one.course.target, 3));
}

std::string trend_words(const ObjectiveTrend& trend) {
  return fmt::format(
      "If the last {} values go on in a straight line: {} on {}, which {} the target. This is a trend, not a promise.",
      trend.values, decimal(trend.value, 2), trend.on.iso(), trend.meets ? "meets" : "does not meet");
}

Response objectives_page(Visit& visit) {
  auto objectives = followed_objectives(visit.tenant.registers, visit.principal);
  if (!objectives) return error_page(visit, objectives.error());
  TitleBook titles(visit);
  for (const FollowedObjective& one : *objectives) {
    if (one.objective.owner) titles.want(Person::def(), one.objective.owner->id);
  }
  titles.read();
  Frame frame{.title = "Objectives", .active = "organisation/objectives", .kicker = "Clauses 6.2 and 9.1"};
  HtmlWriter actions(256);
  if (visit.may(Action::create, SecurityObjective::def()))
    actions.el("a", {cls("btn btn-primary"), at("href", new_url(SecurityObjective::def()))}, "New objective");
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (objectives->empty()) {
      return empty_state(h, "target-arrow", "What do we want to reach, and how do we see it?",
                         "Clause 6.2 asks for objectives that can be measured, with a plan: what will be done, with "
                         "what, by whom, by when, and how the result is judged. Example: nine of ten critical "
                         "vulnerabilities are fixed within a week by the end of the year. Create the metric first, "
                         "then the objective with its target.",
                         {});
    }
    auto alarms = std::ranges::count_if(
        *objectives, [](const FollowedObjective& one) { return one.course.alarming(one.objective); });
    h.el("p", {cls(alarms > 0 ? "alert alert-warning" : "text-secondary"), at_if(alarms > 0, "role", "status")},
         alarms == 0 ? std::string("Every active objective is on target and measured in time.")
                     : fmt::format("{} active {} attention: off target, or not measured or evaluated in time.", alarms,
                                   alarms == 1 ? "objective needs" : "objectives need"));
    h.el("div", {cls("card")}, [&] {
      bench_table(
          h, "Objectives, those that need attention first",
          {"Objective", "State", "Stands", "Latest", "Target", "Trend", "Responsible", "Due"}, [&] {
            for (const FollowedObjective& one : *objectives) {
              h.el("tr", [&] {
                h.el("th", {at("scope", "row"), cls("fw-normal")},
                     [&] { h.el("a", {at("href", objective_url(one.objective.id))}, one.objective.title); });
                bench_cell(h, "State", [&] {
                  state_badge(h, SecurityObjective::def(),
                              choices_of<SecurityObjectiveStatus>[static_cast<std::size_t>(one.objective.status)].name,
                              label_of(one.objective.status));
                });
                bench_cell(h, "Stands", [&] {
                  stand_badge(h, one.course);
                  alarm_badges(h, one);
                });
                const Measurement* latest = one.course.latest();
                bench_cell(h, "Latest",
                           latest ? fmt::format("{} ({})", decimal(latest->value, 2), latest->period_end.iso()) : "");
                bench_cell(h, "Target", target_words(one));
                bench_cell(h, "Trend",
                           one.course.trend ? fmt::format("{} on {}", decimal(one.course.trend->value, 2),
                                                          one.course.trend->on.iso())
                                            : "");
                bench_cell(h, "Responsible", [&] {
                  if (one.objective.owner && !one.objective.owner->empty())
                    titles.link(h, Person::def(), one.objective.owner->id);
                });
                bench_cell(h, "Due", one.objective.due_on ? one.objective.due_on->iso() : "");
              });
            }
          });
    });
  });
}

// ---- One objective ---------------------------------------------------------------------------------------------------------------

double days_of(Date day) { return static_cast<double>(day.days.time_since_epoch().count()); }

void write_chart(HtmlWriter& h, const FollowedObjective& one) {
  const ObjectiveCourse& course = one.course;
  if (course.values.empty())
    return h.el("p", {cls("text-secondary mb-0")}, "No value has been taken yet. The curve begins with the first.");
  std::vector<ChartSeries> series;
  ChartSeries values{.label = "Measured", .tone = "first", .points = {}, .dots = true};
  for (const Measurement& value : course.values) values.points.emplace_back(days_of(value.period_end), value.value);
  double first = values.points.front().first, last = values.points.back().first;
  if (course.trend) last = std::max(last, days_of(course.trend->on));
  if (first == last) last = first + 1;
  series.push_back(std::move(values));
  if (course.target)
    series.push_back({.label = "Target", .tone = "limit", .points = {{first, *course.target}, {last, *course.target}}});
  if (course.trend) {
    double from = days_of(course.values.back().period_end), to = days_of(course.trend->on);
    double start = course.trend->value - course.trend->per_day * (to - from);
    series.push_back({.label = "Trend", .tone = "third", .points = {{from, start}, {to, course.trend->value}}});
  }
  ChartAxes axes{
      .x_label = "End of the period",
      .y_label = {},
      .x_text = [](double day) { return Date{std::chrono::sys_days(std::chrono::days(static_cast<int>(day)))}.iso(); },
      .y_text = [](double value) { return decimal(value, 2); },
      .y_from_zero = false};
  h.el("div", {cls("chart-scroll"), at("tabindex", 0), at("role", "region"), at("aria-label", "Values over time")},
       [&] {
         line_chart(h,
                    fmt::format("Values of {} over time against the target; the table below has the same numbers",
                                one.metric ? one.metric->name : one.objective.title),
                    series, axes);
       });
}

void write_measure_form(HtmlWriter& h, const Visit& visit, const FollowedObjective& one, const NewMeasurement& shown,
                        std::string_view value, const FormState& state) {
  section(h, "measure", "Take a value", {}, [&] {
    h.el("form", {at("method", "post"), at("action", objective_url(one.objective.id) + "/measure"), flag("novalidate")},
         [&] {
           hidden_csrf(h, visit);
           h.el("div", {cls("card-body")}, [&] {
             text_line(h, {.name = "period_end",
                           .label = "Period until",
                           .value = shown.period_end ? shown.period_end->iso() : std::string(),
                           .type = "date",
                           .problem = state.problem_of("period_end"),
                           .required = true});
             std::string hint = one.metric->what;
             text_line(h, {.name = "value",
                           .label = "Value",
                           .value = value,
                           .type = "number",
                           .hint = hint,
                           .problem = state.problem_of("value"),
                           .required = true});
             text_area(h,
                       {.name = "conclusion",
                        .label = "What it means",
                        .value = shown.conclusion,
                        .hint = "With a conclusion the value counts as evaluated today.",
                        .problem = state.problem_of("conclusion")},
                       2);
             h.el("button", {cls("btn btn-primary"), at("type", "submit")}, "Record");
           });
         });
  });
}

void write_values(HtmlWriter& h, const FollowedObjective& one) {
  section(h, "values", "Values", {}, [&] {
    bench_table(
        h, "Values, newest first", {"Period until", "Value", "Against the target", "Measured on", "Conclusion"}, [&] {
          for (auto it = one.course.values.rbegin(); it != one.course.values.rend(); ++it) {
            h.el("tr", [&] {
              h.el("th", {at("scope", "row"), cls("fw-normal text-nowrap")},
                   [&] { h.el("a", {at("href", record_url(Measurement::def(), it->id))}, it->period_end.iso()); });
              bench_cell(h, "Value", decimal(it->value, 3));
              bench_cell(h, "Against the target",
                         one.metric && one.course.target
                             ? (one.metric->meets(it->value, *one.course.target) ? "Met" : "Not met")
                             : "");
              bench_cell(h, "Measured on", it->measured_on.iso());
              bench_cell(h, "Conclusion", it->conclusion.value_or(""));
            });
          }
        });
  });
}

void write_standing(HtmlWriter& h, const FollowedObjective& one) {
  const ObjectiveCourse& course = one.course;
  h.el("p", [&] {
    stand_badge(h, course);
    alarm_badges(h, one);
    if (const Measurement* latest = course.latest())
      h.text(fmt::format(" {} for the period until {}", decimal(latest->value, 2), latest->period_end.iso()));
    if (course.target) h.text(fmt::format("; target: {}", target_words(one)));
    h.text(".");
  });
  if (course.measure_due)
    h.el(
        "p", {cls("text-secondary")},
        fmt::format("The next value {} due on {}.", course.measurement_late ? "was" : "is", course.measure_due->iso()));
  if (course.trend) h.el("p", {cls("text-secondary")}, trend_words(*course.trend));
}

struct MeasureReturn {
  NewMeasurement sent;
  std::string value;
  const Error* error;
};

Response objective_view(Visit& visit, const MeasureReturn* back) {
  auto one = followed_objective(visit.tenant.registers, visit.principal, visit.request.param("id"));
  if (!one) return error_page(visit, one.error());
  auto record = visit.tenant.registers.read(visit.principal, SecurityObjective::def(), one->objective.id);
  if (!record) return error_page(visit, record.error());
  Frame frame{.title = one->objective.title,
              .active = "organisation/objectives",
              .crumbs = {{"Objectives", "/objectives"}},
              .kicker = "Clauses 6.2 and 9.1",
              .status = back ? status_of(back->error->kind) : 200};
  HtmlWriter badge(128), actions(256);
  state_badge(badge, *record->def, record->state(), record->state_label());
  frame.beside = badge.take();
  actions.el("a", {cls("btn"), at("href", record_url(SecurityObjective::def(), one->objective.id))}, "Open the record");
  if (one->metric)
    actions.el("a", {cls("btn"), at("href", record_url(Metric::def(), one->metric->id))}, "Open the metric");
  frame.actions = actions.take();
  return page(visit, frame, [&](HtmlWriter& h) {
    if (back) problem_list(h, *back->error);
    h.el("div", {cls("bench-columns")}, [&] {
      h.el("div", [&] {
        section(h, "course", "Course", {}, [&] {
          h.el("div", {cls("card-body")}, [&] {
            write_standing(h, *one);
            if (one->metric) write_chart(h, *one);
            else
              h.el("p", {cls("text-secondary mb-0")},
                   "The objective names no metric: add one to its record, and values can be taken here.");
          });
        });
        if (!one->course.values.empty()) write_values(h, *one);
      });
      h.el("div", [&] {
        bool may_measure = one->metric && visit.may(Action::create, Measurement::def());
        NewMeasurement fresh{visit.tenant.workspace->clock().today(), std::nullopt, {}};
        if (may_measure)
          write_measure_form(h, visit, *one, back ? back->sent : fresh,
                             back ? std::string_view(back->value) : std::string_view(),
                             FormState{back ? &back->error->problems : nullptr});
        write_steps(h, visit, *record);
      });
    });
  });
}

Response objective_page(Visit& visit) { return objective_view(visit, nullptr); }

Response save_measurement(Visit& visit) {
  auto form = visit.request.form();
  if (!form) return error_page(visit, form.error());
  std::string value(trim(form->value("value")));
  NewMeasurement sent{Date::parse(form->value("period_end")), std::nullopt,
                      std::string(trim(form->value("conclusion")))};
  double number = 0;
  auto [end, wrong] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (wrong == std::errc() && end == value.data() + value.size()) sent.value = number;
  std::string id(visit.request.param("id"));
  auto taken = take_measurement(visit.tenant.registers, visit.principal, id, sent);
  if (taken) return done(visit, objective_url(id), "The value is recorded.");
  if (taken.error().kind == ErrorKind::forbidden) return error_page(visit, taken.error());
  MeasureReturn back{sent, value, &taken.error()};
  return objective_view(visit, &back);
}

}  // namespace

std::vector<PageRoute> objective_pages() {
  return {
      {"GET", "/objectives", objectives_page},
      {"GET", "/objectives/{id}", objective_page},
      {"POST", "/objectives/{id}/measure", save_measurement},
  };
}

}  // namespace assay
