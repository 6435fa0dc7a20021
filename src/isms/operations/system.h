// An application, platform or OT system as an operating whole.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct Person;
struct Supplier;

enum class SystemEnvironment { production, staging, test, development };
template <>
inline constexpr auto choices_of<SystemEnvironment> = choices<SystemEnvironment>({
    choice<SystemEnvironment::production>("Production"),
    choice<SystemEnvironment::staging>("Staging"),
    choice<SystemEnvironment::test>("Test"),
    choice<SystemEnvironment::development>("Development"),
});

enum class SystemAccessClass { remote_access, admin_console, cloud_platform, business_app, ot, other };
template <>
inline constexpr auto choices_of<SystemAccessClass> = choices<SystemAccessClass>({
    choice<SystemAccessClass::remote_access>("Remote access"),
    choice<SystemAccessClass::admin_console>("Administration console"),
    choice<SystemAccessClass::cloud_platform>("Cloud platform"),
    choice<SystemAccessClass::business_app>("Business application"),
    choice<SystemAccessClass::ot>("Plant (OT)"),
    choice<SystemAccessClass::other>("Other"),
});

struct System {
  Id id;
  std::string name;
  Ref<Person> owner;
  SystemEnvironment environment{};
  bool in_scope = false;
  bool handles_sensitive = false;
  bool internet_facing = false;
  SystemAccessClass access_class{};
  std::optional<std::string> cloud_region;
  std::optional<Ref<Supplier>> supplier;
  bool mfa_enforced = false;
  std::optional<double> rto_hours;
  std::optional<double> rpo_hours;
  bool logging_required = false;
  bool time_synchronised = false;
  bool uses_production_data = false;
  bool data_masked = false;
  bool stores_source_code = false;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
