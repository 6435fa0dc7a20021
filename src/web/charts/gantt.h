// Work over time as bars with their dependencies. Drawn as SVG that reads the same on the screen and on paper.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "web/html.h"

namespace assay {

struct GanttBar {
  std::string label;                    // short: it is cut at about 34 characters
  std::string url = {};                 // empty: no link
  Date from, to;                        // to >= from; a bar of one day is drawn as a mark
  std::string tone = "planned";         // "planned", "running", "done", "late", "milestone"
  std::string note = {};                // shown when pointed at, with the dates
  std::vector<std::size_t> after = {};  // positions of the bars that must end before this one begins
};

// `label` names the picture for those who do not see it; the page gives the same facts as a list or table beside it.
// Nothing is drawn without bars.
void gantt(HtmlWriter& h, std::string_view label, std::span<const GanttBar> bars, Date today);

}  // namespace assay
