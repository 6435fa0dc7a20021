#include "web/charts/heatmap.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {
namespace {

constexpr double head = 6, foot = 34;

struct Tone {
  std::string_view name, fill;
};
// Colours for paper; on the screen the classes of charts.css and work.css go over them.
constexpr std::array tones{Tone{"good", "#d3eedb"}, Tone{"fair", "#faeebf"}, Tone{"warn", "#fbdcc0"},
                           Tone{"bad", "#f6c8c8"}, Tone{"none", "#eef1f5"}};

const Tone& tone_of(std::string_view name) {
  auto found = std::ranges::find(tones, name, &Tone::name);
  return found == tones.end() ? tones.back() : *found;
}

// Where things lie; grids of many levels get smaller cells.
struct Grid {
  std::size_t rows, columns;
  double left, width, height;

  explicit Grid(const Heatmap& map) : rows(map.rows.size()), columns(map.columns.size()) {
    left = 40;
    width = std::clamp(300.0 / static_cast<double>(columns), 14.0, 60.0);
    height = std::clamp(230.0 / static_cast<double>(rows), 12.0, 46.0);
  }
  double x(std::size_t column) const { return left + width * static_cast<double>(column); }
  double y(std::size_t row) const { return head + height * static_cast<double>(rows - 1 - row); }
  double middle_x(std::size_t column) const { return x(column) + width / 2; }
  double middle_y(std::size_t row) const { return y(row) + height / 2; }
  double right() const { return x(columns); }
  double bottom() const { return head + height * static_cast<double>(rows); }
};

void write_text(HtmlWriter& h, double x, double y, double size, std::string_view words) {
  h.el("text",
       {cls("chart-text"), at("x", x), at("y", y), at("text-anchor", "middle"), at("font-size", size),
        at("fill", "#56616f")},
       words);
}

void write_axes(HtmlWriter& h, const Heatmap& map, const Grid& grid) {
  for (std::size_t row = 0; row < grid.rows; ++row)
    write_text(h, grid.left - 10, grid.middle_y(row) + 4, 11, map.rows[row]);
  for (std::size_t column = 0; column < grid.columns; ++column)
    write_text(h, grid.middle_x(column), grid.bottom() + 14, 11, map.columns[column]);
  write_text(h, (grid.left + grid.right()) / 2, grid.bottom() + 29, 11, map.column_label);
  double middle = (head + grid.bottom()) / 2;
  h.el("text",
       {cls("chart-text"), at("x", 12), at("y", middle), at("text-anchor", "middle"), at("font-size", 11),
        at("fill", "#56616f"), at("transform", fmt::format("rotate(-90 12 {:.1f})", middle))},
       map.row_label);
}

void write_cell(HtmlWriter& h, const HeatCell& cell, double x, double y, const Grid& grid) {
  const Tone& tone = tone_of(cell.tone);
  auto box = [&] {
    h.el("rect",
         {cls("heat-cell"), cls(tone.name), at("x", x + 0.5), at("y", y + 0.5), at("width", grid.width - 1),
          at("height", grid.height - 1), at("rx", 2), at("fill", tone.fill)},
         [&] {
           if (!cell.words.empty()) h.el("title", cell.words);
         });
    if (cell.count == 0) return;
    h.el("text",
         {cls("heat-count"), at("x", x + grid.width / 2), at("y", y + grid.height / 2 + 5), at("text-anchor", "middle"),
          at("font-size", grid.width < 30 ? 10 : 15), at("font-weight", "bold"), at("fill", "#16202c")},
         static_cast<std::int64_t>(cell.count));
  };
  if (cell.url.empty() || cell.count == 0) return box();
  h.el("a", {at("href", cell.url), at_if(!cell.words.empty(), "aria-label", cell.words)}, box);
}

// Between every two neighbours of which one is above the threshold and one is not.
void write_threshold(HtmlWriter& h, const Heatmap& map, const Grid& grid) {
  std::string path;
  auto above = [&](std::size_t row, std::size_t column) { return map.cells[row * grid.columns + column].above; };
  for (std::size_t row = 0; row < grid.rows; ++row) {
    for (std::size_t column = 0; column < grid.columns; ++column) {
      if (column + 1 < grid.columns && above(row, column) != above(row, column + 1))
        path += fmt::format("M{:.1f} {:.1f}v{:.1f}", grid.x(column + 1), grid.y(row), grid.height);
      if (row + 1 < grid.rows && above(row, column) != above(row + 1, column))
        path += fmt::format("M{:.1f} {:.1f}h{:.1f}", grid.x(column), grid.y(row), grid.width);
    }
  }
  if (path.empty()) return;
  h.el("path",
       {cls("heat-threshold"), at("d", path), at("fill", "none"), at("stroke", "#14202f"), at("stroke-width", 2.5),
        at("stroke-linecap", "round")},
       [&] { h.el("title", "Acceptance threshold"); });
}

void write_arrow(HtmlWriter& h, const HeatArrow& arrow, const Grid& grid, std::size_t most) {
  double x1 = grid.middle_x(arrow.from_column), y1 = grid.middle_y(arrow.from_row), x2 = grid.middle_x(arrow.to_column),
         y2 = grid.middle_y(arrow.to_row);
  double length = std::hypot(x2 - x1, y2 - y1);
  if (length < 1) return;
  double ux = (x2 - x1) / length, uy = (y2 - y1) / length;
  double weight = 1.2 + 3.3 * static_cast<double>(arrow.count) / static_cast<double>(std::max<std::size_t>(most, 1));
  bool down = arrow.to_row + arrow.to_column <= arrow.from_row + arrow.from_column;
  std::string_view tone = down ? "third" : "limit", colour = down ? "#2b8a4b" : "#9c1c1c";
  double tip = 4 + weight * 1.6, ex = x2 - ux * tip, ey = y2 - uy * tip;
  h.el("path",
       {cls("chart-line"), cls(tone), at("d", fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", x1, y1, ex, ey)),
        at("fill", "none"), at("stroke", colour), at("stroke-width", weight), at("opacity", 0.8)},
       [] {});
  double side = 2 + weight;
  h.el("path",
       {cls("chart-dot"), cls(tone),
        at("d", fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}z", x2, y2, ex - uy * side, ey + ux * side,
                            ex + uy * side, ey - ux * side)),
        at("fill", colour), at("opacity", 0.9)},
       [] {});
  h.el("circle", {cls("chart-dot"), cls(tone), at("cx", x1), at("cy", y1), at("r", 2.5), at("fill", colour)}, [] {});
}

}  // namespace

void heatmap(HtmlWriter& h, const Heatmap& map) {
  if (map.cells.empty() || map.cells.size() != map.rows.size() * map.columns.size()) return;
  Grid grid(map);
  double width = grid.right() + 6, height = grid.bottom() + foot;
  double share = map.width > 0 ? map.width / width : 1;
  // Not "img": the cells are links.
  h.el(
      "svg",
      {cls("heatmap"), at("viewBox", fmt::format("0 0 {:.1f} {:.1f}", width, height)), at("width", width * share),
       at("height", height * share), at("role", "group"), at("aria-label", map.label), at("font-family", "sans-serif")},
      [&] {
        write_axes(h, map, grid);
        for (std::size_t row = 0; row < grid.rows; ++row) {
          for (std::size_t column = 0; column < grid.columns; ++column)
            write_cell(h, map.cells[row * grid.columns + column], grid.x(column), grid.y(row), grid);
        }
        write_threshold(h, map, grid);
        std::size_t most = 0;
        for (const HeatArrow& arrow : map.arrows) most = std::max(most, arrow.count);
        for (const HeatArrow& arrow : map.arrows) write_arrow(h, arrow, grid, most);
      });
}

}  // namespace assay
