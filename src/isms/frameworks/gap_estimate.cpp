#include "isms/frameworks/gap_estimate.h"

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

// The band of maturity below which a factor holds, from little to mature.
struct MaturityBand {
  double below, factor;
};
constexpr MaturityBand bands[] = {{0.20, 1.0}, {0.40, 0.8}, {0.60, 0.6}, {0.80, 0.4}, {2.0, 0.25}};
// Beyond the ends of the table: as far again as the neighbouring step in proportion.
constexpr double factor_below_all = 1.2, factor_above_all = 0.2;

std::size_t band_of(double maturity) {
  std::size_t band = 0;
  // Exactly 80 % still belongs to the band up to 80 %.
  while (band + 1 < std::size(bands) && (band == 3 ? maturity > bands[band].below : maturity >= bands[band].below))
    ++band;
  return band;
}

// Months to the certificate at P10, P50, P90: little, some, mature.
struct MonthsRow {
  double up_to;
  EstimateRange by_maturity[3];
};
constexpr MonthsRow months_table[] = {{25, {{5, 7, 10}, {4, 5, 8}, {3, 4, 6}}},
                                      {100, {{7, 10, 14}, {6, 8, 11}, {4, 5.5, 8}}},
                                      {250, {{9, 12, 17}, {7, 9.5, 13}, {5, 7, 9}}},
                                      {1000, {{11, 15, 20}, {9, 12, 16}, {6, 9, 12}}},
                                      {1e12, {{14, 18, 26}, {12, 15, 20}, {8, 11, 15}}}};

EstimateRange scaled(const EstimateRange& range, double by) {
  return {range.low * by, range.likely * by, range.high * by};
}
EstimateRange times(const EstimateRange& a, const EstimateRange& b) {
  return {a.low * b.low, a.likely * b.likely, a.high * b.high};
}

EstimateRange months_of(const GapEstimateBasis& basis) {
  std::size_t column = basis.maturity < 0.20 ? 0 : basis.maturity <= 0.60 ? 1 : 2;
  const auto* row =
      std::ranges::find_if(months_table, [&](const MonthsRow& each) { return basis.persons <= each.up_to; });
  return scaled(row->by_maturity[column],
                std::pow(1.1, basis.further_site_groups) * (basis.operational_technology ? 1.15 : 1.0));
}

}  // namespace

double maturity_factor(double maturity) { return bands[band_of(maturity)].factor; }

double build_effort(double persons, double factor) { return 30 * std::sqrt(std::max(persons, 0.0)) * factor; }

GapEstimate gap_estimate(const GapEstimateBasis& basis) {
  std::size_t band = band_of(basis.maturity);
  double low = band + 1 < std::size(bands) ? bands[band + 1].factor : factor_above_all;
  double high = band > 0 ? bands[band - 1].factor : factor_below_all;
  double circumstances = std::pow(1.15, basis.further_site_groups) * (basis.operational_technology ? 1.2 : 1.0) *
                         (basis.automation ? 0.8 : 1.0);
  GapEstimate out;
  out.build_days = scaled({build_effort(basis.persons, low), build_effort(basis.persons, bands[band].factor),
                           build_effort(basis.persons, high)},
                          circumstances);
  out.run_days =
      0.35 * build_effort(basis.persons, bands[4].factor) * circumstances + 8 * std::sqrt(std::max(basis.persons, 0.0));
  out.own_cost = times(out.build_days, {350, 500, 750});
  out.consultancy_days = scaled({0.06, 0.10, 0.13}, out.build_days.likely);
  out.consultancy_cost = times(out.consultancy_days, {900, 1200, 1600});
  out.tooling_a_year = scaled({15'000, 22'500, 30'000}, std::sqrt(std::max(basis.persons, 0.0) / 120));
  out.months = months_of(basis);
  return out;
}

}  // namespace assay
