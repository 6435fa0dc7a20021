// The register as one picture: where the risks lie on the scales, how they move, which weigh most. One pass over the
// risks.
#pragma once

#include <array>
#include <map>
#include <span>
#include <vector>

#include "isms/risk/risk.h"
#include "isms/risk/risk_scale.h"

namespace assay {

// Without controls, with those that operate today, once the treatment is done.
enum class RiskView { inherent, residual, target };
inline constexpr std::array risk_views{RiskView::inherent, RiskView::residual, RiskView::target};

struct RiskPlace {
  std::int64_t likelihood = 0, impact = 0;
  friend auto operator<=>(const RiskPlace&, const RiskPlace&) = default;
};

// Where a risk lies; nothing where a level is missing. A target without levels has no place, though it may have a
// score.
std::optional<RiskPlace> place_of(const Risk& risk, RiskView view);
std::optional<double> score_of(const Risk& risk, RiskView view);

struct RiskPicture {
  struct View {
    std::map<RiskPlace, std::size_t> cells;  // risks on the scale of the method
    std::size_t placed = 0;
    std::size_t unplaced = 0;        // a level is missing
    std::size_t off_scale = 0;       // scored on another scale
    std::size_t above = 0;           // scores above the threshold, placed or not
    std::vector<std::size_t> bands;  // scores by band of the method
  };
  struct Move {
    RiskPlace from, to;
    std::size_t risks = 0;
  };

  std::array<View, 3> views;
  std::size_t risks = 0;
  std::size_t other_method = 0;  // scored by another version of the method
  // Inherent to residual, residual to target; most risks first, those that stay left out.
  std::vector<Move> treated, planned;
  std::size_t unmoved = 0;       // residual lies where inherent does
  std::vector<const Risk*> top;  // highest residual (else inherent) score first

  const View& of(RiskView view) const { return views[static_cast<std::size_t>(view)]; }
};

// Points into `risks`.
RiskPicture draw_risks(std::span<const Risk> risks, const RiskScale& scale, std::size_t most_top);

}  // namespace assay
