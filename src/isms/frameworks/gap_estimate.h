// What closing the gaps takes: own work, consultancy, tools and time, each as low, likely and high.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct EstimateRange {
  double low = 0, likely = 0, high = 0;
};

// What the estimate rests on; all of it is shown beside the result.
struct GapEstimateBasis {
  double persons = 0;           // who work in the scope
  double maturity = 0;          // share of the requirements that are met, 0 to 1
  int further_site_groups = 0;  // groups of sites with different activities, beyond the first
  bool operational_technology = false;
  bool automation = false;  // a machine collects evidence already
};

struct GapEstimate {
  EstimateRange build_days;  // person-days until certification
  double run_days = 0;       // person-days a year afterwards
  EstimateRange own_cost;    // of build_days, in EUR
  EstimateRange consultancy_days, consultancy_cost;
  EstimateRange tooling_a_year;  // in EUR
  EstimateRange months;          // from kick-off to the certificate: P10, P50, P90
};

// The factor of internal effort by maturity.
double maturity_factor(double maturity);
// Person-days: 30 √persons × factor. The core of the estimate, without sites, OT and automation.
double build_effort(double persons, double factor);
GapEstimate gap_estimate(const GapEstimateBasis& basis);

// How each figure comes about, for people.
struct EstimateNote {
  std::string_view figure, formula, source;
};
inline constexpr EstimateNote estimate_notes[] = {
    {"Own effort",
     "30 × √persons × g, with g = 1.0 below 20 % of the requirements met, 0.8 below 40 %, 0.6 below 60 %, 0.4 up to 80 "
     "%, 0.25 above; × 1.15 for each further group of "
     "sites, × 1.2 with plant technology (OT), × 0.8 where a machine collects evidence. Low and high: g of the next "
     "band.",
     "Expert estimate; check it against the sum of your own estimates of the gaps."},
    {"Running it", "0.35 × the own effort above 80 % met + 8 × √persons, person-days a year.", "Expert estimate."},
    {"Cost of own effort", "Person-days × EUR 350 / 500 / 750 loaded day cost.",
     "Expert estimate; use your own day cost."},
    {"Consultancy", "6 / 10 / 13 % of the own effort, at EUR 900 / 1,200 / 1,600 a day.",
     "Derived from 20 to 40 days at about 310 person-days; expert estimate of the rates."},
    {"Tools a year", "EUR 15,000 / 22,500 / 30,000 at 120 persons, by √persons.",
     "Expert estimate: platform, training, penetration test, remediation technology."},
    {"Months to the certificate",
     "A table by persons and maturity; × 1.1 for each further group of sites, × 1.15 with OT.",
     "Expert estimate calibrated on published experience of certified organisations; P10, P50 and P90."},
};

}  // namespace assay
