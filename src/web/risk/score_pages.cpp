// How scores developed: of one risk with who and why, of the register as a whole. Both out of the ledger.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "base/text.h"
#include "web/assets.h"
#include "web/charts/line_chart.h"
#include "web/risk/risk_view.h"
#include "workflows/risk_register/risk_reading.h"
#include "workflows/risk_register/score_history.h"

namespace assay {
namespace {

// The axis counts days; a mark within a day has no name.
constexpr double seconds_a_day = 86'400;
double days_of(Instant at) { return static_cast<double>(at.seconds.time_since_epoch().count()) / seconds_a_day; }
double days_of(Date day) { return static_cast<double>(day.days.time_since_epoch().count()); }
std::string day_at(double days) {
  double whole = std::round(days);
  return std::abs(days - whole) > 1e-6
             ? std::string()
             : Date{std::chrono::sys_days(std::chrono::days(static_cast<std::int64_t>(whole)))}.iso();
}

// A curve is continued to today: the last value still holds.
void draw_scores(HtmlWriter& h, const std::vector<ScoreChange>& changes, const RiskScale* scale, Instant now) {
  std::vector<ChartSeries> series{{.label = "Inherent", .tone = "second", .points = {}, .stepped = true, .dots = true},
                                  {.label = "Current", .tone = "first", .points = {}, .stepped = true, .dots = true},
                                  {.label = "Target", .tone = "third", .points = {}, .stepped = true, .dots = true}};
  for (const ScoreChange& change : changes) {
    for (std::size_t view = 0; view < series.size(); ++view) {
      auto& points = series[view].points;
      const auto& score = change.scores[view];
      if (score && (points.empty() || points.back().second != *score)) points.emplace_back(days_of(change.at), *score);
    }
  }
  std::erase_if(series, [](const ChartSeries& one) { return one.points.empty(); });
  if (series.empty()) return;
  double first = days_of(changes.front().at), last = std::max(days_of(now), first + 1);
  for (ChartSeries& one : series) one.points.emplace_back(last, one.points.back().second);
  if (scale && scale->method.acceptance_threshold) {
    series.push_back(
        {.label = "Threshold",
         .tone = "limit",
         .points = {{first, *scale->method.acceptance_threshold}, {last, *scale->method.acceptance_threshold}}});
  }
  h.el("div", {cls("card-body")}, [&] {
    line_chart(h, "Scores of the risk over time", series,
               {.x_label = "", .y_label = "Score", .x_text = day_at, .y_text = [](double value) {
                  return decimal(value, 1);
                }});
  });
}

std::string change_sentence(const FieldChange& change) {
  auto words = [&](const Value& value) {
    return is_empty(value) ? std::string("none") : display(*change.field, value);
  };
  if (is_empty(change.before)) return fmt::format("{} {}", change.field->text.label, words(change.after));
  return fmt::format("{} {} → {}", change.field->text.label, words(change.before), words(change.after));
}

void write_changes(HtmlWriter& h, const std::vector<ScoreChange>& changes, const RiskScale* scale) {
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table table-stack")}, [&] {
      h.el("caption", {cls("visually-hidden")}, "Changes of levels and scores, newest first");
      h.el("thead", [&] {
        h.el("tr", [&] {
          for (std::string_view label : {"When", "Who", "What", "Why", "Inherent", "Current", "Target"})
            h.el("th", {at("scope", "col")}, label);
        });
      });
      h.el("tbody", [&] {
        for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
          h.el("tr", [&] {
            h.el("th", {at("scope", "row"), at("data-label", "When"), cls("fw-normal text-nowrap numeric")},
                 [&] { h.el("a", {at("href", fmt::format("/ledger/{}", change->seq))}, change->at.day().iso()); });
            h.el("td", {at("data-label", "Who")}, change->actor);
            h.el("td", {at("data-label", "What")}, [&] {
              h.el("ul", {cls("list-unstyled mb-0")}, [&] {
                for (const FieldChange& field : change->fields) h.el("li", change_sentence(field));
              });
            });
            h.el("td", {at("data-label", "Why")}, change->reason);
            for (RiskView view : risk_views) {
              const auto& score = change->scores[static_cast<std::size_t>(view)];
              h.el("td", {at("data-label", view_label(view))}, [&] {
                if (scale) band_badge(h, *scale, score);
                else h.text(score_words(score));
              });
            }
          });
        }
      });
    });
  });
}

void draw_trend(HtmlWriter& h, const std::vector<RiskTrendPoint>& points, Date today) {
  std::vector<ChartSeries> series{{.label = "Above the threshold", .tone = "limit", .points = {}, .stepped = true},
                                  {.label = "Open risks", .tone = "first", .points = {}, .stepped = true}};
  for (const RiskTrendPoint& point : points) {
    series[0].points.emplace_back(days_of(point.day), static_cast<double>(point.above));
    series[1].points.emplace_back(days_of(point.day), static_cast<double>(point.open));
  }
  double last = std::max(days_of(today), days_of(points.front().day) + 1);
  for (ChartSeries& one : series) one.points.emplace_back(last, one.points.back().second);
  h.el("div", {cls("card-body")}, [&] {
    line_chart(h, "Open risks and risks above the threshold over time", series,
               {.x_label = "", .y_label = "Risks", .x_text = day_at, .y_text = [](double value) {
                  return decimal(value, 0);
                }});
  });
}

void write_trend_table(HtmlWriter& h, const std::vector<RiskTrendPoint>& points) {
  constexpr std::size_t most = 60;
  h.el("div", {cls("table-responsive")}, [&] {
    h.el("table", {cls("table table-vcenter card-table")}, [&] {
      h.el("caption", {cls("visually-hidden")}, "The register on the days on which it changed, newest first");
      h.el("thead", [&] {
        h.el("tr", [&] {
          h.el("th", {at("scope", "col")}, "End of the day");
          h.el("th", {at("scope", "col"), cls("text-end")}, "Open risks");
          h.el("th", {at("scope", "col"), cls("text-end")}, "Above the threshold");
        });
      });
      h.el("tbody", [&] {
        for (std::size_t i = 0; i < points.size() && i < most; ++i) {
          const RiskTrendPoint& point = points[points.size() - 1 - i];
          h.el("tr", [&] {
            h.el("th", {at("scope", "row"), cls("fw-normal numeric")}, [&] {
              std::string day = point.day.iso();
              h.el("a", {at("href", fmt::format("/ledger?register=risk&from={}&until={}", day, day))}, day);
            });
            h.el("td", {cls("text-end numeric")}, static_cast<std::int64_t>(point.open));
            h.el("td", {cls("text-end numeric")}, static_cast<std::int64_t>(point.above));
          });
        }
      });
    });
  });
  if (points.size() > most)
    h.el("p", {cls("card-footer mb-0 text-secondary")}, fmt::format("The last {} days with a change.", most));
}

}  // namespace

Response risk_scores_page(Visit& visit) {
  auto risk = visit.tenant.registers.read(visit.principal, Risk::def(), visit.request.param("id"));
  if (!risk) return error_page(visit, risk.error());
  auto changes = score_history(visit.tenant.registers, visit.principal, risk->id);
  if (!changes) return error_page(visit, changes.error());
  auto scale = scale_in_force(visit.tenant.registers, visit.principal);
  if (!scale) return error_page(visit, scale.error());
  Frame frame = risk_frame(fmt::format("Scores of {}", risk->id), "Clause 8.2");
  HtmlWriter actions(512);
  actions.el("a", {cls("btn"), at("href", record_url(Risk::def(), risk->id))}, "The risk");
  if (visit.may(Action::change, Risk::def(), &*risk) && risk->state() != "closed")
    actions.el("a", {cls("btn btn-primary"), at("href", "/risks/assess?id=" + encode_url(risk->id))}, "Score again");
  frame.actions = actions.take();
  const RiskScale* method = *scale ? &**scale : nullptr;
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("p", {cls("lead")}, risk->title());
    if (changes->empty()) {
      return empty_state(h, "chart-line", "The risk has no score yet",
                         "Likelihood and impact are given on the page \"Assess\"; from then on every change of a score "
                         "is kept here with who made it and why.",
                         {});
    }
    section(h, "chart", "Over time", {},
            [&] { draw_scores(h, *changes, method, visit.tenant.workspace->clock().now()); });
    section(h, "changes", "Who changed what, and why", {}, [&] { write_changes(h, *changes, method); });
  });
}

Response risk_trend_page(Visit& visit) {
  auto scale = scale_in_force(visit.tenant.registers, visit.principal);
  if (!scale) return error_page(visit, scale.error());
  Frame frame = risk_frame("Development of the register", "Clauses 8.2 and 9.1");
  if (!*scale || !(*scale)->method.acceptance_threshold) {
    return page(visit, frame, [&](HtmlWriter& h) {
      risk_tabs(h, visit, "/risks/trend");
      no_method_alert(h, visit);
    });
  }
  auto events = register_events(visit.tenant.registers, visit.principal);
  if (!events) return error_page(visit, events.error());
  double threshold = *(*scale)->method.acceptance_threshold;
  std::vector<RiskTrendPoint> points = risk_trend(*events, threshold);
  return page(visit, frame, [&](HtmlWriter& h) {
    risk_tabs(h, visit, "/risks/trend");
    if (points.empty())
      return empty_state(h, "chart-line", "Nothing has happened in the register yet",
                         "From the first assessed risk on, this page shows how many risks are open and how many lie "
                         "above the threshold.",
                         {});
    h.el("p", {cls("text-secondary")},
         fmt::format("Counted from the ledger: open risks that are no drafts, and of these the ones whose current "
                     "score is above {}, the threshold in force. What was imported counts from the day of the import.",
                     decimal(threshold, 1)));
    section(h, "chart", "Over time", {}, [&] { draw_trend(h, points, visit.tenant.workspace->clock().today()); });
    section(h, "days", "Days with a change", {}, [&] { write_trend_table(h, points); });
  });
}

}  // namespace assay
