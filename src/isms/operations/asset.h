// Information or another associated asset (A.5.9).
#pragma once

#include "isms/choices.h"

namespace assay {

struct Person;
struct Site;
struct System;

enum class AssetKind {
  information,
  application,
  server,
  network_device,
  endpoint,
  ot_device,
  cloud_resource,
  service,
  facility,
  people,
  media,
  software_licence
};
template <>
inline constexpr auto choices_of<AssetKind> = choices<AssetKind>({
    choice<AssetKind::information>("Information"),
    choice<AssetKind::application>("Application"),
    choice<AssetKind::server>("Server"),
    choice<AssetKind::network_device>("Network device"),
    choice<AssetKind::endpoint>("Endpoint"),
    choice<AssetKind::ot_device>("Plant device (OT)"),
    choice<AssetKind::cloud_resource>("Cloud resource"),
    choice<AssetKind::service>("Service"),
    choice<AssetKind::facility>("Facility"),
    choice<AssetKind::people>("People"),
    choice<AssetKind::media>("Media"),
    choice<AssetKind::software_licence>("Software licence"),
});

enum class AssetSource { register_, discovery };
template <>
inline constexpr auto choices_of<AssetSource> = choices<AssetSource>({
    choice<AssetSource::register_>("Entered here"),
    choice<AssetSource::discovery>("Discovered"),
});

enum class AssetLifecycle { planned, active, retired, disposed };
template <>
inline constexpr auto choices_of<AssetLifecycle> = choices<AssetLifecycle>({
    choice<AssetLifecycle::planned>("Planned"),
    choice<AssetLifecycle::active>("Active"),
    choice<AssetLifecycle::retired>("Retired"),
    choice<AssetLifecycle::disposed>("Disposed"),
});

struct Asset {
  Id id;
  std::string name;
  AssetKind kind{};
  std::optional<Ref<Person>> owner;
  std::optional<Classification> classification;
  bool in_scope = false;
  bool critical = false;
  bool personal_data = false;
  std::optional<Ref<Site>> site;
  std::optional<std::string> cloud_region;
  std::optional<Ref<System>> system;
  AssetSource source{};
  std::optional<Date> registered_on;
  std::optional<Date> discovered_on;
  std::optional<Date> last_verified_on;
  AssetLifecycle lifecycle{};
  std::optional<Date> vendor_support_ends_on;
  std::optional<Date> licence_valid_to;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
