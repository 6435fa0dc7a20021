// The organisation's implementation of one or more SoA lines.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Document;
struct Evidence;
struct Person;
struct Site;
struct System;

enum class ControlStatus { not_started, designing, implementing, implemented, retired };
template <>
inline constexpr auto choices_of<ControlStatus> = choices<ControlStatus>({
    choice<ControlStatus::not_started>("Not started"),
    choice<ControlStatus::designing>("In design"),
    choice<ControlStatus::implementing>("Being implemented"),
    choice<ControlStatus::implemented>("Implemented"),
    choice<ControlStatus::retired>("Retired"),
});

enum class ControlFrequency { continuous, daily, weekly, monthly, quarterly, semiannual, annual, event };
template <>
inline constexpr auto choices_of<ControlFrequency> = choices<ControlFrequency>({
    choice<ControlFrequency::continuous>("Continuously"),
    choice<ControlFrequency::daily>("Daily"),
    choice<ControlFrequency::weekly>("Weekly"),
    choice<ControlFrequency::monthly>("Monthly"),
    choice<ControlFrequency::quarterly>("Quarterly"),
    choice<ControlFrequency::semiannual>("Half-yearly"),
    choice<ControlFrequency::annual>("Yearly"),
    choice<ControlFrequency::event>("On events"),
});

enum class ControlEffectiveness { effective, partly, ineffective, not_tested };
template <>
inline constexpr auto choices_of<ControlEffectiveness> = choices<ControlEffectiveness>({
    choice<ControlEffectiveness::effective>("Effective"),
    choice<ControlEffectiveness::partly>("Partly effective"),
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
  ControlEffectiveness effectiveness = ControlEffectiveness::not_tested;  // nothing is known of a new control

  static const EntityDef& def();
  Problems validate() const;
  void derive(const Lookup& lookup);

  // Days for which a piece of evidence stays fresh: the own limit, else by frequency; nothing where events drive it.
  std::optional<std::int64_t> evidence_window() const;
  // The first day whose evidence still counts; for an event-driven control that of a year ago.
  Date oldest_evidence(Date today) const;
  // Whether this piece of evidence of the control counts today: accepted, not superseded, and fresh.
  bool is_current(const Evidence& evidence, Date today) const;
  // Accepted evidence, not superseded, whose period ends within the window; for an event-driven control within a year.
  bool has_current_evidence(const Lookup& lookup, Date today) const;
  // What the latest test, or the latest value of an effectiveness metric, says; nothing when there is neither.
  std::optional<ControlEffectiveness> observed_effectiveness(const Lookup& lookup) const;
};

extern const Lifecycle control_lifecycle;

}  // namespace assay
