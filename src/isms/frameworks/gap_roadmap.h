// The order and the dates in which the gaps are closed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "isms/frameworks/gap_item.h"

namespace assay {

// Who works on it. What is not positive counts as one person, or as two and a half days a week.
struct RoadmapCapacity {
  Date from;
  double persons = 1;
  double days_a_week = 2.5;
};

struct RoadmapStep {
  const GapItem* item = nullptr;   // into the items that were given
  std::string key;                 // "6.1.2", "A.8.13"
  GapItemRiskSeverity severity{};  // its own, or that of what waits for it when that is higher
  bool inherited = false;
  double effort_days = 0;
  bool assumed = false;     // nobody estimated the effort: it follows from complexity and result
  Date from = {}, to = {};  // `to` is the target date where a person set one
  Date by_capacity = {};    // when the capacity would have it done
  bool promised = false;    // a person set the target date, not an earlier roadmap
  bool tight() const { return promised && by_capacity > to; }
  std::vector<std::size_t> after = {};  // positions of the steps that it waits for
};

struct Roadmap {
  std::vector<RoadmapStep> steps;  // in the order of work: position + 1 is the rank
  std::vector<std::string> cycle;  // keys that wait for each other, in a circle; empty as it should be
  double effort_days = 0;
  Date ends_on;  // of the last step; the first day when there are none
};

// One sentence for the pages and papers that show the roadmap.
inline constexpr std::string_view roadmap_rule =
    "What a step depends on comes first. Among the steps that can begin, the higher severity comes first, then the "
    "lower complexity, then the number in the "
    "standard. A step counts as severe as the most severe step that waits for it; severity and complexity that nobody "
    "judged count as medium.";

// Person-days taken where nobody estimated: by complexity, half of it where the requirement is partly met already.
double assumed_effort(const GapItem& item);

// Each step is worked on by one person at a time; as many run side by side as there are persons. Days are calendar
// days.
Roadmap gap_roadmap(std::span<const GapItem> items, const RoadmapCapacity& capacity);

// The circle that would arise if the item of `key` waited for those of `depends_on`, as the keys along it with the
// first again at the end; empty when there is none.
std::vector<std::string> dependency_circle(std::span<const GapItem> items, std::string_view key,
                                           std::span<const std::string> depends_on);

}  // namespace assay
