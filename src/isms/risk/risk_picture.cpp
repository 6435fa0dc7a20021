#include "isms/risk/risk_picture.h"

#include <algorithm>

#include "isms/record_checks.h"

namespace assay {
namespace {

using RiskMoves = std::map<std::pair<RiskPlace, RiskPlace>, std::size_t>;

std::vector<RiskPicture::Move> risk_moves_by_weight(const RiskMoves& moves) {
  std::vector<RiskPicture::Move> out;
  for (const auto& [ends, risks] : moves) out.push_back({ends.first, ends.second, risks});
  std::ranges::stable_sort(out, std::ranges::greater(), &RiskPicture::Move::risks);
  return out;
}

double risk_weight_now(const Risk& risk) { return risk.residual_score.value_or(risk.inherent_score.value_or(-1)); }

void risk_count(RiskPicture::View& view, const Risk& risk, RiskView which, const RiskScale& scale) {
  if (const auto score = score_of(risk, which)) {
    view.above += scale.is_above_threshold(*score).value_or(false) ? 1 : 0;
    ++view.bands[static_cast<std::size_t>(&scale.band(*score) - scale.bands.data())];
  }
  const auto place = place_of(risk, which);
  if (!place) {
    ++view.unplaced;
  } else if (!scale.method.likelihood_on_scale(place->likelihood) || !scale.method.impact_on_scale(place->impact)) {
    ++view.off_scale;
  } else {
    ++view.placed;
    ++view.cells[*place];
  }
}

}  // namespace

std::optional<RiskPlace> place_of(const Risk& risk, RiskView view) {
  const auto place = [](const std::optional<std::int64_t>& likelihood,
                        const std::optional<std::int64_t>& impact) -> std::optional<RiskPlace> {
    if (!likelihood || !impact) return std::nullopt;
    return RiskPlace{*likelihood, *impact};
  };
  if (view == RiskView::inherent) return place(risk.inherent_likelihood, risk.inherent_impact);
  if (view == RiskView::residual) return place(risk.residual_likelihood, risk.residual_impact);
  return place(risk.target_likelihood, risk.target_impact);
}

std::optional<double> score_of(const Risk& risk, RiskView view) {
  if (view == RiskView::inherent) return risk.inherent_score;
  return view == RiskView::residual ? risk.residual_score : risk.target_score;
}

RiskPicture draw_risks(std::span<const Risk> risks, const RiskScale& scale, std::size_t most_top) {
  RiskPicture out;
  out.risks = risks.size();
  for (auto& view : out.views) view.bands.resize(scale.bands.size());
  RiskMoves treated, planned;
  for (const Risk& risk : risks) {
    for (const RiskView view : risk_views) risk_count(out.views[static_cast<std::size_t>(view)], risk, view, scale);
    const std::string& method = checks::id_of(risk.methodology);
    if (!method.empty() && method != scale.method.id) ++out.other_method;
    const auto inherent = place_of(risk, RiskView::inherent), residual = place_of(risk, RiskView::residual),
               target = place_of(risk, RiskView::target);
    if (inherent && residual) {
      if (*inherent == *residual) ++out.unmoved;
      else ++treated[{*inherent, *residual}];
    }
    if (residual && target && *residual != *target) ++planned[{*residual, *target}];
    if (risk_weight_now(risk) >= 0) out.top.push_back(&risk);
  }
  const auto heavier = [](const Risk* a, const Risk* b) {
    return std::pair(-risk_weight_now(*a), std::string_view(a->id)) <
           std::pair(-risk_weight_now(*b), std::string_view(b->id));
  };
  const std::size_t kept = std::min(most_top, out.top.size());
  std::ranges::partial_sort(out.top, out.top.begin() + static_cast<std::ptrdiff_t>(kept), heavier);
  out.top.resize(kept);
  out.treated = risk_moves_by_weight(treated);
  out.planned = risk_moves_by_weight(planned);
  return out;
}

}  // namespace assay
