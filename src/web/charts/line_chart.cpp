#include "web/charts/line_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace assay {
namespace {

constexpr double left = 70, right = 780, top = 14, bottom = 230, height = 290;

struct Tone {
  std::string_view name, colour, dash;
};
// Colours for paper; on the screen the classes of charts.css go over them.
constexpr std::array tones{Tone{"first", "#0b5cc4", "none"}, Tone{"second", "#c2410c", "7 3"},
                           Tone{"third", "#2b8a4b", "2 3"}, Tone{"limit", "#9c1c1c", "5 4"}};

const Tone& tone_of(std::string_view name) {
  auto found = std::ranges::find(tones, name, &Tone::name);
  return found == tones.end() ? tones.front() : *found;
}

std::string words(const std::function<std::string(double)>& text, double value) {
  return text ? text(value) : fmt::format("{:.3g}", value);
}

// One axis: from values to places, with the values worth a line.
struct Scale {
  double least = std::numeric_limits<double>::max(), most = std::numeric_limits<double>::lowest();
  bool log = false;

  bool takes(double value) const { return std::isfinite(value) && (!log || value > 0); }
  void include(double value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  double share(double value) const {
    double from = log ? std::log10(least) : least, to = log ? std::log10(most) : most,
           at = log ? std::log10(value) : value;
    return to > from ? (at - from) / (to - from) : 0.5;
  }
  std::vector<double> marks() const {
    std::vector<double> out;
    if (log) {
      for (double power = std::pow(10, std::floor(std::log10(least))); power <= most * 1.001; power *= 10) {
        if (power >= least * 0.999) out.push_back(power);
      }
      if (out.size() >= 2) return out;
      return {least, most};
    }
    // Steps of 1, 2 or 5 times a power of ten: at most six of them.
    double rough = (most - least) / 5;
    if (rough <= 0) return {least};
    double power = std::pow(10, std::floor(std::log10(rough)));
    double step = rough / power <= 1   ? power
                  : rough / power <= 2 ? 2 * power
                  : rough / power <= 5 ? 5 * power
                                       : 10 * power;
    for (double value = std::ceil(least / step) * step; value <= most + step / 1000; value += step)
      out.push_back(std::abs(value) < step / 1000 ? 0 : value);
    return out;
  }
};

double x_of(const Scale& scale, double value) { return left + (right - left) * scale.share(value); }
double y_of(const Scale& scale, double value) { return bottom - (bottom - top) * scale.share(value); }

void write_axes(HtmlWriter& h, const Scale& x, const Scale& y, const ChartAxes& axes) {
  auto text = [&](double at_x, double at_y, std::string_view anchor, std::string_view what) {
    h.el("text",
         {cls("chart-text"), at("x", at_x), at("y", at_y), at("text-anchor", anchor), at("font-size", 11),
          at("fill", "#56616f")},
         what);
  };
  for (double mark : y.marks()) {
    double place = y_of(y, mark);
    h.el(
        "line",
        {cls("chart-grid"), at("x1", left), at("x2", right), at("y1", place), at("y2", place), at("stroke", "#dfe5ec")},
        [] {});
    text(left - 6, place + 4, "end", words(axes.y_text, mark));
  }
  for (double mark : x.marks()) {
    double place = x_of(x, mark);
    h.el("line",
         {cls("chart-grid"), at("x1", place), at("x2", place), at("y1", bottom), at("y2", bottom + 5),
          at("stroke", "#56616f")},
         [] {});
    text(place, bottom + 18, "middle", words(axes.x_text, mark));
  }
  text((left + right) / 2, bottom + 36, "middle", axes.x_label);
  text(4, top - 3, "start", axes.y_label);
}

std::string path_of(const ChartSeries& series, const Scale& x, const Scale& y) {
  std::string out;
  double last = 0;
  for (const auto& [at_x, at_y] : series.points) {
    if (!x.takes(at_x) || !y.takes(at_y)) continue;
    double place = x_of(x, at_x), level = y_of(y, at_y);
    if (!out.empty() && series.stepped) out += fmt::format("L{:.1f} {:.1f}", place, last);
    out += fmt::format("{}{:.1f} {:.1f}", out.empty() ? 'M' : 'L', place, level);
    last = level;
  }
  return out;
}

}  // namespace

void line_chart(HtmlWriter& h, std::string_view label, std::span<const ChartSeries> series, const ChartAxes& axes) {
  Scale x{.log = axes.log_x}, y;
  for (const ChartSeries& one : series) {
    for (const auto& [at_x, at_y] : one.points) {
      if (!x.takes(at_x) || !y.takes(at_y)) continue;
      x.include(at_x);
      y.include(at_y);
    }
  }
  if (x.least > x.most) return;
  if (axes.y_from_zero) y.include(0);
  if (y.least == y.most) y.include(y.most + 1);
  h.el("svg",
       {cls("chart"), at("viewBox", fmt::format("0 0 800 {}", height)), at("role", "img"), at("aria-label", label),
        at("font-family", "sans-serif")},
       [&] {
         write_axes(h, x, y, axes);
         double key = left;
         for (const ChartSeries& one : series) {
           const Tone& tone = tone_of(one.tone);
           h.el("path",
                {cls("chart-line"), cls(tone.name), at("d", path_of(one, x, y)), at("fill", "none"),
                 at("stroke", tone.colour), at("stroke-width", 2), at("stroke-dasharray", tone.dash)},
                [] {});
           if (one.dots) {
             for (const auto& [at_x, at_y] : one.points) {
               if (!x.takes(at_x) || !y.takes(at_y)) continue;
               h.el("circle",
                    {cls("chart-dot"), cls(tone.name), at("cx", x_of(x, at_x)), at("cy", y_of(y, at_y)), at("r", 3),
                     at("fill", tone.colour)},
                    [&] {
                      h.el("title",
                           fmt::format("{}: {}, {}", one.label, words(axes.x_text, at_x), words(axes.y_text, at_y)));
                    });
             }
           }
           h.el("line",
                {cls("chart-line"), cls(tone.name), at("x1", key), at("x2", key + 24), at("y1", height - 9),
                 at("y2", height - 9), at("stroke", tone.colour), at("stroke-width", 2),
                 at("stroke-dasharray", tone.dash)},
                [] {});
           h.el("text",
                {cls("chart-text"), at("x", key + 30), at("y", height - 5), at("font-size", 11), at("fill", "#56616f")},
                one.label);
           key += 48 + 6.2 * static_cast<double>(one.label.size());
         }
       });
}

}  // namespace assay
