// How far each input moves a result, the widest first: bars to both sides of what is expected. Drawn as SVG that reads
// the same on the screen and on paper.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "web/html.h"

namespace assay {

struct TornadoBar {
  std::string label;         // short: it is cut at about 38 characters
  double low = 0, high = 0;  // the result with the input at its low and at its high end
  std::string note = {};     // shown when pointed at
};

// `label` names the picture for those who do not see it; the page gives the same numbers as a table beside it. Nothing
// is drawn without bars.
void tornado_chart(HtmlWriter& h, std::string_view label, std::span<const TornadoBar> bars, double expected,
                   const std::function<std::string(double)>& text);

}  // namespace assay
