// Curves over a common pair of axes, drawn as SVG that reads the same on the screen and on paper.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "web/html.h"

namespace assay {

struct ChartSeries {
  std::string label;
  std::string tone = "first";                     // "first", "second", "third", "limit" (dashed)
  std::vector<std::pair<double, double>> points;  // by growing x
  bool stepped = false;                           // the value holds until the next point
  bool dots = false;                              // each point is marked
};

struct ChartAxes {
  std::string x_label, y_label;
  // How values are written; empty: three digits that matter.
  std::function<std::string(double)> x_text = {}, y_text = {};
  bool log_x = false;  // points at or below 0 are left out then
  bool y_from_zero = true;
};

// `label` names the picture for those who do not see it; the page gives the same numbers as a table beside it. Nothing
// is drawn when there are no points.
void line_chart(HtmlWriter& h, std::string_view label, std::span<const ChartSeries> series, const ChartAxes& axes);

}  // namespace assay
