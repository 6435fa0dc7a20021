// What a risk may cost in a year, as ranges, with today's controls or with the plan carried out (quantitative analysis,
// ISO/IEC 27005).
#pragma once

#include "isms/loss/loss_model.h"
#include "kernel/model/entity.h"

namespace assay {

struct Person;
struct Risk;

enum class LossSituation { now, planned };
template <>
inline constexpr auto choices_of<LossSituation> = choices<LossSituation>({
    choice<LossSituation::now>("With today's controls"),
    choice<LossSituation::planned>("With the plan carried out"),
});

enum class LossFrequencyModel { pert, poisson, range_90 };
template <>
inline constexpr auto choices_of<LossFrequencyModel> = choices<LossFrequencyModel>({
    choice<LossFrequencyModel::pert>("Least, likely and greatest rate"),
    choice<LossFrequencyModel::poisson>("One known rate"),
    choice<LossFrequencyModel::range_90>("Range that holds nine in ten"),
});

enum class LossSizeModel { range_90, pert };
template <>
inline constexpr auto choices_of<LossSizeModel> = choices<LossSizeModel>({
    choice<LossSizeModel::range_90>("Range that holds nine in ten"),
    choice<LossSizeModel::pert>("Least, likely and greatest loss"),
});

struct LossEstimate {
  Id id;
  Ref<Risk> risk;
  LossSituation situation{};
  LossFrequencyModel frequency_model{};
  std::optional<double> frequency_low;
  std::optional<double> frequency_likely;
  std::optional<double> frequency_high;
  LossSizeModel loss_model{};
  std::optional<double> loss_low;
  std::optional<double> loss_likely;
  std::optional<double> loss_high;
  std::optional<double> yearly_cost;
  std::string rationale;
  std::optional<Ref<Person>> estimated_by;
  Date estimated_on;

  static const EntityDef& def();
  Problems validate() const;

  // For the simulation. Nothing when the figures do not make a range (imported data may be incomplete).
  std::optional<LossScenario> scenario() const;
};

}  // namespace assay
