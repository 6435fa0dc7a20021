// An identity's access to a system.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;
struct System;

enum class AccountKind { human, shared, service, emergency };
template <>
inline constexpr auto choices_of<AccountKind> = choices<AccountKind>({
    choice<AccountKind::human>("Personal"),
    choice<AccountKind::shared>("Shared"),
    choice<AccountKind::service>("Service account"),
    choice<AccountKind::emergency>("Emergency account"),
});

struct Account {
  Id id;
  Ref<System> system;
  std::string login;
  AccountKind kind{};
  std::optional<Ref<Person>> person;
  std::optional<Ref<Person>> owner;
  bool privileged = false;
  std::vector<std::string> roles;
  std::optional<Ref<Person>> requested_by;
  std::optional<Ref<Person>> approved_by;
  std::optional<Date> approved_on;
  Date created_on;
  bool mfa_enabled = false;
  std::optional<Instant> last_login_at;
  std::optional<Instant> disabled_at;
  std::optional<Date> secret_rotated_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
