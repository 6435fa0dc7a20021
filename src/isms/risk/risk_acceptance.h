// A risk owner's acceptance of a residual risk (6.1.3 f).
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;
struct Risk;

enum class RiskAcceptanceStatus { valid, expired, revoked };
template <>
inline constexpr auto choices_of<RiskAcceptanceStatus> = choices<RiskAcceptanceStatus>({
    choice<RiskAcceptanceStatus::valid>("Valid"),
    choice<RiskAcceptanceStatus::expired>("Expired"),
    choice<RiskAcceptanceStatus::revoked>("Revoked"),
});

struct RiskAcceptance {
  Id id;
  Ref<Risk> risk;
  Ref<Person> accepted_by;
  Date accepted_on;
  double score_at_acceptance = 0;
  std::string rationale;
  std::optional<Date> expires_on;
  RiskAcceptanceStatus status{};

  static const EntityDef& def();
  Problems validate() const;
  void derive(const Lookup& lookup);
};

}  // namespace assay
