// What the coming days bring if nobody does anything, as a list by day and on a line of time.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "web/assets.h"
#include "web/journey_view.h"

namespace assay {
namespace {

using What = ForecastEvent::What;

constexpr std::int64_t horizons[] = {30, 90, forecast_days};
constexpr std::size_t most_events = 500;
// Whoever asks for more waits beside a page that tells how far it is.
constexpr std::chrono::milliseconds patience{700};
constexpr std::string_view progress_id = "forecast-progress";

// One column a day that brings something; its height says how much.
void write_timeline(HtmlWriter& h, const std::vector<const ForecastEvent*>& events, const Standing& standing,
                    Date today, std::int64_t days) {
  std::map<Date, std::size_t> opening;
  std::size_t highest = 1;
  for (const ForecastEvent* event : events) {
    if (event->what == What::opens) highest = std::max(highest, ++opening[event->on]);
  }
  auto x_of = [&](Date day) {
    return 20 + 760.0 * static_cast<double>(days_between(today, day)) / static_cast<double>(days);
  };
  h.el("svg",
       {cls("trend"), at("viewBox", "0 0 800 150"), at("role", "img"),
        at("aria-label", "Findings that open by day; the list below says which")},
       [&] {
         h.el("line", {cls("trend-axis"), at("x1", 20), at("x2", 780), at("y1", 120), at("y2", 120)}, [] {});
         for (const auto& [day, count] : opening) {
           double height = 90.0 * static_cast<double>(count) / static_cast<double>(highest);
           h.el("rect",
                {cls("timeline-bar"), at("x", x_of(day) - 2), at("y", 120 - height), at("width", 4),
                 at("height", height)},
                [&] {
                  h.el("title",
                       fmt::format("{}: {} {}", day.iso(), count, count == 1 ? "finding opens" : "findings open"));
                });
         }
         for (const journey::ComingAudit& audit : standing.journey.audits) {
           if (days_between(today, audit.planned_start) > days || audit.planned_start < today) continue;
           double x = x_of(audit.planned_start);
           h.el("line", {cls("timeline-audit"), at("x1", x), at("x2", x), at("y1", 14), at("y2", 120)}, [] {});
           h.el("text",
                {cls("trend-label"), at("x", x), at("y", 11),
                 at("text-anchor", x > 700   ? "end"
                                   : x < 100 ? "start"
                                             : "middle")},
                audit.label);
         }
         h.el("text", {cls("trend-label"), at("x", 20), at("y", 140)}, today.iso());
         h.el("text", {cls("trend-label"), at("x", 780), at("y", 140), at("text-anchor", "end")},
              today.plus_days(days).iso());
       });
}

void write_audits(HtmlWriter& h, const Standing& standing, Date today) {
  bool any =
      std::ranges::any_of(standing.journey.audits, [&](const auto& audit) { return audit.planned_start >= today; });
  if (!any) return;
  h.el("p", {cls("chips mb-3")}, [&] {
    h.el("span", {cls("text-secondary")}, "The whole verdict on the day of");
    for (const journey::ComingAudit& audit : standing.journey.audits) {
      if (audit.planned_start < today) continue;
      h.el("a", {cls("chip"), at("href", findings_url({{"as_of", audit.planned_start.iso()}, {"stage", audit.stage}}))},
           fmt::format("{} ({})", audit.label, audit.planned_start.iso()));
    }
  });
}

// A finding that is there already, and ends or gets another class.
void write_turn(HtmlWriter& h, const ForecastEvent& event) {
  const RuleFinding& finding = event.finding;
  const bool ends = event.what == What::ends;
  h.el("li", {cls("list-group-item text-secondary")}, [&] {
    h.add(icon(ends ? "circle-check" : "trending-up", "icon-sm me-1"));
    h.text(ends ? std::string("Ends by itself: ")
                : fmt::format("From {} to {}: ", name_of(event.before), name_of(finding.finding_class)));
    h.el("a", {at("href", finding_url(key_of(finding)))}, finding.title);
    h.text(fmt::format(" ({}, {})", finding.rule_id, finding.subject));
  });
}

void write_days(HtmlWriter& h, const Visit& visit, const std::vector<const ForecastEvent*>& events, Date today) {
  Date day;
  auto begin = events.begin();
  while (begin != events.end()) {
    day = (*begin)->on;
    auto end = std::find_if(begin, events.end(), [&](const ForecastEvent* event) { return event->on != day; });
    h.el("section", {cls("card mb-2"), at("aria-label", day.iso())}, [&] {
      h.el("div", {cls("card-header")}, [&] {
        h.el("h2", {cls("card-title numeric")}, day.iso());
        std::int64_t in = days_between(today, day);
        h.el("span", {cls("text-secondary ms-2")}, in == 1 ? std::string("tomorrow") : fmt::format("in {} days", in));
      });
      h.el("ul", {cls("list-group list-group-flush")}, [&] {
        for (; begin != end; ++begin) {
          if ((*begin)->what == What::opens) finding_item(h, visit, (*begin)->finding);
          else write_turn(h, **begin);
        }
      });
    });
  }
}

// What replaces itself until the forecast is there.
void write_progress(HtmlWriter& h, const Visit& visit) {
  const auto percent = static_cast<int>(100 * visit.tenant.forecaster.progress());
  h.el("div",
       {cls("card"), at("id", progress_id), at("role", "status"), at("hx-get", visit.request.target),
        at("hx-trigger", "load delay:1s"), at("hx-swap", "outerHTML"), at("hx-target", "this")},
       [&] {
         h.el("div", {cls("card-body")}, [&] {
           h.el("p", "The forecast is being worked out: every rule is asked for the coming half year.");
           h.el("progress", {at("max", 100), at("value", percent), at("aria-label", "How much of it is done")}, [] {});
           h.el("p", {cls("text-secondary mb-0 mt-2")}, [&] {
             h.text(fmt::format("{} % so far. It appears here by itself. ", percent));
             h.el("a", {at("href", visit.request.target)}, "Look again");
           });
         });
       });
}

Response wait_for_forecast(Visit& visit, Frame frame) {
  if (visit.request.is_htmx() && visit.request.header("HX-Target") == progress_id)
    return fragment([&](HtmlWriter& h) { write_progress(h, visit); }, 202);
  frame.status = 202;
  return page(visit, frame, [&](HtmlWriter& h) { write_progress(h, visit); });
}

Response forecast_page(Visit& visit) {
  if (auto refused = refuse_conformity(visit)) return std::move(*refused);
  auto standing = standing_of(visit);
  auto asked = days_asked(visit, 90, forecast_days);
  if (!standing || !asked) return error_page(visit, standing ? asked.error() : standing.error());
  const std::int64_t days = *asked;
  Date today = visit.tenant.workspace->clock().today();
  auto forecast = visit.tenant.forecaster.within(today.plus_days(forecast_days), patience);
  if (!forecast) return error_page(visit, forecast.error());
  Frame frame{.title = "Forecast", .active = "forecast", .kicker = "If nothing is done", .live = "verdict"};
  if (!*forecast) return wait_for_forecast(visit, std::move(frame));
  if (visit.request.is_htmx() && visit.request.header("HX-Target") == progress_id) {
    Response ready = Response::no_content();
    ready.set_header("HX-Refresh", "true");
    return ready;
  }
  FindingSight sight(visit.principal, visit.registry());
  std::vector<const ForecastEvent*> events;
  for (const ForecastEvent& event : (*forecast)->events) {
    if (days_between(today, event.on) <= days && sight.shows(event.finding)) events.push_back(&event);
  }
  auto opening = std::ranges::count(events, What::opens, &ForecastEvent::what);
  return page(visit, frame, [&](HtmlWriter& h) {
    h.el("nav", {cls("chips mb-2 no-print"), at("aria-label", "How far ahead")}, [&] {
      for (std::int64_t horizon : horizons) {
        h.el("a",
             {cls("chip"), cls_if(horizon == days, "active"), at_if(horizon == days, "aria-current", "page"),
              at("href", fmt::format("/forecast?days={}", horizon))},
             fmt::format("{} days", horizon));
      }
    });
    write_audits(h, **standing, today);
    if (events.empty())
      return empty_state(h, "calendar", "Nothing turns by itself",
                         fmt::format("No finding opens or ends by time alone within {} days.", days), {});
    h.el("p", {at("role", "status")},
         fmt::format("{} {} within {} days; the first turn is on {}.", opening,
                     opening == 1 ? "finding opens" : "findings open", days, events.front()->on.iso()));
    h.el("div", {cls("card mb-3")},
         [&] { h.el("div", {cls("card-body")}, [&] { write_timeline(h, events, **standing, today, days); }); });
    bool cut = events.size() > most_events;
    if (cut) events.resize(most_events);
    write_days(h, visit, events, today);
    if (cut) h.el("p", {cls("text-secondary")}, fmt::format("Only the first {} are listed.", most_events));
  });
}

}  // namespace

std::vector<PageRoute> forecast_pages() { return {kept({"GET", "/forecast", forecast_page})}; }

}  // namespace assay
