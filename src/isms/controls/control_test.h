// A test of operation and effectiveness.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Control;
struct Person;

enum class ControlTestMethod { inquiry, observation, inspection, reperformance, automated };
template <>
inline constexpr auto choices_of<ControlTestMethod> = choices<ControlTestMethod>({
    choice<ControlTestMethod::inquiry>("Inquiry"),
    choice<ControlTestMethod::observation>("Observation"),
    choice<ControlTestMethod::inspection>("Inspection"),
    choice<ControlTestMethod::reperformance>("Reperformance"),
    choice<ControlTestMethod::automated>("Automated"),
});

enum class ControlTestResult { pass, partial, fail };
template <>
inline constexpr auto choices_of<ControlTestResult> = choices<ControlTestResult>({
    choice<ControlTestResult::pass>("Passed"),
    choice<ControlTestResult::partial>("Partly passed"),
    choice<ControlTestResult::fail>("Failed"),
});

struct ControlTest {
  Id id;
  Ref<Control> control;
  Date tested_on;
  std::optional<Ref<Person>> tester;
  ControlTestMethod method{};
  std::int64_t population = 0;
  std::int64_t sample = 0;
  std::int64_t exceptions = 0;
  ControlTestResult result{};

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
