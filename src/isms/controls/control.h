// The organisation's implementation of one or more SoA lines.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Document;
struct Person;
struct Site;
struct System;

enum class ControlStatus { not_started, designing, implementing, implemented, retired };
template <>
inline constexpr auto choices_of<ControlStatus> = choices<ControlStatus>({
    choice<ControlStatus::not_started>("Not started"),
    choice<ControlStatus::designing>("Designing"),
    choice<ControlStatus::implementing>("Implementing"),
    choice<ControlStatus::implemented>("Implemented"),
    choice<ControlStatus::retired>("Retired"),
});

enum class ControlFrequency { continuous, daily, weekly, monthly, quarterly, semiannual, annual, event };
template <>
inline constexpr auto choices_of<ControlFrequency> = choices<ControlFrequency>({
    choice<ControlFrequency::continuous>("Continuous"),
    choice<ControlFrequency::daily>("Daily"),
    choice<ControlFrequency::weekly>("Weekly"),
    choice<ControlFrequency::monthly>("Monthly"),
    choice<ControlFrequency::quarterly>("Quarterly"),
    choice<ControlFrequency::semiannual>("Semiannual"),
    choice<ControlFrequency::annual>("Annual"),
    choice<ControlFrequency::event>("Event"),
});

enum class ControlEffectiveness { effective, partly, ineffective, not_tested };
template <>
inline constexpr auto choices_of<ControlEffectiveness> = choices<ControlEffectiveness>({
    choice<ControlEffectiveness::effective>("Effective"),
    choice<ControlEffectiveness::partly>("Partly"),
    choice<ControlEffectiveness::ineffective>("Ineffective"),
    choice<ControlEffectiveness::not_tested>("Not tested"),
});

struct Control {
  Id id;
  std::string code;
  std::string title;
  std::optional<Ref<Person>> owner;
  ControlStatus status{};
  std::optional<Date> operational_since;
  ControlFrequency frequency{};
  std::optional<std::int64_t> evidence_freshness_days;
  std::vector<Ref<Site>> sites;
  std::vector<Ref<System>> systems;
  std::optional<Ref<Document>> procedure;
  bool procedure_required = false;
  bool key_control = false;
  ControlEffectiveness effectiveness{};

  static const EntityDef& def();
};

}  // namespace assay
