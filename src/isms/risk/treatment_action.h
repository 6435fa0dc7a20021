// One action of the plan.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Control;
struct Evidence;
struct Person;
struct Risk;
struct RiskTreatmentPlan;

enum class TreatmentActionStatus { planned, in_progress, done, cancelled };
template <>
inline constexpr auto choices_of<TreatmentActionStatus> = choices<TreatmentActionStatus>({
    choice<TreatmentActionStatus::planned>("Planned"),
    choice<TreatmentActionStatus::in_progress>("In progress"),
    choice<TreatmentActionStatus::done>("Done"),
    choice<TreatmentActionStatus::cancelled>("Cancelled"),
});

struct TreatmentAction {
  Id id;
  Ref<RiskTreatmentPlan> plan;
  Ref<Risk> risk;
  std::optional<Ref<Control>> control;
  std::string description;
  std::optional<Ref<Person>> owner;
  std::optional<std::string> resources;
  std::optional<Date> start_on;
  std::optional<Date> due_on;
  std::optional<Date> original_due_on;
  std::int64_t reschedules = 0;
  TreatmentActionStatus status{};
  std::optional<Date> completed_on;
  std::vector<Ref<Evidence>> evidence;
  std::optional<double> cost;
  std::vector<Ref<TreatmentAction>> depends_on;

  static const EntityDef& def();
  Problems validate() const;
  void derive(const Lookup& lookup);
};

}  // namespace assay
