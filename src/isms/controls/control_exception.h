// An approved, time-limited departure from a control or policy.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Control;
struct Person;
struct Risk;

enum class ControlExceptionStatus { requested, approved, rejected, expired, revoked };
template <>
inline constexpr auto choices_of<ControlExceptionStatus> = choices<ControlExceptionStatus>({
    choice<ControlExceptionStatus::requested>("Requested"),
    choice<ControlExceptionStatus::approved>("Approved"),
    choice<ControlExceptionStatus::rejected>("Rejected"),
    choice<ControlExceptionStatus::expired>("Expired"),
    choice<ControlExceptionStatus::revoked>("Revoked"),
});

struct ControlException {
  Id id;
  std::string subject;
  std::optional<Ref<Control>> control;
  std::string reason;
  std::optional<std::string> compensating_control;
  std::optional<Ref<Risk>> risk;
  Ref<Person> requested_by;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;
  Date expires_on;
  ControlExceptionStatus status{};

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
