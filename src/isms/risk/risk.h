// An information security risk in the register.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Asset;
struct Control;
struct Person;
struct RiskAssessmentRun;
struct RiskMethodology;
struct ThreatCategory;

enum class RiskCia { C, I, A };
template <>
inline constexpr auto choices_of<RiskCia> = choices<RiskCia>({
    choice<RiskCia::C>("Confidentiality"),
    choice<RiskCia::I>("Integrity"),
    choice<RiskCia::A>("Availability"),
});

enum class RiskTreatment { modify, retain, share, avoid };
template <>
inline constexpr auto choices_of<RiskTreatment> = choices<RiskTreatment>({
    choice<RiskTreatment::modify>("Modify (treat)"),
    choice<RiskTreatment::retain>("Retain (tolerate)"),
    choice<RiskTreatment::share>("Share (transfer)"),
    choice<RiskTreatment::avoid>("Avoid (terminate)"),
});

enum class RiskStatus { draft, assessed, treatment_decided, in_treatment, accepted, closed };
template <>
inline constexpr auto choices_of<RiskStatus> = choices<RiskStatus>({
    choice<RiskStatus::draft>("Draft"),
    choice<RiskStatus::assessed>("Assessed"),
    choice<RiskStatus::treatment_decided>("Treatment decided"),
    choice<RiskStatus::in_treatment>("In treatment"),
    choice<RiskStatus::accepted>("Accepted"),
    choice<RiskStatus::closed>("Closed"),
});

struct Risk {
  Id id;
  std::string title;
  std::optional<std::string> scenario;
  std::optional<std::string> threat;
  std::optional<Ref<ThreatCategory>> threat_category;
  std::optional<std::string> weakness;
  std::optional<std::string> consequence;
  std::vector<Ref<Asset>> assets;
  std::vector<RiskCia> cia;
  std::optional<Ref<Person>> owner;
  std::optional<Ref<RiskAssessmentRun>> run;
  std::optional<Ref<RiskMethodology>> methodology;
  std::optional<Date> assessed_on;
  std::optional<Date> next_review_on;
  std::optional<std::int64_t> inherent_likelihood;
  std::optional<std::int64_t> inherent_impact;
  std::optional<double> inherent_score;
  std::optional<std::int64_t> residual_likelihood;
  std::optional<std::int64_t> residual_impact;
  std::optional<double> residual_score;
  std::optional<std::int64_t> target_likelihood;
  std::optional<std::int64_t> target_impact;
  std::optional<double> target_score;
  std::optional<std::int64_t> priority;
  std::optional<RiskTreatment> treatment;
  std::optional<std::string> share_instrument;
  std::optional<Date> share_valid_to;
  std::optional<Date> avoided_activity_ceased_on;
  std::vector<Ref<Control>> controls;
  RiskStatus status{};
  std::optional<Date> closed_on;

  static const EntityDef& def();
  Problems validate() const;
  void derive(const Lookup& lookup);

  // The method the scores stand on: the version named, else the one in force.
  std::optional<RiskMethodology> method(const Lookup& lookup) const;
};

extern const Lifecycle risk_lifecycle;

}  // namespace assay
