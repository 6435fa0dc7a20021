// How the register developed: what the ledger tells of scores and states, as counts over time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/model/value.h"

namespace assay {

// One entry about one risk: what it set, nothing where it left it alone.
struct RiskEvent {
  Instant at;
  Id risk;
  std::optional<std::optional<double>> residual_score;  // set to a score, or to none
  std::optional<std::string> status;                    // name of the state
};

struct RiskTrendPoint {
  Date day;
  std::size_t open = 0;   // neither closed nor draft at the end of the day
  std::size_t above = 0;  // of these with a residual score above the threshold
  friend bool operator==(const RiskTrendPoint&, const RiskTrendPoint&) = default;
};

// One point for each day on which a count changed, oldest first. `events` in the order in which they happened. All days
// are measured by the same threshold, so that the curve shows the risks and not the method.
std::vector<RiskTrendPoint> risk_trend(std::span<const RiskEvent> events, double threshold);

}  // namespace assay
