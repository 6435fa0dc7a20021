#include "web/charts/gantt.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay {
namespace {

constexpr double label_width = 230, width = 960, head = 26, row = 24, bar = 14;

struct Tone {
  std::string_view name, fill;
};
// Colours for paper; on the screen the classes of charts.css go over them.
constexpr std::array tones{Tone{"planned", "#9db7d8"}, Tone{"running", "#0b5cc4"}, Tone{"done", "#2b8a4b"},
                           Tone{"late", "#c92a2a"}, Tone{"milestone", "#14202f"}};

const Tone& tone_of(std::string_view name) {
  auto found = std::ranges::find(tones, name, &Tone::name);
  return found == tones.end() ? tones.front() : *found;
}

struct Span {
  Date first, last;
  double days() const { return std::max<double>(1, static_cast<double>(days_between(first, last))); }
  double x(Date day) const {
    return label_width + (width - label_width - 10) * static_cast<double>(days_between(first, day)) / days();
  }
};

Span span_of(std::span<const GanttBar> bars, Date today) {
  Span span{today, today};
  for (const GanttBar& item : bars) {
    span.first = std::min(span.first, item.from);
    span.last = std::max(span.last, item.to);
  }
  // A little air, so that neither today nor the last bar lies on the edge.
  std::int64_t air = std::max<std::int64_t>(2, days_between(span.first, span.last) / 40);
  return {span.first.plus_days(-air), span.last.plus_days(air)};
}

// The first days of months, at most about a dozen of them.
void write_months(HtmlWriter& h, const Span& span, double height) {
  std::int64_t step = std::max<std::int64_t>(1, static_cast<std::int64_t>(span.days() / 30.4 / 12 + 0.999));
  auto month = Date::parse(span.first.iso().substr(0, 8) + "01");
  for (Date day = month ? *month : span.first; day <= span.last; day = day.plus_months(step)) {
    if (day < span.first) continue;
    double x = span.x(day);
    h.el("line",
         {cls("gantt-grid"), at("x1", x), at("x2", x), at("y1", head - 6), at("y2", height), at("stroke", "#dfe5ec")},
         [] {});
    constexpr double month_width = 46;  // of "2026-12"
    if (x + month_width > width) continue;
    h.el("text", {cls("gantt-text"), at("x", x + 3), at("y", head - 10), at("font-size", 10), at("fill", "#56616f")},
         day.iso().substr(0, 7));
  }
}

void write_bar(HtmlWriter& h, const GanttBar& item, const Span& span, double y) {
  const Tone& tone = tone_of(item.tone);
  auto label = [&] {
    h.el("text", {cls("gantt-text"), at("x", 4), at("y", y + 16), at("font-size", 11), at("fill", "#16202c")},
         shorten(item.label, 36));
  };
  if (item.url.empty()) label();
  else h.el("a", {at("href", item.url)}, label);
  std::string words = item.from == item.to ? fmt::format("{}: {}", item.label, item.from.iso())
                                           : fmt::format("{}: {} to {}", item.label, item.from.iso(), item.to.iso());
  if (!item.note.empty()) words += ". " + item.note;
  double x = span.x(item.from), end = std::max(span.x(item.to), x + 4);
  if (item.from == item.to || item.tone == "milestone") {
    double middle = y + row / 2;
    h.el("path",
         {cls("gantt-bar"), cls(tone.name), at("fill", tone.fill),
          at("d", fmt::format("M{:.1f} {:.1f}l6 6l-6 6l-6 -6z", span.x(item.to), middle - 6))},
         [&] { h.el("title", words); });
    return;
  }
  h.el("rect",
       {cls("gantt-bar"), cls(tone.name), at("fill", tone.fill), at("x", x), at("y", y + (row - bar) / 2),
        at("width", end - x), at("height", bar), at("rx", 2)},
       [&] { h.el("title", words); });
}

void write_dependencies(HtmlWriter& h, std::span<const GanttBar> bars, const Span& span) {
  for (std::size_t i = 0; i < bars.size(); ++i) {
    for (std::size_t before : bars[i].after) {
      if (before >= bars.size()) continue;
      double x1 = span.x(bars[before].to), y1 = head + row * static_cast<double>(before) + row / 2;
      double x2 = span.x(bars[i].from), y2 = head + row * static_cast<double>(i) + row / 2;
      double bend = std::max(x1 + 6, x2 - 8);
      h.el("path",
           {cls("gantt-link"), at("fill", "none"), at("stroke", "#56616f"),
            at("d", fmt::format("M{:.1f} {:.1f}H{:.1f}V{:.1f}H{:.1f}", x1, y1, bend, y2, x2))},
           [] {});
      h.el("path", {cls("gantt-arrow"), at("fill", "#56616f"), at("d", fmt::format("M{:.1f} {:.1f}l-5 -3v6z", x2, y2))},
           [] {});
    }
  }
}

}  // namespace

void gantt(HtmlWriter& h, std::string_view label, std::span<const GanttBar> bars, Date today) {
  if (bars.empty()) return;
  Span span = span_of(bars, today);
  double height = head + row * static_cast<double>(bars.size()) + 4;
  // Not "img": the labels are links.
  h.el("div", {cls("chart-scroll"), at("tabindex", 0), at("role", "group"), at("aria-label", label)}, [&] {
    h.el("svg",
         {cls("gantt"), at("viewBox", fmt::format("0 0 {} {}", width, height)), at("width", width),
          at("height", height), at("role", "group"), at("aria-label", label), at("font-family", "sans-serif")},
         [&] {
           write_months(h, span, height);
           for (std::size_t i = 0; i < bars.size(); ++i)
             write_bar(h, bars[i], span, head + row * static_cast<double>(i));
           write_dependencies(h, bars, span);
           double x = span.x(today);
           h.el("line",
                {cls("gantt-today"), at("x1", x), at("x2", x), at("y1", head - 6), at("y2", height),
                 at("stroke", "#c2410c"), at("stroke-width", 1.5)},
                [&] { h.el("title", "Today, " + today.iso()); });
         });
  });
}

}  // namespace assay
