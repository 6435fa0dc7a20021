#include "isms/risk/risk_trend.h"

#include <map>
#include <string_view>

namespace assay {
namespace {

struct RiskTrendState {
  std::optional<double> score;
  std::string_view status;
  bool open() const { return !status.empty() && status != "closed" && status != "draft"; }
};

}  // namespace

std::vector<RiskTrendPoint> risk_trend(std::span<const RiskEvent> events, double threshold) {
  std::map<std::string_view, RiskTrendState> risks;
  std::vector<RiskTrendPoint> out;
  std::size_t open = 0, above = 0;
  for (const RiskEvent& event : events) {
    RiskTrendState& risk = risks[event.risk];
    const auto count = [&](bool add) {
      if (!risk.open()) return;
      const std::size_t high = risk.score && *risk.score > threshold ? 1 : 0;
      open = add ? open + 1 : open - 1;
      above = add ? above + high : above - high;
    };
    count(false);
    if (event.residual_score) risk.score = *event.residual_score;
    if (event.status) risk.status = *event.status;
    count(true);
    const Date day = event.at.day();
    if (!out.empty() && out.back().day == day) {
      out.back() = {day, open, above};
    } else if (out.empty() || out.back().open != open || out.back().above != above) {
      out.push_back({day, open, above});
    }
  }
  return out;
}

}  // namespace assay
