#include "isms/loss/loss_estimate.h"

#include <fmt/format.h>

#include <cmath>

#include "isms/organisation/person.h"
#include "isms/risk/risk.h"

namespace assay {
namespace {

constexpr double most_frequency = 10'000, most_loss = 1e12, widest_range = 10'000;

// The three figures of one range, with the names of their fields.
struct TypedRange {
  std::string_view low_field, likely_field, high_field;
  std::optional<double> low, likely, high;
  RangeModel model;
  double most;
  std::string_view too_much;  // what lies above `most`, in words
};

std::string loss_figure(double value) { return fmt::format("{}", value); }

void refuse_unusable(Problems& problems, std::string_view field, const std::optional<double>& value,
                     const TypedRange& range) {
  if (!value) return problems.push_back({std::string(field), "is required by this way of estimating", ""});
  if (!std::isfinite(*value) || *value < 0)
    return problems.push_back({std::string(field), "must be 0 or above", loss_figure(*value)});
  if (*value > range.most) problems.push_back({std::string(field), std::string(range.too_much), loss_figure(*value)});
}

void refuse_unused(Problems& problems, std::string_view field, const std::optional<double>& value) {
  if (value)
    problems.push_back(
        {std::string(field), "is not used by this way of estimating: leave it empty", loss_figure(*value)});
}

void check_range(Problems& problems, const TypedRange& range) {
  const std::size_t before = problems.size();
  const bool known = range.model == RangeModel::fixed, bell = range.model == RangeModel::lognormal;
  auto check = [&](bool used, std::string_view field, const std::optional<double>& value) {
    used ? refuse_unusable(problems, field, value, range) : refuse_unused(problems, field, value);
  };
  check(!known, range.low_field, range.low);
  check(!bell, range.likely_field, range.likely);
  check(!known, range.high_field, range.high);
  if (problems.size() > before) return;
  auto refuse = [&](std::string_view field, std::string message, double value) {
    problems.push_back({std::string(field), std::move(message), loss_figure(value)});
  };
  if (known) {
    if (*range.likely == 0)
      refuse(range.likely_field, "must be above 0: a risk that never happens needs no estimate", 0);
    return;
  }
  if (*range.high <= *range.low) {
    return refuse(range.high_field,
                  *range.high < *range.low
                      ? "must be above the low end"
                      : "must be above the low end: a range without width says that nothing is uncertain",
                  *range.high);
  }
  if (!bell && *range.likely < *range.low)
    return refuse(range.likely_field, "must not be below the low end", *range.likely);
  if (!bell && *range.likely > *range.high)
    return refuse(range.likely_field, "must not be above the high end", *range.likely);
  if (!bell) return;
  if (*range.low == 0)
    return refuse(range.low_field,
                  "must be above 0 for a range of this kind; choose the other one when nothing at all is possible", 0);
  if (*range.high / *range.low > widest_range) {
    refuse(range.high_field,
           fmt::format("is more than {:.0f} times the low end: split the risk into scenarios that can be estimated",
                       widest_range),
           *range.high);
  }
}

TypedRange frequency_of(const LossEstimate& estimate) {
  RangeModel model = estimate.frequency_model == LossFrequencyModel::pert      ? RangeModel::pert
                     : estimate.frequency_model == LossFrequencyModel::poisson ? RangeModel::fixed
                                                                               : RangeModel::lognormal;
  return {"frequency_low",
          "frequency_likely",
          "frequency_high",
          estimate.frequency_low,
          estimate.frequency_likely,
          estimate.frequency_high,
          model,
          most_frequency,
          "must not be above 10,000 events a year: estimate groups of them as one event"};
}

TypedRange loss_of(const LossEstimate& estimate) {
  RangeModel model = estimate.loss_model == LossSizeModel::pert ? RangeModel::pert : RangeModel::lognormal;
  return {"loss_low",
          "loss_likely",
          "loss_high",
          estimate.loss_low,
          estimate.loss_likely,
          estimate.loss_high,
          model,
          most_loss,
          "must not be above 1,000,000,000,000; give the loss in units of the currency"};
}

LossRange range_of(const TypedRange& typed) {
  return {typed.model, typed.low.value_or(0), typed.likely.value_or(0), typed.high.value_or(0)};
}

}  // namespace

const EntityDef& LossEstimate::def() {
  static constexpr FieldDef fields[] = {
      field<&LossEstimate::risk>({.label = "Risk", .title = true, .in_list = true}),
      field<&LossEstimate::situation>(
          {.label = "Situation", .help = "What is in place in the years that are estimated.", .in_list = true}),
      field<&LossEstimate::frequency_model>(
          {.label = "How often: way of estimating", .help = "How the figures below are read."}),
      field<&LossEstimate::frequency_low>(
          {.label = "How often: low end", .help = "Events a year; 0.1 is once in ten years.", .example = "0.1"}),
      field<&LossEstimate::frequency_likely>(
          {.label = "How often: most likely", .help = "Events a year, or the known rate.", .example = "0.3"}),
      field<&LossEstimate::frequency_high>(
          {.label = "How often: high end", .help = "Events a year; 2 is twice a year.", .example = "2"}),
      field<&LossEstimate::loss_model>(
          {.label = "Loss of one event: way of estimating", .help = "How the figures below are read."}),
      field<&LossEstimate::loss_low>({.label = "Loss of one event: low end",
                                      .help = "In the currency of the loss tolerance.",
                                      .example = "20000"}),
      field<&LossEstimate::loss_likely>({.label = "Loss of one event: most likely",
                                         .help = "In the currency of the loss tolerance.",
                                         .example = "60000"}),
      field<&LossEstimate::loss_high>({.label = "Loss of one event: high end",
                                       .help = "In the currency of the loss tolerance.",
                                       .example = "400000"}),
      field<&LossEstimate::yearly_cost>(
          {.label = "Yearly cost of the controls",
           .help = "What the plan adds a year: running cost, work, and the purchase spread over its life.",
           .example = "12000",
           .least = 0,
           .most = most_loss}),
      field<&LossEstimate::rationale>(
          {.label = "Where the figures come from",
           .help = "Own incidents, invoices, reports of the sector, who was asked.",
           .example =
               "Two events in six years; the last one cost four days of production. Finance gave the cost of a day.",
           .multiline = true}),
      field<&LossEstimate::estimated_by>({.label = "Estimated by", .in_list = true}),
      field<&LossEstimate::estimated_on>({.label = "Estimated on", .in_list = true}),
  };
  static constexpr EntityDef def = entity<LossEstimate>(
      {
          .name = "loss_estimate",
          .label = "Loss estimate",
          .plural = "Loss estimates",
          .help = "How often a risk may happen in a year and what one event may cost, as ranges, so that losses can be "
                  "simulated. A way to meet clause 6.1.2 d with figures where levels say too little.",
          .clause = "6.1.2 d",
          .example = "Ransomware, with today's controls: between once in ten years and once in two; one event costs "
                     "between 40,000 and 600,000.",
          .phase = Phase::risk,
          .access = AccessClass::risk,
          .prefix = "LE",
          .parent = "risk",
          .unique_together = "risk situation",
          .holder = "estimated_by",
          .default_sort = "-estimated_on",
      },
      fields);
  return def;
}

Problems LossEstimate::validate() const {
  Problems problems;
  check_range(problems, frequency_of(*this));
  check_range(problems, loss_of(*this));
  if (yearly_cost && situation == LossSituation::now) {
    problems.push_back({"yearly_cost", "belongs to the estimate with the plan carried out", loss_figure(*yearly_cost)});
  }
  return problems;
}

std::optional<LossScenario> LossEstimate::scenario() const {
  if (!validate().empty()) return std::nullopt;
  return LossScenario{risk.id, range_of(frequency_of(*this)), range_of(loss_of(*this))};
}

}  // namespace assay
