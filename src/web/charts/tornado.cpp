#include "web/charts/tornado.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace assay {
namespace {

constexpr double left = 270, right = 770, row = 30, top = 26;
constexpr std::string_view low_colour = "#2b8a4b", high_colour = "#c2410c", quiet = "#56616f";

}  // namespace

void tornado_chart(HtmlWriter& h, std::string_view label, std::span<const TornadoBar> bars, double expected,
                   const std::function<std::string(double)>& text) {
  if (bars.empty()) return;
  double least = expected, most = expected;
  for (const TornadoBar& bar : bars) {
    least = std::min({least, bar.low, bar.high});
    most = std::max({most, bar.low, bar.high});
  }
  if (most <= least) most = least + 1;
  auto x_of = [&](double value) { return left + (right - left) * (value - least) / (most - least); };
  const double bottom = top + row * static_cast<double>(bars.size());
  h.el("svg",
       {cls("chart"), at("viewBox", fmt::format("0 0 800 {}", bottom + 24)), at("role", "img"), at("aria-label", label),
        at("font-family", "sans-serif")},
       [&] {
         auto words = [&](double x, double y, std::string_view anchor, std::string_view what) {
           h.el("text",
                {cls("chart-text"), at("x", x), at("y", y), at("text-anchor", anchor), at("font-size", 11),
                 at("fill", quiet)},
                what);
         };
         words(x_of(expected), 14, x_of(expected) > 700 ? "end" : "middle", "expected " + text(expected));
         h.el("line",
              {cls("chart-grid"), at("x1", x_of(expected)), at("x2", x_of(expected)), at("y1", top - 6),
               at("y2", bottom), at("stroke", quiet)},
              [] {});
         double y = top;
         for (const TornadoBar& bar : bars) {
           words(left - 8, y + 16, "end", shorten(bar.label, 44));
           auto half = [&](double value, std::string_view tone, std::string_view colour) {
             const double from = std::min(x_of(value), x_of(expected)), to = std::max(x_of(value), x_of(expected));
             h.el("rect",
                  {cls("tornado-bar"), cls(tone), at("x", from), at("y", y + 4), at("width", std::max(1.0, to - from)),
                   at("height", row - 11), at("fill", colour)},
                  [&] { h.el("title", bar.note.empty() ? bar.label : bar.note); });
           };
           half(bar.low, "low", low_colour);
           half(bar.high, "high", high_colour);
           y += row;
         }
         words(left, bottom + 16, "start", text(least));
         words(right, bottom + 16, "end", text(most));
       });
}

}  // namespace assay
