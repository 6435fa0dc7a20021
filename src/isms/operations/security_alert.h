// An alert raised by monitoring or EDR.
#pragma once

#include "isms/choices.h"

namespace assay {

struct DetectionRule;
struct Incident;

enum class SecurityAlertQueue { siem, edr, other };
template <>
inline constexpr auto choices_of<SecurityAlertQueue> = choices<SecurityAlertQueue>({
    choice<SecurityAlertQueue::siem>("Monitoring (SIEM)"),
    choice<SecurityAlertQueue::edr>("Endpoint protection (EDR)"),
    choice<SecurityAlertQueue::other>("Other"),
});

enum class SecurityAlertDisposition { open, false_positive, benign, incident };
template <>
inline constexpr auto choices_of<SecurityAlertDisposition> = choices<SecurityAlertDisposition>({
    choice<SecurityAlertDisposition::open>("Open"),
    choice<SecurityAlertDisposition::false_positive>("False alarm"),
    choice<SecurityAlertDisposition::benign>("Harmless"),
    choice<SecurityAlertDisposition::incident>("Incident"),
});

struct SecurityAlert {
  Id id;
  std::optional<Ref<DetectionRule>> rule;
  SecurityAlertQueue queue{};
  Severity severity{};
  Instant raised_at;
  std::optional<Instant> triaged_at;
  SecurityAlertDisposition disposition{};
  std::optional<Ref<Incident>> incident;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
