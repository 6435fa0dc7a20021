// Likelihood by impact as a grid of counts, with bands and the line of the threshold. Drawn as SVG that reads the same
// on the screen and on paper.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "web/html.h"

namespace assay {

struct HeatCell {
  std::size_t count = 0;      // 0 is left blank
  std::string tone = "good";  // "good", "fair", "warn", "bad"; anything else is grey
  bool above = false;         // beyond the threshold: the line runs between cells that differ
  std::string url = {};       // empty: no link
  std::string words = {};     // for those who do not see it: "3 risks, likelihood 4, impact 5, score 20"
};

// From one cell to another, by positions in the grid.
struct HeatArrow {
  std::size_t from_row = 0, from_column = 0, to_row = 0, to_column = 0;
  std::size_t count = 0;
};

struct Heatmap {
  std::string label;  // of the picture, for those who do not see it
  std::string row_label = "Likelihood", column_label = "Impact";
  std::vector<std::string> rows, columns;  // short names of the levels, lowest first
  std::vector<HeatCell> cells;             // row by row, rows.size() * columns.size() of them
  std::vector<HeatArrow> arrows = {};      // drawn over the cells
  double width = 0;                        // on paper, in pixels; 0: as wide as the grid asks for
};

// The lowest row is at the bottom. Nothing is drawn without cells, or when their number does not fit.
void heatmap(HtmlWriter& h, const Heatmap& map);

}  // namespace assay
