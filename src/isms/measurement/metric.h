// What is monitored and measured (9.1).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Control;
struct Person;

enum class MetricDirection { up, down, equal };
template <>
inline constexpr auto choices_of<MetricDirection> = choices<MetricDirection>({
    choice<MetricDirection::up>("Higher is better"),
    choice<MetricDirection::down>("Lower is better"),
    choice<MetricDirection::equal>("As close as possible"),
});

enum class MetricKind { performance, effectiveness };
template <>
inline constexpr auto choices_of<MetricKind> = choices<MetricKind>({
    choice<MetricKind::performance>("Performance"),
    choice<MetricKind::effectiveness>("Effectiveness"),
});

struct Metric {
  Id id;
  std::string name;
  std::string what;
  std::optional<std::string> method;
  std::optional<std::int64_t> measure_every_days;
  std::optional<Ref<Person>> measured_by;
  bool automated = false;
  std::optional<std::int64_t> analyse_every_days;
  std::optional<Ref<Person>> analysed_by;
  std::optional<double> target;
  MetricDirection direction{};
  MetricKind kind{};
  std::optional<Ref<Control>> control;
  bool active = false;
  Date active_since;

  static const EntityDef& def();
  Problems validate() const;

  // A value reaches the wanted one in the direction that counts as better.
  bool meets(double value, double wanted) const;
};

}  // namespace assay
